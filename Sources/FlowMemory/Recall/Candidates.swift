/// The steps that a search looks at closely.
struct Candidates: Sendable, Equatable {
  /// The numbers of the steps, ascending.
  let steps: [Int]
  /// For each step the sum of rarity times weight over the terms that it holds.
  let scores: [Int]

  /// The `limit` steps with the highest scores, the best first, ties going to the lower number.
  func best(_ limit: Int) -> [Int] {
    steps.indices.sorted { (scores[$0], $1) > (scores[$1], $0) }.prefix(limit).map { steps[$0] }
  }
}
