/// What a word or phrase can be to the rules of time, questions and marks; several bits may hold.
struct WordClass: OptionSet, Sendable {
  let rawValue: UInt64

  init(rawValue: UInt64) { self.rawValue = rawValue }
  private init(bit: UInt64) { rawValue = 1 << bit }

  /// Whether any of the given classes holds.
  @inline(__always)
  func has(_ any: WordClass) -> Bool { rawValue & any.rawValue != 0 }

  // MARK: Time. The token's value is given in brackets.

  /// A month's name [1 to 12].
  static let month = WordClass(bit: 0)
  /// May, March: a month only by its surroundings [1 to 12].
  static let ambiguousMonth = WordClass(bit: 1)
  /// Jan, Mar, Dec: a month only beside a number or after a preposition [1 to 12].
  static let shortMonth = WordClass(bit: 2)
  /// A day of the week [1 = Monday to 7].
  static let weekday = WordClass(bit: 3)
  /// Mon, Sat, Sun: a weekday only with a capital and after a preposition or before a date [1 to 7].
  static let shortWeekday = WordClass(bit: 4)
  /// A season [its first month: 3, 6, 9, 12].
  static let season = WordClass(bit: 5)
  /// Spring, fall: a season only by its surroundings.
  static let ambiguousSeason = WordClass(bit: 6)
  /// A unit of time [`TimeUnit`].
  static let unit = WordClass(bit: 7)
  /// Yesterday, 내일, 前天 [days from today].
  static let relativeDay = WordClass(bit: 8)
  /// 지난주, 去年 [`RelativeUnit`].
  static let relativeUnit = WordClass(bit: 9)
  /// Last, this, next [-1, 0, 1].
  static let modifier = WordClass(bit: 10)
  /// Ago, 전, 前.
  static let ago = WordClass(bit: 11)
  /// Hence, from now, 후, 后.
  static let hence = WordClass(bit: 12)
  /// A number in digits or words [its value].
  static let number = WordClass(bit: 13)
  /// A part of the day.
  static let dayPart = WordClass(bit: 14)
  /// Recently, soon, 요즘.
  static let timeAdverb = WordClass(bit: 15)
  /// A preposition that can stand before a time.
  static let preposition = WordClass(bit: 16)
  static let since = WordClass(bit: 17)
  /// a.m., p.m., o'clock, 시, 点.
  static let clockMark = WordClass(bit: 18)
  static let yearSuffix = WordClass(bit: 19)
  static let monthSuffix = WordClass(bit: 20)
  static let daySuffix = WordClass(bit: 21)
  /// A number of days in one word: 이틀, a fortnight [days].
  static let daySpan = WordClass(bit: 22)
  /// A few, several, 몇, 几.
  static let vague = WordClass(bit: 23)
  /// A date in digits with its year [days since 1970-01-01].
  static let date = WordClass(bit: 24)
  /// A date in digits whose day and month could be exchanged [the day of the reading month/day].
  static let eitherDate = WordClass(bit: 25)
  /// A clock time.
  static let clock = WordClass(bit: 26)
  static let article = WordClass(bit: 27)
  /// Earlier [-1], later [1].
  static let part = WordClass(bit: 28)
  static let before = WordClass(bit: 29)
  /// First, 7th.
  static let ordinal = WordClass(bit: 30)
  static let of = WordClass(bit: 31)
  /// Every, each.
  static let every = WordClass(bit: 32)
  /// Early, late, mid: nothing but a time follows.
  static let stage = WordClass(bit: 33)
  /// In, during, since, last: a lowercase "may" after them is the month.
  static let beforeMonth = WordClass(bit: 34)

  // MARK: Marks and questions

  /// Verbs and conjunctions that lead an indirect question: know, remember, and.
  static let asking = WordClass(bit: 35)

  static let firstPerson = WordClass(bit: 36)
  static let secondPerson = WordClass(bit: 37)
  /// Always, never, 항상: a rule at the head of a sentence, or with an imperative.
  static let ruleAdverb = WordClass(bit: 38)
  /// From now on, 今後: a rule wherever it stands.
  static let rule = WordClass(bit: 39)
  /// A mark of the imperative outside English: 주세요, 请, ください.
  static let imperative = WordClass(bit: 40)
  static let please = WordClass(bit: 41)
  static let preference = WordClass(bit: 42)
  static let interrogative = WordClass(bit: 43)
  static let auxiliary = WordClass(bit: 44)
  static let greeting = WordClass(bit: 45)
  static let when = WordClass(bit: 46)
  static let howMany = WordClass(bit: 47)
  static let who = WordClass(bit: 48)
  static let overview = WordClass(bit: 49)
  static let answers = WordClass(bit: 50)
  /// A pronoun that can be the subject after an auxiliary.
  static let subject = WordClass(bit: 51)
  /// Dropped, and what stands on both sides counts as adjacent: の, 的.
  static let link = WordClass(bit: 52)
  /// Taken only directly after a number: 天, 일, 週間.
  static let afterNumber = WordClass(bit: 53)
  /// Taken only directly after a unit: 전, 前.
  static let afterUnit = WordClass(bit: 54)
  /// Looks like a longer word's beginning and is none of ours: きょうだい, 그제야.
  static let nothing = WordClass(bit: 55)
  /// A verb of liking, a preference only after a first person.
  static let liking = WordClass(bit: 56)
  static let negation = WordClass(bit: 57)
  /// Taken only directly after a number or a modifier: 주, 달.
  static let modified = WordClass(bit: 58)
  /// Taken only if the Hangul word ends with it.
  static let wholeWord = WordClass(bit: 59)
  /// 上周一 [(weeks from now + 4) * 8 + the day, 1 to 7].
  static let weekdayOfWeek = WordClass(bit: 60)
  /// In, since, until: a number of four digits after them is a year.
  static let beforeYear = WordClass(bit: 61)
  /// Adverbs of degree and frequency between a subject and its verb.
  static let degree = WordClass(bit: 62)
  /// Words that go with greetings and thanks.
  static let filler = WordClass(bit: 63)
}

/// A unit of time, the token value of `WordClass.unit`.
enum TimeUnit: Int, Sendable {
  case second, minute, hour, day, week, month, year, weekend, decade
}

/// A unit and how many of it from now, the token value of `WordClass.relativeUnit`.
struct RelativeUnit: Sendable {
  let unit: TimeUnit
  let offset: Int

  init(_ unit: TimeUnit, _ offset: Int) {
    self.unit = unit
    self.offset = offset
  }

  init?(value: Int) {
    guard let unit = TimeUnit(rawValue: value >> 6) else { return nil }
    self.init(unit, (value & 63) - 32)
  }

  var value: Int { unit.rawValue << 6 | (offset + 32) }
}
