import Testing

@testable import FlowText

@Suite struct `Numbers` {
  @Test(arguments: [
    ("3.5 GB", "3.5 gb"), ("120ms", "120 ms"), ("45 %", "45 %"), ("45%", "45 %"), ("$1,204.50", "1204.5 usd"),
    ("₩12,000", "12000 krw"), ("€9", "9 eur"), ("1,204 bad rows", "1204 rows"), ("1,204", "1204"),
    ("12만 원", "120000 krw"),
    ("300개", "300 개"), ("5 km", "5 km"), ("1억 2천만 원", "120000000 krw"), ("3억円", "300000000 jpy"),
    ("2만 5000명", "25000 명"),
    ("$1.2M", "1200000 usd"),
    ("10k steps", "10000 steps"), ("3 million users", "3000000 users"), ("5-year", "5 year"),
    ("60 km/h", "60 km/h"),
    ("20°C", "20 °c"), ("1e-3", "1e-3"), ("0.50", "0.5"), ("2nd", "2 th"), ("3x", "3 x"),
    ("250 dollars", "250 usd"),
    ("7 hours", "7 h"), ("30분", "30 min"), ("3시간", "3 h"), ("1 GiB", "1 gib"), ("12 MB/s", "12 mb/s"),
    ("1:6", "1:6"),
    ("50 percent", "50 %"), ("2.4亿元", "240000000 cny"), ("00:", ""), ("1,204,000 people", "1204000 people"),
  ])
  func `are found with their unit`(number: String, normal: String) {
    let found = found("about \(number).").filter { $0.kind == .number }
    guard !normal.isEmpty else { return }
    #expect(found.map(\.text) == [number])
    #expect(found.map(\.normal) == [normal])
  }

  @Test(arguments: [
    ("three kids", "3 kids"), ("twenty-five dollars", "25 usd"), ("two hundred steps", "200 steps"),
    ("twelve", "12"),
    ("ten minutes", "10 min"), ("five million people", "5000000 people"), ("세 명", "3 명"), ("다섯 개", "5 개"),
  ])
  func `in words are found`(number: String, normal: String) {
    #expect(texts("they had \(number) there", .number) == [number])
    #expect(normals("they had \(number)", .number) == [normal])
  }

  @Test(arguments: [
    "one of them", "1. First item", "2) second", "T001", "HTML5", "main2.swift", "v1.2.3", "someone",
    "a few days",
  ])
  func `are not seen in`(text: String) {
    #expect(texts(text, .number) == [])
  }

  @Test func `a list counts its items, a sentence does not`() {
    #expect(texts("1. Buy 3 apples\n2. Sell 4", .number) == ["3 apples", "4"])
    #expect(texts("I have 12.", .number) == ["12"])
  }

  @Test func `a number behind a name counts nothing`() {
    #expect(normals("Step 2 uses the table", .number) == ["2"])
    #expect(normals("page 3 lists them", .number) == ["3"])
  }

  @Test func `ranges are two numbers, a minus sign is part of one`() {
    #expect(normals("10-20 files", .number) == ["10", "20 files"])
    #expect(normals("at -5°C now", .number) == ["-5 °c"])
    #expect(normals("- 5 apples", .number) == ["5 apples"])
  }

  @Test func `a lone small number tells less than all others`() {
    let small = found("take 3 of them")[0].weight
    for text in ["take 30", "take 3,000", "take 3 apples", "take 3 GB", "take $3"] {
      #expect(found(text)[0].weight > small)
    }
  }

  @Test func `numbers of any length are read`() {
    let digits = String(repeating: "9", count: 40)
    #expect(normals(digits, .number) == [digits])
    #expect(normals("0.\(digits)", .number) == ["0.\(digits)"])
  }
}

@Suite struct `Dates as identifiers` {
  @Test(arguments: [
    ("2024-04-12", "2024-04-12"), ("April 12, 2024", "2024-04-12"), ("12 April 2024", "2024-04-12"),
    ("the 12th of April 2024", "2024-04-12"), ("2024/4/12", "2024-04-12"), ("2024년 4월 12일", "2024-04-12"),
    ("2024年4月12日", "2024-04-12"), ("4월 12일", "--04-12"), ("April 12", "--04-12"), ("12 April", "--04-12"),
    ("April 2024", "2024-04"), ("2024-04", "2024-04"), ("2024년", "2024"), ("2024년 4월", "2024-04"),
    ("5/7/2023", "2023-05-07|2023-07-05"), ("25/7/2023", "2023-07-25"), ("Friday", "-W-5"), ("금요일", "-W-5"),
    ("summer 2023", "2023-S06"), ("yesterday", "yesterday"), ("last week", "last week"), ("지난주", "지난주"),
    ("three weeks ago", "three weeks ago"), ("去年", "去年"), ("June", "--06"),
  ])
  func `are found in every form`(date: String, normal: String) {
    #expect(normals("we met \(date)", .date) == [normal])
    let range = found("we met \(date), then").first { $0.kind == .date }!.text
    #expect(date.hasSuffix(range))
  }

  @Test func `a year needs a word before it`() {
    #expect(normals("it began in 2019", .date) == ["2019"])
    #expect(normals("we saw 2019 rows", .date) == [])
  }

  @Test(arguments: [
    "we may go", "march on", "it was a fall", "12 apples", "1.2.3", "99/99/9999", "13월 40일", "he sat",
  ])
  func `are not seen in`(text: String) {
    #expect(texts(text, .date) == [])
  }

  @Test func `a timestamp is a date and a time`() {
    let found = found("at 2024-04-12T08:15:20Z sharp")
    #expect(found.map(\.normal) == ["2024-04-12", "08:15:20"])
    #expect(found.map(\.text) == ["2024-04-12", "08:15:20Z"])
    #expect(normals("[22/Nov/2025:13:25:01 +0000]", .date) == ["2025-11-22"])
    #expect(normals("[22/Nov/2025:13:25:01 +0000]", .time) == ["13:25:01"])
    #expect(normals("on 12-Apr-2024", .date) == ["2024-04-12"])
  }

  @Test func `what is known of a date raises its weight`() {
    let dates = [
      "on yesterday", "on Friday", "in June", "in 2019", "in June 2019", "on 3 June", "on 3 June 2019",
    ]
    let weights = dates.map { found($0)[0].weight }
    #expect(weights == weights.sorted())
    #expect(Set(weights).count == dates.count)
  }
}

@Suite struct `Times of day` {
  @Test(arguments: [
    ("3:30 pm", "15:30"), ("3:30", "3:30"), ("15:30", "15:30"), ("08:15", "08:15"), ("08:15:20", "08:15:20"),
    ("3 p.m", "15:00"),
    ("12 am", "00:00"), ("12pm", "12:00"), ("오후 3시 30분", "15:30"), ("오전 9시", "09:00"), ("3시 반", "3:30"),
    ("下午3点半", "15:30"), ("午後3時30分", "15:30"), ("15時", "15:00"), ("7 o'clock", "7:00"),
  ])
  func `are found`(time: String, normal: String) {
    #expect(texts("come \(time), please", .time) == [time])
    #expect(normals("come \(time)", .time) == [normal])
  }

  @Test(arguments: [
    "3시간", "16:9", "12:75", "2:1", "3 amps", "version 1.2", "3 ambitious plans", "1:2:3:4", "三時間",
  ])
  func `are not`(text: String) {
    #expect(texts(text, .time) == [])
  }
}
