// Unsigned LEB128 (DWARF 5, section 7.6.3): seven bits a byte, the lowest first; the high bit says that another
// byte follows.

extension [UInt8] {
  /// Appends a number as LEB128; a negative one as 0.
  package mutating func append(leb128 number: Int) {
    var rest = UInt(bitPattern: Swift.max(0, number))
    while rest > 0x7F {
      append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    append(UInt8(truncatingIfNeeded: rest))
  }
}

/// Reads numbers and runs of bytes, and never past the end.
package struct LEB128Reader {
  package let bytes: UnsafeRawBufferPointer
  /// How many bytes are read.
  package private(set) var position = 0

  package init(_ bytes: UnsafeRawBufferPointer) {
    self.bytes = bytes
  }

  package var isAtEnd: Bool { position == bytes.count }

  /// The next number, or nil if it is cut off or does not fit.
  package mutating func number() -> Int? {
    guard position < bytes.count else { return nil }
    let first = bytes[position]
    position += 1
    return first < 0x80 ? Int(first) : number(startingWith: first)
  }

  private mutating func number(startingWith first: UInt8) -> Int? {
    var value = UInt(first & 0x7F)
    var shift: UInt = 7
    while position < bytes.count, shift < 63 {
      let byte = bytes[position]
      position += 1
      value |= UInt(byte & 0x7F) << shift
      if byte < 0x80 { return Int(bitPattern: value) }
      shift += 7
    }
    return nil
  }

  package mutating func byte() -> UInt8? {
    guard position < bytes.count else { return nil }
    defer { position += 1 }
    return bytes[position]
  }

  /// The place of the next so many bytes, passed over; nil if there are not that many.
  package mutating func skip(_ count: Int) -> Range<Int>? {
    guard count >= 0, count <= bytes.count - position else { return nil }
    defer { position += count }
    return position..<(position + count)
  }
}
