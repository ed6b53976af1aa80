// Encodes a text piece by piece: the loop between the pre-tokenizer, the look-up of whole pieces and
// the mergers. It works on well-formed UTF-8 that stays in place, with one temporary allocation of
// 7 KB of scratch memory for a whole text.
struct PieceEncoder {
  let vocabulary: VocabularyTable
  private let text: UnsafePointer<UInt8>
  private let length: Int
  private let pieces: PieceScanner
  private let short: ShortPieceMerger
  private let windowed: WindowedMerger

  private static let workspaceBytes = ShortPieceMerger.workspaceBytes + WindowedMerger.workspaceBytes + 64

  private init(
    _ text: UnsafeBufferPointer<UInt8>,
    pattern: PiecePattern,
    vocabulary: VocabularyTable,
    workspace: UnsafeMutableRawPointer
  ) {
    // An empty buffer may have no address; any will do, as no byte is read.
    let base = text.baseAddress ?? UnsafePointer(workspace.assumingMemoryBound(to: UInt8.self))
    self.vocabulary = vocabulary
    self.text = base
    length = text.count
    pieces = PieceScanner(base, count: text.count, pattern: pattern)
    short = ShortPieceMerger(vocabulary: vocabulary, workspace: workspace)
    windowed = WindowedMerger(short, workspace: workspace + ShortPieceMerger.workspaceBytes)
  }

  /// Calls `body` with an encoder for the text.
  static func with<Result>(
    _ text: UnsafeBufferPointer<UInt8>,
    pattern: PiecePattern,
    vocabulary: VocabularyTable,
    _ body: (inout PieceEncoder) -> Result
  ) -> Result {
    // Aligned by hand: see `PieceCounter.count`.
    withUnsafeTemporaryAllocation(byteCount: workspaceBytes, alignment: 16) { workspace in
      // A temporary allocation of more than zero bytes has an address.
      guard let start = workspace.baseAddress else { preconditionFailure("no scratch memory") }
      let address = start.alignedUp(toMultipleOf: 64)
      var encoder = PieceEncoder(text, pattern: pattern, vocabulary: vocabulary, workspace: address)
      return body(&encoder)
    }
  }

  /// The number of tokens of the text, or nil if it exceeds `limit`.
  mutating func count(upTo limit: Int) -> Int? {
    // No token is longer than the longest, so most of a far too long text need not be looked at.
    if limit < 0 || length / vocabulary.longestToken > limit { return nil }
    var total = 0
    var at = 0
    while at < length {
      let end = pieces.end(from: at)
      total &+= count(at, end)
      if total > limit { return nil }
      at = end
    }
    return total
  }

  /// All token ids of the text.
  mutating func encode() -> [UInt32] {
    var ids: [UInt32] = []
    ids.reserveCapacity(length / 4 + 4)
    var at = 0
    while at < length {
      let end = pieces.end(from: at)
      let id = vocabulary.id(text + at, length: end - at, readable: length - at)
      if id != VocabularyTable.none {
        ids.append(id)
      } else {
        forEachMerged(at, end) { id, _ in ids.append(id) }
      }
      at = end
    }
    return ids
  }

  /// Where the piece that begins at `start` ends.
  func pieceEnd(from start: Int) -> Int { pieces.end(from: start) }

  /// The number of tokens of one piece.
  @inline(__always)
  mutating func count(_ start: Int, _ end: Int) -> Int {
    let size = end &- start
    if vocabulary.contains(text + start, length: size, readable: length &- start) { return 1 }
    if size <= ShortPieceMerger.limit { return short.merge(text + start, length: size) }
    var tokens = 0
    forEachMerged(start, end) { _, _ in tokens &+= 1 }
    return tokens
  }

  /// Hands out the tokens that merging makes of one piece: the id, and where in the text it ends.
  func forEachMerged(_ start: Int, _ end: Int, _ body: (UInt32, Int) -> Void) {
    let size = end - start
    if size <= ShortPieceMerger.limit {
      _ = short.merge(text + start, length: size)
      short.forEachToken(length: size) { body($0, start + $1) }
      return
    }
    // Twice, because whether the windows agree is known at the end only.
    if windowed.merge(text + start, length: size, { _, _ in }) {
      _ = windowed.merge(text + start, length: size) { body($0, start + $1) }
      return
    }
    var long = LongPieceMerger(vocabulary: vocabulary)
    _ = long.merge(text + start, length: size)
    long.forEachToken { body($0, start + $1) }
  }
}
