/// Texts as words in small letters with one space between them, to look for runs of words in.
struct FoldedText: Sendable {
  private var bytes: [UInt8] = [0x20]

  mutating func append(_ text: String) {
    Self.fold(text, into: &bytes)
    // No run of words goes from one text into the next.
    bytes.append(0)
    bytes.append(0x20)
  }

  /// Whether the words of `text` stand in the texts one behind the other; texts without words stand nowhere.
  ///
  /// Words are whole, but for East Asian ones, whose particles are not set apart.
  func contains(_ text: String) -> Bool {
    var needle: [UInt8] = [0x20]
    Self.fold(text, into: &needle)
    if needle.last == 0x20 { needle.removeLast() }
    guard needle.count > 1 else { return false }
    if Self.isSpaced(needle[1...]) { needle.removeFirst() }
    if !Self.endsEastAsian(needle) { needle.append(0x20) }
    return Self.find(needle, in: bytes)
  }

  /// Han and Kana have no space before their words.
  private static func isSpaced(_ word: ArraySlice<UInt8>) -> Bool {
    guard let first = word.first, (0xE3...0xE9).contains(first) else { return false }
    return true
  }

  private static func endsEastAsian(_ needle: [UInt8]) -> Bool {
    guard needle.count > 2, needle[needle.count - 1] >= 0x80 else { return false }
    var index = needle.count - 1
    while index > 0, needle[index] & 0xC0 == 0x80 { index -= 1 }
    return (0xE3...0xED).contains(needle[index])
  }

  /// Appends the words of a text; every other sign, and any number of them, is one space.
  private static func fold(_ text: String, into bytes: inout [UInt8]) {
    let text = IdentifierNormal.composed(text)
    bytes.reserveCapacity(bytes.count + text.utf8.count + 2)
    for byte in text.utf8 {
      if ASCII.isAlphanumeric(byte) {
        bytes.append(ASCII.isUpper(byte) ? byte | 0x20 : byte)
      } else if byte >= 0x80 {
        bytes.append(byte)
      } else if bytes.last != 0x20 {
        bytes.append(0x20)
      }
    }
    if bytes.last != 0x20 { bytes.append(0x20) }
  }

  /// Whether the needle stands in the bytes (Knuth, Morris and Pratt 1977): linear for any input.
  private static func find(_ needle: [UInt8], in bytes: [UInt8]) -> Bool {
    var borders = [Int](repeating: 0, count: needle.count)
    var length = 0
    for index in needle.indices.dropFirst() {
      while length > 0, needle[index] != needle[length] { length = borders[length - 1] }
      if needle[index] == needle[length] { length += 1 }
      borders[index] = length
    }
    length = 0
    for byte in bytes {
      while length > 0, byte != needle[length] { length = borders[length - 1] }
      if byte == needle[length] { length += 1 }
      if length == needle.count { return true }
    }
    return false
  }
}
