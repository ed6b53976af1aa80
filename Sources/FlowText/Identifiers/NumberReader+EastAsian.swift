/// What follows digits outside ASCII: degrees, powers of ten and counters.
extension NumberReader {
  mutating func readLongSuffix() {
    let (scalar, length) = bytes.scalar(at: end)
    switch scalar {
    case "°":
      let letter = bytes.byte(at: end + length) | 0x20
      let isScale = letter == UInt8(ascii: "c") || letter == UInt8(ascii: "f")
      take(isScale ? "°\(Character(Unicode.Scalar(letter)))" : "°", end + length + (isScale ? 1 : 0))
    case "℃": take("°c", end + length)
    case "％": take("%", end + length)
    case "×": take("x", end + length)
    case "µ", "μ":
      if bytes.byte(at: end + length) == UInt8(ascii: "s") { take("us", end + length + 1) }
    default:
      let kind = ScalarClass(scalar)
      if kind == .hangul || kind == .unspaced {
        readEastAsianSuffix()
      } else if kind == .spaced {
        isWhole = false
      }
    }
  }

  /// Powers of ten, then a counter: `12만 원`, `1억 2천만`, `3億円`.
  private mutating func readEastAsianSuffix() {
    readPowers()
    if startsDate() {
      isOfDate = true
      return
    }
    let isSpaced = bytes.byte(at: end) == 0x20
    guard let (name, after) = counter(at: isSpaced ? end + 1 : end) else { return }
    take(name, after)
  }

  private mutating func readPowers() {
    guard var group = value else { return }
    var sum: DecimalValue?
    var last = end
    while last < bytes.count, bytes[last] >= 0xE3, case let (scalar, length) = bytes.scalar(at: last),
      let power = MeasureUnits.power(of: scalar), power < 12 || isMoney(at: last + length)
    {
      guard let scaled = group.scaled(by: power) else { return }
      group = scaled
      last += length
      // `2천만` goes on, `1억 2천만` adds another group.
      let next = bytes.byte(at: last) == 0x20 ? last + 1 : last
      guard ASCII.isDigit(bytes.byte(at: next)), power >= 3 else { continue }
      let digitsEnd = Self.endOfDigits(bytes, from: next)
      guard digitsEnd < bytes.count, bytes[digitsEnd] >= 0xE3,
        let part = DecimalValue(bytes[next..<digitsEnd])
      else {
        break
      }
      if let lower = MeasureUnits.power(of: bytes.scalar(at: digitsEnd).scalar) {
        guard lower < power else { break }
      } else {
        // `2만 5000명`: the last group has no sign of its own, and fewer digits than the sign before it.
        guard digitsEnd - next <= power, power < 12, counter(at: digitsEnd) != nil else { break }
      }
      sum = sum?.adding(group) ?? group
      group = part
      last = digitsEnd
    }
    guard last > end, let total = sum.map({ $0.adding(group) }) ?? group else { return }
    value = total
    end = last
  }

  /// Behind 조, which is an article of a law too (제19조), money or a lower power of ten must follow.
  private func isMoney(at place: Int) -> Bool {
    let next = bytes.byte(at: place) == 0x20 ? place + 1 : place
    return ASCII.isDigit(bytes.byte(at: next)) && next > place
      || ["원", "여", "달", "엔", "유로", "위안", "円", "元", "日", "美", "ド"].contains { follows($0, at: next) }
  }

  /// A year or a month by its sign: `2024년`, `4월`.
  private func startsDate() -> Bool {
    guard end + 3 <= bytes.count, end == digits.upperBound else { return false }
    switch bytes.scalar(at: end).scalar {
    case "월", "月": return !follows("간", at: end + 3)
    case "년", "年": return digits.count == 4
    default: return false
    }
  }

  private func follows(_ text: StaticString, at place: Int) -> Bool {
    let count = text.utf8CodeUnitCount
    return place + count <= bytes.count
      && bytes[place..<place + count].elementsEqual(UnsafeBufferPointer(start: text.utf8Start, count: count))
  }

  /// A counter that its word ends with, particles aside.
  func counter(at place: Int) -> (String, Int)? {
    guard place + 3 <= bytes.count, bytes[place] >= 0xE3 else { return nil }
    for entry in MeasureUnits.eastAsian where bytes[place] == entry.text[0] {
      let after = place + entry.text.count
      guard after <= bytes.count, bytes[place..<after].elementsEqual(entry.text) else { continue }
      guard bytes[place] >= 0xEA else { return (entry.name, after) }
      var last = after
      while last < bytes.count, bytes[last] >= 0xEA, ScalarClass(bytes.scalar(at: last).scalar) == .hangul {
        last += 3
      }
      if last == after || entry.count > 1 && place == end
        || KoreanEndings.isParticle(bytes, start: after, end: last)
      {
        return (entry.name, after)
      }
    }
    return nil
  }
}
