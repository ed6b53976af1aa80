import FlowCore
import FlowStore
import FlowText
import Foundation
import RandomSupport
import Synchronization
import Testing

@testable import FlowMemory

@Suite(.timeLimit(.minutes(15))) struct `Edits by hand` {
  private let bench: MemoryBench
  private static let file = "cache/memory_cache.md"

  init() throws { bench = try MemoryBench() }

  private static let limits = MemoryLimits(shortTermSteps: 6, keepSteps: 3)

  /// A memory with readable summaries that have bullets.
  private func fill(_ count: Int, seed: UInt64 = 1) async throws -> MemoryContext {
    var random = SeededRandom(seed: seed)
    let memory = bench.memory(Self.limits)
    _ = try await memory.update(random.steps(count, hostile: false))
    try await memory.renderSummaries()
    return memory
  }

  private func text() throws -> String {
    try String(contentsOfFile: "\(bench.folder)/\(Self.file)", encoding: .utf8)
  }

  private func save(_ text: String) throws {
    try text.write(toFile: "\(bench.folder)/\(Self.file)", atomically: true, encoding: .utf8)
  }

  /// What stands in the file from a section's comment to its end.
  private func body(of id: SummaryID, in text: String) throws -> Range<String.Index> {
    let comment = try #require(text.range(of: "<!-- flow \(id) "))
    let start = try #require(text.range(of: "-->\n\n", range: comment.upperBound..<text.endIndex)).upperBound
    let end = text.range(of: "\n\n## ", range: start..<text.endIndex)?.lowerBound ?? text.endIndex
    return start..<max(start, end)
  }

  private func edit(_ id: SummaryID, to new: String) throws {
    var text = try text()
    text.replaceSubrange(try body(of: id, in: text), with: new)
    try save(text)
  }

  private func versions(of id: SummaryID) async throws -> [Summary] {
    try await bench.database.read { memory throws(FlowError) in try memory.summaries.versions(of: id) }
  }

  private func refusals(_ memory: MemoryContext) async throws -> [EditRefusal?] {
    try await memory.editedSections().map(\.refusal)
  }

  @Test func `become a new version, which the file then shows`() async throws {
    let memory = try await fill(24)
    let roots = try await bench.roots()
    let root = try #require(roots.first { $0.bullets.count >= 2 })
    let kept = try #require(root.bullets.last)
    let new = "- 배포는 금요일에만 한다 [\(root.id.last)]\n\(kept.line)"
    try edit(root.id, to: new)
    let edited = try text()
    #expect(try await memory.hasEdits())
    #expect(try await memory.adoptEdits() == [SummaryEdit(summary: root.id, from: 1, to: 2)])
    #expect(try text() == edited)
    let versions = try await versions(of: root.id)
    #expect(versions.map(\.by) == ["textrank", "hand"] && versions[0] == root)
    let bullets = versions[1].bullets
    #expect(bullets.map(\.line) == new.split(separator: "\n").map(String.init))
    #expect(bullets[1] == kept && bullets[0].weight >= max(1_000_000, kept.weight))
    #expect(versions[1].tokens == BytePairTokenizer.o200kBase.count(new + "\n"))
    #expect(versions[1].sourceTokens == root.sourceTokens && versions[1].span == root.span)

    try await memory.renderSummaries()
    let shown = try text()
    #expect(shown.contains("<!-- flow \(root.id) v2 by hand sha256:"))
    #expect(shown[try body(of: root.id, in: shown)] == new)
    #expect(try await bench.markdown.entries().allSatisfy { $0.meta["modified"] == false })
    let prompt = try await memory.retrieve(ContextRequest(query: "x", budget: 6000)).text
    #expect(prompt.contains("\n- 배포는 금요일에만 한다 [\(root.id.last)]\n"))
    #expect(try await bench.database.findings().isEmpty)

    // Nothing is left to do.
    #expect(try await !memory.hasEdits())
    #expect(try await memory.adoptEdits() == [])
    try await memory.renderSummaries()
    #expect(try text() == shown)
  }

  @Test func `are not lost or made twice where they were cut short`() async throws {
    let memory = try await fill(24)
    let root = try #require(try await bench.roots().last)
    try edit(root.id, to: "- mine")
    let edit = SummaryEdit(summary: root.id, from: 1, to: 2)
    for _ in 0..<3 { #expect(try await memory.adoptEdits() == [edit]) }
    #expect(try await versions(of: root.id).count == 2)
    // Before it is recorded, it stays in sight of whoever comes next.
    let before = try text()
    try await memory.renderSummaries(except: [root.id])
    #expect(try text() == before)
    #expect(try await bench.memory(Self.limits).adoptEdits() == [edit])
    try await bench.memory(Self.limits).renderSummaries()
    #expect(try await memory.adoptEdits() == [])
    #expect(try await versions(of: root.id).map(\.version) == [1, 2])
  }

  @Test func `that change nothing but the layout make no version`() async throws {
    let memory = try await fill(24)
    let before = try text()
    for root in try await bench.roots() {
      try edit(
        root.id,
        to: root.bullets.map { "\n*   \($0.text)  [\(Anchor.steps($0.source))]\t" }.joined(separator: "\n")
      )
    }
    try #require(try text() != before)
    #expect(try await memory.adoptEdits() == [])
    try await memory.renderSummaries()
    #expect(try text() == before)
    #expect(try await bench.roots().allSatisfy { $0.version == 1 })
  }

  @Test func `may leave nothing, which is a summary too`() async throws {
    let memory = try await fill(24)
    let root = try #require(try await bench.roots().first { !$0.bullets.isEmpty })
    try edit(root.id, to: "")
    #expect(try await memory.adoptEdits().count == 1)
    try await memory.renderSummaries()
    #expect(try await versions(of: root.id).last?.bullets == [])
    #expect(try await memory.editedSections().isEmpty)
    let shown = try text()
    try await memory.renderSummaries()
    #expect(try text() == shown)
  }

  @Test func `go on from what an editor has open`() async throws {
    let memory = try await fill(24)
    let root = try #require(try await bench.roots().first)
    // The editor knows version 1 only, and saves again and again.
    for (round, words) in ["one", "one two", "one two three"].enumerated() {
      var file = try text()
      file.replaceSubrange(try body(of: root.id, in: file), with: "- \(words)")
      let mark = try #require(file.firstMatch(of: try Regex("<!-- flow \(root.id) v[0-9]+ by [a-z]+")))
      file.replaceSubrange(mark.range, with: "<!-- flow \(root.id) v1 by textrank")
      try save(file)
      #expect(
        try await memory.adoptEdits() == [SummaryEdit(summary: root.id, from: round + 1, to: round + 2)]
      )
      try await memory.renderSummaries()
    }
    let versions = try await versions(of: root.id)
    #expect(versions.dropFirst().map { $0.bullets.map(\.text) } == [["one"], ["one two"], ["one two three"]])
    #expect(versions.dropFirst().allSatisfy { $0.by == "hand" })
  }

  @Test func `do not go over what another made since`() async throws {
    let memory = try await fill(24)
    let root = try #require(try await bench.roots().first)
    try edit(root.id, to: "- mine")
    let better = Summary(
      id: root.id,
      level: 0,
      version: 2,
      by: "gpt-x",
      created: SteppedClock.start,
      bullets: [],
      sourceTokens: root.sourceTokens,
      tokens: 0,
      span: root.span
    )
    try await bench.database.write { transaction throws(FlowError) in try transaction.summaries.add(better) }
    let before = try text()
    #expect(try await !memory.hasEdits())
    #expect(try await memory.adoptEdits() == [])
    try await memory.renderSummaries()
    #expect(try text() == before)
    #expect(try await refusals(memory) == [.superseded(better)])
    // As doctor says.
    try save(before.replacing("<!-- flow \(root.id) v1 by", with: "<!-- flow \(root.id) v2 by"))
    #expect(try await memory.adoptEdits() == [SummaryEdit(summary: root.id, from: 2, to: 3)])
    try await memory.renderSummaries()
    #expect(try await memory.editedSections().isEmpty)
    #expect(try text().contains("v3 by hand"))
  }

  @Test func `of what is a part now are versions of the part, and its whole is made anew`() async throws {
    let memory = try await fill(24)
    let leaves = try await bench.roots()
    let leaf = try #require(leaves.dropFirst().first { !$0.bullets.isEmpty })
    var random = SeededRandom(seed: 9)
    while try await bench.roots().allSatisfy({ $0.level == 0 }) {
      _ = try await memory.update(random.steps(4, hostile: false))
    }
    try edit(leaf.id, to: "- the mirror was replaced on 3 May [\(leaf.id.first)]")
    #expect(try await memory.adoptEdits() == [SummaryEdit(summary: leaf.id, from: 1, to: 2)])
    let root = try #require(try await bench.roots().first)
    #expect(root.level == 1 && root.version == 2 && root.by == "textrank")
    #expect(root.bullets.contains { $0.text == "the mirror was replaced on 3 May" })
    try await memory.renderSummaries()
    let shown = try text()
    #expect(!shown.contains("<!-- flow \(leaf.id) ") && shown.contains("<!-- flow \(root.id) v2 by textrank"))
    #expect(shown.contains("- the mirror was replaced on 3 May [\(leaf.id.first)]"))
    #expect(try await bench.database.findings().isEmpty)

    // Both at once: what a person wrote of the whole stays.
    try edit(root.id, to: "- all of it, by me")
    let part = "<!-- flow \(leaf.id) v2 by hand sha256:0123456789abcdef -->\n\n- the part, by me\n"
    try save(try text() + "\n## The part\n" + part)
    #expect(
      try await memory.adoptEdits()
        == [
          SummaryEdit(summary: root.id, from: 2, to: 3), SummaryEdit(summary: leaf.id, from: 2, to: 3),
        ].sorted { $0.summary < $1.summary }
    )
    let whole = try #require(try await bench.roots().first)
    #expect(whole.version == 3 && whole.bullets.map(\.text) == ["all of it, by me"])
    #expect(try await versions(of: leaf.id).last?.bullets.map(\.text) == ["the part, by me"])
    try await memory.renderSummaries()
    #expect(try await bench.markdown.entries().map(\.key) == (try await bench.roots().map(\.id.description)))
  }

  @Test func `that cannot be adopted stay where they are`() async throws {
    let memory = try await fill(30)
    let roots = try await bench.roots()
    try #require(roots.count >= 4)
    let long = String(repeating: "word ", count: 14_000)
    try edit(roots[0].id, to: long)
    try edit(roots[1].id, to: "- mine\n\n## Steps 90–99\n\n- mine too")
    try edit(roots[2].id, to: "- fine")
    let made = "## Mine\n<!-- flow m2-3 v1 by me sha256:0123456789abcdef -->\n\n- overlapping\n"
    let odd = "## Mine\n<!-- flow notes v1 by me sha256:0123456789abcdef -->\n\n- a note\n"
    try save(try text() + "\n" + made + "\n" + odd)
    #expect(try await memory.adoptEdits().map(\.summary) == [roots[2].id])
    try await memory.renderSummaries()
    let shown = try text()
    for words in [long, "## Steps 90–99\n\n- mine too", "- overlapping", "- a note"] {
      #expect(shown.contains(words))
    }
    let refusals = try await memory.editedSections()
    #expect(
      Set(refusals.map(\.section.key)) == [roots[0].id.description, roots[1].id.description, "m2-3", "notes"]
    )
    for (section, refusal) in refusals {
      switch (section.key, refusal) {
      case ("m2-3", .unknown), ("notes", .unknown), (roots[0].id.description, .tooLong(70_000)): break
      case (roots[1].id.description, .unclear(let finding)):
        #expect(finding.problem.contains("heading without Flow's comment") && finding.line! > section.line)
      default: Issue.record("\(section): \(String(describing: refusal))")
      }
    }
    #expect(try await !memory.hasEdits())
    #expect(try await memory.adoptEdits() == [])
    try await memory.renderSummaries()
    #expect(try text() == shown)
  }

  @Test func `made while the archive is written wait for the next time`() async throws {
    let root: Summary
    do {
      _ = try await fill(24)
      root = try #require(try await bench.roots().first)
    }
    try edit(root.id, to: "- early")
    let late = Mutex(0)
    let page = RestlessPage(page: bench.markdown) {
      let number = late.withLock { late in
        late += 1
        return late
      }
      if number <= 2 { try self.edit(root.id, to: "- late \(number)") }
    }
    let memory = MemoryContext(
      archive: bench.database,
      summaries: page,
      summarizer: TextRankSummarizer(tokenizer: BytePairTokenizer.o200kBase),
      limits: Self.limits,
      clock: bench.clock
    )
    // What was read is never adopted over what the file says by then.
    #expect(try await memory.adoptEdits() == [SummaryEdit(summary: root.id, from: 1, to: 2)])
    #expect(try await versions(of: root.id).dropFirst().map { $0.bullets.map(\.text) } == [["late 2"]])
    try edit(root.id, to: "- after all")
    try await memory.renderSummaries()
    #expect(try text().contains("- after all"))
    #expect(try await memory.adoptEdits() == [SummaryEdit(summary: root.id, from: 2, to: 3)])
  }

  @Test(arguments: 1...5) func `are adopted once by all who do it at the same time`(round: Int) async throws {
    _ = try await fill(40, seed: UInt64(round))
    let roots = try await bench.roots()
    for (index, root) in roots.enumerated() where index % 2 == 0 { try edit(root.id, to: "- edit \(index)") }
    let path = "\(bench.folder)/memory.sqlite"
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<6 {
        group.addTask {
          let memory = MemoryContext(
            archive: try MemoryDatabase(path: path, lockTimeout: 30, connections: .one),
            summaries: MarkdownCache(folder: bench.folder, project: try ProjectName("bench")),
            summarizer: TextRankSummarizer(tokenizer: BytePairTokenizer.o200kBase),
            limits: Self.limits
          )
          try await memory.adoptEdits()
          try await memory.renderSummaries()
        }
      }
      try await group.waitForAll()
    }
    let now = try await bench.roots()
    for (index, root) in now.enumerated() {
      #expect(root.version == (index % 2 == 0 ? 2 : 1))
      #expect(index % 2 != 0 || root.bullets.map(\.text) == ["edit \(index)"])
    }
    #expect(try await bench.markdown.entries().map(\.key) == now.map(\.id.description))
    #expect(try await bench.markdown.entries().allSatisfy { $0.meta["modified"] == false })
  }

  @Test func `are noticed by one who looks again, without reading what is as it was`() async throws {
    _ = try await fill(24)
    let root = try #require(try await bench.roots().first)
    let reads = Mutex(0)
    let page = RestlessPage(page: bench.markdown, isSettled: true) { reads.withLock { $0 += 1 } }
    let memory = MemoryContext(
      archive: bench.database,
      summaries: page,
      summarizer: TextRankSummarizer(tokenizer: BytePairTokenizer.o200kBase),
      limits: Self.limits
    )
    for _ in 0..<5 { #expect(try await !memory.hasEdits()) }
    #expect(reads.withLock { $0 } == 1)
    try edit(root.id, to: "- mine")
    for _ in 0..<2 { #expect(try await memory.hasEdits()) }
    try await memory.adoptEdits()
    try await memory.renderSummaries()
    let before = reads.withLock { $0 }
    for _ in 0..<5 { #expect(try await !memory.hasEdits()) }
    #expect(reads.withLock { $0 } == before + 1)
  }

  @Test(arguments: 1...12 as ClosedRange<UInt64>)
  func `of any kind lose no words, whatever comes between`(seed: UInt64) async throws {
    var random = SeededRandom(seed: seed)
    let memory = bench.memory(MemoryLimits(shortTermSteps: 4, keepSteps: 2))
    _ = try await memory.update(random.steps(20))
    try await memory.renderSummaries()
    var words: [String] = []
    for round in 0..<25 {
      switch random.number(0...5) {
      case 0: _ = try await memory.update(random.steps(random.number(1...9)))
      case 1: try await memory.renderSummaries()
      case 2: try await memory.adoptEdits()
      default:
        let sections = try await bench.markdown.entries().compactMap { Anchor($0.key) }
        guard case .summary(let id)? = sections.randomElement(using: &random) else { continue }
        let word = "w\(round)x\(seed)"
        words.append(word)
        var file = try text()
        let place = try body(of: id, in: file)
        let old = String(file[place])
        // Each keeps the words that earlier edits brought.
        let new = [
          "- \(word)\n\(old)", "\(old)\n\(word) [\(id.first)]", "\(word)\n\n\(old)", "\(old)\n### \(word)",
          "\(old)\n## \(word)", "\(old)\n  \(word)",
        ]
        file.replaceSubrange(place, with: random.pick(new))
        try save(file)
      }
    }
    try await memory.adoptEdits()
    try await memory.renderSummaries()
    let file = try text()
    let all = try await bench.database.read { transaction throws(FlowError) in
      let newest = try transaction.steps.figures().newest?.rawValue ?? 1
      var texts: [String] = []
      for summary in try transaction.summaries.covering((1...newest).map(StepID.init)) {
        texts += try transaction.summaries.versions(of: summary.id).flatMap { $0.bullets.map(\.text) }
      }
      return texts.joined(separator: "\n")
    }
    for word in words { #expect(file.contains(word) || all.contains(word), "seed \(seed): \(word)") }
    #expect(try await bench.database.findings().isEmpty, "seed \(seed)")
    let refused = try await memory.editedSections()
    #expect(refused.allSatisfy { $0.refusal != nil }, "seed \(seed): \(refused)")
    let shown = try await bench.markdown.entries().map(\.key)
    let roots = try await bench.roots().map(\.id.description)
    #expect(Set(shown).subtracting(refused.map(\.section.key)).isSubset(of: roots), "seed \(seed)")
    #expect(Set(roots).isSubset(of: shown), "seed \(seed)")
    try await memory.renderSummaries()
    #expect(try text() == file, "seed \(seed)")
  }

  @Test func `are forgotten where they may tell of the step, and kept where they tell of another`()
    async throws
  {
    let memory = bench.memory(MemoryLimits(shortTermSteps: 4, keepSteps: 2))
    let contents = (1...12).map { "Note \($0): the key of the mirror is sk-live-\($0)x\($0)." }
    _ = try await memory.update(contents.map { Step(role: .user, content: $0) })
    try await memory.renderSummaries()
    let root = try #require(try await bench.roots().first)
    try #require(root.id.range.contains(StepID(1)) && root.id.range.contains(StepID(2)))
    try edit(
      root.id,
      to: """
        - the key was sk-live-1x1 [s1]
        - all keys were changed, sk-live-1x1 too
        - Note 1: the key of the mirror is sk-live-1x1. [s2]
        - deploys are on Friday [s2]
        """
    )
    let receipt = try await memory.forget([StepID(1)], reason: "pasted a key")
    #expect(receipt.summaries == [root.id])
    let versions = try await versions(of: root.id)
    #expect(versions.map(\.version) == [3] && versions[0].by == "hand")
    #expect(versions[0].bullets.map(\.line) == ["- deploys are on Friday [s2]"])
    let shown = try text()
    #expect(shown.contains("- deploys are on Friday [s2]") && !shown.contains("sk-live-1x1"))
    for name in try FileManager.default.subpathsOfDirectory(atPath: bench.folder) {
      let bytes = FileManager.default.contents(atPath: "\(bench.folder)/\(name)") ?? Data()
      #expect(bytes.range(of: Data("sk-live-1x1".utf8)) == nil, "\(name)")
    }
    // Where nothing of it may stay, the summary is Flow's again.
    _ = try await memory.forget([StepID(2)], reason: "pasted a key")
    #expect(try await self.versions(of: root.id).map(\.by) == ["textrank"])
  }
}

/// A page that something happens to right after it was read.
private struct RestlessPage: EditableSections {
  let page: MarkdownCache
  var isSettled: Bool?
  let afterReading: @Sendable () throws -> Void

  func stamp() -> ContentStamp? { page.stamp() }

  func sections() async throws(FlowError) -> SectionList {
    let list = try await page.sections()
    do { try afterReading() } catch { throw FlowError(.internal, "\(error)") }
    guard let isSettled else { return list }
    return SectionList(
      sections: list.sections,
      stamp: list.stamp,
      isSettled: isSettled,
      hasLooseText: list.hasLooseText
    )
  }

  func apply(_ changes: [SectionChange]) async throws(FlowError) -> [String] { try await page.apply(changes) }
  func get(_ key: String) async throws(FlowError) -> CachedResult? { try await page.get(key) }
  func set(_ entries: [CachedResult]) async throws(FlowError) { try await page.set(entries) }
  func remove(_ keys: [String]) async throws(FlowError) -> [String] { try await page.remove(keys) }
  func entries() async throws(FlowError) -> [CachedResult] { try await page.entries() }
  func clear() async throws(FlowError) -> Int { try await page.clear() }
}
