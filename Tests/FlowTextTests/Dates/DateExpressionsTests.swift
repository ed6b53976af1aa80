import FlowText
import RandomSupport
import Testing

/// Thursday, 15 June 2023.
private let today = day(2023, 6, 15)

/// Days since 1970-01-01, counted month by month.
private func day(_ year: Int, _ month: Int, _ day: Int) -> Int {
  func isLeap(_ year: Int) -> Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }
  let years = (1970..<year).reduce(0) { $0 + (isLeap($1) ? 366 : 365) }
  let lengths = [31, isLeap(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
  return years + lengths[..<(month - 1)].reduce(0, +) + day - 1
}

private func read(_ text: String) -> String {
  DateExpressions.spans(in: text, today: today).map { span in
    switch span.days {
    case .fixed(let range):
      let names = [range.lowerBound, range.upperBound].map(name)
      return names[0] == names[1] ? names[0] : "\(names[0])..\(names[1])"
    case .everyYear(let from, let through):
      return from == through
        ? "*-\(from.month)-\(from.day)" : "*-\(from.month)-\(from.day)..\(through.month)-\(through.day)"
    }
  }.joined(separator: " ")
}

private func name(_ number: Int) -> String {
  for year in 2000...2040 where number < day(year + 1, 1, 1) {
    guard let month = (1...12).last(where: { day(year, $0, 1) <= number }) else { continue }
    return "\(year)-\(month)-\(number - day(year, month, 1) + 1)"
  }
  return "?"
}

@Suite struct `Date expressions` {
  @Test(arguments: [
    ("on 2023-05-07.", "2023-5-7"), ("2023/5/7", "2023-5-7"), ("2023-05-07T13:56:00Z ok", "2023-5-7"),
    ("7 May 2023", "2023-5-7"), ("May 7th, 2023", "2023-5-7"), ("May 7, 2023", "2023-5-7"),
    ("on May 7", "*-5-7"), ("the 7th of May", "*-5-7"), ("May 2023", "2023-5-1..2023-5-31"),
    ("in may", "*-5-1..5-31"), ("what happened in 2022?", "2022-1-1..2022-12-31"),
    ("2022", "2022-1-1..2022-12-31"),
    ("13/5/2023", "2023-5-13"), ("5/13/2023", "2023-5-13"), ("5/7/2023", "2023-5-7 2023-7-5"),
    ("on Monday, 7 May 2023", "2023-5-7"), ("february 29", "*-2-29"), ("30 february", "*-2-1..2-29"),
    ("summer 2022", "2022-6-1..2022-8-31"), ("in the winter of 2022", "2022-12-1..2023-2-28"),
    ("in autumn", "*-9-1..11-30"), ("Dec 31", "*-12-31"),
  ])
  func `English dates of the calendar`(text: String, expected: String) {
    #expect(read(text) == expected)
  }

  @Test(arguments: [
    ("today", "2023-6-15"), ("yesterday evening", "2023-6-14"), ("tomorrow?", "2023-6-16"),
    ("the day before yesterday", "2023-6-13"), ("the day after tomorrow", "2023-6-17"),
    ("last week", "2023-6-5..2023-6-11"), ("this week", "2023-6-12..2023-6-18"),
    ("next week", "2023-6-19..2023-6-25"), ("last month", "2023-5-1..2023-5-31"),
    ("last year", "2022-1-1..2022-12-31"), ("last weekend", "2023-6-10..2023-6-11"),
    ("last Monday", "2023-6-12 2023-6-5"), ("this Friday", "2023-6-16"),
    ("next Friday", "2023-6-16 2023-6-23"),
    ("next Monday", "2023-6-19"), ("on Monday", "2023-6-12"), ("on Thursday", "2023-6-8"),
    ("Monday last week", "2023-6-5"), ("last summer", "2022-6-1..2022-8-31"),
    ("this summer", "2023-6-1..2023-8-31"),
    ("last May", "2023-5-1..2023-5-31"), ("next May", "2024-5-1..2024-5-31"),
    ("in May last year", "2022-5-1..2022-5-31"), ("3 days ago", "2023-6-12"),
    ("two weeks ago", "2023-5-29..2023-6-4"),
    ("a week ago", "2023-6-5..2023-6-11"), ("a few days ago", "2023-6-10..2023-6-14"),
    ("a couple of days ago", "2023-6-13"), ("in the last 3 days", "2023-6-12..2023-6-15"),
    ("the past two weeks", "2023-6-1..2023-6-15"), ("since Monday", "2023-6-12..2023-6-15"),
    ("since May", "2023-5-1..2023-6-15"), ("since July", "2022-7-1..2023-6-15"),
    ("earlier this week", "2023-6-12..2023-6-15"), ("later this month", "2023-6-15..2023-6-30"),
    ("two days before 7 May 2023", "2023-5-5"), ("three days before.", "2023-6-12"),
    ("a fortnight ago", "2023-6-1"), ("three days from now", "2023-6-18"),
  ])
  func `English dates relative to today`(text: String, expected: String) {
    #expect(read(text) == expected)
  }

  @Test(arguments: [
    ("3월 5일에 뭐 했지?", "*-3-5"), ("2023년 3월", "2023-3-1..2023-3-31"), ("2023년 3월 5일", "2023-3-5"),
    ("2022년", "2022-1-1..2022-12-31"), ("2022년 여름", "2022-6-1..2022-8-31"), ("오늘은", "2023-6-15"),
    ("어제는 뭐 했어?", "2023-6-14"), ("그저께", "2023-6-13"), ("내일까지", "2023-6-16"),
    ("지난주에", "2023-6-5..2023-6-11"), ("이번 주", "2023-6-12..2023-6-18"), ("다음 주에는", "2023-6-19..2023-6-25"),
    ("지난달", "2023-5-1..2023-5-31"), ("작년에", "2022-1-1..2022-12-31"), ("올해", "2023-1-1..2023-12-31"),
    ("작년 3월", "2022-3-1..2022-3-31"), ("3일 전에", "2023-6-12"), ("이틀 전", "2023-6-13"),
    ("지난 월요일", "2023-6-12 2023-6-5"), ("지난주 월요일", "2023-6-5"), ("월요일부터", "2023-6-12..2023-6-15"),
    ("지난달 5일", "2023-5-5"), ("두 달 전", "2023-3-31..2023-4-30"), ("며칠 동안", ""),
    ("몇 주 전", "2023-5-8..2023-6-11"),
  ])
  func `Korean dates`(text: String, expected: String) {
    #expect(read(text) == expected)
  }

  @Test(arguments: [
    ("3月5日", "*-3-5"), ("2023年3月5日", "2023-3-5"), ("2022年", "2022-1-1..2022-12-31"),
    ("昨天我们去了", "2023-6-14"), ("前天", "2023-6-13"), ("上周", "2023-6-5..2023-6-11"),
    ("上週", "2023-6-5..2023-6-11"), ("上个月", "2023-5-1..2023-5-31"), ("去年", "2022-1-1..2022-12-31"),
    ("今天", "2023-6-15"), ("明天", "2023-6-16"), ("三天前", "2023-6-12"), ("十二天前", "2023-6-3"),
    ("上周一", "2023-6-5"), ("上个星期三", "2023-6-7"), ("去年五月", "2022-5-1..2022-5-31"),
    ("两个星期前", "2023-5-29..2023-6-4"),
    ("几天前", "2023-6-10..2023-6-14"), ("二〇二二年三月", "2022-3-1..2022-3-31"),
    ("昨日", "2023-6-14"), ("先週", "2023-6-5..2023-6-11"), ("先月", "2023-5-1..2023-5-31"),
    ("今日は", "2023-6-15"), ("明日", "2023-6-16"), ("3日前", "2023-6-12"), ("先週の月曜日", "2023-6-5"),
    ("2週間前", "2023-5-29..2023-6-4"), ("去年の夏", "2022-6-1..2022-8-31"), ("来週", "2023-6-19..2023-6-25"),
    ("おととい", "2023-6-13"),
  ])
  func `Chinese and Japanese dates`(text: String, expected: String) {
    #expect(read(text) == expected)
  }

  @Test(arguments: [
    "You may go.", "They march on.", "the second one", "May I come?", "We sat in the sun.",
    "Version 2.5.1 of it",
    "I bought 2000 shares", "spring water", "prices fall", "the last one", "this is it", "May", "3/4 of it",
    "25:99 and 99/99/2023", "안녕하세요", "3명", "你好", "十分好", "一起去", "こんにちは",
  ])
  func `words that only look like dates give none`(text: String) {
    #expect(read(text) == "")
  }

  @Test(arguments: ["3 days before ", "Monday 7 May ", "since ", "Monday ", "earlier this ", "the 7th of "])
  func `long chains are read without nesting`(part: String) {
    let text = String(repeating: part, count: 20_000)
    #expect(
      DateExpressions.spans(in: text, today: today).allSatisfy { $0.place.upperBound <= text.utf8.count }
    )
  }

  @Test func `spans stand in the order of the text and know their places`() {
    let text = "From last week to 7 May, then yesterday"
    let places = DateExpressions.spans(in: text, today: today).map { span in
      String(decoding: Array(text.utf8)[span.place], as: UTF8.self)
    }
    #expect(places == ["last week", "7 May", "yesterday"])
  }

  @Test func `a recurring date is measured to its nearest year`() throws {
    let may = try #require(DateExpressions.spans(in: "in May", today: today).first)
    #expect(may.contains(day(2021, 5, 1)) && may.contains(day(2024, 5, 31)))
    #expect(may.distance(to: day(2023, 6, 2)) == 2)
    #expect(may.distance(to: day(2023, 4, 28)) == -3)
    let winter = try #require(DateExpressions.spans(in: "in winter", today: today).first)
    #expect(
      winter.contains(day(2023, 1, 10)) && winter.contains(day(2023, 12, 10))
        && winter.contains(day(2024, 2, 29))
    )
    #expect(winter.distance(to: day(2024, 3, 1)) == 1)
    let leap = try #require(DateExpressions.spans(in: "29 February", today: today).first)
    #expect(leap.contains(day(2024, 2, 29)) && leap.contains(day(2023, 2, 28)))
  }

  @Test func `a fixed span is measured from its ends`() throws {
    let week = try #require(DateExpressions.spans(in: "last week", today: today).first)
    #expect(week.precision == .week && week.isRelative)
    #expect(week.distance(to: day(2023, 6, 4)) == -1)
    #expect(week.distance(to: day(2023, 6, 11)) == 0)
    #expect(week.distance(to: today) == 4)
  }

  @Test func `any text and any day give ordered spans inside the text`() {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SeededRandom(seed: seed)
    let parts = [
      "last ", "May", "7", "2023", "년 ", "월", "일", "3", "天前", "上周", " ago", "week ", "since ", "before ",
      "the ",
      "周", "一", "지난 ", "주 ", "월요일", "몇 ", "주 ", "전 ", "-", "/", ",", ".", "99999999999", "a few ", "years ",
      "spring ",
      "of ", "earlier ", "this ", "year ", "\u{301}", "🙂", "의", "先週", "の", "月曜日", "decades ", "weekend ", "날",
    ]
    for _ in 0..<3000 {
      var text = ""
      for _ in 0..<Int.random(in: 0...12, using: &random) {
        if Int.random(in: 0..<6, using: &random) == 0 {
          text.unicodeScalars.append(Unicode.Scalar(UInt32.random(in: 0..<0x11_0000, using: &random)) ?? "x")
        } else {
          text += parts.randomElement(using: &random) ?? ""
        }
      }
      let now = Bool.random(using: &random) ? Int.random(in: Int.min...Int.max, using: &random) : today
      let spans = DateExpressions.spans(in: text, today: now)
      let isOrdered = zip(spans, spans.dropFirst()).allSatisfy {
        $0.place == $1.place || $0.place.upperBound <= $1.place.lowerBound
      }
      #expect(isOrdered, "seed \(seed): \(text)")
      for span in spans {
        let range = span.range(nearest: now)
        #expect(
          span.contains(range.lowerBound) && span.place.upperBound <= text.utf8.count,
          "seed \(seed): \(text)"
        )
      }
      #expect(TimeWords.count(in: text) >= 0)
      #expect(StepMarks(text).properNameCount >= 0, "seed \(seed): \(text)")
    }
  }
}
