import FlowCore
import FlowMemory
import FlowStore
import FlowText
import Testing
import RandomSupport

@Suite(.timeLimit(.minutes(15))) struct `Memory update` {
  private let bench: MemoryBench

  init() throws { bench = try MemoryBench() }

  private func time(_ text: String) -> Timestamp { Timestamp(iso8601: "2024-04-12T\(text)Z")! }

  private func sittings(_ times: [String], gapSeconds: Int = 1800) async throws -> [Int] {
    let memory = bench.memory(MemoryLimits(sittingGapSeconds: gapSeconds))
    for text in times { try await memory.update(Step(ts: time(text), role: .user, content: "x")) }
    return try await bench.steps().map(\.sitting)
  }

  @Test func `a pause longer than the gap begins a sitting, one as long does not`() async throws {
    #expect(try await sittings(["08:00:00", "08:30:00", "09:00:00.001", "09:00:01"]) == [1, 1, 2, 2])
  }

  @Test func `time going back begins a sitting`() async throws {
    #expect(try await sittings(["08:00:00", "07:59:59.999", "08:00:00", "08:00:00"]) == [1, 2, 2, 2])
  }

  @Test func `a gap of nothing lets only steps of one moment be together`() async throws {
    #expect(try await sittings(["08:00:00", "08:00:00", "08:00:00.001"], gapSeconds: 0) == [1, 1, 2])
  }

  @Test func `steps of one batch that name no time share one`() async throws {
    _ = try await bench.memory().update([Step(role: .user, content: "a"), Step(role: .user, content: "b")])
    let times = try await bench.steps().map(\.ts)
    #expect(times[0] == times[1] && times[0] > SteppedClock.start)
  }

  @Test func `the same ref and content again is no change and returns the first id`() async throws {
    let memory = bench.memory()
    let step = Step(ref: "D1:3", role: .user, content: "e\u{301}")
    let first = try await memory.update(step)
    let other = try await memory.update(Step(ref: "D1:4", role: .user, content: "e\u{301}"))
    let again = try await memory.update(step)
    #expect(first.isNew && other.isNew && other.id != first.id)
    #expect(again == UpdateReceipt(id: first.id, isNew: false, rolledUp: []))
    #expect(try await bench.steps().count == 2)
  }

  @Test func `the same ref twice in one batch is one step`() async throws {
    let step = Step(ref: "r", role: .user, content: "once")
    let receipts = try await bench.memory().update([step, step])
    #expect(receipts.map(\.isNew) == [true, false])
    #expect(receipts.map(\.id) == [StepID(1), StepID(1)])
  }

  @Test(arguments: [("e\u{301}", Step.Role.user), ("\u{E9} ", .user), ("\u{E9}", .assistant)])
  func `the same ref for anything else is a conflict that changes nothing`(content: String, role: Step.Role)
    async throws
  {
    let memory = bench.memory()
    let first = try await memory.update(Step(ref: "r", role: .user, content: "\u{E9}"))
    let other = [Step(role: .user, content: "new"), Step(ref: "r", role: role, content: content)]
    let error = try await #require(throws: FlowError.self) { try await memory.update(other) }
    #expect(error.code == .stepConflict)
    #expect(error.context == ["ref": "r", "step": first.id.description])
    #expect(try await bench.steps().map(\.id) == [first.id])
  }

  @Test(arguments: [
    Step(ref: "", role: .user, content: "x"), Step(role: .user, name: "", content: "x"),
    Step(ref: String(repeating: "r", count: 257), role: .user, content: "x"),
    Step(role: .user, name: String(repeating: "가", count: 86), content: "x"),
    Step(ts: Timestamp(milliseconds: .max), role: .user, content: "x"),
    Step(ts: Timestamp(milliseconds: .min), role: .user, content: "x"),
  ]) func `a step that the archive cannot hold is refused`(step: Step) async throws {
    let memory = bench.memory()
    let error = try await #require(throws: FlowError.self) { try await memory.update(step) }
    #expect(error.code == .invalidStep)
    #expect(try await bench.steps().isEmpty)
  }

  @Test(arguments: 1...3 as ClosedRange<UInt64>)
  func `every content comes back byte for byte`(seed: UInt64) async throws {
    var random = SeededRandom(seed: seed)
    let steps = random.steps(60)
    _ = try await bench.memory().update(steps)
    let archived = try await bench.steps()
    #expect(archived.count == steps.count)
    for (kept, given) in zip(archived, steps) {
      #expect(kept.step.content.utf8.elementsEqual(given.content.utf8), "seed \(seed), \(kept.id)")
      #expect(kept.step.role == given.role && kept.step.meta == given.meta, "seed \(seed), \(kept.id)")
      #expect(kept.tokens == BytePairTokenizer.o200kBase.count(given.content), "seed \(seed), \(kept.id)")
    }
  }

  @Test(arguments: [true, false]) func `an index of another analysis is made anew`(byReading: Bool)
    async throws
  {
    let memory = bench.memory()
    try await memory.update(Step(role: .user, content: "the zebra drank from the fountain"))
    for number in 0..<30 {
      try await memory.update(Step(role: .assistant, content: "unrelated chatter number \(number)"))
    }
    let terms = try await bench.database.read { memory throws(FlowError) in try memory.steps.figures().terms }
    let term = try #require(TermAnalyzer().terms(in: "zebra").first)
    try await bench.database.write { memory throws(FlowError) in
      try memory.recall.reset(analysisVersion: MemoryContext.analysisVersion - 1)
      let stale = TermWeight(term: "stale", weight: 1)
      try memory.recall.add(IndexedStep(id: StepID(2), terms: [stale], length: 1, marks: 0))
    }
    if byReading {
      let context = try await memory.retrieve(ContextRequest(query: "what did the zebra do?", budget: 400))
      #expect(context.verbatimSteps.contains(StepID(1)))
    } else {
      try await memory.update(Step(role: .user, content: "zebra"))
    }
    let (version, postings, stale, figures) = try await bench.database.read { memory throws(FlowError) in
      (
        try memory.recall.analysisVersion(), try memory.recall.postings(of: [term])[0].postings,
        try memory.recall.postings(of: ["stale"])[0].postings, try memory.steps.figures()
      )
    }
    #expect(version == MemoryContext.analysisVersion)
    #expect(postings.map(\.step) == (byReading ? [1] : [1, 32]))
    #expect(stale.isEmpty)
    #expect(figures.terms == terms + (byReading ? 0 : 1))
  }

  @Test func `memories that share an archive keep it whole`() async throws {
    let other = try MemoryDatabase(path: bench.database.path, lockTimeout: 30)
    let limits = MemoryLimits(shortTermSteps: 6, keepSteps: 3)
    let second = MemoryContext(
      archive: other,
      summaries: bench.markdown,
      summarizer: TextRankSummarizer(tokenizer: BytePairTokenizer.o200kBase),
      limits: limits,
      clock: bench.clock
    )
    let memories = [bench.memory(limits), second]
    let ids = try await withThrowingTaskGroup(of: [StepID].self) { group in
      for (writer, memory) in memories.enumerated() {
        group.addTask {
          var ids: [StepID] = []
          for number in 0..<40 {
            let text = "Writer \(writer) stored record number \(number). It was kept in the archive."
            let step = Step(ref: "\(writer)-\(number)", role: .user, content: text)
            let receipt = try await memory.update(step)
            ids.append(receipt.id)
            if !receipt.rolledUp.isEmpty { try await memory.renderSummaries() }
            if !number.isMultiple(of: 5) { continue }
            _ = try await memory.retrieve(ContextRequest(query: "record \(number)", budget: 300))
          }
          return ids
        }
      }
      return try await group.reduce(into: []) { $0 += $1 }
    }
    #expect(ids.sorted() == (1...80).map(StepID.init))
    #expect(try await bench.shortTerm().count <= 6)
    let roots = try await bench.roots()
    var next = StepID(1)
    for root in roots {
      #expect(root.id.first == next)
      next = root.id.last.advanced(by: 1)
    }
    let shown = try await bench.markdown.entries()
    #expect(shown.map(\.key) == roots.map(\.id.description))
    #expect(try await bench.database.findings(analysisVersion: MemoryContext.analysisVersion).isEmpty)
  }
}
