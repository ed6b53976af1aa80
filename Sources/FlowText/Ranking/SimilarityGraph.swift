/// The weighted graph of sentences that share terms, and the random walk on it.
struct SimilarityGraph: Sendable {
  private struct Edge: Sendable {
    var target: Int
    var weight: Double
  }

  private let edges: [[Edge]]
  /// The most pairs of sentences looked at, for each sentence: keeps the graph linear in the text.
  private static let pairsPerSentence = 256

  /// Similarity is the paper's: shared terms over the sum of the logarithms of both lengths.
  init(_ terms: SentenceTerms) {
    let isUsed = Self.usedTerms(terms)
    let lengths = terms.sentences.map { Logarithm.natural(Double($0.count + 1)) }
    var shared = [Int](repeating: 0, count: terms.sentences.count)
    var touched: [Int] = []
    var edges: [[Edge]] = []
    edges.reserveCapacity(terms.sentences.count)
    for (index, sentence) in terms.sentences.enumerated() {
      touched.removeAll(keepingCapacity: true)
      for term in sentence where isUsed[term] {
        for other in terms.postings[term] where other != index {
          if shared[other] == 0 { touched.append(other) }
          shared[other] += 1
        }
      }
      touched.sort()
      edges.append(
        touched.map { Edge(target: $0, weight: Double(shared[$0]) / (lengths[index] + lengths[$0])) }
      )
      for other in touched { shared[other] = 0 }
    }
    self.edges = edges
  }

  /// The rarer terms first, as long as the pairs they make stay within bounds.
  private static func usedTerms(_ terms: SentenceTerms) -> [Bool] {
    var isUsed = [Bool](repeating: false, count: terms.postings.count)
    var pairs = terms.sentences.count * pairsPerSentence
    let byFrequency = terms.postings.indices.sorted {
      (terms.postings[$0].count, $0) < (terms.postings[$1].count, $1)
    }
    for term in byFrequency {
      let count = terms.postings[term].count
      pairs -= count * (count - 1)
      if pairs < 0 { break }
      isUsed[term] = true
    }
    return isUsed
  }

  /// PageRank (Brin and Page, 1998) along edges by weight; sentences without edges share theirs with all.
  func walk(damping: Double, tolerance: Double, mostIterations: Int) -> [Double] {
    let count = edges.count
    guard count > 0 else { return [] }
    let strengths = edges.map { $0.reduce(0) { $0 + $1.weight } }
    var ranks = [Double](repeating: 1 / Double(count), count: count)
    for _ in 0..<mostIterations {
      var loose = 0.0
      for index in 0..<count where edges[index].isEmpty { loose += ranks[index] }
      let base = (1 - damping + damping * loose) / Double(count)
      var change = 0.0
      var next = ranks
      for index in 0..<count {
        var sum = 0.0
        for edge in edges[index] { sum += ranks[edge.target] * edge.weight / strengths[edge.target] }
        next[index] = base + damping * sum
        change = max(change, abs(next[index] - ranks[index]))
      }
      ranks = next
      if change <= tolerance { break }
    }
    let total = ranks.reduce(0, +)
    return ranks.map { $0 / total }
  }
}
