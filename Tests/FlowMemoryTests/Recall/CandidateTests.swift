import FlowCore
import RandomSupport
import Testing

@testable import FlowMemory

@Suite struct `Candidates of a search` {
  /// Terms as skewed as words are: the first stands in most steps, the last in a few; some steps are hot.
  private static func terms(_ count: Int, steps: Int, using random: inout SeededRandom) -> [SearchTerm] {
    (0..<count).map { rank in
      let share = 0.9 / Double(rank * rank + 1)
      let weights = [1, 255, 40].randomElement(using: &random)!
      let start = Int.random(in: 1...1000, using: &random)
      let postings = (1...steps).filter { _ in Double.random(in: 0..<1, using: &random) < share }
        .map { step in
          let isHot = step / 128 % 9 == rank % 9
          let weight = isHot ? 255 : Int.random(in: 1...weights, using: &random)
          return Posting(step: start + step, weight: UInt8(weight))
        }
      let rarity = Int.random(in: 0...3, using: &random) == 0 ? rank % 2 : 100 * (rank + 1)
      return SearchTerm(list: PostingList(postings), rarity: rarity)
    }
  }

  /// Everything added up.
  private static func exhaustive(_ terms: [SearchTerm], limit: Int) -> [(step: Int, score: Int)] {
    var sums: [Int: Int] = [:]
    for term in terms {
      term.list.forEach { step, weight in sums[step, default: 0] += term.rarity * Int(weight) }
    }
    return sums.filter { $0.value > 0 }.map { (step: $0.key, score: $0.value) }
      .sorted { ($1.score, $0.step) < ($0.score, $1.step) }
      .prefix(limit)
      .sorted { $0.step < $1.step }
  }

  @Test(arguments: 1...60 as ClosedRange<UInt64>)
  func `they are those of adding up everything`(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let steps = [1, 50, 700, 6000].randomElement(using: &random)!
    var terms = Self.terms(Int.random(in: 1...12, using: &random), steps: steps, using: &random)
    terms.shuffle(using: &random)
    let limit = [1, 2, 10, 100, 2000].randomElement(using: &random)!
    let found = CandidateSelector(limit: limit).select(terms)
    let expected = Self.exhaustive(terms, limit: limit)
    #expect(found.steps == expected.map(\.step), "seed \(seed)")
    #expect(found.scores == expected.map(\.score), "seed \(seed)")
  }

  @Test func `ties go to the lower number`() {
    let all = PostingList((1...500).map { Posting(step: $0, weight: 7) })
    let found = CandidateSelector(limit: 10).select([SearchTerm(list: all, rarity: 3)])
    #expect(found.steps == Array(1...10) && found.scores == Array(repeating: 21, count: 10))
  }

  @Test func `nothing to find is no candidate`() {
    let empty = SearchTerm(list: PostingList(), rarity: 9)
    let unweighted = SearchTerm(list: PostingList([Posting(step: 3, weight: 1)]), rarity: 0)
    for terms in [[], [empty], [unweighted], [empty, unweighted]] {
      #expect(CandidateSelector().select(terms) == Candidates(steps: [], scores: []))
    }
  }
}

@Suite struct `Term saturation` {
  @Test func `weights survive their quantisation nearly whole`() {
    for length in [1, 10, 40, 400, 40_000] {
      for frequency in [1, 2, 5, 100] where frequency <= length {
        let weight = TermSaturation.weight(frequency: frequency, length: length)
        let quantized = TermSaturation.quantized(weight)
        #expect(quantized >= 1)
        #expect(abs(TermSaturation.restored(quantized) - weight) <= 1.9 / 255 || quantized == 1)
      }
    }
  }

  @Test func `a term that stands once in a step of the usual length weighs one`() {
    #expect(abs(TermSaturation.weight(frequency: 1, length: 40) - 1) < 1e-12)
  }
}
