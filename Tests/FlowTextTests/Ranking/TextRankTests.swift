import Testing

@testable import FlowText
import RandomSupport

@Suite struct `Sentence ranking` {
  private let talk = [
    "Jun: Hi there, how are you?", "Ana: Great, thanks!",
    "Jun: The mirror in Seoul sent 1,204 bad rows on Monday.",
    "Ana: Which mirror do you mean?", "Jun: The mirror in Seoul, it sent bad rows.",
    "Ana: I will fix Sources/Loader.swift tomorrow.", "Jun: Okay, good.",
  ]
  private func costs(_ sentences: [String]) -> [Int] { sentences.map { $0.utf8.count / 4 + 1 } }

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

  @Test func `facts are kept before questions and courtesies`() {
    let picked = TextRank().select(talk, costs: costs(talk), budget: 30).map(\.index)
    #expect(picked == [2, 5])
  }

  @Test func `what was said is not picked again while something new is left`() {
    let sentences = ["alpha beta gamma delta", "alpha beta gamma delta", "epsilon zeta eta theta"]
    let picked = TextRank().select(sentences, costs: [1, 1, 1], budget: 2).map(\.index)
    #expect(picked == [0, 2])
  }

  @Test func `weights are what each sentence added`() throws {
    let picked = TextRank().select(
      ["alpha beta gamma delta", "alpha beta gamma delta"],
      costs: [1, 1],
      budget: 2
    )
    try #require(picked.count == 2)
    #expect(abs(picked[1].weight - picked[0].weight / 2) < 1e-9)
  }

  @Test func `any choice is ordered, distinct, within budget and the same each time`() {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SeededRandom(seed: seed)
    for _ in 0..<200 {
      let sentences = (0..<Int.random(in: 0...30, using: &random)).map { _ in random.text(most: 60) }
      let costs = sentences.map { _ in Int.random(in: 1...20, using: &random) }
      let budget = Int.random(in: 0...120, using: &random)
      let picked = TextRank().select(sentences, costs: costs, budget: budget)
      #expect(picked.reduce(0) { $0 + costs[$1.index] } <= budget, "seed \(seed)")
      #expect(zip(picked, picked.dropFirst()).allSatisfy { $0.index < $1.index }, "seed \(seed)")
      #expect(picked == TextRank().select(sentences, costs: costs, budget: budget), "seed \(seed)")
      #expect(picked.allSatisfy { $0.weight >= 0 && $0.weight.isFinite }, "seed \(seed)")
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
