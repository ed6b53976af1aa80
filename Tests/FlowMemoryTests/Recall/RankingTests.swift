import FlowCore
import FlowText
import RandomSupport
import Testing

@testable import FlowMemory

private let queries = [
  "zebra", "When did the deploy fail?", "인증서가 언제 만료됐어?", "会议 明天", "Please help me write a letter",
  "What did you tell me last week?", "How many retries?", "", "?", "the", "Caroline birthday", "😀",
  "What did I buy in April 2024?",
]

@Suite(.timeLimit(.minutes(15))) struct `Recall ranking` {
  @Test(arguments: 1...6 as ClosedRange<UInt64>)
  func `parts add up, values descend, and the same state gives the same order`(seed: UInt64) async throws {
    var random = SeededRandom(seed: seed)
    let bench = try RecallBench()
    try await bench.add(random.steps(random.number(1...60)))
    for query in queries + [random.hostile(), random.paragraph(5...40)] {
      let note = "seed \(seed), \(query.debugDescription)"
      let evidence = try await bench.evidence(query)
      let ranking = Ranking(evidence)
      #expect(ranking.steps.map(\.profile.id).sorted() == evidence.table.profiles.map(\.id), "\(note)")
      for step in ranking.steps {
        let all = ranking.parts(of: step)
        #expect(all.reduce(0) { $0 + $1.value } == step.value, "\(note): \(step.profile.id)")
        let relevance = ranking.relevanceParts(of: step)
        #expect(relevance.reduce(0) { $0 + $1.value } == step.relevance, "\(note): \(step.profile.id)")
        #expect(all.allSatisfy { $0.value != 0 } && Set(all.map(\.name)).count == all.count, "\(note)")
        #expect(zip(all, all.dropFirst()).allSatisfy { abs($0.value) >= abs($1.value) }, "\(note)")
        let prices = all.filter { part in !relevance.contains { $0.name == part.name } }
        #expect(prices.allSatisfy { $0.name.contains("price") }, "\(note): \(prices)")
      }
      let isOrdered = zip(ranking.steps, ranking.steps.dropFirst()).allSatisfy { first, second in
        first.value > second.value || (first.value == second.value && first.profile.id < second.profile.id)
      }
      #expect(isOrdered, "\(note)")
      let again = Ranking(try await bench.evidence(query))
      #expect(again.steps == ranking.steps, "\(note)")
      #expect(again.steps.map(ranking.explanation) == ranking.steps.map(ranking.explanation), "\(note)")
    }
  }

  @Test func `ties go to the older step`() async throws {
    let bench = try await RecallBench([
      [.user("zebra")], [.user("zebra")], [.user("zebra")], [.user("zebra")],
    ])
    let table = try await bench.evidence("quartz")
    // The first to say it says something new.
    let ranked = RecallRanker(evidence: table).rank().filter { $0.profile.id > StepID(2) }
    #expect(Set(ranked.map(\.value)).count == 1)
    #expect(ranked.map(\.profile.id.rawValue) == [3, 4])
  }

  @Test func `the step that answers stands first, and of two that tell the same the shorter`() async throws {
    let long = "A zebra crossed. " + String(repeating: "Nothing else was there to see. ", count: 40)
    let bench = try await RecallBench([
      Step.filler(5), [.assistant(long)], [.assistant("A zebra crossed.")], Step.filler(5),
    ])
    let ranked = Ranking(try await bench.evidence("zebra")).steps
    #expect(ranked.first?.profile.id == StepID(7))
    let relevance = Dictionary(uniqueKeysWithValues: ranked.map { ($0.profile.id.rawValue, $0.relevance) })
    #expect(relevance.filter { $0.value >= relevance[6]! }.keys.sorted() == [6, 7])
  }

  @Test func `weights decide: with none all are alike`() async throws {
    let bench = try await RecallBench([[.user("zebra")] + Step.filler(4)])
    let evidence = try await bench.evidence("zebra")
    let flat = RecallRanker(evidence: evidence, weights: RecallWeights([:])).rank()
    #expect(flat.map(\.profile.id.rawValue) == [1, 2, 3, 4, 5] && flat.allSatisfy { $0.value == 0 })
    let words = RecallRanker(evidence: evidence, weights: RecallWeights([.words: -1])).rank()
    #expect(words.last?.profile.id == StepID(1) && words.last.map { $0.value < 0 } == true)
  }

  @Test func `without evidence there is nothing to rank`() {
    #expect(Ranking(nil).steps.isEmpty)
  }

  @Test func `an explanation names the score and its greatest parts`() async throws {
    let bench = try await RecallBench([[.user("A zebra crossed the river")] + Step.filler(3)])
    let ranking = Ranking(try await bench.evidence("zebra"))
    let best = try #require(ranking.steps.first { $0.profile.id == StepID(1) })
    let explanation = ranking.explanation(of: best)
    let greatest = ranking.relevanceParts(of: best).prefix(2)
    for part in greatest { #expect(explanation.contains("\(part.name) \(millionths(part.value))")) }
    #expect(explanation.contains(": ") && explanation.allSatisfy { !$0.isNewline })
  }

  @Test func `every feature has a weight, and costs count against a step`() {
    for feature in RecallFeature.allCases {
      #expect(RecallWeights.learnt[feature] != 0, "\(feature)")
      if feature.isPrice, feature != .answeredPrice {
        #expect(RecallWeights.learnt[feature] < 0, "\(feature)")
      }
    }
    #expect(Set(RecallFeature.allCases.map(\.name)).count == RecallFeature.allCases.count)
    #expect(RecallFeature.sittingBest.name == "sitting_best")
  }
}

@Suite struct `Recall query` {
  private func query(_ text: String, _ speakers: [String] = ["Caroline Smith", "Melanie"]) -> RecallQuery {
    RecallQuery(text, speakers: speakers, today: 19_825)
  }

  @Test func `a role is no person`() {
    #expect(query("what did the user say about the zebra", ["user", "Ada"]).speaker == nil)
  }

  @Test func `a name is whom it is about, not what`() {
    let asked = query("Where did Caroline see a zebra?")
    #expect(asked.speaker == "Caroline Smith")
    #expect(!asked.terms.contains { TermAnalyzer().terms(in: "Caroline").contains($0) })
    #expect(query("Where did Caroline and Melanie see it?").speaker == nil)
  }

  @Test func `a query of nothing but a name is about the name`() {
    let asked = query("Caroline")
    #expect(asked.speaker == "Caroline Smith" && asked.terms == TermAnalyzer().terms(in: "Caroline"))
  }

  @Test func `related terms stand beside their own, and are none of the query's`() {
    let asked = query("Which instruments and which violin did she buy?")
    #expect(asked.members.count == asked.terms.count && asked.synonyms.count == asked.terms.count)
    #expect(asked.members.joined().contains(TermAnalyzer().terms(in: "guitar")[0]))
    let own = Set(asked.terms)
    #expect((asked.members + asked.synonyms).joined().allSatisfy { !own.contains($0) })
  }

  @Test func `a whole document is read by its first terms`() {
    let words = (0..<5000).map { "word\($0)" }.joined(separator: " ")
    #expect(query(words).terms.count == RecallQuery.maximumTerms)
  }

  @Test func `each string once, in the order of first standing`() {
    #expect(["b", "a", "b", "c", "a"].distinct() == ["b", "a", "c"])
  }
}
