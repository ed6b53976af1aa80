import FlowCore

/// A kind of content that an import could not carry over, with how much of it there was and where.
public struct SkippedContent: Sendable, Hashable {
  /// Such as `thinking`, `image` or `system.turn_duration`.
  public let kind: String
  public let count: Int
  /// Where the first few stood: `line 12`, or `line 1 (message 17)` in a list of messages.
  public let first: [String]
}

/// Counts what an import does not carry over, by kind.
///
/// The kinds come from the source: their number and length is bounded, whatever it says.
struct SkippedTally: Sendable {
  /// How many places of a kind are named.
  static let places = 3
  /// How many kinds are told apart; what comes after them counts as `other`.
  static let kinds = 64
  private static let kindLength = 48

  private var counts: [String: Int] = [:]
  private var first: [String: [String]] = [:]

  mutating func note(_ kind: String, at place: SourcePlace) {
    var kind = kind.isEmpty ? "unnamed" : kind.excerpt(limit: SkippedTally.kindLength)
    if counts[kind] == nil, counts.count >= SkippedTally.kinds { kind = "other" }
    counts[kind, default: 0] += 1
    if first[kind, default: []].count < SkippedTally.places {
      first[kind, default: []].append(place.description)
    }
  }

  /// What was counted, the most frequent first.
  var contents: [SkippedContent] {
    counts.map { SkippedContent(kind: $0, count: $1, first: first[$0] ?? []) }
      .sorted { ($1.count, $0.kind) < ($0.count, $1.kind) }
  }
}
