extension [UInt8] {
  /// Appends a string in quotation marks, with nothing escaped but `"`, `\` and the control
  /// characters U+0000 to U+001F and U+007F to U+009F.
  ///
  /// JSON itself asks for less (RFC 8259 section 7): DEL and the C1 controls are escaped too because
  /// they cannot be seen, and a terminal may obey them.
  mutating func appendJSONString(_ string: String) {
    append(UInt8(ascii: "\""))
    withRawBytes(of: string.utf8) { appendEscaped($0) }
    append(UInt8(ascii: "\""))
  }

  private mutating func appendEscaped(_ text: UnsafeRawBufferPointer) {
    var plainStart = 0
    var offset = Self.nextCandidate(in: text, from: 0)
    while offset < text.count {
      let byte = text[offset]
      // The UTF-8 of U+0080 to U+00BF is C2 and the scalar's own low byte.
      let isLatin1 = byte == 0xC2
      if isLatin1, text[offset + 1] > 0x9F {
        offset = Self.nextCandidate(in: text, from: offset + 2)
        continue
      }
      append(contentsOf: text[plainStart..<offset])
      appendEscape(of: isLatin1 ? text[offset + 1] : byte)
      offset += isLatin1 ? 2 : 1
      plainStart = offset
      offset = Self.nextCandidate(in: text, from: offset)
    }
    append(contentsOf: text[plainStart...])
  }

  /// The next byte that must be escaped or may begin a scalar that must be.
  private static func nextCandidate(in text: UnsafeRawBufferPointer, from start: Int) -> Int {
    var offset = start
    while offset + 8 <= text.count {
      let word = UInt64(text, at: offset)
      let marks =
        word.marksOfBytes(below: 0x20)
        | word.marksOfBytes(equalTo: UInt8(ascii: "\""))
        | word.marksOfBytes(equalTo: UInt8(ascii: "\\"))
        | word.marksOfBytes(equalTo: 0x7F)
        | word.marksOfBytes(equalTo: 0xC2)
      if let match = marks.firstMatch { return offset + match }
      offset += 8
    }
    while offset < text.count {
      switch text[offset] {
      case 0..<0x20, UInt8(ascii: "\""), UInt8(ascii: "\\"), 0x7F, 0xC2: return offset
      default: offset += 1
      }
    }
    return offset
  }

  private mutating func appendEscape(of byte: UInt8) {
    append(UInt8(ascii: "\\"))
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): append(byte)
    case 0x08: append(UInt8(ascii: "b"))
    case 0x0C: append(UInt8(ascii: "f"))
    case 0x0A: append(UInt8(ascii: "n"))
    case 0x0D: append(UInt8(ascii: "r"))
    case 0x09: append(UInt8(ascii: "t"))
    default:
      append(contentsOf: "u00".utf8)
      for digit in [byte >> 4, byte & 0xF] {
        append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
      }
    }
  }
}
