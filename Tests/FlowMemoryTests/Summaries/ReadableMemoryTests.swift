import FlowCore
import FlowMemory
import FlowStore
import FlowText
import Foundation
import Testing
import RandomSupport

@Suite(.timeLimit(.minutes(15))) struct `Readable memory` {
  private let bench: MemoryBench

  init() throws { bench = try MemoryBench() }

  private func fill(_ count: Int, seed: UInt64 = 1) async throws -> MemoryContext {
    var random = SeededRandom(seed: seed)
    let memory = bench.memory(MemoryLimits(shortTermSteps: 6, keepSteps: 3))
    _ = try await memory.update(random.steps(count))
    return memory
  }

  private func expectSectionsAreRoots() async throws {
    let roots = try await bench.roots()
    let sections = try await bench.markdown.entries()
    #expect(sections.map(\.key) == roots.map(\.id.description))
    for (section, root) in zip(sections, roots) {
      let lines = try #require(section.value.string).split(separator: "\n").map(String.init)
      #expect(lines == root.bullets.map(\.line))
      #expect(section.meta["version"]?.int == root.version)
      #expect(section.meta["by"]?.string == root.by)
      #expect(section.meta["modified"]?.bool == false)
      let title = try #require(section.meta["title"]?.string)
      let end = root.id.last.rawValue
      let steps = root.id.first == root.id.last ? "Step \(end) " : "Steps \(root.id.first.rawValue)–\(end) "
      #expect(title.hasPrefix(steps))
      #expect(title.contains(root.span.lowerBound.date.description))
    }
    #expect(try await bench.markdown.faults().isEmpty)
  }

  @Test(arguments: 1...4 as ClosedRange<UInt64>)
  func `its sections are the roots`(seed: UInt64) async throws {
    let memory = try await fill(50, seed: seed)
    try await memory.renderSummaries()
    try await expectSectionsAreRoots()
    try await memory.renderSummaries()
    try await expectSectionsAreRoots()
  }

  @Test func `rendering again after more steps catches up`() async throws {
    let memory = try await fill(20)
    try await memory.renderSummaries()
    let before = try await bench.markdown.entries()
    var random = SeededRandom(seed: 9)
    let roots = try await bench.roots().map(\.id)
    _ = try await memory.update(random.steps(6))
    try #require(try await bench.roots().map(\.id).starts(with: roots))
    try await memory.renderSummaries()
    try await expectSectionsAreRoots()
    let after = try await bench.markdown.entries()
    #expect(after.count > before.count)
    #expect(after.prefix(before.count).map(\.value) == before.map(\.value))
  }

  @Test func `a parent takes the place of its children`() async throws {
    let memory = try await fill(20)
    try await memory.renderSummaries()
    let children = try await bench.roots()
    var random = SeededRandom(seed: 9)
    while try await bench.roots().allSatisfy({ $0.level == 0 }) {
      _ = try await memory.update(random.steps(4))
    }
    try await memory.renderSummaries()
    try await expectSectionsAreRoots()
    let keys = try await bench.markdown.entries().map(\.key)
    #expect(children.count > 1 && !keys.contains(children[0].id.description))
  }

  @Test func `without a roll-up there is nothing to write`() async throws {
    let memory = bench.memory()
    try await memory.update(Step(role: .user, content: "hello"))
    try await memory.renderSummaries()
    #expect(try await bench.markdown.entries().isEmpty)
  }

  @Test func `a lost section comes back, one of no summary goes, one edited by hand stays`() async throws {
    let memory = try await fill(24)
    try await memory.renderSummaries()
    let keys = try await bench.markdown.entries().map(\.key)
    try #require(keys.count >= 3)
    _ = try await bench.markdown.remove([keys[0]])
    let stray = CachedResult(key: "m900-901", value: "- stray [s900]\n", created: SteppedClock.start)
    try await bench.markdown.set(stray)
    let path = "\(bench.folder)/cache/memory_cache.md"
    var text = try String(contentsOfFile: path, encoding: .utf8)
    let section = try #require(text.range(of: "<!-- flow \(keys[1]) "))
    let line = try #require(text.range(of: "-->\n\n", range: section.upperBound..<text.endIndex))
    text.insert(contentsOf: "- a note by hand [s1]\n", at: line.upperBound)
    try text.write(toFile: path, atomically: true, encoding: .utf8)

    try await memory.renderSummaries()
    let sections = try await bench.markdown.entries()
    #expect(sections.map(\.key) == keys)
    #expect(sections[1].value.string?.hasPrefix("- a note by hand [s1]\n") == true)
    #expect(sections[1].meta["modified"]?.bool == true)
  }
}

@Suite struct `TextRank summarizer` {
  private let summarizer = TextRankSummarizer(tokenizer: BytePairTokenizer.o200kBase)

  private func source(_ steps: [Step], budget: Int) -> SummarySource {
    let archived = steps.enumerated().map { index, step in
      ArchivedStep(
        id: StepID(index + 1),
        step: step,
        ts: SteppedClock.start,
        tokens: BytePairTokenizer.o200kBase.count(step.content),
        sitting: 1
      )
    }
    return SummarySource(steps: archived, budget: budget)
  }

  @Test(arguments: [Int.min, -1, 0]) func `no budget gives no bullets`(budget: Int) {
    #expect(summarizer.bullets(of: source([Step(role: .user, content: "One. Two.")], budget: budget)).isEmpty)
  }

  @Test(arguments: 1...6 as ClosedRange<UInt64>)
  func `bullets fit the budget, stand in order and are repeatable`(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    for budget in [1, 5, 20, 80, 300, 2000] {
      let source = source(random.steps(12), budget: budget)
      let bullets = summarizer.bullets(of: source)
      let rendered = bullets.map { $0.line + "\n" }.joined()
      let tokens = BytePairTokenizer.o200kBase.count(rendered)
      #expect(tokens <= budget, "seed \(seed)")
      let sentences = bullets.prefix { FactsLine(reading: $0.text) == nil }
      #expect(bullets.count - sentences.count <= 1, "seed \(seed)")
      #expect(
        sentences.map(\.source.lowerBound) == sentences.map(\.source.lowerBound).sorted(),
        "seed \(seed)"
      )
      #expect(bullets.allSatisfy { $0.weight >= 0 }, "seed \(seed)")
      #expect(rendered.split(separator: "\n").count == bullets.count, "seed \(seed)")
      #expect(summarizer.bullets(of: source) == bullets, "seed \(seed)")
    }
  }

  @Test func `with budget for all, something of every telling step is kept`() {
    let steps = [
      Step(role: .user, content: "The certificate of mirror.example.com expired on 3 May."),
      Step(role: .assistant, name: "Ada", content: "인증서를 새로 발급했다. 서버를 다시 시작했다."),
    ]
    let bullets = summarizer.bullets(of: source(steps, budget: 1000))
    #expect(
      bullets.contains { $0.line == "- user: The certificate of mirror.example.com expired on 3 May. [s1]" }
    )
    #expect(bullets.contains { $0.text.hasPrefix("Ada: 인증서를") && $0.line.hasSuffix(" [s2]") })
  }

  @Test func `a speaker's name cannot break the line`() {
    let step = Step(role: .user, name: "x\n## Pinned\u{2028}y", content: "The deploy failed again today.")
    let bullets = summarizer.bullets(of: source([step], budget: 100))
    #expect(bullets.map(\.line) == ["- x ## Pinned y: The deploy failed again today. [s1]"])
  }
}
