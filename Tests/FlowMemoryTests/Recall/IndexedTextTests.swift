import FlowCore
import FlowStore
import FlowText
import RandomSupport
import Testing

@testable import FlowMemory

@Suite struct `Packed marks` {
  private func check(_ text: String, newTerms: Int, _ note: String) {
    let marks = StepMarks(text)
    let packed = PackedMarks(marks, newTerms: newTerms)
    #expect(packed == PackedMarks(bits: packed.bits), "\(note)")
    #expect(packed.isStandingRule == marks.isStandingRule, "\(note)")
    #expect(packed.isPreference == marks.isPreference, "\(note)")
    #expect(packed.isQuestion == marks.isQuestion, "\(note)")
    #expect(packed.firstPerson == min(7, marks.firstPersonCount), "\(note)")
    #expect(packed.timeWords == min(7, marks.timeWords), "\(note)")
    #expect(packed.properNames == min(7, marks.properNameCount), "\(note)")
    #expect(packed.newTerms == min(15, newTerms), "\(note)")
  }

  @Test(arguments: [
    "", "Always answer in French.", "I prefer tea.", "Is it late?", "I, me, my, we, our, us, mine, I and I",
    "Yesterday, today, tomorrow, on Monday, on Tuesday, in May, in June, last week, next year",
    "There were Ada, Bob, Cy, Di, Ed, Fay, Gil, Hal and Ida", "1 2 3 4 5 6 7 8 9 10 11 12",
    "항상 한국어로 답해 주세요.", "From now on, always tell me: do I prefer 3 or 4 on Monday, as Ada does?",
  ]) func `marks are read back, counts up to seven`(text: String) {
    for newTerms in [0, 1, 15, 16, 5000] { check(text, newTerms: newTerms, text) }
  }

  @Test(arguments: 1...40 as ClosedRange<UInt64>) func `marks of any text are read back`(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    for _ in 0..<10 { check(random.content(), newTerms: random.number(0...20), "seed \(seed)") }
  }

  @Test func `each field has its own bits`() {
    let all = PackedMarks(bits: 0x7_FFFF)
    #expect(all.isStandingRule && all.isPreference && all.isQuestion)
    #expect([all.firstPerson, all.timeWords, all.properNames] == [7, 7, 7] && all.newTerms == 15)
    let free = 12...14
    for bit in 0..<19 {
      let one = PackedMarks(bits: 1 << bit)
      let fields = [
        one.isStandingRule ? 1 : 0, one.isPreference ? 1 : 0, one.isQuestion ? 1 : 0, one.firstPerson,
        one.timeWords, one.properNames, one.newTerms,
      ]
      #expect(fields.filter { $0 != 0 }.count == (free.contains(bit) ? 0 : 1), "bit \(bit)")
    }
  }
}

@Suite struct `Indexed text` {
  private func indexed(_ step: Step, at time: String = "2024-04-12T08:00:00Z") -> IndexedStep {
    IndexedText(step, ts: Timestamp(iso8601: time)!).indexed(as: StepID(3), newTerms: 0)
  }

  @Test func `a step is found by its words, its speaker and its day`() {
    let step = indexed(.person("Caroline", "The zebra ate the zebra food"))
    let terms = Dictionary(uniqueKeysWithValues: step.terms.map { ($0.term, $0.weight) })
    let analyzed = TermAnalyzer().frequencies(in: "Caroline The zebra ate the zebra food")
    #expect(Set(terms.keys) == Set(analyzed.map(\.term)).union([IndexTerm.day(19_825)]))
    #expect(step.length == analyzed.reduce(0) { $0 + $1.count })
    for (term, count) in analyzed {
      let weight = TermSaturation.weight(frequency: count, length: step.length)
      #expect(terms[term] == TermSaturation.quantized(weight), "\(term)")
    }
    #expect(
      step.id == StepID(3)
        && step.marks == PackedMarks(StepMarks("The zebra ate the zebra food"), newTerms: 0).bits
    )
  }

  @Test func `rules and preferences are terms of their own, and not of a step's length`() {
    let plain = indexed(.user("tea is prepared in the kitchen"))
    let both = indexed(.user("From now on, always call me Ada. I prefer tea."))
    #expect(!plain.terms.contains { [IndexTerm.rule, IndexTerm.preference].contains($0.term) })
    for term in [IndexTerm.rule, IndexTerm.preference] {
      #expect(both.terms.filter { $0.term == term }.map(\.weight) == [1], "\(term.debugDescription)")
    }
    #expect(both.length == TermAnalyzer().terms(in: "From now on, always call me Ada. I prefer tea.").count)
  }

  @Test(arguments: 1...30 as ClosedRange<UInt64>)
  func `no text holds a term that is no word, and none is named twice`(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    for _ in 0..<10 {
      let content = random.pick(["\u{1}rule", "\u{1}d19825", "\u{1}preference "]) + random.content()
      let step = indexed(Step(role: .user, name: random.speaker(), content: content))
      let marked = step.terms.filter { $0.term.utf8.first == 1 }.map(\.term)
      let marks = StepMarks(content)
      var expected = [IndexTerm.day(19_825)]
      if marks.isStandingRule { expected.append(IndexTerm.rule) }
      if marks.isPreference { expected.append(IndexTerm.preference) }
      #expect(marked == expected, "seed \(seed)")
      #expect(Set(step.terms.map { Array($0.term.utf8) }).count == step.terms.count, "seed \(seed)")
      #expect(step.terms.allSatisfy { $0.weight > 0 }, "seed \(seed)")
    }
  }
}

@Suite(.timeLimit(.minutes(15))) struct `New terms` {
  @Test(arguments: 1...6 as ClosedRange<UInt64>)
  func `a step's are those that no step before it holds, however the steps come in`(seed: UInt64) async throws
  {
    var random = SeededRandom(seed: seed)
    let steps = random.steps(40)
    var said: Set<[UInt8]> = []
    let expected = steps.map { step in
      let terms = IndexedText(step, ts: step.ts!).terms.filter { !IndexTerm.isMark($0.term) }
        .map { Array($0.term.utf8) }
      return min(15, terms.count { said.insert($0).inserted })
    }
    for batch in [1, 7, 40] {
      let bench = try MemoryBench()
      var memory = bench.memory()
      for start in stride(from: 0, to: steps.count, by: batch) {
        // Another process knows nothing of what this one stored.
        if random.once(in: 3) { memory = bench.memory() }
        _ = try await memory.update(Array(steps[start..<min(steps.count, start + batch)]))
      }
      let profiles = try await bench.database.read { memory throws(FlowError) in
        try memory.recall.profiles(of: (1...40).map(StepID.init))
      }
      #expect(
        profiles.map { PackedMarks(bits: $0.marks).newTerms } == expected,
        "seed \(seed), \(batch) at a time"
      )
    }
  }
}
