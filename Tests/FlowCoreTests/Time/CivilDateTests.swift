import FlowCore
import Testing
import RandomSupport

@Suite struct `Civil date` {
  /// The days of a month by the calendar's rule, said in another way than in the sources.
  private static func length(ofMonth month: Int, year: Int) -> Int {
    if month == 2 {
      if year % 400 == 0 { return 29 }
      if year % 100 == 0 { return 28 }
      return year % 4 == 0 ? 29 : 28
    }
    return [1, 3, 5, 7, 8, 10, 12].contains(month) ? 31 : 30
  }

  @Test func `every day of the years 1 to 2500 follows the day before`() {
    var (year, month, day) = (1, 1, 1)
    var faults: [String] = []
    var number = CivilDate(year: 1, month: 1, day: 1).daysSinceEpoch
    #expect(number == -719_162)
    while year <= 2500 {
      let date = CivilDate(daysSinceEpoch: number)
      if date != CivilDate(year: year, month: month, day: day) || date.daysSinceEpoch != number {
        faults.append("\(year)-\(month)-\(day) is \(date)")
      }
      number += 1
      day += 1
      if day > Self.length(ofMonth: month, year: year) { (month, day) = (month + 1, 1) }
      if month > 12 { (year, month) = (year + 1, 1) }
    }
    #expect(faults.isEmpty, "\(faults.prefix(5))")
  }

  @Test(arguments: 1...2 as ClosedRange<UInt64>)
  func `any day number gives a day of the calendar and comes back`(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    for _ in 0..<20_000 {
      let number = Int.random(in: -10_000_000...10_000_000, using: &random)
      let date = CivilDate(daysSinceEpoch: number)
      let isDay =
        (1...12).contains(date.month)
        && (1...CivilDate.days(inMonth: date.month, year: date.year)).contains(date.day)
      #expect(isDay && date.daysSinceEpoch == number, "seed \(seed), \(number)")
      #expect(date < CivilDate(daysSinceEpoch: number + 1), "seed \(seed), \(number)")
    }
  }

  @Test func `months have their lengths`() {
    for year in 1...2500 {
      for month in 1...12 {
        #expect(CivilDate.days(inMonth: month, year: year) == Self.length(ofMonth: month, year: year))
      }
    }
  }

  @Test(arguments: [(0, "1970-01-01"), (-1, "1969-12-31"), (19_825, "2024-04-12"), (-719_162, "0001-01-01")])
  func `a day is written with four, two and two digits`(number: Int, text: String) {
    #expect(CivilDate(daysSinceEpoch: number).description == text)
  }
}
