/// One word of a name.
struct NameWord {
  let start: Int
  let end: Int
  /// In small letters (`SecretWords.key`); zero for words outside ASCII.
  let key: UInt128
  let isForeign: Bool
  let isUpper: Bool

  init(_ bytes: UnsafeBufferPointer<UInt8>, endingAt end: Int, floor: Int) {
    self.end = end
    guard bytes[end - 1] < 0x80 else {
      isForeign = true
      isUpper = false
      key = 0
      start = end
      return
    }
    isForeign = false
    var start = end
    let least = max(floor, end - 16)
    if ASCII.isDigit(bytes[end - 1]) {
      while start > least, ASCII.isDigit(bytes[start - 1]) { start -= 1 }
    } else {
      // `clientSecret`, `DBPassword`: a capital begins a word, a run of capitals is one.
      let isCapitals = ASCII.isUpper(bytes[end - 1])
      while start > least, ASCII.isLetter(bytes[start - 1]) {
        if isCapitals, !ASCII.isUpper(bytes[start - 1]) { break }
        start -= 1
        if !isCapitals, ASCII.isUpper(bytes[start]) { break }
      }
    }
    // The letter of `\n` in a JSON text is none of the word.
    if start > floor, bytes[start - 1] == UInt8(ascii: "\\"), end - start > 1,
      "nrt".utf8.contains(bytes[start])
    {
      start += 1
    }
    self.start = start
    isUpper = ASCII.isUpper(bytes[end - 1])
    var key: UInt128 = 0
    for index in start..<end {
      let byte = bytes[index]
      key = key << 8 | UInt128(ASCII.isUpper(byte) ? byte | 0x20 : byte)
    }
    self.key = key
  }

  static func isPart(_ byte: UInt8) -> Bool {
    ASCII.isAlphanumeric(byte) || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
      || byte == UInt8(ascii: ".")
  }

  /// What the word says of a value; nil for most words.
  var role: SecretWords.Role? { SecretWords.roles[key] }

  /// A number, or which of several it is.
  var isQualifier: Bool { ASCII.isDigit(UInt8(truncatingIfNeeded: key)) || role == .qualifier }

  func hasEarlier(in bytes: UnsafeBufferPointer<UInt8>, floor: Int) -> Bool {
    start > floor && Self.isPart(bytes[start - 1])
  }

  /// The word before, if only a sign that joins words or one space stands between.
  func earlier(in bytes: UnsafeBufferPointer<UInt8>, floor: Int) -> NameWord? {
    var end = start
    if end > floor + 1, !ASCII.isAlphanumeric(bytes[end - 1]) {
      guard Self.isPart(bytes[end - 1]) || bytes[end - 1] == 0x20 else { return nil }
      end -= 1
    }
    guard end > floor, ASCII.isAlphanumeric(bytes[end - 1]) else { return nil }
    return NameWord(bytes, endingAt: end, floor: floor)
  }
}
