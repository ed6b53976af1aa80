@testable import FlowText

/// The graph of the paper, edge by edge, for comparing: shared terms over the sum of the logarithms of both lengths.
struct SentenceGraph {
  private let weights: [[Double]]

  init(_ sentences: [Set<String>]) {
    weights = sentences.indices.map { left in
      sentences.indices.map { right in
        guard left != right else { return 0 }
        let shared = Double(sentences[left].intersection(sentences[right]).count)
        let lengths = [left, right].map { Logarithm.natural(Double(sentences[$0].count + 1)) }
        return shared == 0 ? 0 : shared / (lengths[0] + lengths[1])
      }
    }
  }

  func ranks(damping: Double) -> [Double] {
    let count = weights.count
    let strengths = weights.map { $0.reduce(0, +) }
    var ranks = [Double](repeating: 1 / Double(count), count: count)
    for _ in 0..<200 {
      let loose = zip(ranks, strengths).reduce(0) { $0 + ($1.1 == 0 ? $1.0 : 0) }
      ranks = (0..<count).map { sentence in
        let sum = (0..<count).reduce(0.0) {
          $0 + (strengths[$1] == 0 ? 0 : ranks[$1] * weights[$1][sentence] / strengths[$1])
        }
        return (1 - damping + damping * loose) / Double(count) + damping * sum
      }
    }
    return ranks
  }
}
