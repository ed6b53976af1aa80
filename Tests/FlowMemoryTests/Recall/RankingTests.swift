import FlowCore
import FlowText
import Testing

@testable import FlowMemory

@Suite struct `Term weights` {
  private let bm25 = BM25(documents: 1000, totalLength: 20_000)

  @Test func `rarer terms weigh more, and none weighs less than nothing`() {
    let weights = (0...1000).map(bm25.inverseFrequency)
    #expect(zip(weights, weights.dropFirst()).allSatisfy { $0 > $1 })
    #expect(weights.allSatisfy { $0 > 0 })
  }

  @Test func `more of a term tells more, ever less so, and never beyond the bound`() {
    for length in [1, 20, 500] {
      let weights = (1...100).map { bm25.weight(frequency: $0, length: length) }
      let gains = zip(weights.dropFirst(), weights).map { $0 - $1 }
      #expect(gains.allSatisfy { $0 > 0 } && zip(gains, gains.dropFirst()).allSatisfy { $0 > $1 })
      #expect(weights.allSatisfy { $0 < 1.9 })
    }
  }

  @Test func `length counts against a document`() {
    let weights = (1...200).map { bm25.weight(frequency: 2, length: $0) }
    #expect(zip(weights, weights.dropFirst()).allSatisfy { $0 > $1 })
  }

  @Test func `an empty archive divides by nothing`() {
    let empty = BM25(documents: 0, totalLength: 0)
    #expect(empty.weight(frequency: 1, length: 1).isFinite && empty.inverseFrequency(0).isFinite)
  }
}

/// Steps by hand: ten in two sittings, 1–5 and 6–10.
private struct HandMade {
  var speakers: [String?] = Array(repeating: nil, count: 10)
  var tokens = Array(repeating: 20, count: 10)
  var postings: [[Int]] = []

  func evidence(_ query: String, named: [String: Int] = [:]) -> RecallEvidence {
    let profiles = (1...10).map { id in
      StepProfile(
        id: StepID(id),
        ts: SteppedClock.start,
        sitting: id <= 5 ? 1 : 2,
        tokens: tokens[id - 1],
        length: 10,
        marks: 0,
        speaker: id
      )
    }
    let query = RecallQuery(query, speakers: named)
    return RecallEvidence(
      query: query,
      postings: postings.map { PostingList($0.map { Posting(step: $0, weight: 128) }) },
      speakers: Set(
        speakers.indices.filter { speakers[$0] != nil && speakers[$0] == query.speaker }.map { $0 + 1 }
      ),
      profiles: profiles,
      sittings: [
        1: SittingProfile(range: StepID(1)...StepID(5), length: 50),
        2: SittingProfile(range: StepID(6)...StepID(10), length: 50),
      ],
      figures: ArchiveFigures(steps: 10, tokens: 200, terms: 100, sittings: 2, newest: StepID(10))
    )
  }

  func parts(_ query: String = "zebra", named: [String: Int] = [:]) -> [Int: [String: Int]] {
    let ranked = RecallRanker(evidence: evidence(query, named: named)).rank()
    return Dictionary(
      uniqueKeysWithValues: ranked.map { step in
        (step.profile.id.rawValue, Dictionary(uniqueKeysWithValues: step.parts.map { ($0.name, $0.value) }))
      }
    )
  }
}

@Suite struct `Recall ranker` {
  @Test func `the step that holds the words comes first`() {
    let evidence = HandMade(postings: [[4]]).evidence("zebra")
    let ranked = RecallRanker(evidence: evidence).rank()
    #expect(ranked.first?.profile.id == StepID(4))
    #expect(ranked.count == 10 && ranked.allSatisfy { $0.score == $0.parts.reduce(0) { $0 + $1.value } })
  }

  @Test func `relevance spreads three steps far and not beyond the sitting`() {
    let near = HandMade(postings: [[4]]).parts().mapValues { $0["near"]! }
    #expect(near[1] == 100_000 && near[2] == 350_000 && near[3] == 500_000)
    #expect(near[4] == 0 && near[5] == 350_000)
    for id in 6...10 { #expect(near[id] == 0, "step \(id)") }
    let early = HandMade(postings: [[1]]).parts().mapValues { $0["near"]! }
    #expect(early[2] == 350_000 && early[3] == 500_000 && early[4] == 100_000 && early[5] == 0)
  }

  @Test func `a sitting's score goes to all of its steps`() {
    let parts = HandMade(postings: [[7]]).parts()
    for id in 1...10 { #expect(parts[id]?["sitting"] == (id <= 5 ? 0 : 500_000), "step \(id)") }
  }

  @Test func `a step with both of two rare words beats those with one`() {
    let ranked = RecallRanker(evidence: HandMade(postings: [[2, 9], [9, 4]]).evidence("zebra fountain"))
      .rank()
    #expect(ranked.first?.profile.id == StepID(9))
  }

  @Test func `the one person that is named gets a bonus, two get none`() {
    var hand = HandMade(postings: [[4]])
    hand.speakers = (1...10).map { $0.isMultiple(of: 2) ? "Caroline Smith" : "Melanie" }
    let speakers = ["Caroline Smith": 5, "Melanie": 5]
    let one = hand.parts("What did Caroline see at the zebra?", named: speakers)
    for id in 1...10 { #expect(one[id]?["speaker"] == (id.isMultiple(of: 2) ? 600_000 : 0), "step \(id)") }
    let both = hand.parts("What did Caroline and Melanie see?", named: speakers)
    #expect(both.values.allSatisfy { $0["speaker"] == 0 })
  }

  @Test func `a role is no person`() {
    let query = RecallQuery("what did the user say about the zebra", speakers: ["user": 9, "Ada": 1])
    #expect(query.speaker == nil)
  }

  @Test func `a query of nothing but a name is about the name`() {
    let query = RecallQuery("Caroline", speakers: ["Caroline": 9])
    #expect(query.speaker == "Caroline")
    #expect(query.terms == TermAnalyzer().terms(in: "Caroline"))
  }

  @Test func `ties go to the older step`() {
    let ranked = RecallRanker(evidence: HandMade(postings: []).evidence("zebra")).rank()
    #expect(ranked.map(\.profile.id.rawValue) == Array(1...10))
    #expect(ranked.allSatisfy { $0.score == 0 })
  }
}

@Suite struct `Rank of steps` {
  @Test func `telling steps stand before others, which follow newest first`() {
    let ranked = Rank.steps(HandMade(postings: [[2]]).evidence("zebra")).map(\.profile.id.rawValue)
    #expect(ranked.first == 2)
    #expect(Set(ranked.prefix(5)) == Set(1...5))
    #expect(Array(ranked.suffix(5)) == [10, 9, 8, 7, 6])
  }

  @Test func `of two that tell the same the shorter is worth more, then the older`() {
    var hand = HandMade(postings: [[1, 10]])
    hand.tokens[0] = 2000
    let ranked = Rank.steps(hand.evidence("zebra")).map(\.profile.id.rawValue)
    #expect(ranked.first == 10)
    #expect(ranked.firstIndex(of: 2)! < ranked.firstIndex(of: 1)!)
    let equal = Rank.steps(HandMade(postings: [[3, 8]]).evidence("zebra")).map(\.profile.id.rawValue)
    #expect(Array(equal.prefix(2)) == [3, 8])
  }

  @Test func `without evidence there is nothing to rank`() {
    #expect(Rank.steps(nil).isEmpty)
  }
}
