// Eight bytes are searched at once by arithmetic on a word (Mycroft's test, known from "Bit
// Twiddling Hacks"): in `(word - n·ones) & ~word & highs` the high bit of a byte is set if the byte
// is below n. A borrow may also set it in bytes above the first match, never below, so only the
// lowest set bit means anything: `firstMatch` reads no other.

extension UInt64 {
  private static let ones: UInt64 = 0x0101_0101_0101_0101
  private static let highs: UInt64 = 0x8080_8080_8080_8080

  /// The eight bytes at an offset, the first one lowest.
  @inline(__always)
  init(_ bytes: UnsafeRawBufferPointer, at offset: Int) {
    self.init(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
  }

  /// Marks bytes below a bound of at most 0x80.
  @inline(__always)
  func marksOfBytes(below bound: UInt8) -> UInt64 {
    (self &- Self.ones &* UInt64(bound)) & ~self & Self.highs
  }

  /// Marks bytes that equal one.
  @inline(__always)
  func marksOfBytes(equalTo byte: UInt8) -> UInt64 {
    (self ^ (Self.ones &* UInt64(byte))).marksOfBytes(below: 1)
  }

  /// The position of the first marked byte, or nil if none is.
  @inline(__always)
  var firstMatch: Int? {
    self == 0 ? nil : trailingZeroBitCount >> 3
  }

  /// The word's first bytes, fewer than eight, and zeros behind them.
  @inline(__always)
  func firstBytes(_ count: Int) -> UInt64 {
    self & ((1 << UInt64(count * 8)) - 1)
  }

  /// Whether all eight bytes are ASCII.
  @inline(__always)
  var isASCII: Bool { self & Self.highs == 0 }
}
