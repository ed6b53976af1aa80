extension JSONParser {
  /// Reads the string whose opening quotation mark stands at `offset`.
  mutating func parseString() throws(JSONError) -> String {
    offset += 1
    let start = offset
    let isASCII = skipPlainText()
    guard byte == UInt8(ascii: "\"") else { return try parseStringWithEscapes(from: start) }
    defer { offset += 1 }
    if isASCII { return text(start..<offset) }
    let plain = UnsafeRawBufferPointer(rebasing: bytes[start..<offset])
    let text = plain.withMemoryRebound(to: UInt8.self) { String(validating: $0, as: UTF8.self) }
    guard let text else { throw illFormedString() }
    return text
  }

  /// Goes on to the next quotation mark, backslash or control character, or to the end.
  ///
  /// - Returns: whether only ASCII was passed over.
  @discardableResult
  mutating func skipPlainText() -> Bool {
    var passed: UInt64 = 0
    while offset + 8 <= bytes.count {
      let word = UInt64(bytes, at: offset)
      let marks =
        word.marksOfBytes(below: 0x20)
        | word.marksOfBytes(equalTo: UInt8(ascii: "\""))
        | word.marksOfBytes(equalTo: UInt8(ascii: "\\"))
      if let match = marks.firstMatch {
        offset += match
        return (passed | word.firstBytes(match)).isASCII
      }
      passed |= word
      offset += 8
    }
    while offset < bytes.count {
      switch bytes[offset] {
      case 0..<0x20, UInt8(ascii: "\""), UInt8(ascii: "\\"):
        return passed.isASCII
      default:
        passed |= UInt64(bytes[offset])
        offset += 1
      }
    }
    return passed.isASCII
  }

  /// Goes on from the first special byte of a string that began at `start`.
  private mutating func parseStringWithEscapes(from start: Int) throws(JSONError) -> String {
    unescaped.removeAll(keepingCapacity: true)
    var plainStart = start
    while true {
      unescaped.append(contentsOf: bytes[plainStart..<offset])
      switch byte {
      case UInt8(ascii: "\""):
        offset += 1
        return try validatedUnescaped()
      case UInt8(ascii: "\\"):
        try parseEscape()
      default:
        guard offset < bytes.count else { throw unexpected(expected: .endOfString) }
        throw failure(atScalar: offset) { .controlCharacter($0) }
      }
      plainStart = offset
      skipPlainText()
    }
  }

  private mutating func parseEscape() throws(JSONError) {
    let backslash = offset
    offset += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): unescaped.append(byte)
    case UInt8(ascii: "b"): unescaped.append(0x08)
    case UInt8(ascii: "f"): unescaped.append(0x0C)
    case UInt8(ascii: "n"): unescaped.append(0x0A)
    case UInt8(ascii: "r"): unescaped.append(0x0D)
    case UInt8(ascii: "t"): unescaped.append(0x09)
    case UInt8(ascii: "u"):
      offset += 1
      let scalar = try parseEscapedScalar(backslash: backslash)
      unescaped.append(contentsOf: scalar.utf8)
      return
    default:
      guard offset < bytes.count else { throw unexpected(expected: .escape) }
      throw failure(atScalar: offset) { .invalidEscape($0) }
    }
    offset += 1
  }

  /// Reads the digits behind `\u` and, for a surrogate pair, the second escape
  /// (RFC 8259 section 7).
  private mutating func parseEscapedScalar(backslash: Int) throws(JSONError) -> Unicode.Scalar {
    let unit = try parseFourHexadecimalDigits()
    if let scalar = Unicode.Scalar(unit) { return scalar }
    guard UTF16.isLeadSurrogate(unit), byte == UInt8(ascii: "\\"), offset + 1 < bytes.count,
      bytes[offset + 1] == UInt8(ascii: "u")
    else { return try loneSurrogate(unit, backslash: backslash) }
    let next = offset
    offset += 2
    let second = try parseFourHexadecimalDigits()
    let value = 0x10000 + (UInt32(unit) & 0x3FF) << 10 + (UInt32(second) & 0x3FF)
    guard UTF16.isTrailSurrogate(second), let scalar = Unicode.Scalar(value) else {
      // What follows is no half of this one; it is read again for itself.
      offset = next
      return try loneSurrogate(unit, backslash: backslash)
    }
    return scalar
  }

  private func loneSurrogate(_ unit: UInt16, backslash: Int) throws(JSONError) -> Unicode.Scalar {
    guard limits.replacesLoneSurrogates else { throw failure(.loneSurrogate(unit), at: backslash) }
    return "\u{FFFD}"
  }

  private mutating func parseFourHexadecimalDigits() throws(JSONError) -> UInt16 {
    var value: UInt16 = 0
    for _ in 0..<4 {
      switch byte {
      case 0x30...0x39: value = value << 4 | UInt16(byte - 0x30)
      case 0x41...0x46: value = value << 4 | UInt16(byte - 0x41 + 10)
      case 0x61...0x66: value = value << 4 | UInt16(byte - 0x61 + 10)
      default: throw unexpected(expected: .hexadecimalDigit)
      }
      offset += 1
    }
    return value
  }

  /// The unescaped bytes as text.
  ///
  /// Escapes yield whole scalars, none of which begins with a continuation byte, so the bytes are
  /// well formed exactly if those of the document are.
  private func validatedUnescaped() throws(JSONError) -> String {
    guard let text = String(validating: unescaped, as: UTF8.self) else { throw illFormedString() }
    return text
  }

  /// The error about ill-formed bytes in the string that ends at `offset`: an earlier fault than
  /// whatever stands there, so `failure` finds it.
  private func illFormedString() -> JSONError {
    failure(.illFormedUTF8(byte), at: offset)
  }
}
