/// Reads the letters and digits of one word of a `CompoundWord`.
struct WordReader {
  /// Where the word starts in the compound's bytes.
  let first: Int
  private(set) var isASCII = true
  private(set) var isNumber = true
  /// The compound ends with this word whatever follows it.
  var endsCompound = false
  /// The word is grammar only and gives no term.
  var isDropped = false
  /// The last scalar outside marks and where it starts in the compound's bytes: a mark may join it.
  private var lastLetter: Unicode.Scalar = " "
  private var lastPlace = 0

  init(first: Int) { self.first = first }

  /// Appends the word's normal form to `bytes` and its camelCase borders to `humps`; returns its end.
  mutating func read(
    _ source: UnsafeBufferPointer<UInt8>,
    from start: Int,
    into bytes: inout [UInt8],
    humps: inout [Int]
  ) -> Int {
    var index = start
    while index < source.count {
      let byte = source[index]
      if ASCII.isAlphanumeric(byte) {
        if isTimeMark(source, at: index, in: bytes) {
          endsCompound = true
          return index + 1
        }
        if index > start, Self.isHump(source, at: index), bytes.count > first { humps.append(bytes.count) }
        if !ASCII.isDigit(byte) { isNumber = false }
        lastPlace = bytes.count
        bytes.append(ASCII.isDigit(byte) ? byte : byte | 0x20)
        lastLetter = Unicode.Scalar(bytes[lastPlace])
        index += 1
      } else if byte >= 0x80 {
        guard let length = readScalar(source, at: index, into: &bytes) else { return index }
        index += length
      } else if let length = readSign(source, at: index, into: &bytes) {
        index += length
        if endsCompound { return index }
      } else {
        return index
      }
    }
    return index
  }

  // MARK: Scalars outside ASCII

  /// Appends a scalar of the word; its length, or nil if the word ends before it.
  private mutating func readScalar(
    _ source: UnsafeBufferPointer<UInt8>,
    at index: Int,
    into bytes: inout [UInt8]
  ) -> Int? {
    let (scalar, length) = source.scalar(at: index)
    switch ScalarClass(scalar) {
    case .ignorable: return length
    case .mark:
      appendMark(scalar, to: &bytes)
      return length
    case .spaced:
      appendLetter(scalar, to: &bytes)
      return length
    case .hangul, .unspaced, .separator: return nil
    }
  }

  private mutating func appendLetter(_ scalar: Unicode.Scalar, to bytes: inout [UInt8]) {
    lastPlace = bytes.count
    // Full-width forms are the ASCII ones for East Asian typesetting.
    if (0xFF10...0xFF5A).contains(scalar.value) {
      let byte = UInt8(truncatingIfNeeded: scalar.value - 0xFEE0)
      if !ASCII.isDigit(byte) { isNumber = false }
      bytes.append(ASCII.isLetter(byte) ? byte | 0x20 : byte)
      return lastLetter = Unicode.Scalar(bytes[lastPlace])
    }
    isASCII = false
    isNumber = false
    // A final sigma is a sigma.
    let lowercase = scalar == "ς" ? "σ" : scalar.properties.lowercaseMapping
    bytes.append(contentsOf: lowercase.utf8)
    lastLetter = lowercase.unicodeScalars.first ?? scalar
  }

  private mutating func appendMark(_ mark: Unicode.Scalar, to bytes: inout [UInt8]) {
    isASCII = false
    isNumber = false
    if let composed = LatinMarks.composed(lastLetter, mark) {
      bytes.removeSubrange(lastPlace...)
      bytes.append(contentsOf: String(composed).utf8)
      lastLetter = composed
    } else {
      // The word now ends in a mark, which no later mark joins.
      bytes.append(contentsOf: String(mark).utf8)
      lastLetter = " "
    }
  }

  // MARK: ASCII details

  /// The border of a hump: `snakeCase`, `HTTPServer`; not the plural in `URLs`.
  private static func isHump(_ source: UnsafeBufferPointer<UInt8>, at index: Int) -> Bool {
    guard ASCII.isUpper(source[index]) else { return false }
    if ASCII.isLower(source[index - 1]) { return true }
    guard ASCII.isUpper(source[index - 1]), ASCII.isLower(source.byte(at: index + 1)) else { return false }
    return source[index + 1] != UInt8(ascii: "s") || ASCII.isAlphanumeric(source.byte(at: index + 2))
  }

  /// The `T` between the date and the time of an ISO 8601 timestamp, or the `Z` after one.
  private func isTimeMark(_ source: UnsafeBufferPointer<UInt8>, at index: Int, in bytes: [UInt8]) -> Bool {
    switch source[index] {
    case UInt8(ascii: "T"):
      return bytes.count == 10 && bytes[4] == UInt8(ascii: "-") && bytes[7] == UInt8(ascii: "-")
        && ASCII.isDigit(source.byte(at: index + 1))
    case UInt8(ascii: "Z"):
      let isTime = first >= 6 && bytes[first - 1] == UInt8(ascii: ":")
      return isTime && isNumber && !ASCII.isAlphanumeric(source.byte(at: index + 1))
    default: return false
    }
  }

  /// The comma of `1,204` (left out) and the signs of `C++` and `C#` (kept).
  private mutating func readSign(
    _ source: UnsafeBufferPointer<UInt8>,
    at index: Int,
    into bytes: inout [UInt8]
  ) -> Int? {
    switch source[index] {
    case UInt8(ascii: ","):
      let groups = (1...3).allSatisfy { ASCII.isDigit(source.byte(at: index + $0)) }
      guard isNumber, groups, !ASCII.isDigit(source.byte(at: index + 4)) else { return nil }
      return isGrouped || bytes.count - first <= 3 ? groupComma() : nil
    case UInt8(ascii: "#") where bytes.count == first + 1 && !isNumber && isASCII:
      guard !ASCII.isAlphanumeric(source.byte(at: index + 1)) else { return nil }
      return appendSign("#", to: &bytes)
    case UInt8(ascii: "+") where bytes.count == first + 1 && !isNumber && isASCII:
      guard source.byte(at: index + 1) == UInt8(ascii: "+"),
        !ASCII.isAlphanumeric(source.byte(at: index + 2))
      else { return nil }
      return appendSign("++", to: &bytes)
    default: return nil
    }
  }

  private var isGrouped = false

  private mutating func groupComma() -> Int {
    isGrouped = true
    return 1
  }

  private mutating func appendSign(_ sign: String, to bytes: inout [UInt8]) -> Int {
    bytes.append(contentsOf: sign.utf8)
    endsCompound = true
    return sign.utf8.count
  }
}
