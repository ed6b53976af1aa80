// Counts the tokens of pieces that are somewhat too long for MergeLanes: overlapping windows of them are
// merged there, and put together. Why that is exact is told at the head of WindowedMerger.swift; the
// windows here are short and do not wait for one another, so that all can be merged in turn.
struct PieceWindows {
  /// The most windows of a piece.
  static let most = 16

  private static let longestPiece = (stride - 3) * (most - 2) + MergeLanes.longestPiece

  private static let stride = 40

  /// The window before, and the place in it behind the token up to which tokens have been counted.
  private var last: MergeLanes.Job?
  private var counted = 0
  private var tokens = 0

  /// Whether a piece of more than `MergeLanes.longestPiece` bytes should be counted in windows: not if it
  /// is too long, or a run of one character, for which there are tokens as long as a window.
  static func suit(_ piece: UnsafePointer<UInt8>, length: Int) -> Bool {
    if length > longestPiece { return false }
    let middle = UnsafeRawPointer(piece + length / 2)
    let word = middle.loadUnaligned(as: UInt64.self)
    return !(1...4).contains { word == middle.loadUnaligned(fromByteOffset: $0, as: UInt64.self) }
  }

  /// Queues the windows of a piece; there must be room for `most`.
  @inline(never)
  static func add(_ piece: UnsafePointer<UInt8>, length: Int, to lanes: inout MergeLanes) {
    var offset = 0
    while true {
      let end = min(offset + MergeLanes.longestPiece, length)
      lanes.add(MergeLanes.Job(partOf: piece, length: length, from: offset, to: end))
      if end == length { return }
      offset += stride
      // Tokens seldom begin inside a character, so a window that does would agree later.
      while piece[offset] & 0xC0 == 0x80 { offset -= 1 }
    }
  }

  /// Takes the next window of a piece, in order, and returns the piece's number of tokens if it is the
  /// last one, 0 before, or nil if the windows of the piece do not agree.
  ///
  /// Once nil has been returned for a piece, its other windows give 0.
  @inline(never)
  mutating func tokens(with window: MergeLanes.Job) -> Int? {
    if window.offset == 0 {
      (counted, tokens) = (0, 0)
    } else {
      guard let last else { return 0 }
      let shift = window.offset - last.offset
      guard let common = Self.endOfCommonToken(last, window, shift: shift) else {
        self.last = nil
        return nil
      }
      tokens += Self.starts(last.starts, from: counted, to: shift + common)
      counted = common
    }
    last = window
    if window.offset + window.length < window.pieceLength { return 0 }
    last = nil
    return tokens + Self.starts(window.starts, from: counted, to: window.length)
  }

  private static func starts(_ bits: UInt64, from start: Int, to end: Int) -> Int {
    (bits & (.max << UInt64(start)) & ~(.max << UInt64(end))).nonzeroBitCount
  }

  /// Where in the second window the first token ends that both have, or nil if there is none.
  private static func endOfCommonToken(_ last: MergeLanes.Job, _ window: MergeLanes.Job, shift: Int) -> Int? {
    // The last token of a window ends where the window does. The second window ends further on.
    let overlap = last.length - shift
    let inside: UInt64 = ~(.max << UInt64(overlap + 1))
    let first = (last.starts >> UInt64(shift) | 1 << UInt64(overlap)) & inside
    let second = window.starts & inside
    var common = first & second
    let either = first | second
    while common != 0 {
      let start = common.trailingZeroBitCount
      common &= common - 1
      // Nothing lies between two places that both have: the token between them is one of both.
      let next = either & (.max << UInt64(start + 1))
      if next != 0, next & (0 &- next) & common != 0 { return next.trailingZeroBitCount }
    }
    return nil
  }
}
