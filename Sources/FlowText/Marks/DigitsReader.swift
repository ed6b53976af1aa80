/// Reads what begins with a digit: a date, a timestamp, a clock time, an ordinal or a number.
struct DigitsReader {
  private(set) var end: Int
  private(set) var classes: WordClass = .number
  private(set) var value = 0
  private let bytes: UnsafeBufferPointer<UInt8>

  init(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) {
    self.bytes = bytes
    end = start
    let (first, afterFirst) = number(at: start)
    value = first
    end = afterFirst
    let separator = bytes.byte(at: afterFirst)
    switch separator {
    case UInt8(ascii: "-"), UInt8(ascii: "/"), UInt8(ascii: "."):
      readDate(first, digits: afterFirst - start, separator, from: afterFirst)
    case UInt8(ascii: ":"): readClock(first, from: afterFirst)
    case UInt8(ascii: ","): readGroups(digits: afterFirst - start)
    default: readOrdinal(digits: afterFirst - start)
    }
  }

  private func number(at start: Int) -> (Int, Int) {
    var value = 0
    var index = start
    while ASCII.isDigit(bytes.byte(at: index)) {
      if value < 100_000_000 { value = value * 10 + Int(bytes[index] - 0x30) }
      index += 1
    }
    return (value, index)
  }

  private mutating func readDate(_ first: Int, digits: Int, _ separator: UInt8, from place: Int) {
    let (second, afterSecond) = number(at: place + 1)
    let (third, afterThird) = number(at: afterSecond + 1)
    let lengths = (afterSecond - place - 1, afterThird - afterSecond - 1)
    let isWhole =
      bytes.byte(at: afterSecond) == separator && (1...2).contains(lengths.0)
      && !ASCII.isDigit(bytes.byte(at: afterThird))
    if isWhole, digits == 4, (1...2).contains(lengths.1), let day = CivilCalendar.day(first, second, third) {
      take(day, .date, afterThird)
      return readTimeOfDay()
    }
    if isWhole, digits <= 2, lengths.1 == 4 {
      let american = CivilCalendar.day(third, first, second)
      let european = CivilCalendar.day(third, second, first)
      switch (american, european) {
      case let (day?, nil), let (nil, day?): return take(day, .date, afterThird)
      case let (day?, other?): return take(day, day == other ? .date : .eitherDate, afterThird)
      default: break
      }
    }
    // A decimal fraction is part of its number.
    if separator == UInt8(ascii: "."), lengths.0 > 0 {
      value = -1
      end = afterSecond
    }
  }

  private mutating func take(_ day: Int, _ kind: WordClass, _ place: Int) {
    classes = kind
    value = day
    end = place
  }

  /// The rest of an ISO 8601 timestamp.
  private mutating func readTimeOfDay() {
    guard bytes.byte(at: end) | 0x20 == UInt8(ascii: "t"), ASCII.isDigit(bytes.byte(at: end + 1)) else {
      return
    }
    end += 1
    while ASCII.isAlphanumeric(bytes.byte(at: end)) || ":.+-".utf8.contains(bytes.byte(at: end)) {
      guard ASCII.isAlphanumeric(bytes[end]) || ASCII.isDigit(bytes.byte(at: end + 1)) else { return }
      end += 1
    }
  }

  private mutating func readClock(_ hour: Int, from place: Int) {
    let (minute, after) = number(at: place + 1)
    guard hour < 25, minute < 60, after == place + 3 else { return }
    classes = .clock
    end = after
    let (_, seconds) = number(at: after + 1)
    if bytes.byte(at: after) == UInt8(ascii: ":"), seconds == after + 3 { end = seconds }
  }

  /// `1,204`.
  private mutating func readGroups(digits: Int) {
    guard digits <= 3 else { return }
    while bytes.byte(at: end) == UInt8(ascii: ","), number(at: end + 1).1 == end + 4 {
      value = min(value, 100_000) * 1000 + number(at: end + 1).0
      end += 4
    }
  }

  private mutating func readOrdinal(digits: Int) {
    let ending = (bytes.byte(at: end) | 0x20, bytes.byte(at: end + 1) | 0x20)
    guard digits <= 2, !ASCII.isAlphanumeric(bytes.byte(at: end + 2)) else { return }
    switch ending {
    case (UInt8(ascii: "s"), UInt8(ascii: "t")), (UInt8(ascii: "n"), UInt8(ascii: "d")),
      (UInt8(ascii: "r"), UInt8(ascii: "d")), (UInt8(ascii: "t"), UInt8(ascii: "h")):
      classes = [.number, .ordinal]
      end += 2
    default: return
    }
  }
}
