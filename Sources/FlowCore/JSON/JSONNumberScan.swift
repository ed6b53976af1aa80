/// The extent of one number in a buffer, by the grammar of RFC 8259 section 6:
/// `-? (0 | [1-9][0-9]*) ("." [0-9]+)? ([eE] [+-]? [0-9]+)?`.
struct JSONNumberScan {
  enum Fault {
    /// Something other than a digit, or the end, at `end`.
    case missingDigit
    /// A zero at `end` that digits follow.
    case leadingZero
  }

  /// The offset behind the number, or of the fault.
  private(set) var end: Int
  private(set) var fault: Fault?

  /// Scans from an offset, where a minus or a digit is wanted.
  @inline(__always)
  init(_ bytes: UnsafeRawBufferPointer, from start: Int) {
    end = start
    if Self.byte(bytes, end) == 0x2D { end += 1 }
    if Self.byte(bytes, end) == 0x30 {
      if Self.isDigit(bytes, end + 1) {
        fault = .leadingZero
        return
      }
      end += 1
    } else if !scanDigits(bytes) {
      return
    }
    if Self.byte(bytes, end) == 0x2E {
      end += 1
      guard scanDigits(bytes) else { return }
    }
    if Self.byte(bytes, end) | 0x20 == 0x65 {
      end += 1
      let sign = Self.byte(bytes, end)
      if sign == 0x2B || sign == 0x2D { end += 1 }
      _ = scanDigits(bytes)
    }
  }

  /// Whether the number is sound and ends at an offset.
  func isWhole(upTo offset: Int) -> Bool {
    fault == nil && end == offset
  }

  @inline(__always)
  private mutating func scanDigits(_ bytes: UnsafeRawBufferPointer) -> Bool {
    let start = end
    while Self.isDigit(bytes, end) { end += 1 }
    if end == start { fault = .missingDigit }
    return end > start
  }

  /// The byte at an offset; behind the end a zero, which no number contains.
  @inline(__always)
  private static func byte(_ bytes: UnsafeRawBufferPointer, _ offset: Int) -> UInt8 {
    offset < bytes.count ? bytes[offset] : 0
  }

  @inline(__always)
  private static func isDigit(_ bytes: UnsafeRawBufferPointer, _ offset: Int) -> Bool {
    byte(bytes, offset) &- 0x30 < 10
  }
}
