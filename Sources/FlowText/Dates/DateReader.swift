// Reads one expression of days from a place among the tokens.
//
// The classes of the tokens are the same in all four languages, so that one grammar serves: `지난주 월요일`,
// `先週の月曜日` and "Monday last week" differ by the order of their parts alone. Every rule looks at a bounded
// number of tokens, so reading a text is linear.
struct DateReader {
  let text: TimeTokens
  let calendar: DateArithmetic

  init(_ text: TimeTokens, today: Int) {
    self.text = text
    calendar = DateArithmetic(today: today)
  }

  private var today: Int { calendar.today }
  private func value(_ index: Int) -> Int { text.tokens[index].value }
  private func classes(_ index: Int) -> WordClass { text.classes(index) }
  private func adjacent(_ index: Int) -> WordClass { text.adjacent(index) }

  func read(at index: Int) -> FoundDate? {
    let classes = classes(index)
    guard classes.rawValue != 0 else { return nil }
    if classes.has(.since), let found = since(index) { return found }
    if classes.has(.part), let found = part(index) { return found }
    guard let found = core(index) else { return nil }
    // 월요일부터: the particle follows.
    if adjacent(found.next).has(.since), text.tokens[found.next].word == 0 {
      return untilToday(found.readings, from: found.next + 1)
    }
    return found
  }

  /// An expression that is not open at one end: "since" and its like are left out.
  func expression(at index: Int) -> FoundDate? { classes(index).rawValue == 0 ? nil : core(index) }

  /// An expression that is not open at one end.
  ///
  /// A distance is counted from an anchor that is none itself, so that "3 days before 3 days before …" cannot nest.
  private func core(_ index: Int, asAnchor: Bool = false) -> FoundDate? {
    let classes = classes(index)
    if classes.has([.date, .eitherDate]) { return numeric(index) }
    if !asAnchor, classes.has([.number, .ordinal, .article, .daySpan]), let found = distance(index) {
      return found
    }
    if classes.has([.number, .ordinal]), let found = numbered(index) { return found }
    if classes.has(.relativeDay) {
      let day = today + value(index)
      return FoundDate([.fixed(day...day, .day, isRelative: true)], index + 1)
    }
    if classes.has(.weekdayOfWeek) {
      let day = CivilCalendar.monday(today) + 7 * (value(index) / 8 - 4) + value(index) % 8 - 1
      return FoundDate([.fixed(day...day, .day, isRelative: true)], index + 1)
    }
    if classes.has([.relativeUnit, .modifier]), let found = relative(index) { return found }
    if classes.has([.weekday, .shortWeekday]), text.isWeekday(index) {
      return weekday(index, asAnchor: asAnchor)
    }
    if classes.has([.month, .ambiguousMonth, .shortMonth]), text.isMonth(index) { return month(index) }
    if classes.has(.season), text.isSeason(index) { return season(index) }
    return nil
  }

  // MARK: Digits

  private func numeric(_ index: Int) -> FoundDate {
    let day = value(index)
    var readings = [DateReading.fixed(day...day, .day)]
    let date = CivilCalendar.date(day)
    if classes(index).has(.eitherDate), let other = CivilCalendar.day(date.year, date.day, date.month) {
      readings.append(.fixed(other...other, .day))
    }
    return FoundDate(readings, index + 1)
  }

  /// What begins with a number: `2023년 3월 5일`, `3月5日`, "7 May 2023", "the 7th of May", 2023.
  private func numbered(_ index: Int) -> FoundDate? {
    if text.isYear(index), adjacent(index + 1).has(.yearSuffix) {
      return inYear(value(index), index + 2, false)
    }
    if adjacent(index + 1).has(.monthSuffix) { return monthDay(index, year: nil) }
    if text.isDay(index) {
      let isOf = adjacent(index + 1).has(.of)
      let month = isOf ? index + 2 : index + 1
      if adjacent(month).has([.month, .ambiguousMonth, .shortMonth]), text.isMonth(month) {
        return english(month: value(month), day: value(index), index: month + 1)
      }
    }
    if text.isStandaloneYear(index) { return inYear(value(index), index + 1, false) }
    return nil
  }

  /// The month, day or season in a year that has been read; the year itself without them.
  private func inYear(_ year: Int, _ next: Int, _ isRelative: Bool) -> FoundDate {
    var found = FoundDate([.fixed(calendar.year(year), .year)], next)
    if adjacent(next).has(.number), adjacent(next + 1).has(.monthSuffix),
      let month = monthDay(next, year: year)
    {
      found = month
    } else if adjacent(next).has(.season) {
      found = FoundDate([.fixed(calendar.season(value(next), of: year), .season)], next + 1)
    } else if adjacent(next).has(.month) {
      found = FoundDate([.fixed(calendar.month(value(next), of: year), .month)], next + 1)
    }
    return isRelative ? marked(found) : found
  }

  private func marked(_ found: FoundDate) -> FoundDate {
    FoundDate(
      found.readings.map {
        var reading = $0
        reading.isRelative = true
        return reading
      },
      found.next
    )
  }

  /// `3월 5일` from its number.
  private func monthDay(_ index: Int, year: Int?) -> FoundDate? {
    guard (1...12).contains(value(index)), !classes(index).has(.vague) else { return nil }
    let hasDay =
      adjacent(index + 2).has(.number) && adjacent(index + 3).has(.daySuffix) && text.isDay(index + 2)
    let day = hasDay ? value(index + 2) : nil
    return reading(month: value(index), day: day, year: year).map {
      FoundDate([$0], index + (hasDay ? 4 : 2))
    }
  }

  private func reading(month: Int, day: Int?, year: Int?) -> DateReading? {
    if let year {
      guard let day else { return .fixed(calendar.month(month, of: year), .month) }
      return CivilCalendar.day(year, month, day).map { .fixed($0...$0, .day) }
    }
    // A leap year has all the days that a month can have.
    guard let day else {
      let days = DateSpan.Days.everyYear(from: .init(month: month, day: 1), through: last(of: month))
      return DateReading(days: days, precision: .month)
    }
    guard CivilCalendar.day(2000, month, day) != nil else { return nil }
    let place = DateSpan.MonthDay(month: month, day: day)
    return DateReading(days: .everyYear(from: place, through: place), precision: .day)
  }

  private func last(of month: Int) -> DateSpan.MonthDay {
    DateSpan.MonthDay(month: month, day: CivilCalendar.length(month, of: 2000))
  }

  // MARK: English dates

  private func month(_ index: Int) -> FoundDate? {
    if adjacent(index + 1).has([.number, .ordinal]), text.isDay(index + 1),
      !adjacent(index + 2).has([.clockMark, .unit])
    {
      return english(month: value(index), day: value(index + 1), index: index + 2)
    }
    // "May the 7th".
    if adjacent(index + 1).has(.article), adjacent(index + 2).has(.ordinal), text.isDay(index + 2) {
      return english(month: value(index), day: value(index + 2), index: index + 3)
    }
    return english(month: value(index), day: nil, index: index + 1)
  }

  /// A month and day with the year behind them, if one follows.
  private func english(month: Int, day: Int?, index: Int) -> FoundDate? {
    if let (year, next, isRelative) = year(after: index),
      let reading = reading(month: month, day: day, year: year)
    {
      let found = FoundDate([reading], next)
      return isRelative ? marked(found) : found
    }
    return reading(month: month, day: day, year: nil).map { FoundDate([$0], index) }
  }

  /// "2023", "of 2023", "last year", "of last year".
  private func year(after index: Int) -> (year: Int, next: Int, isRelative: Bool)? {
    let place = adjacent(index).has(.of) ? index + 1 : index
    if adjacent(place).has(.number), text.isYear(place) { return (value(place), place + 1, false) }
    guard let (unit, next) = relativeUnit(place), text.tokens[place].isAdjacent, unit.unit == .year else {
      return nil
    }
    return (CivilCalendar.date(today).year + unit.offset, next, true)
  }

  private func season(_ index: Int) -> FoundDate {
    let first = value(index)
    if let (year, next, isRelative) = year(after: index + 1) {
      return FoundDate([.fixed(calendar.season(first, of: year), .season, isRelative: isRelative)], next)
    }
    let last = (first + 1) % 12 + 1
    let days = DateSpan.Days.everyYear(from: .init(month: first, day: 1), through: self.last(of: last))
    return FoundDate([DateReading(days: days, precision: .season)], index + 1)
  }

  // MARK: Relative to today

  /// "last week", 지난주, 지난 주.
  private func relativeUnit(_ index: Int) -> (RelativeUnit, Int)? {
    if classes(index).has(.relativeUnit) { return RelativeUnit(value: value(index)).map { ($0, index + 1) } }
    guard classes(index).has(.modifier), adjacent(index + 1).has(.unit),
      let unit = TimeUnit(rawValue: value(index + 1)), unit.rawValue >= TimeUnit.day.rawValue
    else { return nil }
    return (RelativeUnit(unit, value(index)), index + 2)
  }

  private func relative(_ index: Int) -> FoundDate? {
    if let (unit, next) = relativeUnit(index) {
      if unit.unit == .week, adjacent(next).has(.weekday) {
        let day = CivilCalendar.monday(today) + 7 * unit.offset + value(next) - 1
        return FoundDate([.fixed(day...day, .day, isRelative: true)], next + 1)
      }
      if unit.unit == .year { return inYear(CivilCalendar.date(today).year + unit.offset, next, true) }
      let whole = calendar.whole(unit.unit, unit.offset)
      if unit.unit == .month, let first = whole.range?.lowerBound, adjacent(next).has(.number),
        adjacent(next + 1).has(.daySuffix), text.isDay(next)
      {
        let date = CivilCalendar.date(first)
        if let day = CivilCalendar.day(date.year, date.month, value(next)) {
          return FoundDate([.fixed(day...day, .day, isRelative: true)], next + 2)
        }
      }
      return FoundDate([whole], next)
    }
    let offset = value(index)
    let next = index + 1
    let classes = adjacent(next)
    if classes.has(.number), adjacent(next + 1).has(.unit), let unit = TimeUnit(rawValue: value(next + 1)) {
      // "This three weeks" is not English.
      guard offset != 0 else { return nil }
      let isVague = classes.has(.vague)
      return FoundDate([calendar.window(value(next), unit, sign: offset, isVague: isVague)], next + 2)
    }
    if classes.has(.weekday) { return FoundDate(calendar.weekdays(value(next), offset), next + 1) }
    if classes.has(.shortWeekday), text.isWeekday(next) {
      return FoundDate(calendar.weekdays(value(next), offset), next + 1)
    }
    if classes.has([.month, .ambiguousMonth, .shortMonth]), text.isMonth(next) {
      let month = value(next)
      return FoundDate([calendar.chosen({ calendar.month(month, of: $0) }, offset, .month)], next + 1)
    }
    if classes.has(.season) {
      let first = value(next)
      return FoundDate([calendar.chosen({ calendar.season(first, of: $0) }, offset, .season)], next + 1)
    }
    return nil
  }

  private func weekday(_ index: Int, asAnchor: Bool) -> FoundDate {
    let next = index + 1
    // "Monday, 7 May 2023" is the date.
    if adjacent(next).has([.number, .month, .ambiguousMonth, .shortMonth, .date]),
      let date = core(next, asAnchor: asAnchor),
      date.readings.allSatisfy({ !$0.isRelative && $0.precision == .day })
    {
      return date
    }
    if adjacent(next).has([.modifier, .relativeUnit]), let (unit, end) = relativeUnit(next),
      unit.unit == .week
    {
      let day = CivilCalendar.monday(today) + 7 * unit.offset + value(index) - 1
      return FoundDate([.fixed(day...day, .day, isRelative: true)], end)
    }
    let day = calendar.latest(weekday: value(index))
    return FoundDate([.fixed(day...day, .day, isRelative: true)], next)
  }

  /// "Three days ago", "a week from now", 이틀 전; "two days before 7 May" counts from that day.
  private func distance(_ index: Int) -> FoundDate? {
    var next = index
    if classes(index).has(.article), adjacent(index + 1).has([.unit, .daySpan]) { next += 1 }
    guard classes(index).has([.number, .daySpan]) || next > index else { return nil }
    let count: Int
    let unit: TimeUnit
    if classes(next).has(.daySpan) {
      (count, unit) = (value(next), .day)
    } else {
      if next == index { next += 1 }
      guard adjacent(next).has(.unit), let found = TimeUnit(rawValue: value(next)) else { return nil }
      unit = found
      count = classes(index).has(.number) ? value(index) : 1
    }
    guard count >= 0 else { return nil }
    let mark = adjacent(next + 1)
    let isVague = classes(index).has(.vague)
    if mark.has(.ago) || mark.has(.hence) {
      let sign = mark.has(.ago) ? -1 : 1
      return FoundDate([calendar.away(count, unit, sign: sign, isVague: isVague)], next + 2)
    }
    guard mark.has([.before, .part]) else { return nil }
    if mark.has(.before), next + 2 < text.tokens.count, !text.tokens[next + 2].startsSentence {
      guard let anchor = core(next + 2, asAnchor: true), let range = anchor.readings.first?.range,
        unit.rawValue >= TimeUnit.day.rawValue
      else { return nil }
      let base = DateArithmetic(today: range.lowerBound)
      return FoundDate([base.away(count, unit, sign: -1, isVague: isVague)], anchor.next)
    }
    return FoundDate(
      [calendar.away(count, unit, sign: value(next + 1) > 0 ? 1 : -1, isVague: isVague)],
      next + 2
    )
  }

  // MARK: Open at one end

  private func since(_ index: Int) -> FoundDate? {
    guard text.tokens.indices.contains(index + 1), text.tokens[index + 1].isAdjacent,
      let found = core(index + 1)
    else { return nil }
    return untilToday(found.readings, from: found.next)
  }

  /// From the first of the days, the latest such in the past, through today.
  private func untilToday(_ readings: [DateReading], from next: Int) -> FoundDate {
    FoundDate(
      readings.map { reading in
        let first: Int
        switch reading.days {
        case .fixed(let range): first = range.lowerBound
        case .everyYear(let from, _):
          let year = CivilCalendar.date(today).year
          let day = from.day(in: year)
          first = day <= today ? day : from.day(in: year - 1)
        }
        return .fixed(min(first, today)...max(first, today), reading.precision, isRelative: true)
      },
      next
    )
  }

  /// "Earlier this week": what is over of it; "later today": what is to come.
  private func part(_ index: Int) -> FoundDate? {
    guard adjacent(index + 1).has([.modifier, .relativeUnit, .relativeDay]), let found = core(index + 1),
      let reading = found.readings.first, let range = reading.range, range.contains(today)
    else { return nil }
    let days = value(index) < 0 ? range.lowerBound...today : today...range.upperBound
    return FoundDate([.fixed(days, reading.precision, isRelative: true)], found.next)
  }
}
