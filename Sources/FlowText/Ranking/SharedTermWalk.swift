// The random walk of TextRank without its graph.
//
// The paper joins every two sentences that share terms, with the weight shared / (ln|a| + ln|b|): a term that n sentences
// have makes n² edges. But what reaches a sentence over all its edges is a sum over its terms of what their other
// sentences send, so a step can go from sentences to terms and back, in time linear in the postings — if the weight of
// an edge is a product of one factor for each end. 1 / (x + y) is none, but nearly a sum of three: with a = ln|a|,
//
//   1 / (a + b) ≈ Σₖ cₖ · e^(-sₖa) · e^(-sₖb) = Σₖ cₖ · |a|^(-sₖ) · |b|^(-sₖ)
//
// (an exponential sum, Braess and Hackbusch, "Approximation of 1/x by exponential sums", 2005). The exponents are chosen
// so that square roots suffice, which IEEE 754 rounds exactly; with the factors below an edge's weight is within 2.3 % of
// the paper's for a + b from 2 ln 2 to 20. |a| is the number of distinct terms plus one, so that no logarithm is zero.

/// Sentences as the sets of their terms, and the walk along what they share.
struct SharedTermWalk {
  private typealias Factors = SIMD4<Double>

  private static let weights = Factors(0.16991, 0.41238, 1.22109, 0)

  /// The terms of sentence `i` are `terms[offsets[i]..<offsets[i + 1]]`, each once.
  let terms: [Int32]
  let offsets: [Int]
  /// In how many sentences each term stands.
  let frequencies: [Int32]

  private var count: Int { offsets.count - 1 }

  /// The factors of each sentence, and the sum of the weights of its edges.
  private func prepared() -> (factors: [Factors], strengths: [Double]) {
    var known: [Int: Factors] = [:]
    let factors = (0..<count).map { sentence in
      let size = offsets[sentence + 1] - offsets[sentence] + 1
      if let factors = known[size] { return factors }
      let eighth = Root.eighth(of: Double(size))
      let factors = Factors(1 / eighth.squareRoot(), 1 / (eighth * eighth * eighth), 1 / Double(size), 0)
      known[size] = factors
      return factors
    }
    let sums = gathered(factors)
    let strengths = (0..<count).map { received(by: $0, from: sums, less: factors[$0], factors) }
    return (factors, strengths)
  }

  /// For each term, the sum of what its sentences send.
  private func gathered(_ sent: [Factors]) -> [Factors] {
    var sums = [Factors](repeating: .zero, count: frequencies.count)
    for sentence in 0..<count {
      for index in offsets[sentence]..<offsets[sentence + 1] { sums[Int(terms[index])] += sent[sentence] }
    }
    return sums
  }

  /// What a sentence gets over its terms from all others; exactly zero where it shares none.
  private func received(by sentence: Int, from sums: [Factors], less own: Factors, _ factors: [Factors])
    -> Double
  {
    var sum = Factors.zero
    for index in offsets[sentence]..<offsets[sentence + 1] {
      let term = Int(terms[index])
      if frequencies[term] > 1 { sum += sums[term] - own }
    }
    let product = sum * factors[sentence] * Self.weights
    return max(0, product[0] + product[1] + product[2])
  }

  /// PageRank (Brin and Page, 1998) along the edges; sentences without edges share theirs with all.
  func ranks(damping: Double, tolerance: Double, mostIterations: Int) -> [Double] {
    guard count > 0 else { return [] }
    let (factors, strengths) = prepared()
    var ranks = [Double](repeating: 1 / Double(count), count: count)
    var sent = factors
    for _ in 0..<mostIterations {
      var loose = 0.0
      for sentence in 0..<count {
        if strengths[sentence] > 0 {
          sent[sentence] = factors[sentence] * (ranks[sentence] / strengths[sentence])
        } else {
          sent[sentence] = .zero
          loose += ranks[sentence]
        }
      }
      let base = (1 - damping + damping * loose) / Double(count)
      let sums = gathered(sent)
      var change = 0.0
      for sentence in 0..<count {
        let rank = base + damping * received(by: sentence, from: sums, less: sent[sentence], factors)
        change = max(change, abs(rank - ranks[sentence]))
        ranks[sentence] = rank
      }
      if change <= tolerance { break }
    }
    let total = ranks.reduce(0, +)
    return ranks.map { $0 / total }
  }
}
