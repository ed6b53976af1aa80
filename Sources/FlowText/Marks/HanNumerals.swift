/// Numbers below 10,000 in Han numerals, `三`, `十二`, `二〇二三`, and the neighbours of a character.
enum HanNumerals {
  private static func digit(_ scalar: Unicode.Scalar) -> Int? {
    switch scalar {
    case "〇", "零": 0
    case "一": 1
    case "二", "两", "兩": 2
    case "三": 3
    case "四": 4
    case "五": 5
    case "六": 6
    case "七": 7
    case "八": 8
    case "九": 9
    default: nil
    }
  }

  /// The value and the end of the number at `start`.
  static func read(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> (value: Int, end: Int)? {
    var index = start
    var total = 0
    var current = 0
    var count = 0
    while index < bytes.count, count < 8 {
      let (scalar, length) = bytes.scalar(at: index)
      if let digit = digit(scalar) {
        current = current * 10 + digit
      } else if scalar == "十" || scalar == "百" || scalar == "千" {
        total += max(1, current) * (scalar == "十" ? 10 : scalar == "百" ? 100 : 1000)
        current = 0
      } else {
        break
      }
      count += 1
      index += length
    }
    return count > 0 ? (min(total + current, 9999), index) : nil
  }

  /// Whether a Han character stands directly before or after a place: the characters make one word then.
  static func hasHanNeighbour(_ bytes: UnsafeBufferPointer<UInt8>, start: Int, end: Int) -> Bool {
    isHan(bytes, at: start - 3) || isHan(bytes, at: end)
  }

  private static func isHan(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> Bool {
    guard index >= 0, index + 3 <= bytes.count, (0xE3...0xE9).contains(bytes[index]) else { return false }
    return (0x3400...0x9FFF).contains(bytes.scalar(at: index).scalar.value)
  }
}
