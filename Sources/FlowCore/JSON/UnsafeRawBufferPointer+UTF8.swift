extension UnsafeRawBufferPointer {
  /// The scalar that begins at an offset and its length in bytes, or nil if the bytes there are
  /// ill-formed by table 3-7 of the Unicode Standard (overlong forms, surrogates, values above
  /// U+10FFFF, and sequences cut short).
  func scalar(at offset: Int) -> (scalar: Unicode.Scalar, length: Int)? {
    let lead = self[offset]
    let length: Int
    let secondByte: ClosedRange<UInt8>
    switch lead {
    case 0x00...0x7F: return (Unicode.Scalar(lead), 1)
    case 0xC2...0xDF: (length, secondByte) = (2, 0x80...0xBF)
    case 0xE0: (length, secondByte) = (3, 0xA0...0xBF)
    case 0xED: (length, secondByte) = (3, 0x80...0x9F)
    case 0xE1...0xEF: (length, secondByte) = (3, 0x80...0xBF)
    case 0xF0: (length, secondByte) = (4, 0x90...0xBF)
    case 0xF1...0xF3: (length, secondByte) = (4, 0x80...0xBF)
    case 0xF4: (length, secondByte) = (4, 0x80...0x8F)
    default: return nil
    }
    guard offset + length <= count, secondByte.contains(self[offset + 1]) else { return nil }
    var value = UInt32(lead & (0x7F >> UInt8(length)))
    for byte in self[(offset + 1)..<(offset + length)] {
      guard byte & 0xC0 == 0x80 else { return nil }
      value = value << 6 | UInt32(byte & 0x3F)
    }
    return Unicode.Scalar(value).map { ($0, length) }
  }

  /// Where the first ill-formed sequence begins among those that begin before an offset.
  func firstIllFormedUTF8(before end: Int) -> Int? {
    var offset = 0
    while offset < end {
      guard let (_, length) = scalar(at: offset) else { return offset }
      offset += length
    }
    return nil
  }
}
