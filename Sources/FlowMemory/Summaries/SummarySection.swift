import FlowCore

/// A summary as people read it: a section of memory_cache.md.
enum SummarySection {
  /// The section of a summary.
  static func entry(_ summary: Summary) -> CachedResult {
    let start = summary.span.lowerBound
    let end = summary.span.upperBound
    let until = start.date == end.date ? end.clockTime : "\(end.date) \(end.clockTime)"
    let steps =
      summary.id.first == summary.id.last
      ? "Step \(summary.id.first.rawValue)"
      : "Steps \(summary.id.first.rawValue)–\(summary.id.last.rawValue)"
    return CachedResult(
      key: summary.id.description,
      value: .string(summary.bullets.map(\.line).joined(separator: "\n")),
      created: summary.created,
      meta: [
        "title": .string("\(steps) · \(start.date) \(start.clockTime) – \(until)"),
        "version": .number(JSONNumber(summary.version)),
        "by": .string(summary.by),
      ]
    )
  }

  /// The times in a heading that `entry` wrote; nil in any other.
  static func span(in title: String) -> ClosedRange<Timestamp>? {
    let words = title.split(separator: " ").drop { $0 != "·" }.dropFirst().map(String.init)
    guard words.count == 4 || words.count == 5, words[2] == "–",
      let start = Timestamp(iso8601: "\(words[0])T\(words[1]):00Z"),
      let end = Timestamp(iso8601: "\(words.count == 5 ? words[3] : words[0])T\(words[words.count - 1]):00Z"),
      start <= end
    else { return nil }
    return start...end
  }
}
