/// The steps that a search looks at closely, and which terms each of them holds.
struct Candidates: Sendable, Equatable {
  /// A candidate that holds a term.
  struct Match: Sendable, Equatable {
    /// The index of the step among the candidates.
    let candidate: Int32
    /// How much the term tells there: 1 to 255.
    let weight: UInt8
  }

  /// The numbers of the steps, ascending.
  let steps: [Int]
  /// For each step the sum of rarity times weight over the terms that it holds.
  let scores: [Int]
  /// All matches, term by term, those of a term ascending by candidate.
  private let matches: [Match]
  /// Where the matches of each term end.
  private let ends: [Int]

  init(steps: [Int], scores: [Int], matches: [Match], ends: [Int]) {
    self.steps = steps
    self.scores = scores
    self.matches = matches
    self.ends = ends
  }

  /// The `limit` steps with the highest scores, the best first, ties going to the lower number.
  func best(_ limit: Int) -> [Int] {
    steps.indices.sorted { (scores[$0], $1) > (scores[$1], $0) }.prefix(limit).map { steps[$0] }
  }

  /// How many terms were searched for.
  var terms: Int { ends.count }

  /// The candidates that hold a term, ascending; terms count in the order in which they were searched for.
  func matches(of term: Int) -> ArraySlice<Match> {
    matches[(term == 0 ? 0 : ends[term - 1])..<ends[term]]
  }
}
