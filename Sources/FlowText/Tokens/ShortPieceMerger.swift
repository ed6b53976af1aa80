import CTokenTables

// Merges the bytes of a piece of at most 256 bytes into tokens.
//
// Problem: byte-pair encoding merges, again and again, the neighbours whose merge has the lowest rank
// in the whole piece, the leftmost of equals, until no neighbours can be merged. Nine in ten pieces
// are one token and never come here; the rest have about ten bytes, and their merges take most of the
// time of counting.
//
// Design: a part is known by the place of its first byte. `keys[place]` is the rank of the merge of
// the part at `place` with its right neighbour, times 256, plus the place: one number, so that finding
// the next merge is a branchless minimum over an array, lowest rank first and leftmost among equals.
// Parts are linked and never moved; a part that was swallowed keeps a key that says "none". The work is
// quadratic in the length with a factor of an eighth of a comparison, hence the limit. WindowedMerger
// applies this to longer pieces.
//
// Invariants: keys beyond the last part's are "none" up to a multiple of 16; `next` of the last
// part is the length; after `merge` the parts linked from place 0 are the tokens.
struct ShortPieceMerger {
  static let limit = 256
  static let workspaceBytes = limit * 12 + 64

  /// Brings keys into the range of numbers that `flow_least` takes.
  private static let keyOffset: UInt32 = 0x80_0000
  private static let none = key(VocabularyTable.none, 0)
  private let vocabulary: VocabularyTable
  private let keys: UnsafeMutablePointer<UInt32>
  private let ids: UnsafeMutablePointer<UInt32>
  private let next: UnsafeMutablePointer<UInt16>
  private let previous: UnsafeMutablePointer<UInt16>

  /// `workspace` has `workspaceBytes` bytes, aligned to 16, for as long as the merger is used.
  init(vocabulary: VocabularyTable, workspace: UnsafeMutableRawPointer) {
    self.vocabulary = vocabulary
    keys = workspace.bindMemory(to: UInt32.self, capacity: Self.limit)
    ids = (workspace + 4 * Self.limit).bindMemory(to: UInt32.self, capacity: Self.limit)
    next = (workspace + 8 * Self.limit).bindMemory(to: UInt16.self, capacity: Self.limit)
    // One more: the end of the piece is linked back like a part.
    previous = (workspace + 10 * Self.limit).bindMemory(to: UInt16.self, capacity: Self.limit + 1)
  }

  /// Merges a piece of 1 to `limit` bytes and returns the number of tokens.
  func merge(_ piece: UnsafePointer<UInt8>, length: Int) -> Int {
    let padded = (length &+ 15) & ~15
    for place in 0..<length {
      ids[place] = vocabulary.id(ofByte: piece[place])
      next[place] = UInt16(truncatingIfNeeded: place &+ 1)
      previous[place] = UInt16(truncatingIfNeeded: place &- 1)
      let pair =
        place &+ 1 < length
        ? vocabulary.id(ofBytes: piece[place], piece[place &+ 1]) : VocabularyTable.none
      keys[place] = Self.key(pair, place)
    }
    for place in length..<padded { keys[place] = Self.none }

    var parts = length
    while true {
      let least = flow_least(keys, Int32(truncatingIfNeeded: padded))
      if least >= Self.none { return parts }
      let place = Int(least & 0xFF)
      let merged = (least &- Self.keyOffset) &>> 8
      let swallowed = Int(next[place])
      let right = Int(next[swallowed])
      ids[place] = merged
      next[place] = UInt16(truncatingIfNeeded: right)
      previous[right] = UInt16(truncatingIfNeeded: place)
      keys[swallowed] = Self.none
      keys[place] =
        right < length ? Self.key(vocabulary.merge(merged, ids[right]), place) : Self.none
      if place > 0 {
        let left = Int(previous[place])
        keys[left] = Self.key(vocabulary.merge(ids[left], merged), left)
      }
      parts &-= 1
    }
  }

  /// Hands out each token of the piece merged last: its id, and where it ends.
  @inline(__always)
  func forEachToken(length: Int, _ body: (UInt32, Int) -> Void) {
    var place = 0
    while place < length {
      let end = Int(next[place])
      body(ids[place], end)
      place = end
    }
  }

  @inline(__always)
  private static func key(_ rank: UInt32, _ place: Int) -> UInt32 {
    (rank &<< 8 | UInt32(truncatingIfNeeded: place)) &+ keyOffset
  }
}
