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
    ranker?.parts(of: step).filter { !$0.feature.isPrice }.map { (name: $0.feature.name, value: $0.value) } ?? []
  }

  /// `value 1.320: words 2.801, price_person -1.481, …`, the greatest parts.
  func explanation(of step: RankedStep) -> String {
    let parts = parts(of: step).prefix(6).map { "\($0.name) \(millionths($0.value))" }
    return "value \(millionths(step.value)): \(parts.joined(separator: ", "))"
  }
}
