/// The days that an expression of time speaks of.
///
/// Days are counted from 1970-01-01 in UTC. Weeks run from Monday to Sunday (ISO 8601); seasons are the
/// meteorological ones of the northern hemisphere: spring is March to May, winter December to February and
/// has the year of its December.
public struct DateSpan: Sendable, Hashable {
  /// How exactly the expression is meant.
  public enum Precision: Int, Sendable, Comparable {
    case day, week, month, season, year

    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
  }

  /// A day of every year; a day past the month's end is its last.
  public struct MonthDay: Sendable, Hashable, Comparable {
    public let month: Int
    public let day: Int

    public init(month: Int, day: Int) {
      self.month = month
      self.day = day
    }

    public static func < (left: Self, right: Self) -> Bool {
      (left.month, left.day) < (right.month, right.day)
    }

    func day(in year: Int) -> Int {
      let length = CivilCalendar.length(month, of: year)
      return CivilCalendar.first(ofMonth: month, year: year) + min(day, length) - 1
    }
  }

  public enum Days: Sendable, Hashable {
    case fixed(ClosedRange<Int>)
    /// The same days of every year, from the first through the last; they may go past New Year.
    case everyYear(from: MonthDay, through: MonthDay)
  }

  public let days: Days
  public let precision: Precision
  /// The days depend on the reference day.
  public let isRelative: Bool
  /// Where the expression stands in the text, in UTF-8 bytes.
  public let place: Range<Int>

  public init(days: Days, precision: Precision, isRelative: Bool, place: Range<Int>) {
    self.days = days
    self.precision = precision
    self.isRelative = isRelative
    self.place = place
  }

  /// The span's days; of a span of every year, those of the year in which they are nearest to `day`.
  public func range(nearest day: Int) -> ClosedRange<Int> {
    switch days {
    case .fixed(let range): return range
    case .everyYear(let from, let through):
      let year = CivilCalendar.date(Self.inCalendar(day)).year
      let ranges = (year - 1...year + 1).map { year in
        from.day(in: year)...through.day(in: through < from ? year + 1 : year)
      }
      return ranges.min { abs(Self.distance(from: $0, to: day)) < abs(Self.distance(from: $1, to: day)) }
        ?? ranges[1]
    }
  }

  /// Zero inside the span; else the days from its nearest end: negative before it, positive after it.
  public func distance(to day: Int) -> Int {
    // Days so far away that their difference would overflow are equally far.
    let day = min(max(day, -1 << 40), 1 << 40)
    return Self.distance(from: range(nearest: day), to: day)
  }

  public func contains(_ day: Int) -> Bool { distance(to: day) == 0 }

  private static func distance(from range: ClosedRange<Int>, to day: Int) -> Int {
    day < range.lowerBound ? day - range.lowerBound : day > range.upperBound ? day - range.upperBound : 0
  }

  /// The nearest day of the years 1 to 9999.
  static func inCalendar(_ day: Int) -> Int { min(max(day, -719_162), 2_932_896) }
}
