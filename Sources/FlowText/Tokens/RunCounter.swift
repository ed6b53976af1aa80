// Counts the tokens of a piece that is mostly a run of one character, in about the time it takes to see
// where the run ends.
//
// Problem: padding, rulers and dumps of empty memory are single pieces of any length, and merging a
// million equal letters takes a million merges.
//
// Design: a sequence of tokens is what its bytes are merged into if that is so for every two neighbours
// (WindowedMerger.swift says why). So if the tokens of a piece have the same token t twice in a row
// inside the run, any number of further t can be put between the two, or taken out, and the sequence is
// that of a piece whose run is longer or shorter by so many times the length of t. The run is therefore
// shortened by as many times that length as leaves a thousand bytes, what remains is merged, and if t
// does stand in it twice in a row, one token is added for each time.
struct RunCounter {
  /// Shorter pieces are not worth looking for a run.
  static let shortestPiece = 4 * kept

  /// How much of a run is left, or more.
  private static let kept = 1_024

  let merger: WindowedMerger

  /// The number of tokens of a piece of at least `shortestPiece` bytes, or nil if it has no long run in
  /// its middle or the run cannot be counted this way.
  func count(_ piece: UnsafePointer<UInt8>, length: Int) -> Int? {
    guard let (run, unit) = run(in: piece, length) else { return nil }
    guard let (id, size) = repeatedToken(piece + run.lowerBound), size % unit == 0 else { return nil }
    let times = (run.count - Self.kept) / size
    let runEnd = run.upperBound - times * size
    let shortened =
      Array(UnsafeBufferPointer(start: piece, count: runEnd))
      + UnsafeBufferPointer(start: piece + run.upperBound, count: length - run.upperBound)

    var tokens = 0
    var isRepeated = false
    var last: (id: UInt32, end: Int) = (VocabularyTable.none, 0)
    let isDone = shortened.withUnsafeBufferPointer { bytes in
      guard let base = bytes.baseAddress else { return false }
      return merger.merge(base, length: bytes.count) { next, end in
        tokens += 1
        if next == id, last.id == id, end <= runEnd, end - 2 * size >= run.lowerBound { isRepeated = true }
        last = (next, end)
      }
    }
    return isDone && isRepeated ? tokens + times : nil
  }

  /// The run of one character around the middle of a piece, if it is long, and the character's size.
  private func run(in piece: UnsafePointer<UInt8>, _ length: Int) -> (run: Range<Int>, unit: Int)? {
    let middle = length / 2
    let word = UnsafeRawPointer(piece + middle).loadUnaligned(as: UInt64.self)
    let unit = (1...4).first {
      UnsafeRawPointer(piece + middle).loadUnaligned(fromByteOffset: $0, as: UInt64.self) == word
    }
    guard let unit else { return nil }
    var start = middle
    while start > 0, piece[start &- 1] == piece[start &- 1 &+ unit] { start &-= 1 }
    var end = middle &+ unit
    while end < length, piece[end] == piece[end &- unit] { end &+= 1 }
    return end - start >= 2 * Self.kept ? (start..<end, unit) : nil
  }

  /// The last token that stands twice in a row at the beginning of a run.
  private func repeatedToken(_ run: UnsafePointer<UInt8>) -> (id: UInt32, size: Int)? {
    var found: (id: UInt32, size: Int)?
    var last: (id: UInt32, end: Int) = (VocabularyTable.none, 0)
    let isDone = merger.merge(run, length: Self.kept) { id, end in
      if id == last.id { found = (id, end - last.end) }
      last = (id, end)
    }
    return isDone ? found : nil
  }
}
