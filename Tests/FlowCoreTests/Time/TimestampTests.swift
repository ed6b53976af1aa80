import FlowCore
import Testing
import RandomSupport

@Suite struct `Time stamps` {
  @Test(arguments: [
    ("1970-01-01T00:00:00Z", 0),
    ("1969-12-31T23:59:59.999Z", -1),
    ("2024-04-12T08:15:20Z", 1_712_909_720_000),
    ("2000-02-29T23:59:59.999Z", 951_868_799_999),
    ("1900-03-01T00:00:00Z", -2_203_891_200_000),
    ("1600-02-29T12:00:00Z", -11_670_955_200_000),
    ("2024-02-29T00:00:00Z", 1_709_164_800_000),
    ("0001-01-01T00:00:00Z", -62_135_596_800_000),
    ("9999-12-31T23:59:59.999Z", 253_402_300_799_999),
    ("1965-07-14T05:06:07.089Z", -140_986_432_911),
    ("2100-02-28T23:59:59Z", 4_107_542_399_000),
  ]) func `known times are read and written`(text: String, milliseconds: Int64) {
    #expect(Timestamp(iso8601: text)?.milliseconds == milliseconds)
    #expect(Timestamp(milliseconds: milliseconds).description == text)
  }

  @Test(arguments: [
    ("2024-04-12T17:15:20.5+09:00", "2024-04-12T08:15:20.500Z"),
    ("2024-04-12T17:15:20+0900", "2024-04-12T08:15:20Z"),
    ("2023-12-31T23:30:00-05:45", "2024-01-01T05:15:00Z"),
    ("2024-03-01T00:30:00+01:00", "2024-02-29T23:30:00Z"),
    ("2024-04-12T08:15:20-00:00", "2024-04-12T08:15:20Z"),
    ("2024-04-12T08:15:20", "2024-04-12T08:15:20Z"),
    ("2024-04-12T08:15", "2024-04-12T08:15:00Z"),
    ("2024-04-12T08:15+02:00", "2024-04-12T06:15:00Z"),
    ("2024-04-12", "2024-04-12T00:00:00Z"),
    ("2024-04-12 08:15:20z", "2024-04-12T08:15:20Z"),
    ("2024-04-12t08:15:20Z", "2024-04-12T08:15:20Z"),
    ("2024-04-12T08:15:20.1Z", "2024-04-12T08:15:20.100Z"),
    ("2024-04-12T08:15:20.0019Z", "2024-04-12T08:15:20.001Z"),
    ("2024-04-12T08:15:20.123456789012345678901234567890Z", "2024-04-12T08:15:20.123Z"),
    ("2016-12-31T23:59:60Z", "2016-12-31T23:59:59Z"),
    ("0001-01-01T00:00:00-01:00", "0001-01-01T01:00:00Z"),
  ]) func `the forms of RFC 3339 are read`(text: String, utc: String) throws {
    #expect(try #require(Timestamp(iso8601: text)).description == utc)
  }

  @Test(arguments: [
    "", "2024", "2024-04", "2024-4-12", "24-04-12", "+2024-04-12", "2024/04/12", "2024-04-12T", "2024-04-12Z",
    "2024-00-01", "2024-13-01", "2024-04-00", "2024-04-31", "2024-02-30", "2023-02-29", "1900-02-29",
    "2100-02-29", "2024-04-12T24:00:00Z", "2024-04-12T08:60:00Z", "2024-04-12T08:15:61Z",
    "2024-04-12T8:15:00Z",
    "2024-04-12T08", "2024-04-12T08:15:20.Z", "2024-04-12T08:15:20,5Z", "2024-04-12T08:15:20+9",
    "2024-04-12T08:15:20+24:00", "2024-04-12T08:15:20+09:60", "2024-04-12T08:15:20ZZ",
    "2024-04-12T08:15:20Z ",
    " 2024-04-12T08:15:20Z", "2024-04-12T08:15:20 +09:00", "0000-01-01", "0000-12-31T23:59:59Z",
    "0001-01-01T00:00:00+00:01", "9999-12-31T23:59:59-00:01", "10000-01-01", "２０２４-04-12", "2024−04−12",
    "2024-04-12T08:15:20\u{0}", "now",
  ]) func `what is no time is refused`(text: String) {
    #expect(Timestamp(iso8601: text) == nil)
  }

  @Test(arguments: [2000, 2004, 2024, 2400, 1600, 4]) func `a leap year has a 29 February`(year: Int) {
    let padded = String(repeating: "0", count: 4 - String(year).count) + String(year)
    #expect(Timestamp(iso8601: "\(padded)-02-29")?.date == CivilDate(year: year, month: 2, day: 29))
  }

  @Test(arguments: [
    ("1970-01-01T00:00:00Z", 0), ("1970-01-01T23:59:59.999Z", 0), ("1970-01-02T00:00:00Z", 1),
    ("1969-12-31T23:59:59.999Z", -1), ("1969-12-31T00:00:00Z", -1), ("1969-12-30T23:59:59Z", -2),
    ("2024-02-29T12:00:00Z", 19_782), ("0001-01-01T00:00:00Z", -719_162),
  ]) func `days begin at midnight, before 1970 too`(time: String, day: Int) {
    #expect(Timestamp(iso8601: time)?.daysSinceEpoch == day)
  }

  @Test(arguments: 1...4 as ClosedRange<UInt64>)
  func `any time of the range survives writing and reading`(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let range = Timestamp.range.lowerBound.milliseconds...Timestamp.range.upperBound.milliseconds
    for _ in 0..<5000 {
      let time = Timestamp(milliseconds: Int64.random(in: range, using: &random))
      let text = time.description
      #expect(Timestamp(iso8601: text) == time, "seed \(seed), \(text)")
      let parts = (time.date, time.secondOfDay, time.milliseconds)
      let days = Int64(parts.0.daysSinceEpoch)
      let rest = parts.2 - days * 86_400_000
      #expect((0..<86_400_000).contains(rest) && Int(rest / 1000) == parts.1, "seed \(seed), \(text)")
    }
  }

  @Test(arguments: 1...2 as ClosedRange<UInt64>)
  func `the order of times is that of their texts`(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let range =
      Timestamp.range.lowerBound.milliseconds / 1000...Timestamp.range.upperBound.milliseconds / 1000
    for _ in 0..<2000 {
      let left = Timestamp(milliseconds: 1000 * Int64.random(in: range, using: &random))
      let right = Timestamp(milliseconds: 1000 * Int64.random(in: range, using: &random))
      #expect((left < right) == (left.description < right.description), "seed \(seed), \(left), \(right)")
    }
  }

  @Test(arguments: 1...2 as ClosedRange<UInt64>)
  func `a zone shifts the time by exactly its offset`(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    for _ in 0..<1000 {
      let local = Timestamp(milliseconds: Int64.random(in: 0...4_000_000_000_000, using: &random))
      let minutes = Int.random(in: -1439...1439, using: &random)
      let (hours, rest) = (abs(minutes) / 60, abs(minutes) % 60)
      let zone = "\(minutes < 0 ? "-" : "+")\(hours < 10 ? "0" : "")\(hours):\(rest < 10 ? "0" : "")\(rest)"
      let text = local.description.dropLast() + zone
      let expected = local.milliseconds - Int64(minutes) * 60_000
      #expect(Timestamp(iso8601: String(text))?.milliseconds == expected, "seed \(seed), \(text)")
    }
  }

  @Test func `the clock time is that of UTC, before the epoch too`() throws {
    #expect(Timestamp(iso8601: "1969-12-31T23:05:59Z")?.clockTime == "23:05")
    #expect(Timestamp(iso8601: "2024-04-12T00:00:00Z")?.clockTime == "00:00")
    #expect(Timestamp(milliseconds: -1).date == CivilDate(year: 1969, month: 12, day: 31))
    #expect(Timestamp(milliseconds: -1).secondOfDay == 86_399)
  }

  @Test(arguments: [Int64.min, .min + 1, .max]) func `any time at all can be written`(milliseconds: Int64) {
    #expect(Timestamp(milliseconds: milliseconds).description.hasSuffix("Z"))
  }

  @Test func `advancing goes both ways`() {
    let start = Timestamp(milliseconds: 1500)
    #expect(start.advanced(seconds: 2).milliseconds == 3500)
    #expect(start.advanced(seconds: -2).milliseconds == -500)
  }
}
