import FlowCore

/// How long an endpoint asks to be left alone, in any of the ways in which endpoints say that.
enum RequestedWait {
  /// The wait that the headers ask for; nil where they do not, or say nothing that makes sense.
  ///
  /// In order: `retry-after-ms`; `retry-after` in seconds or as a date (RFC 9110 section 10.2.3); the same two as
  /// LiteLLM passes them on (`llm_provider-…`); for a rate limit the time at which one that is used up starts anew.
  static func read(_ response: HTTPResponse, now: Timestamp) -> Duration? {
    for prefix in ["", "llm_provider-"] {
      if let wait = response.header("\(prefix)retry-after-ms").flatMap(decimal), wait > 0 {
        return duration(seconds: wait / 1000)
      }
      if let text = response.header("\(prefix)retry-after"), let wait = retryAfter(text, response, now) {
        return wait
      }
    }
    return response.status == 429 ? reset(response, now: now) : nil
  }

  private static func retryAfter(_ text: String, _ response: HTTPResponse, _ now: Timestamp) -> Duration? {
    if let seconds = decimal(text) { return seconds > 0 ? duration(seconds: seconds) : nil }
    guard let then = HTTPDate.parse(text, now: now) else { return nil }
    // Measured by the endpoint's own clock where it shows it, which may differ from this machine's.
    let sent = response.header("date").flatMap { HTTPDate.parse($0, now: now) } ?? now
    return then > sent ? .milliseconds(then.milliseconds - sent.milliseconds) : nil
  }

  /// When the limits that are used up start anew; the soonest of all where none says that it is used up.
  private static func reset(_ response: HTTPResponse, now: Timestamp) -> Duration? {
    var exhausted: [Duration] = []
    var others: [Duration] = []
    for limit in RateLimit.read(response) {
      guard let text = limit.reset, let wait = resetWait(text, now: now) else { continue }
      if limit.remaining == "0" { exhausted.append(wait) } else { others.append(wait) }
    }
    return exhausted.max() ?? others.min()
  }

  /// `6m0s` and `20ms` as OpenAI has it, `2026-11-22T10:00:00Z` as Anthropic, `59` as Azure, where -1 means nothing.
  private static func resetWait(_ text: String, now: Timestamp) -> Duration? {
    if let seconds = decimal(text) { return seconds > 0 ? duration(seconds: seconds) : nil }
    if let then = Timestamp(iso8601: text) {
      return then > now ? .milliseconds(then.milliseconds - now.milliseconds) : nil
    }
    return goDuration(text).flatMap { $0 > 0 ? duration(seconds: $0) : nil }
  }

  /// Go's notation of durations: `1h2m3.5s`, `20ms`, `15µs`.
  static func goDuration(_ text: String) -> Double? {
    let units: [(name: String, seconds: Double)] = [
      ("ms", 1e-3), ("us", 1e-6), ("µs", 1e-6), ("μs", 1e-6), ("ns", 1e-9), ("h", 3600), ("m", 60), ("s", 1),
    ]
    var rest = text[...]
    var total = 0.0
    guard !rest.isEmpty, rest.utf8.count <= 64 else { return nil }
    while !rest.isEmpty {
      let digits = rest.prefix { ("0"..."9").contains($0) || $0 == "." }
      guard let value = decimal(String(digits)) else { return nil }
      rest = rest[digits.endIndex...]
      guard let unit = units.first(where: { rest.hasPrefix($0.name) }) else { return nil }
      total += value * unit.seconds
      rest = rest.dropFirst(unit.name.count)
    }
    return total
  }

  /// Digits with at most one point, after white space is taken off; nil for all else that Swift reads as a number.
  private static func decimal(_ text: String) -> Double? {
    let text = String(text.trimmed)
    guard !text.isEmpty, text.utf8.count <= 32, text.first != ".", text.last != ".",
      text.utf8.allSatisfy({ (0x30...0x39).contains($0) || $0 == 0x2E })
    else { return nil }
    return Double(text)
  }

  /// In whole milliseconds, at least one, and held below what can be counted: a century is as good as forever.
  private static func duration(seconds: Double) -> Duration {
    .milliseconds(max(1, Int64((min(seconds, 3.2e9) * 1000).rounded())))
  }
}

extension String {
  /// Without spaces and tabs around it.
  fileprivate var trimmed: Substring {
    var rest = self[...]
    while let first = rest.first, first == " " || first == "\t" { rest.removeFirst() }
    while let last = rest.last, last == " " || last == "\t" { rest.removeLast() }
    return rest
  }
}
