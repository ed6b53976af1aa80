import FlowCore
import FlowText
import RandomSupport
import Testing

@testable import FlowMemory

@Suite struct `Packed marks` {
  private func check(_ text: String, _ note: String) {
    let marks = StepMarks(text)
    let packed = PackedMarks(marks)
    #expect(packed == PackedMarks(bits: packed.bits), "\(note)")
    #expect(packed.isStandingRule == marks.isStandingRule, "\(note)")
    #expect(packed.isPreference == marks.isPreference, "\(note)")
    #expect(packed.isQuestion == marks.isQuestion, "\(note)")
    #expect(packed.firstPerson == min(7, marks.firstPersonCount), "\(note)")
    #expect(packed.timeWords == min(7, marks.timeWords), "\(note)")
    #expect(packed.properNames == min(7, marks.properNameCount), "\(note)")
    #expect(packed.numbers == min(7, marks.numberCount), "\(note)")
  }

  @Test(arguments: [
    "", "Always answer in French.", "I prefer tea.", "Is it late?", "I, me, my, we, our, us, mine, I and I",
    "Yesterday, today, tomorrow, on Monday, on Tuesday, in May, in June, last week, next year",
    "There were Ada, Bob, Cy, Di, Ed, Fay, Gil, Hal and Ida", "1 2 3 4 5 6 7 8 9 10 11 12",
    "항상 한국어로 답해 주세요.", "From now on, always tell me: do I prefer 3 or 4 on Monday, as Ada does?",
  ]) func `marks are read back, counts up to seven`(text: String) {
    check(text, text)
  }

  @Test(arguments: 1...40 as ClosedRange<UInt64>) func `marks of any text are read back`(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    for _ in 0..<10 { check(random.content(), "seed \(seed)") }
  }

  @Test func `each field has its own bits`() {
    let all = PackedMarks(bits: 0x7FFF)
    #expect(all.isStandingRule && all.isPreference && all.isQuestion)
    #expect([all.firstPerson, all.timeWords, all.properNames, all.numbers] == [7, 7, 7, 7])
    for bit in 0..<15 {
      let one = PackedMarks(bits: 1 << bit)
      let fields = [
        one.isStandingRule ? 1 : 0, one.isPreference ? 1 : 0, one.isQuestion ? 1 : 0, one.firstPerson,
        one.timeWords, one.properNames, one.numbers,
      ]
      #expect(fields.filter { $0 != 0 }.count == 1, "bit \(bit)")
    }
  }
}

@Suite struct `Indexed text` {
  private func indexed(_ step: Step, at time: String = "2024-04-12T08:00:00Z") -> IndexedStep {
    IndexedText(step, ts: Timestamp(iso8601: time)!).indexed(as: StepID(3))
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
    #expect(step.id == StepID(3) && step.marks == PackedMarks(StepMarks("The zebra ate the zebra food")).bits)
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

  @Test(arguments: [
    ("1970-01-01T00:00:00Z", 0), ("1970-01-01T23:59:59.999Z", 0), ("1970-01-02T00:00:00Z", 1),
    ("1969-12-31T23:59:59.999Z", -1), ("1969-12-31T00:00:00Z", -1), ("1969-12-30T23:59:59Z", -2),
    ("2024-02-29T12:00:00Z", 19_782), ("0001-01-01T00:00:00Z", -719_162),
  ]) func `days begin at midnight, before 1970 too`(time: String, day: Int) {
    #expect(IndexTerm.day(of: Timestamp(iso8601: time)!) == day)
  }
}
