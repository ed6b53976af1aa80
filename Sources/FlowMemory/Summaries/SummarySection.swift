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
}
