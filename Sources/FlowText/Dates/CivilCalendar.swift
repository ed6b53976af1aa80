/// The proleptic Gregorian calendar in days since 1970-01-01.
///
/// The conversions are Hinnant's `days_from_civil` and `civil_from_days`
/// (https://howardhinnant.github.io/date_algorithms.html).
enum CivilCalendar {
  /// The day of a date, nil if there is no such date.
  static func day(_ year: Int, _ month: Int, _ day: Int) -> Int? {
    guard (1...9999).contains(year), (1...12).contains(month), day >= 1, day <= length(month, of: year) else {
      return nil
    }
    return first(ofMonth: month, year: year) + day - 1
  }

  /// The first day of a month; months outside 1 to 12 lie in the years before and after.
  static func first(ofMonth month: Int, year: Int) -> Int {
    let months = year * 12 + month - 3
    let shiftedYear = floor(months, 12)
    let era = floor(shiftedYear, 400)
    let yearOfEra = shiftedYear - era * 400
    let dayOfYear = (153 * (months - shiftedYear * 12) + 2) / 5
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  static func length(_ month: Int, of year: Int) -> Int {
    first(ofMonth: month + 1, year: year) - first(ofMonth: month, year: year)
  }

  static func date(_ day: Int) -> (year: Int, month: Int, day: Int) {
    let shifted = day + 719_468
    let era = floor(shifted, 146_097)
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let marchMonth = (5 * dayOfYear + 2) / 153
    let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return (year, month, dayOfYear - (153 * marchMonth + 2) / 5 + 1)
  }

  /// The day of the week by ISO 8601: 1 is Monday, 7 is Sunday.
  static func weekday(_ day: Int) -> Int { day + 3 - floor(day + 3, 7) * 7 + 1 }

  /// The Monday of the day's week.
  static func monday(_ day: Int) -> Int { day - weekday(day) + 1 }

  private static func floor(_ value: Int, _ divisor: Int) -> Int {
    value >= 0 ? value / divisor : -((divisor - 1 - value) / divisor)
  }
}
