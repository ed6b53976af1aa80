// Which sentences of a text say most, without a model.
//
// `scores` is TextRank (Mihalcea and Tarau, "TextRank: Bringing Order into Texts", 2004): sentences that
// share words vote for one another, and a random walk counts the votes. It ranks, but its best sentences
// repeat each other. `select` therefore spends a budget by value per cost, where the value of a sentence is
// what it adds: each term weighs something once, and half as much each time it has been said. The rank and
// how telling the sentence is by itself (`Telling`) scale that value.
//
// Results are the same on every machine: terms are numbered in order of appearance, no hashed collection is
// iterated, logarithms come from `Logarithm` (plain arithmetic), values are compared as fixed-point
// integers, and ties go to the earlier sentence.

/// Ranks sentences and picks the ones worth keeping.
public struct TextRank: Sendable {
  /// A sentence that was picked.
  public struct Selection: Sendable, Hashable {
    /// The place of the sentence in the list it was picked from.
    public let index: Int
    /// What it added when it was picked, at least zero; comparable within one selection.
    public let weight: Double

    public init(index: Int, weight: Double) {
      self.index = index
      self.weight = weight
    }
  }

  let damping: Double
  let tolerance: Double
  let mostIterations: Int

  /// A ranker for a damping factor in 0..<1.
  ///
  /// The walk ends when no score changes by more than `tolerance` (a share of all), or after
  /// `mostIterations` steps.
  public init(damping: Double = 0.85, tolerance: Double = 1e-9, mostIterations: Int = 100) {
    self.damping = min(max(damping, 0), 0.999)
    self.tolerance = max(tolerance, 0)
    self.mostIterations = max(mostIterations, 1)
  }

  /// The rank of each sentence; ranks add up to 1 (for no sentences there are none).
  public func scores(
    of sentences: [some StringProtocol],
    analyzer: TermAnalyzer = .init()
  ) -> [Double] {
    scores(of: SentenceTerms(sentences.map { analyzer.terms(in: String($0)) }))
  }

  /// The sentences to keep, in order, whose costs add up to at most `budget`.
  ///
  /// `costs` holds a cost of at least 1 for each sentence, such as its tokens; a lower one counts as 1.
  /// A sentence without any term is never picked.
  public func select(
    _ sentences: [some StringProtocol],
    costs: [Int],
    budget: Int,
    analyzer: TermAnalyzer = .init()
  ) -> [Selection] {
    precondition(sentences.count == costs.count, "each sentence has a cost")
    let texts = sentences.map { String($0) }
    let terms = SentenceTerms(texts.map { analyzer.terms(in: $0) })
    let ranks = scores(of: terms)
    let priors = texts.indices.map { index in
      Telling.factor(of: texts[index], terms: terms.sentences[index].count)
        * Self.rankFactor(ranks[index] * Double(texts.count))
    }
    var coverage = Coverage(terms: terms, priors: priors, costs: costs.map { max(1, $0) })
    return coverage.select(budget: budget)
  }

  /// From 0.9 for a sentence nothing points to, over 1 for an average one, towards 1.1.
  ///
  /// Only a nudge: a central sentence says what others say, a summary wants what only it says. On dialogue,
  /// a stronger pull towards the centre kept fewer facts.
  private static func rankFactor(_ rank: Double) -> Double { 0.9 + 0.2 * rank / (1 + rank) }

  private func scores(of terms: SentenceTerms) -> [Double] {
    SimilarityGraph(terms).walk(damping: damping, tolerance: tolerance, mostIterations: mostIterations)
  }
}
