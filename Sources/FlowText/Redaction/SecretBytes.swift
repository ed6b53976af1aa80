/// What a byte means to the rules that find secrets.
enum SecretBytes {
  /// Letters, digits and the low line: a run of them is a word.
  static let word: UInt8 = 1 << 0
  /// A rule may begin here.
  static let trigger: UInt8 = 1 << 1
  /// Letters and digits of base64url, `-` and `_`.
  static let keyBody: UInt8 = 1 << 2
  /// Letters and digits of base64, `+`, `/` and `=`.
  static let base64: UInt8 = 1 << 3
  /// Space, tab, end of line.
  static let space: UInt8 = 1 << 4
  /// Of a name before a separator: words, `-`, `.`, and all bytes outside ASCII.
  static let name: UInt8 = 1 << 5
  /// Ends a value that has neither quotes nor a line of its own.
  static let valueEnd: UInt8 = 1 << 6

  static let table: [UInt8] = {
    var table = [UInt8](repeating: 0, count: 256)
    for byte in UInt8.min...UInt8.max {
      if ASCII.isAlphanumeric(byte) { table[Int(byte)] = word | keyBody | base64 | name }
      if byte >= 0x80 { table[Int(byte)] = name | valueEnd }
      if byte < 0x20 || byte == 0x7F { table[Int(byte)] |= valueEnd }
    }
    let signs: [(String, UInt8)] = [
      ("_", word | keyBody | name), ("-", keyBody | name | trigger), (".", name), ("+/=", base64),
      (" \t\r\n", space | valueEnd), (":=[>", trigger), (",;&)}]\"'`<>|", valueEnd),
    ]
    for (bytes, trait) in signs {
      for byte in bytes.utf8 { table[Int(byte)] |= trait }
    }
    // The first byte of full-width forms: `：` and `＝`.
    table[0xEF] |= trigger
    table[0x0A] |= trigger
    return table
  }()
}

extension UnsafeBufferPointer<UInt8> {
  /// Whether the bytes of a text stand at a place.
  @inline(__always)
  func has(_ text: StaticString, at index: Int) -> Bool {
    guard index >= 0, index + text.utf8CodeUnitCount <= count else { return false }
    for offset in 0..<text.utf8CodeUnitCount where self[index + offset] != text.utf8Start[offset] {
      return false
    }
    return true
  }

  /// Whether a text in small letters stands at a place, in letters of any case.
  @inline(__always)
  func hasAnyCase(_ text: StaticString, at index: Int) -> Bool {
    guard index >= 0, index + text.utf8CodeUnitCount <= count else { return false }
    for offset in 0..<text.utf8CodeUnitCount {
      let byte = self[index + offset]
      if (ASCII.isUpper(byte) ? byte | 0x20 : byte) != text.utf8Start[offset] { return false }
    }
    return true
  }

  /// Where the mark of a masked place that begins here ends; nil if none does.
  func endOfMark(at index: Int) -> Int? {
    guard byte(at: index) == UInt8(ascii: "["), has("[masked ", at: index) else { return nil }
    var end = index + 8
    // The longest name of a kind is shorter.
    while end < Swift.min(count, index + 40), ASCII.isLower(self[end]) || self[end] == UInt8(ascii: "_") {
      end += 1
    }
    return end > index + 8 && byte(at: end) == UInt8(ascii: "]") ? end + 1 : nil
  }
}
