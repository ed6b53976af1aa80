import FlowCore

/// The second stage: the archived steps in the order in which they are worth their tokens.
enum Rank {
  /// A token count that every step costs on top of its own when values are compared: among short steps the order
  /// is nearly that of the scores, among long ones that of scores per token.
  static let flatTokens = 200

  /// The candidates of recall, the best first.
  ///
  /// Those that answer nothing follow, the newest first: with budget to spare, what happened lately is worth more
  /// than nothing.
  static func steps(_ evidence: RecallEvidence?) -> [RankedStep] {
    guard let evidence else { return [] }
    let scored = RecallRanker(evidence: evidence).rank()
    let telling = scored.filter { $0.score > 0 }.map { (step: $0, value: value(of: $0)) }
    let rest = scored.filter { $0.score <= 0 }
    return telling.sorted { ($0.value, $1.step.profile.id) > ($1.value, $0.step.profile.id) }.map(\.step)
      + rest.sorted { $0.profile.id > $1.profile.id }
  }

  /// Millionths of score for a thousand tokens.
  private static func value(of step: RankedStep) -> Int {
    step.score.multipliedReportingOverflow(by: 1000).partialValue / (step.profile.tokens + flatTokens)
  }
}
