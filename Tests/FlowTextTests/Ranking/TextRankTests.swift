import Testing

@testable import FlowText
import RandomSupport

@Suite struct `Sentence ranking` {
  @Test func `scores add up to one and favour what others share`() {
    let sentences = ["apple banana cherry", "apple banana", "cherry apple", "zebra"]
    let scores = TextRank().scores(of: sentences)
    #expect(abs(scores.reduce(0, +) - 1) < 1e-9)
    #expect(scores[0] == scores.max())
    #expect(scores[3] == scores.min())
  }

  @Test func `the walk meets the stationary state of a graph solved by hand`() {
    // A star: the middle shares a word with each of three leaves, which have the same length.
    // With d = 0.85 and n = 4: c = 0.0375 + 0.85·3l and l = 0.0375 + 0.85·c/3.
    let scores = TextRank().scores(of: ["red green blue", "red", "green", "blue"])
    let leaf = (0.0375 + 0.85 / 3 * 0.0375) / (1 - 0.85 * 0.85)
    #expect(abs(scores[1] - leaf) < 1e-6)
    #expect(abs(scores[0] - (1 - 3 * leaf)) < 1e-6)
  }

  @Test func `sentences alike have the same score`() {
    #expect(TextRank().scores(of: [String]()).isEmpty)
    let scores = TextRank().scores(of: ["", "of the", "zebra"])
    #expect(scores == [Double](repeating: scores[0], count: 3))
  }

  @Test func `ranks are those of the paper's graph, within what the sum of exponentials leaves`() {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SeededRandom(seed: seed)
    for _ in 0..<60 {
      let sentences = (0..<Int.random(in: 1...25, using: &random)).map { _ in
        Set(
          (0..<Int.random(in: 0...12, using: &random)).map { _ in "t\(Int.random(in: 0...30, using: &random))"
          }
        )
      }
      let scores = TextRank().scores(of: sentences.map { $0.sorted().joined(separator: " ") })
      let expected = SentenceGraph(sentences).ranks(damping: 0.85)
      for (score, rank) in zip(scores, expected) { #expect(abs(score - rank) <= 0.04 * rank, "seed \(seed)") }
    }
  }

  @Test func `thousands of sentences with one word in common stay cheap`() {
    let sentences = (0..<5000).map { "common word\($0) other\($0 % 2500)" }
    let scores = TextRank().scores(of: sentences)
    #expect(abs(scores.reduce(0, +) - 1) < 1e-6)
  }

  @Test(arguments: [
    (1.0, 0.0), (2.718281828459045, 1.0), (10, 2.302585092994046), (0.001, -6.907755278982137),
    (1e300, 690.7755278982137),
  ])
  func `the logarithm is right to double precision`(x: Double, expected: Double) {
    #expect(abs(Logarithm.natural(x) - expected) <= 4e-16 * max(1, abs(expected)))
  }
}
