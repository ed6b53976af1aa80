import FlowCore
import RandomSupport
import Testing

@testable import FlowLLM

@Suite struct `Wait that an endpoint asks for` {
  private func wait(_ headers: [String: String], status: Int = 429) -> Duration? {
    RequestedWait.read(HTTPResponse(status, "", headers), now: noon)
  }

  @Test(arguments: [
    (["retry-after": "3"], Duration.seconds(3)), (["Retry-After": " 2.5 "], .milliseconds(2500)),
    (["retry-after-ms": "1500", "retry-after": "9"], .milliseconds(1500)),
    (["llm_provider-retry-after": "7"], .seconds(7)),
    (["llm_provider-retry-after-ms": "70"], .milliseconds(70)),
    (["retry-after": "4", "llm_provider-retry-after": "7"], .seconds(4)),
    (["retry-after": "Sun, 22 Nov 2026 12:00:05 GMT"], .seconds(5)),
    (["retry-after": "Sunday, 22-Nov-26 12:00:05 GMT"], .seconds(5)),
    (["retry-after": "Sun Nov 22 12:00:05 2026"], .seconds(5)),
    (["retry-after": "Sun, 22 Nov 2026 13:00:05 GMT", "date": "Sun, 22 Nov 2026 13:00:00 GMT"], .seconds(5)),
    (["x-ratelimit-reset-requests": "20ms"], .milliseconds(20)),
    (["x-ratelimit-reset-requests": "59"], .seconds(59)),
    (["anthropic-ratelimit-tokens-reset": "2026-11-22T12:00:30Z"], .seconds(30)),
  ]) func `is read in all its forms`(_ headers: [String: String], _ expected: Duration) {
    #expect(wait(headers) == expected)
  }

  @Test(arguments: [
    ["retry-after": "0"], ["retry-after": "-5"], ["retry-after": "soon"], ["retry-after": ""],
    ["retry-after": "nan"],
    ["retry-after": "0x10"], ["retry-after": "1e9"], ["retry-after": "Sun, 22 Nov 2026 11:59:59 GMT"],
    ["x-ratelimit-reset-requests": "-1"], ["x-ratelimit-reset-requests": "6x"], [:],
  ]) func `is nothing where it makes no sense`(_ headers: [String: String]) {
    #expect(wait(headers) == nil)
  }

  @Test func `the limit that is used up counts, not the one that lasts a day`() {
    let headers = [
      "x-ratelimit-remaining-requests": "9000", "x-ratelimit-reset-requests": "23h59m0s",
      "x-ratelimit-remaining-tokens": "0", "x-ratelimit-reset-tokens": "6m0s",
    ]
    #expect(wait(headers) == .seconds(360))
    #expect(wait(headers, status: 503) == nil)
  }

  @Test func `an absurd number is long, not a crash`() {
    #expect(wait(["retry-after": String(repeating: "9", count: 30)]).map { $0 > .seconds(1_000_000) } == true)
  }

  @Test(arguments: [
    ("1s", 1.0), ("6m0s", 360), ("1h2m3.5s", 3723.5), ("15µs", 0.000015), ("250ns", 0.00000025),
  ]) func `Go's durations are read`(_ text: String, _ seconds: Double) {
    #expect(RequestedWait.goDuration(text).map { abs($0 - seconds) < 1e-12 } == true)
  }

  @Test(arguments: ["", "s", "1", "1.s", ".5s", "1s2", "-1s", "1 s", "1d"]) func `other durations are none`(
    _ text: String
  ) {
    #expect(RequestedWait.goDuration(text) == nil)
  }
}

@Suite struct `Date of an HTTP header` {
  @Test(arguments: [
    "Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994",
  ]) func `the three forms of RFC 9110 are the same time`(_ text: String) {
    #expect(HTTPDate.parse(text, now: noon)?.description == "1994-11-06T08:49:37Z")
  }

  @Test func `two digits of a year are at most 50 years ahead`() {
    #expect(HTTPDate.parse("Sunday, 06-Nov-76 08:49:37 GMT", now: noon)?.date.year == 2076)
    #expect(HTTPDate.parse("Sunday, 06-Nov-77 08:49:37 GMT", now: noon)?.date.year == 1977)
  }

  @Test func `a leap second is the second before it`() {
    #expect(HTTPDate.parse("Sat, 31 Dec 2016 23:59:60 GMT", now: noon)?.description == "2016-12-31T23:59:59Z")
  }

  @Test(arguments: [
    "", "Sun, 06 Nov 1994 08:49:37", "Sun, 06 Nov 1994 08:49:37 CET", "Sun, 31 Feb 2026 08:49:37 GMT",
    "Sun, 06 Nov 1994 24:00:00 GMT", "Sun, 06 Nov 94 08:49:37 GMT", "Sun 06 Nov 1994 08:49:37 GMT",
    "Sun, 06 Nov 1994 8:49:37 GMT", "Sun, 0x Nov 1994 08:49:37 GMT", "Sun, 06 Nuv 1994 08:49:37 GMT",
    "Sun, 00 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 0000 08:49:37 GMT", "2026-11-22T12:00:00Z",
  ]) func `all else is none`(_ text: String) {
    #expect(HTTPDate.parse(text, now: noon) == nil)
  }

  @Test func `every second of a year comes back from each form`() {
    var random = SeededRandom(seed: 7)
    let days = ["Sun", "Mon"]
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    for _ in 0..<2000 {
      let time = Timestamp(milliseconds: Int64.random(in: 0..<4_000_000_000, using: &random) * 1000)
      let date = time.date
      func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
      let clock = "\(time.clockTime):\(two(time.secondOfDay % 60))"
      let month = months[date.month - 1]
      let day = days.randomElement(using: &random)!
      #expect(
        HTTPDate.parse("\(day), \(two(date.day)) \(month) \(date.year) \(clock) GMT", now: noon) == time
      )
      let padded = date.day < 10 ? " \(date.day)" : "\(date.day)"
      #expect(HTTPDate.parse("\(day) \(month) \(padded) \(clock) \(date.year)", now: noon) == time)
    }
  }
}
