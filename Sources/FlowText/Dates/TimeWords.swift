/// How often a text places something in time.
public enum TimeWords {
  /// The number of expressions of time in a text: "on Monday morning" is one, "Monday and Tuesday" two.
  ///
  /// Counted are days relative to now, days of the week, months, seasons, parts of the day, clock times,
  /// dates, years, "ago" and its like, and lengths of time ("for three weeks"), in English, Korean, Chinese
  /// and Japanese. Not counted: "now" and "then", which hold talk together more often than they tell a time;
  /// "may", "march", "fall", "sat" and their like unless what stands around them makes them words of time;
  /// "a day" and "the year" without a number or "last", "this", "next", "every". One pass.
  public static func count(in text: String) -> Int { count(in: TimeTokens(text)) }

  static func count(in text: TimeTokens) -> Int {
    let bridge: WordClass = [.number, .ordinal, .modifier, .of, .article, .stage, .every, .part, .vague]
    var count = 0
    var isOpen = false
    for index in text.tokens.indices {
      let token = text.tokens[index]
      let classes = token.classes
      let goesOn = token.before <= .hyphen || (token.before == .comma && classes.has(.number))
      if classes.rawValue != 0, tells(index, text) {
        if !(isOpen && goesOn) { count += 1 }
        isOpen = true
      } else {
        isOpen = isOpen && goesOn && classes.has(bridge)
      }
    }
    return count
  }

  private static let always: WordClass = [
    .relativeDay, .relativeUnit, .weekday, .weekdayOfWeek, .month, .dayPart, .timeAdverb, .daySpan, .date,
    .eitherDate, .clock, .ago, .hence, .yearSuffix, .monthSuffix, .daySuffix,
  ]
  private static let guarded: WordClass = [
    .ambiguousMonth, .shortMonth, .shortWeekday, .season, .unit, .clockMark, .number,
  ]

  private static func tells(_ index: Int, _ text: TimeTokens) -> Bool {
    let classes = text.tokens[index].classes
    if classes.has(always) { return true }
    guard classes.has(guarded) else { return false }
    if classes.has([.ambiguousMonth, .shortMonth]), text.isMonth(index) { return true }
    if classes.has(.shortWeekday), text.isWeekday(index) { return true }
    if classes.has(.season), text.isSeason(index) { return true }
    if classes.has(.clockMark) { return text.previous(index).has([.number, .clock]) }
    if classes.has(.unit) { return measures(index, text) }
    return text.isStandaloneYear(index)
  }

  /// The letters of hour, day, week, month, year, weekend, decade.
  private static let singulars = [4, 3, 4, 5, 4, 7, 6]

  /// A unit that is counted or chosen: "three weeks", "this year"; the longer ones in the plural too.
  private static func measures(_ index: Int, _ text: TimeTokens) -> Bool {
    let token = text.tokens[index]
    guard token.word != 0 else { return true }
    let determined = text.previous(index).has([.number, .modifier, .every, .ordinal, .vague])
    guard let unit = TimeUnit(rawValue: token.value), unit.rawValue >= TimeUnit.hour.rawValue else {
      return determined && text.previous(index).has(.number)
    }
    // Plurals are a letter longer than "week", "month" and so on; "weekend" always names days.
    let singular = singulars[unit.rawValue - TimeUnit.hour.rawValue]
    return determined || unit == .weekend || token.end - token.start == singular + 1
  }
}
