import CTokenTables

/// Which pattern cuts a text into pieces.
enum PiecePattern: Sendable {
  case o200k, cl100k
}

// Finds the pieces of a text, one at a time or many at once.
//
// Problem: character by character, a piece of four or five bytes costs two or three mispredicted
// branches, which take longer than all else that is done for the average piece.
//
// Design: where the next bytes are ASCII, 64 are classified at once and the beginnings of all pieces
// among them are worked out as bits (ASCIIBlock). The next block begins where the last piece found
// begins, so nothing is carried from block to block. Everything else, and what a block cannot decide,
// goes through the pattern by hand.
struct PieceScanner {
  /// Room for this many places is needed to find many pieces at once.
  static let most = 64

  private let pattern: PiecePattern
  private let characters: TextCharacters

  init(_ text: UnsafePointer<UInt8>, count: Int, pattern: PiecePattern) {
    self.pattern = pattern
    characters = TextCharacters(text, count: count)
  }

  /// Where the piece that begins at `start` ends.
  @inline(__always)
  func end(from start: Int) -> Int {
    switch pattern {
    case .o200k: O200kPieces(characters: characters).end(from: start)
    case .cl100k: CL100kPieces(characters: characters).end(from: start)
    }
  }

  /// Writes where the next pieces end, in order, the first beginning at `start`, which is inside the
  /// text; returns how many, from one to `most`.
  @inline(__always)
  func ends(from start: Int, into ends: UnsafeMutablePointer<Int>) -> Int {
    if start &+ 64 <= characters.count {
      let bytes = characters.text + start
      // Nothing is gained where the ASCII ends soon.
      if (bytes[0] | bytes[1] | bytes[3] | bytes[7]) < 0x80 {
        var block = ASCIIBlock(bytes)
        var starts = block.pieceStarts(pattern: pattern, characters: characters, at: start)
        if starts != 0 {
          var found = 0
          while starts != 0 {
            ends[found] = start &+ Int(truncatingIfNeeded: flow_lowest_bit(starts))
            found &+= 1
            starts &= starts &- 1
          }
          return found
        }
      }
    }
    ends[0] = end(from: start)
    return 1
  }
}
