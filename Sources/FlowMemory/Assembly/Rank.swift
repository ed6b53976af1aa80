import FlowCore

/// The second stage: the archived steps in the order in which they are worth their tokens.
struct Ranking: Sendable {
  /// By value, the best first: what a step tells less the logarithm of what it costs.
  let steps: [RankedStep]
  private let ranker: RecallRanker?

  /// Ranks the candidates of recall, if there are any.
  init(_ evidence: RecallEvidence?, weights: RecallWeights = .learnt) {
    ranker = evidence.map { RecallRanker(evidence: $0, weights: weights) }
    steps = ranker?.rank() ?? []
  }

  /// The parts of a step's score by name, in millionths, the greatest first.
  func parts(of step: RankedStep) -> [(name: String, value: Int)] {
    ranker?.parts(of: step).map { (name: $0.feature.name, value: $0.value) } ?? []
  }

  /// The same without what the step costs: they add up to its relevance.
  func relevanceParts(of step: RankedStep) -> [(name: String, value: Int)] {
    ranker?.parts(of: step).filter { !$0.feature.isPrice }.map { (name: $0.feature.name, value: $0.value) }
      ?? []
  }

  /// `score 19.285 - 13.434 for 58 tokens: speaker 4.690, first_mention 2.940, …`, with the greatest parts.
  func explanation(of step: RankedStep) -> String {
    let parts = relevanceParts(of: step).prefix(6).map { "\($0.name) \(millionths($0.value))" }
    let price = millionths(step.relevance - step.value)
    let score = "score \(millionths(step.relevance)) - \(price) for \(step.profile.tokens) tokens"
    return parts.isEmpty ? score : "\(score): \(parts.joined(separator: ", "))"
  }
}
