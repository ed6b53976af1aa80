/// Days, weeks, months, seasons and years around a reference day.
struct DateArithmetic {
  let today: Int

  func month(_ month: Int, of year: Int) -> ClosedRange<Int> {
    CivilCalendar.first(ofMonth: month, year: year)...CivilCalendar.first(ofMonth: month + 1, year: year) - 1
  }

  func year(_ year: Int) -> ClosedRange<Int> {
    CivilCalendar.first(ofMonth: 1, year: year)...CivilCalendar.first(ofMonth: 13, year: year) - 1
  }

  /// The three months from `first` on.
  func season(_ first: Int, of year: Int) -> ClosedRange<Int> {
    CivilCalendar.first(ofMonth: first, year: year)...CivilCalendar.first(ofMonth: first + 3, year: year) - 1
  }

  /// The same day of the month `count` months on, or the month's last.
  func day(monthsOn count: Int) -> Int {
    let date = CivilCalendar.date(today)
    let first = CivilCalendar.first(ofMonth: date.month + count, year: date.year)
    return first
      + min(date.day, CivilCalendar.first(ofMonth: date.month + count + 1, year: date.year) - first) - 1
  }

  /// The unit `offset` units from the one that holds today, as a whole.
  func whole(_ unit: TimeUnit, _ offset: Int) -> DateReading {
    let date = CivilCalendar.date(today)
    let monday = CivilCalendar.monday(today) + 7 * offset
    switch unit {
    case .second, .minute, .hour: return .fixed(today...today, .day, isRelative: true)
    case .day: return .fixed(today + offset...today + offset, .day, isRelative: true)
    case .week: return .fixed(monday...monday + 6, .week, isRelative: true)
    case .weekend: return .fixed(monday + 5...monday + 6, .day, isRelative: true)
    case .month: return .fixed(month(date.month + offset, of: date.year), .month, isRelative: true)
    case .year: return .fixed(year(date.year + offset), .year, isRelative: true)
    case .decade:
      let first = date.year / 10 * 10 + 10 * offset
      let last = year(first + 9).upperBound
      return .fixed(year(first).lowerBound...last, .year, isRelative: true)
    }
  }

  /// `count` units before (`sign` -1) or after now, with the slack of rounding.
  func away(_ count: Int, _ unit: TimeUnit, sign: Int, isVague: Bool) -> DateReading {
    let slack = isVague ? 2 : 0
    let ends = [max(1, count - slack), count + slack].map { day($0 * sign, unit) }.sorted()
    let half: Int
    let precision: DateSpan.Precision
    switch unit {
    case .second, .minute, .hour, .day, .weekend: (half, precision) = (0, .day)
    case .week: (half, precision) = (3, .week)
    case .month: (half, precision) = (15, .month)
    case .year: (half, precision) = (182, .year)
    case .decade: (half, precision) = (1826, .year)
    }
    return .fixed(ends[0] - half...ends[1] + half, precision, isRelative: true)
  }

  /// The day a number of units from today.
  private func day(_ count: Int, _ unit: TimeUnit) -> Int {
    let count = min(max(count, -100_000), 100_000)
    switch unit {
    case .second, .minute: return today
    case .hour: return today + count / 24
    case .day: return today + count
    case .week, .weekend: return today + 7 * count
    case .month: return day(monthsOn: count)
    case .year: return day(monthsOn: 12 * count)
    case .decade: return day(monthsOn: 120 * count)
    }
  }

  /// The last or the coming `count` units, today included.
  func window(_ count: Int, _ unit: TimeUnit, sign: Int, isVague: Bool) -> DateReading {
    let end = day((count + (isVague ? 2 : 0)) * sign, unit)
    return .fixed(min(end, today)...max(end, today), .day, isRelative: true)
  }

  /// The days that a weekday with "last", "this" or "next" can be, the likelier first.
  func weekdays(_ weekday: Int, _ offset: Int) -> [DateReading] {
    let monday = CivilCalendar.monday(today)
    let ofWeek = monday + 7 * offset + weekday - 1
    var days = [ofWeek]
    if offset == -1, monday + weekday - 1 < today { days = [monday + weekday - 1, ofWeek] }
    if offset == 1, monday + weekday - 1 > today { days = [monday + weekday - 1, ofWeek] }
    return days.map { .fixed($0...$0, .day, isRelative: true) }
  }

  /// The latest such weekday before today.
  func latest(weekday: Int) -> Int {
    let day = CivilCalendar.monday(today) + weekday - 1
    return day < today ? day : day - 7
  }

  /// Months that recur, chosen by "last", "this" or "next": the last that is over, this year's, the next to begin.
  func chosen(_ range: (Int) -> ClosedRange<Int>, _ offset: Int, _ precision: DateSpan.Precision)
    -> DateReading
  {
    let year = CivilCalendar.date(today).year
    let ranges = (year - 2...year + 2).map(range)
    let found: ClosedRange<Int>? =
      switch offset {
      case ..<0: ranges.last { $0.upperBound < today }
      case 0: ranges.last { $0.contains(today) }
      default: ranges.first { $0.lowerBound > today }
      }
    return .fixed(found ?? range(year), precision, isRelative: true)
  }
}
