import FlowCore

/// A date of an HTTP header (RFC 9110 section 5.6.7), in whole seconds.
///
/// All three forms are read, as recipients must: `Sun, 06 Nov 1994 08:49:37 GMT`, and the obsolete
/// `Sunday, 06-Nov-94 08:49:37 GMT` and `Sun Nov  6 08:49:37 1994`. The name of the day is not checked against the date.
enum HTTPDate {
  private static let months = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
  ]

  /// The time that a text gives, nil where it is none of the forms.
  ///
  /// - Parameter now: what a year of two digits is near: one more than 50 years ahead is of the past.
  static func parse(_ text: String, now: Timestamp) -> Timestamp? {
    let fields = text.split(separator: " ")
    switch fields.count {
    case 6:
      guard fields[0].last == ",", isZone(fields[5]), fields[3].utf8.count == 4 else { return nil }
      return time(day: fields[1], month: fields[2], year: number(fields[3]), clock: fields[4])
    case 5:
      return time(day: fields[2], month: fields[1], year: fourDigits(fields[4]), clock: fields[3])
    case 4:
      let date = fields[1].split(separator: "-", omittingEmptySubsequences: false)
      guard fields[0].last == ",", date.count == 3, date[2].utf8.count == 2, isZone(fields[3]),
        let short = number(date[2])
      else { return nil }
      return time(day: date[0], month: date[1], year: year(short, near: now.date.year), clock: fields[2])
    default:
      return nil
    }
  }

  private static func time(
    day: Substring,
    month: Substring,
    year: Int?,
    clock: Substring
  ) -> Timestamp? {
    let parts = clock.split(separator: ":", omittingEmptySubsequences: false)
    guard let year, year >= 1, let month = months.firstIndex(of: month.lowercased()).map({ $0 + 1 }),
      let day = number(day), day >= 1, day <= CivilDate.days(inMonth: month, year: year),
      parts.count == 3, parts.allSatisfy({ $0.utf8.count == 2 }),
      let hour = number(parts[0]), let minute = number(parts[1]), let second = number(parts[2]),
      hour < 24, minute < 60, second <= 60
    else { return nil }
    let days = CivilDate(year: year, month: month, day: day).daysSinceEpoch
    let seconds = days * 86_400 + hour * 3600 + minute * 60 + min(second, 59)
    return Timestamp(milliseconds: Int64(seconds) * 1000)
  }

  private static func year(_ short: Int, near year: Int) -> Int {
    let candidate = year / 100 * 100 + short
    return candidate > year + 50 ? candidate - 100 : candidate
  }

  private static func isZone(_ text: Substring) -> Bool { text == "GMT" || text == "UTC" }

  private static func fourDigits(_ text: Substring) -> Int? { text.utf8.count == 4 ? number(text) : nil }

  /// One to four decimal digits.
  private static func number(_ text: Substring) -> Int? {
    guard (1...4).contains(text.utf8.count), text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
      return nil
    }
    return Int(text)
  }
}
