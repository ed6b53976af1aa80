/// A point in time in whole milliseconds since 1970-01-01T00:00:00Z, written as RFC 3339 in UTC.
///
/// Own code rather than Foundation's formatters, which cost milliseconds at the start of every command.
public struct Timestamp: Sendable, Hashable, Comparable {
  /// Milliseconds since the epoch; negative before 1970.
  public let milliseconds: Int64

  /// The years that four digits can write; other times are refused, so that every file stays readable.
  public static let range =
    Timestamp(
      milliseconds: -62_135_596_800_000
    )...Timestamp(
      milliseconds: 253_402_300_799_999
    )

  public init(milliseconds: Int64) {
    self.milliseconds = milliseconds
  }

  public static func < (left: Timestamp, right: Timestamp) -> Bool {
    left.milliseconds < right.milliseconds
  }

  /// The time so many seconds later.
  public func advanced(seconds: Int) -> Timestamp {
    Timestamp(milliseconds: milliseconds &+ Int64(seconds) &* 1000)
  }
}

extension Timestamp {
  /// Reads RFC 3339, or a date alone.
  ///
  /// `2024-04-12T08:15:20Z`, `…20.5+09:00`; a missing zone means UTC, and a date alone its midnight.
  /// Nil for anything else, for a day that does not exist, and for years outside 1 to 9999.
  public init?(iso8601 text: String) {
    var scanner = DigitScanner(text.utf8)
    guard let year = scanner.number(digits: 4), scanner.skip("-"),
      let month = scanner.number(digits: 2), scanner.skip("-"),
      let day = scanner.number(digits: 2),
      year >= 1, (1...12).contains(month), day >= 1, day <= CivilDate.days(inMonth: month, year: year)
    else { return nil }
    var milliseconds = Int64(CivilDate(year: year, month: month, day: day).daysSinceEpoch) * 86_400_000
    if !scanner.isAtEnd {
      guard let time = scanner.timeOfDay(), let zone = scanner.zoneMinutes(), scanner.isAtEnd else {
        return nil
      }
      milliseconds += time - Int64(zone) * 60_000
    }
    let value = Timestamp(milliseconds: milliseconds)
    guard Timestamp.range.contains(value) else { return nil }
    self = value
  }

  /// Days in UTC from 1970-01-01, below 0 before it.
  public var daysSinceEpoch: Int { Int(secondsSinceEpoch.flooringDivision(by: 86_400)) }

  /// The calendar day in UTC.
  public var date: CivilDate { CivilDate(daysSinceEpoch: daysSinceEpoch) }

  /// Seconds since midnight, UTC.
  public var secondOfDay: Int {
    Int(secondsSinceEpoch - secondsSinceEpoch.flooringDivision(by: 86_400) * 86_400)
  }

  /// `08:15`, UTC.
  public var clockTime: String {
    "\(padded(secondOfDay / 3600, 2)):\(padded(secondOfDay / 60 % 60, 2))"
  }

  private var secondsSinceEpoch: Int64 { milliseconds.flooringDivision(by: 1000) }
}

extension Timestamp: CustomStringConvertible {
  /// RFC 3339 in UTC: seconds, and milliseconds where there are any.
  public var description: String {
    let remainder = Int(milliseconds % 1000)
    let fraction = remainder < 0 ? remainder + 1000 : remainder
    let seconds = "\(date)T\(clockTime):\(padded(secondOfDay % 60, 2))"
    return fraction == 0 ? "\(seconds)Z" : "\(seconds).\(padded(fraction, 3))Z"
  }
}

extension Int64 {
  fileprivate func flooringDivision(by divisor: Int64) -> Int64 {
    let quotient = self / divisor
    return self % divisor < 0 ? quotient - 1 : quotient
  }
}

private func padded(_ value: Int, _ width: Int) -> String {
  let digits = String(value)
  return String(repeating: "0", count: max(0, width - digits.count)) + digits
}

/// Reads fixed-width numbers off a timestamp.
private struct DigitScanner {
  private var rest: Substring.UTF8View

  init(_ text: String.UTF8View) {
    rest = text[...]
  }

  var isAtEnd: Bool { rest.isEmpty }

  mutating func skip(_ character: Character) -> Bool {
    guard let byte = rest.first, byte == character.asciiValue else { return false }
    rest.removeFirst()
    return true
  }

  mutating func number(digits: Int) -> Int? {
    var value = 0
    for _ in 0..<digits {
      guard let byte = rest.first, (48...57).contains(byte) else { return nil }
      value = value * 10 + Int(byte - 48)
      rest.removeFirst()
    }
    return value
  }

  /// `T08:15`, `T08:15:20`, `T08:15:20.123…` as milliseconds since midnight; a leap second counts as the
  /// second before it.
  mutating func timeOfDay() -> Int64? {
    guard skip("T") || skip("t") || skip(" "), let hour = number(digits: 2), skip(":"),
      let minute = number(digits: 2), hour < 24, minute < 60
    else { return nil }
    var second = 0
    var thousandths: Int64 = 0
    if skip(":") {
      guard let value = number(digits: 2), value <= 60 else { return nil }
      second = min(value, 59)
      if skip(".") {
        guard let fraction = fraction() else { return nil }
        thousandths = fraction
      }
    }
    return Int64((hour * 60 + minute) * 60 + second) * 1000 + thousandths
  }

  private mutating func fraction() -> Int64? {
    guard let first = number(digits: 1) else { return nil }
    var value = Int64(first) * 100
    var weight: Int64 = 10
    while let digit = number(digits: 1) {
      value += Int64(digit) * weight
      weight /= 10
    }
    return value
  }

  mutating func zoneMinutes() -> Int? {
    if isAtEnd || skip("Z") || skip("z") { return 0 }
    let sign = skip("+") ? 1 : skip("-") ? -1 : 0
    guard sign != 0, let hours = number(digits: 2), hours < 24 else { return nil }
    _ = skip(":")
    guard let minutes = number(digits: 2), minutes < 60 else { return nil }
    return sign * (hours * 60 + minutes)
  }
}
