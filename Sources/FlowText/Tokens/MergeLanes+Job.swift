extension MergeLanes {
  /// A piece to merge, or a part of one.
  struct Job {
    let bytes: UnsafePointer<UInt8>
    let length: Int
    /// The length of the piece of which this is a part, or 0 if it is a whole piece.
    let pieceLength: Int
    /// Where in its piece a part begins.
    let offset: Int
    /// Whether the caller wants to remember the result.
    let isCacheable: Bool
    /// A bit for the place at which each token begins, once merged.
    var starts: UInt64 = 0

    @inline(__always)
    init(piece: UnsafePointer<UInt8>, length: Int, isCacheable: Bool) {
      (bytes, self.length, self.isCacheable) = (piece, length, isCacheable)
      (pieceLength, offset) = (0, 0)
    }

    init(partOf piece: UnsafePointer<UInt8>, length pieceLength: Int, from offset: Int, to end: Int) {
      (bytes, length, isCacheable) = (piece + offset, end - offset, false)
      (self.pieceLength, self.offset) = (pieceLength, offset)
    }
  }
}
