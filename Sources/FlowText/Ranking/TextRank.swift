/// The rank of sentences by TextRank (Mihalcea and Tarau, "TextRank: Bringing Order into Texts", 2004).
///
/// Sentences that share terms vote for one another, and a random walk counts the votes. The similarity is the
/// paper's, within 2.3 %, and is never written out as a graph: time is linear in the text (`SharedTermWalk`). It ranks,
/// but its best sentences repeat one another; a summary takes the rank as one feature of several
/// (`ExtractiveSummarizer`).
public struct TextRank: Sendable {
  private let damping: Double
  private let tolerance: Double
  private let mostIterations: Int

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
    var numbers: [String: Int32] = [:]
    var terms: [Int32] = []
    var offsets = [0]
    var frequencies: [Int32] = []
    var last: [Int] = []
    for (sentence, text) in sentences.enumerated() {
      for term in analyzer.terms(in: String(text)) {
        let number = Int(numbers[term] ?? Int32(frequencies.count))
        if number == frequencies.count {
          numbers[term] = Int32(number)
          frequencies.append(0)
          last.append(-1)
        }
        guard last[number] != sentence else { continue }
        last[number] = sentence
        frequencies[number] += 1
        terms.append(Int32(number))
      }
      offsets.append(terms.count)
    }
    return scores(of: SharedTermWalk(terms: terms, offsets: offsets, frequencies: frequencies))
  }

  func scores(of walk: SharedTermWalk) -> [Double] {
    walk.ranks(damping: damping, tolerance: tolerance, mostIterations: mostIterations)
  }
}
