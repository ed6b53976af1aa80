/// JSON as a tool puts it out: keys with plain values, each as it stands there.
///
/// The text need not be valid: brackets and strings are followed, nothing is parsed, and what is cut short is read as
/// far as it goes. A list of plain values is one piece with its key if it is short, else a piece a value. Null, empty
/// strings and empty lists tell nothing.
enum JSONShape {
  private static let longestList = 160

  static func isJSON(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    let text = bytes.trimmed(0..<bytes.count)
    guard text.count > 2 else { return false }
    let first = bytes[text.lowerBound]
    let last = bytes[text.upperBound - 1]
    guard first == open && last == close || first == openList && last == closeList else { return false }
    let next = bytes[bytes.skippingWhiteSpace(from: text.lowerBound + 1, to: text.upperBound)]
    return next == quote || next == close
      || first == openList && (next == open || next == openList || ASCII.isDigit(next))
  }

  static func lines(in bytes: UnsafeBufferPointer<UInt8>) -> [OutputLine] {
    var lines: [OutputLine] = []
    var seen: Set<UInt64> = []
    var key: Int?
    var index = 0
    while index < bytes.count {
      switch bytes[index] {
      case quote, 0x2D, 0x30...0x39, UInt8(ascii: "t"), UInt8(ascii: "f"), UInt8(ascii: "n"):
        let end = scalarEnd(bytes, from: index)
        let next = bytes.skippingWhiteSpace(from: end, to: bytes.count)
        if bytes[index] == quote, next < bytes.count, bytes[next] == UInt8(ascii: ":") {
          key = index
          index = next + 1
          continue
        }
        if tells(bytes, index..<end) {
          append(bytes, (key ?? index)..<end, hasKey: key != nil, &seen, &lines)
        }
        key = nil
        index = end
      case openList:
        if let key, let end = listEnd(bytes, from: index) {
          if end - index > 2 { append(bytes, key..<end, hasKey: true, &seen, &lines) }
          index = end
        } else {
          index += 1
        }
        key = nil
      case open:
        key = nil
        index += 1
      default: index += 1
      }
    }
    return lines
  }

  private static func append(
    _ bytes: UnsafeBufferPointer<UInt8>,
    _ range: Range<Int>,
    hasKey: Bool,
    _ seen: inout Set<UInt64>,
    _ lines: inout [OutputLine]
  ) {
    let hash = range.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64(bytes[$1])) &* 0x0000_0100_0000_01B3 }
    guard seen.insert(hash).inserted else { return }
    var end = range.upperBound
    let isCut = range.count > OutputShape.longestLine
    if isCut {
      end = range.lowerBound + OutputShape.longestLine
      while end > range.lowerBound, bytes[end] & 0xC0 == 0x80 { end -= 1 }
    }
    let isError = OutputWords(bytes, range.lowerBound..<end).score >= 2500
    lines.append(
      OutputLine(range: range.lowerBound..<end, score: isError ? 1800 : hasKey ? 800 : 500, isCut: isCut)
    )
  }

  /// Null, false, an empty string: nothing is said.
  private static func tells(_ bytes: UnsafeBufferPointer<UInt8>, _ value: Range<Int>) -> Bool {
    bytes[value.lowerBound] == quote ? value.count > 2 : bytes[value.lowerBound] != UInt8(ascii: "n")
  }

  private static func scalarEnd(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    var index = start + 1
    guard bytes[start] == quote else {
      while index < bytes.count,
        ASCII.isAlphanumeric(bytes[index]) || bytes[index] == 0x2E || bytes[index] == 0x2D
      {
        index += 1
      }
      return index
    }
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "\\") {
        index += 2
        continue
      }
      index += 1
      if bytes[index - 1] == quote { break }
    }
    return min(index, bytes.count)
  }

  /// The end of a short list of plain values.
  private static func listEnd(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
    var index = start + 1
    while index < min(bytes.count, start + longestList) {
      switch bytes[index] {
      case quote: index = scalarEnd(bytes, from: index)
      case open, openList: return nil
      case closeList: return index + 1
      default: index += 1
      }
    }
    return nil
  }

  private static let quote = UInt8(ascii: "\"")
  private static let open = UInt8(ascii: "{")
  private static let close = UInt8(ascii: "}")
  private static let openList = UInt8(ascii: "[")
  private static let closeList = UInt8(ascii: "]")
}
