/// What a scalar is to the term rules.
enum ScalarClass: Sendable {
  /// A letter or digit of a script that puts spaces between words.
  case spaced
  /// A mark that belongs to the letter before it.
  case mark
  /// A Hangul syllable, or a conjoining jamo that is part of one.
  case hangul
  /// A character of a script without spaces: Han, Kana, Thai, Lao, Khmer, Burmese.
  case unspaced
  /// Invisible: joins, byte-order marks, soft hyphens. A word goes on across it.
  case ignorable
  /// Everything else ends a word.
  case separator

  init(_ scalar: Unicode.Scalar) {
    switch scalar.value {
    case 0xAC00...0xD7A3, 0x1100...0x11FF: self = .hangul
    case 0x4E00...0x9FFF, 0x3400...0x4DBF, 0xF900...0xFAFF, 0x20000...0x3FFFF, 0x3005...0x3007,
      0x3041...0x3096, 0x3099...0x309A, 0x309D...0x309F, 0x30A1...0x30FA, 0x30FC...0x30FF,
      0x31F0...0x31FF, 0xFF66...0xFF9F, 0x3105...0x312F:
      self = .unspaced
    // A lone compatibility jamo is laughter or tears (ㅋㅋ, ㅠㅠ), not a word.
    case 0x3130...0x318F: self = .separator
    case 0xAD, 0x200B...0x200F, 0x2060, 0xFE00...0xFE0F, 0xFEFF: self = .ignorable
    case 0x300...0x36F: self = .mark
    default: self = Self.byCategory(scalar)
    }
  }

  private static func byCategory(_ scalar: Unicode.Scalar) -> ScalarClass {
    let isUnspaced =
      switch scalar.value {
      case 0x0E00...0x0EFF, 0x1000...0x109F, 0x1780...0x17FF: true
      default: false
      }
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .decimalNumber, .letterNumber:
      return isUnspaced ? .unspaced : .spaced
    case .nonspacingMark, .spacingMark, .enclosingMark: return isUnspaced ? .unspaced : .mark
    default: return .separator
    }
  }
}

/// The classes of ASCII bytes, by comparison rather than by table.
enum ASCII {
  static func isLower(_ byte: UInt8) -> Bool { byte &- 0x61 < 26 }
  static func isUpper(_ byte: UInt8) -> Bool { byte &- 0x41 < 26 }
  static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }
  static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }
  static func isAlphanumeric(_ byte: UInt8) -> Bool { isLetter(byte) || isDigit(byte) }
}

extension UnsafeBufferPointer<UInt8> {
  /// The scalar at a place where one begins, and its length in bytes.
  ///
  /// The bytes come from a `String` and are valid UTF-8; were they not, the answer is U+FFFD.
  func scalar(at index: Int) -> (scalar: Unicode.Scalar, length: Int) {
    let lead = self[index]
    let length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
    guard length > 1 else { return (Unicode.Scalar(lead), 1) }
    guard index + length <= count else { return ("\u{FFFD}", 1) }
    var value = UInt32(lead) & (0x7F >> UInt32(length))
    for offset in 1..<length { value = value << 6 | UInt32(self[index + offset] & 0x3F) }
    return (Unicode.Scalar(value) ?? "\u{FFFD}", length)
  }

  /// The byte at an index, or zero outside the buffer.
  func byte(at index: Int) -> UInt8 { index >= 0 && index < count ? self[index] : 0 }
}
