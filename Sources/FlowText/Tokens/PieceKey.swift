/// A piece of at most 16 bytes as two numbers, padded with zeros.
///
/// Not for a piece that ends in a zero byte, which padding would hide.
struct PieceKey {
  static let most = 16

  let first: UInt64
  let second: UInt64
  let length: Int

  /// Reads 16 bytes, of which the first `length` (1 to 16) are the piece.
  @inline(__always)
  init(_ piece: UnsafePointer<UInt8>, length: Int) {
    let raw = UnsafeRawPointer(piece)
    let bits = UInt64(truncatingIfNeeded: length) &* 8
    // The amount of a masking shift is taken modulo 64, so zero bytes of a word are a case apart.
    let last = UInt64.max &>> (0 &- bits)
    first = raw.loadUnaligned(as: UInt64.self) & (length < 8 ? last : .max)
    second = raw.loadUnaligned(fromByteOffset: 8, as: UInt64.self) & (length > 8 ? last : 0)
    self.length = length
  }
}
