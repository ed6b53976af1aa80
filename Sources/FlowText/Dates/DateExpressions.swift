/// The days that a text speaks of.
public enum DateExpressions {
  /// The expressions of days, weeks, months, seasons and years in a text, in the order in which they stand.
  ///
  /// `today` is counted from 1970-01-01 (UTC). A date without a year recurs every year; so does a season. An
  /// expression with two readings gives both, the likelier first: `5/7/2023`, and "last Monday", which is
  /// the Monday before today or that of last week. "Three weeks ago" allows for half a unit on either side,
  /// since people round; "a few" is three, give or take two. English, Korean, Chinese and Japanese.
  public static func spans(in text: String, today: Int) -> [DateSpan] {
    let reader = DateReader(TimeTokens(text), today: DateSpan.inCalendar(today))
    var spans: [DateSpan] = []
    var index = 0
    while index < reader.text.tokens.count {
      if let found = reader.read(at: index) {
        let place = reader.text.tokens[index].start..<reader.text.tokens[found.next - 1].end
        for reading in found.readings {
          spans.append(
            DateSpan(
              days: reading.days,
              precision: reading.precision,
              isRelative: reading.isRelative,
              place: place
            )
          )
        }
        index = found.next
      } else {
        index += 1
      }
    }
    return spans
  }
}

/// One reading of an expression.
struct DateReading {
  var days: DateSpan.Days
  var precision: DateSpan.Precision
  var isRelative = false

  /// The first and the last day, of a date that has a year.
  var range: ClosedRange<Int>? {
    if case .fixed(let range) = days { range } else { nil }
  }

  static func fixed(
    _ range: ClosedRange<Int>,
    _ precision: DateSpan.Precision,
    isRelative: Bool = false
  ) -> DateReading {
    DateReading(days: .fixed(range), precision: precision, isRelative: isRelative)
  }
}

/// What was read from a place, and the token behind it.
struct FoundDate {
  var readings: [DateReading]
  var next: Int

  init(_ readings: [DateReading], _ next: Int) {
    self.readings = readings
    self.next = next
  }
}
