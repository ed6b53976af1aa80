import FlowCore
import FlowMemory
import FlowText
import Glibc
import Testing
import RandomSupport

/// Random projects, hostile contents, random requests: what every prompt keeps to.
@Suite(.timeLimit(.minutes(5))) struct `Assembly of random projects` {
  private let bench: MemoryBench

  init() throws { bench = try MemoryBench() }

  private static let order = [
    "preamble", "pinned", "long_term", "short_term", "tasks", "results", "recalled", "query",
  ]

  private struct Project {
    let memory: MemoryContext
    let surroundings: Surroundings
    let steps: [ArchivedStep]
  }

  private func project(_ random: inout SeededRandom) async throws -> Project {
    let limits = MemoryLimits(
      shortTermSteps: random.number(1...14),
      shortTermTokens: random.pick([200, 1000, 4000]),
      keepSteps: random.number(1...7),
      summaryTokens: random.pick([0, 60, 200])
    )
    let memory = bench.memory(limits)
    var steps = random.steps(random.pick([0, 1, 3, 12, 60]), hostile: !random.once(in: 3))
    for index in steps.indices where random.once(in: 12) { steps[index].pinned = true }
    _ = try await memory.update(steps)
    return Project(memory: memory, surroundings: random.surroundings(), steps: try await bench.steps())
  }

  @Test(arguments: 1...14 as ClosedRange<UInt64>)
  func `every prompt keeps to its budget, its order and its records`(seed: UInt64) async throws {
    var random = SeededRandom(seed: seed)
    let project = try await project(&random)
    let tasks = project.surroundings.workflow?.tasks.map(\.id) ?? []
    var assembled = 0
    for round in 0..<22 {
      var request = random.request(newest: project.steps.last?.step.content, tasks: tasks)
      // Without a step the answer's time is the clock's, which goes on.
      if project.steps.isEmpty { request.now = SteppedClock.start }
      let note = "seed \(seed), round \(round), \(request)"
      let context: Context
      do throws(FlowError) {
        context = try await project.memory.retrieve(request, beside: project.surroundings)
      } catch {
        #expect(error.code == .budgetTooSmall, "\(note): \(error)")
        let least = try #require(error.context["least"].flatMap { Int($0) })
        #expect(least > request.budget, "\(note)")
        request.budget = least - 1
        let again = try await #require(throws: FlowError.self, "\(note)") {
          try await project.memory.retrieve(request, beside: project.surroundings)
        }
        #expect(again.code == .budgetTooSmall && again.context["least"] == String(least), "\(note)")
        request.budget = least
        let tight = try await project.memory.retrieve(request, beside: project.surroundings)
        check(tight, of: project, request, "least of \(note)")
        assembled += 1
        continue
      }
      check(context, of: project, request, note)
      let again = try await project.memory.retrieve(request, beside: project.surroundings)
      #expect(again == context && again.text.utf8.elementsEqual(context.text.utf8), "\(note)")
      assembled += 1
    }
    #expect(assembled == 22)
  }

  private func check(_ context: Context, of project: Project, _ request: ContextRequest, _ note: String) {
    let tokenizer = BytePairTokenizer.named(request.tokenizer ?? "o200k_base")!
    #expect(context.tokens <= request.budget && context.budget == request.budget, "\(note)")
    #expect(context.tokens == tokenizer.count(context.text), "\(note)")
    #expect(context.tokens == context.sections.reduce(0) { $0 + $1.tokens }, "\(note)")
    #expect(context.tokenizer == tokenizer.name && context.isExact, "\(note)")

    let places = context.sections.map { Self.order.firstIndex(of: $0.name) ?? -1 }
    #expect(places == places.sorted() && !places.contains(-1), "\(note): \(context.sections.map(\.name))")
    #expect(Set(places).count == places.count, "\(note)")
    let stable = context.sections.filter { $0.kind == .stable }
    #expect(context.prefixTokens == stable.reduce(0) { $0 + $1.tokens }, "\(note)")
    #expect(context.sections.prefix(stable.count).allSatisfy { $0.kind == .stable }, "\(note)")

    checkSteps(context, of: project, request, note)
    for ends in PromptReader.LineEnds.allCases { checkLines(context, of: project, request, ends, note) }
  }

  /// What is said to be verbatim stands in the text, whole, unchanged and once; the newest step is always shown.
  private func checkSteps(
    _ context: Context,
    of project: Project,
    _ request: ContextRequest,
    _ note: String
  ) {
    #expect(context.verbatimSteps == Set(context.verbatimSteps).sorted(), "\(note)")
    var text = Array(context.text.utf8)
    for id in context.verbatimSteps {
      let content = Array(project.steps[id.rawValue - 1].step.content.utf8)
      #expect(text.holds(content), "\(note): \(id) is not in the text")
    }
    text = []
    let shown = context.sections.flatMap(\.steps)
    // A pinned step that had to be cut may stand whole where it was said.
    let pinned = context.sections.first { $0.name == "pinned" }?.steps ?? []
    let rest = context.sections.filter { $0.name != "pinned" }.flatMap(\.steps)
    #expect(rest.count == Set(rest).count, "\(note): \(rest) stand twice")
    #expect(Set(pinned).intersection(rest).isDisjoint(with: wholePins(context)), "\(note): \(shown)")
    if let newest = project.steps.last, request.shares?.shortTerm ?? 1 > 0 {
      #expect(shown.contains(newest.id), "\(note): the newest step is not shown")
    }
    let short = context.sections.first { $0.name == "short_term" }
    #expect(short.map { $0.steps == $0.steps.sorted() } ?? true, "\(note)")
  }

  private func wholePins(_ context: Context) -> [StepID] {
    guard let section = context.sections.first(where: { $0.name == "pinned" }) else { return [] }
    return zip(section.steps, section.reasons).filter { $1.why == "pinned" }.map(\.0)
  }

  /// Outside of fences every line that looks like Flow's is Flow's: there are as many as pieces.
  private func checkLines(
    _ context: Context,
    of project: Project,
    _ request: ContextRequest,
    _ ends: PromptReader.LineEnds,
    _ note: String
  ) {
    var text = context.text
    if let query = context.sections.last, query.name == "query", query.steps.isEmpty {
      // What the caller asks stands last, as it was given.
      let asked = request.query ?? project.steps.last { $0.step.role == .user }?.step.content ?? ""
      let end = Array("## Now\n\(asked)\n".utf8)
      #expect(text.utf8.suffix(end.count).elementsEqual(end), "\(note)")
      text = String(decoding: text.utf8.dropLast(end.count), as: UTF8.self)
    }
    let (lines, isClosed) = PromptReader(ends: ends).plainLines(of: text)
    #expect(isClosed, "\(note): a fence is left open")
    let steps = lines.filter { $0.prefixMatch(of: #/s[0-9]+ /#) != nil }
    #expect(steps.count == context.sections.reduce(0) { $0 + $1.steps.count }, "\(note), \(ends): \(steps)")
    let titles = [
      "pinned": "## Pinned", "long_term": "## Long-term memory", "short_term": "## Recent steps",
      "tasks": "## Tasks", "results": "## Results", "recalled": "## Recalled steps", "query": "## Now",
    ]
    let shown = context.sections.filter { $0.name != "query" || !$0.steps.isEmpty }
    let headings = lines.filter { $0.hasPrefix("## ") }
    #expect(headings == shown.compactMap { titles[$0.name] }, "\(note), \(ends)")
    for line in lines where line.hasPrefix("### ") {
      #expect(line.wholeMatch(of: #/### [0-9]{4}-[0-9]{2}-[0-9]{2}( [0-9]{2}:[0-9]{2})?/#) != nil, "\(note)")
    }
    let known = ["# ", "## ", "### ", "- ", "Recorded earlier", "… "]
    let strange = lines.filter { line in
      line.prefixMatch(of: #/s[0-9]+ /#) == nil && !known.contains { line.hasPrefix($0) }
    }
    #expect(strange.isEmpty, "\(note), \(ends): \(strange)")
    let notes = lines.filter { $0.hasPrefix("… ") }
    #expect(
      notes.allSatisfy {
        $0.prefixMatch(of: #/… [0-9]+ tokens cut; flowctl (expand s[0-9]+$|cache get )/#) != nil
      },
      "\(note), \(ends): \(notes)"
    )
  }
}

extension [UInt8] {
  /// Whether these bytes stand in it as one piece.
  fileprivate func holds(_ piece: [UInt8]) -> Bool {
    guard !piece.isEmpty else { return true }
    return withUnsafeBufferPointer { whole in
      var start = 0
      while start + piece.count <= whole.count {
        let rest = whole.baseAddress! + start
        guard let next = memchr(rest, Int32(piece[0]), whole.count - start - piece.count + 1) else {
          return false
        }
        if memcmp(next, piece, piece.count) == 0 { return true }
        start = UnsafeRawPointer(next) - UnsafeRawPointer(whole.baseAddress!) + 1
      }
      return false
    }
  }
}
