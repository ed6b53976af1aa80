// The normal form of a date is ISO 8601 as far as it is known: `2024-04-12`, `2024-04`, `2024`; without the year
// `--04-12` and `--04`; a day of the week `-W-5`; a season by its first month, `2024-S06` and `--S06`. An expression
// with two readings, 5/7/2024, gives both, joined by `|`. What depends on the day it was said (yesterday, last week)
// is its words.

/// Normal forms of dates.
enum DateNormal {
  /// A day counted from 1970-01-01.
  static func day(_ number: Int) -> String {
    let date = CivilCalendar.date(number)
    return iso(date.year, date.month, date.day)
  }

  /// A date in digits.
  static func day(_ reading: DigitsReader) -> String {
    let date = CivilCalendar.date(reading.value)
    let first = iso(date.year, date.month, date.day)
    guard reading.classes.has(.eitherDate), CivilCalendar.day(date.year, date.day, date.month) != nil else {
      return first
    }
    return "\(first)|\(iso(date.year, date.day, date.month))"
  }

  /// An expression that the date reader read; nil for one that depends on the day.
  static func reading(_ reading: DateReading) -> String? {
    guard !reading.isRelative else { return nil }
    switch reading.days {
    case .fixed(let range):
      let date = CivilCalendar.date(range.lowerBound)
      switch reading.precision {
      case .day: return iso(date.year, date.month, date.day)
      case .month: return String(iso(date.year, date.month, 1).dropLast(3))
      case .season: return "\(year(date.year))-S\(ClockReader.twoDigits(date.month))"
      case .week, .year: return year(date.year)
      }
    case .everyYear(let from, _):
      let month = ClockReader.twoDigits(from.month)
      switch reading.precision {
      case .day: return "--\(month)-\(ClockReader.twoDigits(from.day))"
      case .season: return "--S\(month)"
      default: return "--\(month)"
      }
    }
  }

  static func weekday(_ number: Int) -> String { "-W-\(number)" }

  private static func iso(_ year: Int, _ month: Int, _ day: Int) -> String {
    "\(self.year(year))-\(ClockReader.twoDigits(month))-\(ClockReader.twoDigits(day))"
  }

  private static func year(_ year: Int) -> String {
    let digits = String(year)
    return String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits
  }

  /// How much a date with a normal form tells.
  static func weight(_ normal: String) -> Int {
    let bytes = normal.utf8
    if bytes.first == UInt8(ascii: "-") {
      if normal.hasPrefix("-W") { return IdentifierWeights.weekday }
      return bytes.count == 7 ? IdentifierWeights.dayOfYear : IdentifierWeights.monthOfYear
    }
    return switch bytes.count {
    case 4: IdentifierWeights.year
    case 7, 8: IdentifierWeights.month
    default: IdentifierWeights.day
    }
  }
}

/// Dates in words, read by `DateReader` on the lines that hold one.
extension IdentifierPass {
  mutating func readDates(in range: Range<Int>) {
    let tokens = WordLexer.tokens(in: UnsafeBufferPointer(rebasing: bytes[range]))
    let reader = DateReader(TimeTokens(tokens), today: 0)
    var index = 0
    while index < tokens.count {
      // "지난 2009년" names the year, not a stretch of 2009 years.
      let isBeforeYear = tokens[index].classes.has(.modifier) && reader.text.isYear(index + 1)
      guard !isBeforeYear, let found = reader.expression(at: index), let reading = found.readings.first else {
        index += 1
        continue
      }
      let start = range.lowerBound + tokens[index].start
      let end = withoutPossessive(
        range.lowerBound + tokens[index].start..<range.lowerBound + tokens[found.next - 1].end
      )
      if !tokens[index].classes.has([.date, .eitherDate]) {
        appendDate(start..<end, reading, tokens[index..<found.next])
      }
      index = found.next
    }
  }

  /// "This week's" without its ending.
  private func withoutPossessive(_ range: Range<Int>) -> Int {
    let end = range.upperBound
    guard range.count > 3, bytes[end - 1] == UInt8(ascii: "s") else { return end }
    if bytes[end - 2] == UInt8(ascii: "'") { return end - 2 }
    return range.count > 5 && bytes[end - 4..<end - 1].elementsEqual("’".utf8) ? end - 4 : end
  }

  private mutating func appendDate(
    _ range: Range<Int>,
    _ reading: DateReading,
    _ tokens: ArraySlice<WordToken>
  ) {
    if let normal = DateNormal.reading(reading) {
      return append(
        IdentifierFind(.date, range.lowerBound, range.upperBound, DateNormal.weight(normal), normal: normal)
      )
    }
    if tokens.count == 1, let day = tokens.first, day.classes.has([.weekday, .shortWeekday]),
      !day.classes.has(.weekdayOfWeek)
    {
      let normal = DateNormal.weekday(day.value)
      return append(
        IdentifierFind(.date, range.lowerBound, range.upperBound, IdentifierWeights.weekday, normal: normal)
      )
    }
    // 오늘날 is "nowadays".
    guard
      range.upperBound + 3 > bytes.count
        || !bytes[range.upperBound..<range.upperBound + 3].elementsEqual("날".utf8)
    else { return }
    append(IdentifierFind(.date, range.lowerBound, range.upperBound, IdentifierWeights.relativeDate))
  }
}
