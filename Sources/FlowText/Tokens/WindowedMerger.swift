// Merges the bytes of a long piece (a run of one letter, a line of Chinese without punctuation) into
// tokens in a time in proportion to its length.
//
// Problem: merging a whole piece at once takes quadratic time, or n log n with a heap whose accesses are
// far apart.
//
// Design: the piece is merged in windows of 256 bytes that overlap. Call a sequence of tokens valid if
// it is what its bytes are merged into. Any part of a valid sequence is valid, and a sequence is valid
// if every two neighbours are, provided that every token is what its own bytes are merged into
// (H. van Antwerpen and A. Neubeck, "So many tokens, so little time", GitHub, 2024, with the bpe crate;
// Scripts/make_token_tables.py checks the condition). So where the sequences of two windows have a token
// in common, at the same place, the first up to and including it and the second behind it together are
// valid: they are the sequence of the whole. A window begins where a token of the one before begins, so
// that a common token nearly always is the first or second.
//
// If two windows have no token in common, which no text met so far does, `merge` says so and the caller
// merges the whole piece by LongPieceMerger.
struct WindowedMerger {
  static let workspaceBytes = 2 * window * MemoryLayout<Token>.stride

  private static let window = ShortPieceMerger.limit
  /// How many bytes of a window the next one repeats, or more: it begins where a token does.
  private static let overlap = 48

  /// A token of a window, and where in the window it ends.
  private struct Token {
    let id: UInt32
    let end: Int32
  }

  private let merger: ShortPieceMerger
  private let space: UnsafeMutablePointer<Token>

  /// `workspace` has `workspaceBytes` bytes, aligned to 16, for as long as this is used.
  init(_ merger: ShortPieceMerger, workspace: UnsafeMutableRawPointer) {
    self.merger = merger
    space = workspace.bindMemory(to: Token.self, capacity: 2 * Self.window)
  }

  /// Hands out each token of a piece: its id, and where it ends.
  ///
  /// False if that was not possible; what has been handed out then has no meaning.
  @inline(__always)
  func merge(_ piece: UnsafePointer<UInt8>, length: Int, _ body: (UInt32, Int) -> Void) -> Bool {
    var (tokens, others) = (space, space + Self.window)
    var start = 0
    var size = min(Self.window, length)
    var count = tokenize(piece, size, into: tokens)
    // The number of tokens of this window that have been handed out.
    var done = 0
    while start &+ size < length {
      // No token is as long as a window, so there is a second one.
      var first = max(1, done &- 1)
      while first &+ 1 < count, Int(tokens[first].end) &+ Self.overlap <= size { first &+= 1 }
      let offset = Int(tokens[first &- 1].end)
      let nextSize = min(Self.window, length &- start &- offset)
      let nextCount = tokenize(piece + (start &+ offset), nextSize, into: others)

      // The places of the first token in common, by going along both.
      var (here, there) = (first, 0)
      while here < count, there < nextCount {
        let hereEnd = Int(tokens[here].end) &- offset
        let thereEnd = Int(others[there].end)
        if hereEnd == thereEnd, tokens[here].id == others[there].id { break }
        if hereEnd <= thereEnd { here &+= 1 }
        if thereEnd <= hereEnd { there &+= 1 }
      }
      if here == count || there == nextCount { return false }
      while done <= here {
        body(tokens[done].id, start &+ Int(tokens[done].end))
        done &+= 1
      }
      done = there &+ 1
      start &+= offset
      (size, count) = (nextSize, nextCount)
      swap(&tokens, &others)
    }
    while done < count {
      body(tokens[done].id, start &+ Int(tokens[done].end))
      done &+= 1
    }
    return true
  }

  @inline(__always)
  private func tokenize(
    _ piece: UnsafePointer<UInt8>,
    _ length: Int,
    into tokens: UnsafeMutablePointer<Token>
  ) -> Int {
    _ = merger.merge(piece, length: length)
    var count = 0
    merger.forEachToken(length: length) { id, end in
      tokens[count] = Token(id: id, end: Int32(truncatingIfNeeded: end))
      count &+= 1
    }
    return count
  }
}
