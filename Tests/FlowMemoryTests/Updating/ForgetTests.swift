import FlowCore
import FlowStore
import FlowTestSupport
import FlowText
import Foundation
import RandomSupport
import Testing

@testable import FlowMemory

@Suite(.timeLimit(.minutes(15))) struct `Forgetting` {
  private let bench: MemoryBench
  private static let reason = "pasted a key"

  init() throws { bench = try MemoryBench() }

  /// What the steps' content became under the bench's clock.
  private let mark = "[forgotten 2024-04-12: pasted a key]"

  private func add(_ contents: [String], to memory: MemoryContext) async throws {
    _ = try await memory.update(
      contents.enumerated().map { number, content in
        Step(
          ref: "r\(number + 1)",
          role: .user,
          name: "Mina",
          content: content,
          meta: ["raw": .string(content)]
        )
      }
    )
  }

  private func summaries() async throws -> [Summary] {
    try await bench.database.read { memory throws(FlowError) in
      guard let newest = try memory.steps.figures().newest else { return [] }
      return try memory.summaries.covering((1...newest.rawValue).map(StepID.init))
    }
  }

  /// How many of the folder's files hold a text.
  private func traces(of text: String) throws -> [String] {
    let files = try FileManager.default.subpathsOfDirectory(atPath: bench.folder)
    return files.filter { name in
      let bytes = FileManager.default.contents(atPath: "\(bench.folder)/\(name)") ?? Data()
      return bytes.range(of: Data(text.utf8)) != nil
    }
  }

  @Test func `content and meta go, all else stays`() async throws {
    let memory = bench.memory()
    try await add(["the key is sk-12345678", "thanks"], to: memory)
    try await bench.pin(StepID(1))
    let before = try await bench.steps()
    let receipt = try await memory.forget([StepID(1)], reason: Self.reason)
    #expect(receipt == ForgetReceipt(steps: [StepID(1)], already: [], summaries: []))
    #expect(receipt.isErased)
    let after = try await bench.steps()
    var expected = before[0].step
    expected.content = mark
    expected.meta = [:]
    #expect(after[0].step == expected && after[0].step.pinned && after[0].step.ref == "r1")
    #expect(after[0].tokens == BytePairTokenizer.o200kBase.count(mark))
    #expect(after[0].step.forgotten?.reason == Self.reason)
    #expect(after[1] == before[1])
    #expect(try await memory.search("sk-12345678").isEmpty)
    let hits = try await memory.search("who pasted it?")
    #expect(hits.first?.step.id == StepID(1))
    #expect(try await bench.database.findings(analysisVersion: MemoryContext.analysisVersion).isEmpty)
    #expect(try traces(of: "sk-12345678").isEmpty)
  }

  @Test func `doing it again changes nothing and says so`() async throws {
    let memory = bench.memory(MemoryLimits(shortTermSteps: 4, keepSteps: 2))
    try await add((1...12).map { "the key number \($0) is sk-\($0)" }, to: memory)
    _ = try await memory.forget([StepID(2)], reason: Self.reason)
    let (steps, summaries) = (try await bench.steps(), try await summaries())
    let receipt = try await memory.forget([StepID(2)], reason: "another reason")
    #expect(receipt == ForgetReceipt(steps: [], already: [StepID(2)], summaries: []))
    #expect(try await bench.steps() == steps)
    #expect(try await self.summaries() == summaries)
    let more = try await memory.forget([StepID(3), StepID(2), StepID(3)], reason: Self.reason)
    #expect(more.steps == [StepID(3)] && more.already == [StepID(2)])
  }

  @Test func `whoever reads an earlier state keeps the bytes, not the step`() async throws {
    try await add(["the key is sk-12345678"], to: bench.memory())
    let hasty = MemoryContext(
      archive: try MemoryDatabase(path: "\(bench.folder)/memory.sqlite", lockTimeout: 0.05),
      summaries: bench.markdown,
      summarizer: TextRankSummarizer(tokenizer: BytePairTokenizer.o200kBase),
      clock: bench.clock
    )
    let reader = try await HeldArchive(path: "\(bench.folder)/memory.sqlite")
    let receipt = try await hasty.forget([StepID(1)], reason: Self.reason)
    #expect(receipt.steps == [StepID(1)] && receipt.notErased?.code == .projectLocked)
    #expect(try await bench.steps().map(\.step.content) == [mark])
    try await reader.release()
    let again = try await hasty.forget([StepID(1)], reason: Self.reason)
    #expect(again.already == [StepID(1)] && again.isErased)
    #expect(try traces(of: "sk-12345678").isEmpty)
  }

  @Test func `an id that is not there stops it before any change`() async throws {
    let memory = bench.memory()
    try await add(["one", "two"], to: memory)
    let before = try await bench.steps()
    for ids in [[StepID(1), StepID(3)], [StepID(0)], [StepID(.max), StepID(2)]] {
      let error = await #expect(throws: FlowError.self) { try await memory.forget(ids, reason: Self.reason) }
      #expect(error?.code == .stepNotFound)
    }
    #expect(try await bench.steps() == before)
  }

  @Test(arguments: ["", " \n ", "\u{202E}", "it was sk-12345678", "pasted: the key is sk-12345678, sorry"])
  func `a reason that says nothing or repeats the secret is refused`(reason: String) async throws {
    let memory = bench.memory()
    try await add(["the key is sk-12345678"], to: memory)
    let before = try await bench.steps()
    let error = await #expect(throws: FlowError.self) { try await memory.forget([StepID(1)], reason: reason) }
    #expect(error?.code == .invalidArgument)
    #expect(error?.message.contains("sk-") == false)
    #expect(try await bench.steps() == before)
  }

  @Test func `a ref of a forgotten step does not bring its content back`() async throws {
    let memory = bench.memory()
    try await add(["the key is sk-12345678"], to: memory)
    _ = try await memory.forget([StepID(1)], reason: Self.reason)
    let again = Step(ref: "r1", role: .user, content: "the key is sk-12345678")
    let error = await #expect(throws: FlowError.self) { try await memory.update(again) }
    #expect(error?.code == .stepConflict)
    #expect(error?.message.contains("forgotten on 2024-04-12: pasted a key") == true)
    let known = try await memory.update(Step(ref: "r1", role: .user, content: mark))
    #expect(!known.isNew && known.id == StepID(1))
  }

  @Test func `summaries of all levels are made anew, and only those`() async throws {
    let memory = bench.memory(MemoryLimits(shortTermSteps: 2, keepSteps: 1))
    let words = "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi".split(
      separator: " "
    )
    try await add(
      (1...140).map { number in
        (0..<8).map { "In round \(number) \(words[(number + $0) % 14]) met the key sk-\(number)-q." }
          .joined(separator: " ")
      },
      to: memory
    )
    let before = try await summaries()
    #expect(before.contains { $0.level == 2 }, "the tree is too small to tell")
    let target = try #require(before.first { $0.level == 1 }?.bullets.first?.source.lowerBound)
    let receipt = try await memory.forget([target], reason: Self.reason)
    let after = try await summaries()
    #expect(receipt.summaries == before.filter { $0.id.range.contains(target) }.map(\.id))
    #expect(receipt.summaries.count >= 2)
    for (old, new) in zip(before, after) {
      #expect(new.id == old.id && new.level == old.level)
      #expect(new.version == (receipt.summaries.contains(old.id) ? 2 : 1))
      if new.version == 1 { #expect(new == old) }
      let budget = new.level == 0 ? min(200, new.sourceTokens / 5) : 200 * (new.level + 1)
      #expect(new.tokens <= budget)
    }
    #expect(try traces(of: "sk-\(target.rawValue)-q").isEmpty)
    let sections = try await bench.markdown.entries()
    #expect(sections.map(\.key) == (try await bench.roots().map(\.id.description)))
    #expect(try await bench.database.findings().isEmpty)
  }

  @Test(arguments: 1...4 as ClosedRange<UInt64>)
  func `of random steps nothing is left, and all else is whole`(seed: UInt64) async throws {
    var random = SeededRandom(seed: seed)
    let memory = bench.memory(MemoryLimits(shortTermSteps: random.number(2...6), keepSteps: 1))
    var steps = random.steps(random.number(40...400))
    let secrets = steps.indices.filter { _ in random.once(in: 6) }
    for index in secrets { steps[index].content += "\nthe zq\(index)key is zq\(index)secret." }
    for start in stride(from: 0, to: steps.count, by: 50) {
      _ = try await memory.update(Array(steps[start..<min(steps.count, start + 50)]))
    }
    let before = try await bench.steps()
    let chosen = secrets.filter { _ in random.once(in: 2) } + [0]
    let kept = Set(secrets).subtracting(chosen)
    for batch in [chosen.prefix(chosen.count / 2), chosen.suffix(chosen.count - chosen.count / 2)] {
      let receipt = try await memory.forget(batch.map { StepID($0 + 1) }, reason: Self.reason)
      #expect(receipt.isErased)
    }
    let comment = "seed \(seed)"
    let findings = try await bench.database.findings(analysisVersion: MemoryContext.analysisVersion)
    #expect(findings.isEmpty, "\(comment)")
    for index in secrets {
      let found = try traces(of: "zq\(index)secret")
      #expect(found.isEmpty == !kept.contains(index), "\(comment): step \(index + 1) in \(found)")
    }
    let after = try await bench.steps()
    for (old, new) in zip(before, after) where !chosen.contains(old.id.rawValue - 1) { #expect(old == new) }
    for index in chosen { #expect(after[index].step.content == mark, "\(comment)") }
    try await expectIndex(of: after, besides: before, comment)
    try await expectCovered(comment)
  }

  /// The index holds the terms of the steps as they are, and none of those before.
  private func expectIndex(of steps: [ArchivedStep], besides old: [ArchivedStep], _ comment: String)
    async throws
  {
    var expected: [String: [Posting]] = [:]
    for step in steps {
      for term in IndexedText(step.step, ts: step.ts).terms {
        expected[term.term, default: []].append(Posting(step: step.id.rawValue, weight: term.weight))
      }
    }
    let before = old.flatMap { IndexedText($0.step, ts: $0.ts).terms.map(\.term) }
    let terms = Set(before + expected.keys).sorted()
    let lists = try await bench.database.read { memory throws(FlowError) in
      try memory.recall.postings(of: terms).map(\.postings)
    }
    for (term, list) in zip(terms, lists) {
      #expect(list == expected[term, default: []], "\(comment): term \(term.debugDescription)")
    }
  }

  private func expectCovered(_ comment: String) async throws {
    var next = StepID(1)
    for root in try await bench.roots() {
      #expect(root.id.first == next, "\(comment)")
      next = root.id.last.advanced(by: 1)
    }
    let shortTerm = try await bench.shortTerm()
    #expect(shortTerm.first?.id == next, "\(comment)")
  }
}
