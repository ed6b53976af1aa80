import FlowCore
import FlowText
import RandomSupport
import Testing

@testable import FlowMemory

@Suite(.timeLimit(.minutes(15))) struct `Roll-up` {
  private let bench: MemoryBench

  init() throws { bench = try MemoryBench() }

  @Test(arguments: 1...6 as ClosedRange<UInt64>)
  func `short-term never holds more than its limits, and leaves cover all that left`(seed: UInt64)
    async throws
  {
    var random = SeededRandom(seed: seed)
    let limits = MemoryLimits(
      shortTermSteps: random.number(1...12),
      shortTermTokens: random.pick([1, 60, 300, 1000, 4000]),
      keepSteps: random.number(1...12),
      fanout: random.pick([2, 3, 8]),
      summaryTokens: random.pick([0, 10, 60, 200])
    )
    let memory = bench.memory(limits)
    let steps = random.steps(70, hostile: random.once(in: 2))
    var covered: StepID?
    var made: [SummaryID] = []
    var start = 0
    while start < steps.count {
      let batch = Array(steps[start..<min(steps.count, start + random.pick([1, 1, 1, 4]))])
      start += batch.count
      let receipts = try await memory.update(batch)
      let shortTerm = try await bench.shortTerm()
      let tokens = shortTerm.reduce(0) { $0 + $1.tokens }
      let context = "seed \(seed), after \(start) steps, \(limits)"
      #expect(!shortTerm.isEmpty && shortTerm.count <= limits.shortTermSteps, "\(context)")
      #expect(shortTerm.count == 1 || tokens <= limits.shortTermTokens, "\(context)")
      for receipt in receipts {
        made += receipt.rolledUp
        // A leaf comes first, then the parents that it makes due.
        for id in receipt.rolledUp.prefix(1) {
          #expect(id.first == covered?.advanced(by: 1) ?? StepID(1), "\(context)")
          #expect(id.last < receipt.id, "\(context)")
          covered = id.last
          try await checkBoundary(behind: id, newest: receipt.id, limits: limits, context)
        }
      }
    }
    let summaries = try await bench.summaries(made)
    #expect(summaries.map(\.id) == made && Set(made).count == made.count, "seed \(seed)")
    try await checkLeaves(summaries.filter { $0.level == 0 }, limits, "seed \(seed), \(limits)")
    try await checkTree(summaries, limits, "seed \(seed), \(limits)")
  }

  /// As many neighbours of one level as `fanout` make a parent, at once; what is left over are the roots.
  private func checkTree(_ summaries: [Summary], _ limits: MemoryLimits, _ context: String) async throws {
    var level = summaries.filter { $0.level == 0 }
    var orphans: [Summary] = []
    for height in 1...8 {
      let parents = summaries.filter { $0.level == height }
      #expect(parents.count == level.count / limits.fanout, "\(context), level \(height)")
      for (number, parent) in parents.enumerated() {
        let children = Array(level.dropFirst(number * limits.fanout).prefix(limits.fanout))
        check(parent, of: children, limits, context)
      }
      orphans = level.dropFirst(parents.count * limits.fanout) + orphans
      level = parents
    }
    let roots = try await bench.roots()
    #expect(level.isEmpty && roots == orphans, "\(context): \(roots.map(\.id))")
  }

  /// A parent says nothing that its children do not say, word for word and in their order, with their anchors.
  private func check(_ parent: Summary, of children: [Summary], _ limits: MemoryLimits, _ context: String) {
    let note = "\(context), \(parent.id)"
    #expect(
      parent.id.first == children.first?.id.first && parent.id.last == children.last?.id.last,
      "\(note)"
    )
    var rest = children.flatMap(\.bullets)[...]
    for bullet in parent.bullets where !ParentFacts.isFacts(bullet) {
      guard let place = rest.firstIndex(of: bullet) else {
        Issue.record("\(note): \(bullet.line)")
        continue
      }
      rest = rest[(place + 1)...]
    }
    let below = children.flatMap(\.bullets)
    let own = FactsLine(reading: parent.bullets.last?.text ?? "")?.facts ?? []
    #expect(own.isEmpty == !parent.bullets.contains(where: ParentFacts.isFacts), "\(note)")
    for fact in own { #expect(below.contains { $0.text.contains(fact) }, "\(note): \(fact)") }
    let rendered = parent.bullets.map { $0.line + "\n" }.joined()
    #expect(parent.tokens == BytePairTokenizer.o200kBase.count(rendered), "\(note)")
    #expect(parent.tokens <= limits.summaryTokens * (parent.level + 1), "\(note)")
    #expect(parent.sourceTokens == children.reduce(0) { $0 + $1.sourceTokens }, "\(note)")
    #expect(parent.span.lowerBound == children.map(\.span.lowerBound).min(), "\(note)")
    #expect(parent.span.upperBound == children.map(\.span.upperBound).max(), "\(note)")
    #expect(parent.by == "textrank" && parent.version == 1, "\(note)")
  }

  /// A call and its results are cut apart only where they are more than the limits hold.
  private func checkBoundary(
    behind leaf: SummaryID,
    newest: StepID,
    limits: MemoryLimits,
    _ context: String
  ) async throws {
    let steps = try await bench.steps(StepQuery(range: StepID(1)...newest))
    let last = leaf.last
    let kept = steps[last.rawValue...]
    guard let first = kept.first, first.step.role == .tool else { return }
    // A call that left earlier is apart from its results already.
    let left = steps[(leaf.first.rawValue - 1)..<last.rawValue]
    let call = left.reversed().first { $0.step.role != .tool || first.answers($0) }
    guard let call, first.answers(call) else { return }
    let group = steps[(call.id.rawValue - 1)...]
    let tokens = group.reduce(0) { $0 + $1.tokens }
    #expect(group.dropFirst().allSatisfy { $0.step.role == .tool }, "\(context): cut at \(last)")
    #expect(
      group.count > limits.shortTermSteps || tokens > limits.shortTermTokens,
      "\(context): cut at \(last) though it fits"
    )
  }

  private func checkLeaves(_ leaves: [Summary], _ limits: MemoryLimits, _ context: String) async throws {
    let tokenizer = BytePairTokenizer.o200kBase
    var next = StepID(1)
    for leaf in leaves {
      #expect(leaf.id.first == next && leaf.id.last >= next, "\(context)")
      next = leaf.id.last.advanced(by: 1)
      let source = try await bench.steps(StepQuery(range: leaf.id.range))
      let sourceTokens = source.reduce(0) { $0 + tokenizer.count($1.step.content) }
      let rendered = leaf.bullets.map { $0.line + "\n" }.joined()
      #expect(leaf.sourceTokens == sourceTokens, "\(context), \(leaf.id)")
      #expect(leaf.tokens == tokenizer.count(rendered), "\(context), \(leaf.id)")
      #expect(leaf.tokens <= min(limits.summaryTokens, sourceTokens / 5), "\(context), \(leaf.id)")
      #expect(leaf.by == "textrank" && leaf.version == 1, "\(context), \(leaf.id)")
      #expect(leaf.span.lowerBound == source.map(\.ts).min(), "\(context), \(leaf.id)")
      #expect(leaf.span.upperBound == source.map(\.ts).max(), "\(context), \(leaf.id)")
      for bullet in leaf.bullets {
        #expect(leaf.id.range.contains(bullet.source.lowerBound), "\(context), \(bullet.line)")
        #expect(!bullet.text.unicodeScalars.contains { breaksLine($0) }, "\(context), \(bullet.line)")
        let said = source.filter { bullet.source.contains($0.id) }
        if let facts = FactsLine(reading: bullet.text) {
          for fact in facts.facts {
            #expect(
              said.contains { Array($0.step.content.utf8).contains(run: Array(fact.utf8)) },
              "\(context), \(fact)"
            )
          }
          continue
        }
        #expect(said.contains { step in tells(step.step, bullet.text) }, "\(context), \(bullet.line)")
      }
    }
    let newest = try #require(try await bench.steps(StepQuery(last: 1)).first)
    let rest = try await bench.shortTerm().map(\.id)
    #expect(rest == Array(next...newest.id), "\(context)")
  }

  /// Whether a bullet says what the step says, white space folded.
  private func tells(_ step: Step, _ bullet: String) -> Bool {
    let words = step.content.unicodeScalars.split { $0.properties.isWhitespace || $0.value < 0x20 }
    let folded = words.map { String(Substring($0)) }.joined(separator: " ")
    guard let colon = bullet.range(ofFirst: ": ") else { return false }
    // A speaker's name may hold a colon; what stands behind the first or a later one is the sentence.
    var rest = bullet[colon.upperBound...]
    while true {
      if standsInOrder(rest, in: folded) { return true }
      guard let next = String(rest).range(ofFirst: ": ") else { return false }
      rest = String(rest)[next.upperBound...]
    }
  }

  /// Whether all words stand in the text in their order; marks of what was left out and counted do not count.
  private func standsInOrder(_ words: Substring, in text: String) -> Bool {
    var rest = text.utf8[...]
    for word in words.split(separator: " ") where word != "…" && word != "·" && !word.hasPrefix("(×") {
      guard let place = rest.indices.first(where: { rest[$0...].starts(with: word.utf8) }) else {
        return false
      }
      rest = rest[rest.index(place, offsetBy: word.utf8.count)...]
    }
    return true
  }

  private func breaksLine(_ scalar: Unicode.Scalar) -> Bool {
    [0x0A, 0x0B, 0x0C, 0x0D, 0x1C, 0x1D, 0x1E, 0x85, 0x2028, 0x2029].contains(scalar.value)
  }

  @Test func `long archives grow a tree whose roots stay few`() async throws {
    let memory = bench.memory(MemoryLimits(shortTermSteps: 2, keepSteps: 1))
    var random = SeededRandom(seed: 5)
    var made: [SummaryID] = []
    let steps = (0..<160).map { _ in Step(role: .user, content: random.paragraph(1...3)) }
    for receipt in try await memory.update(steps) { made += receipt.rolledUp }
    let summaries = try await bench.summaries(made)
    #expect(summaries.contains { $0.level == 2 })
    #expect(try await bench.roots().count < 3 * 8)
    try await checkTree(summaries, MemoryLimits(), "160 steps")
  }

  @Test func `what a tool put out weighs less than the same words said`() async throws {
    let words = "The migration of invoices failed on host db-7, its disk was full at 10:42.\n"
    let filler = String(repeating: "Nobody minded much that lunch was late again on this day.\n", count: 6)
    var weights: [Step.Role: Int] = [:]
    for role in [Step.Role.assistant, .tool] {
      let bench = try MemoryBench()
      let steps = (0..<3).map { _ in Step(role: role, name: "db", content: words + filler) }
      _ = try await bench.memory(MemoryLimits(shortTermSteps: 2, keepSteps: 1)).update(steps)
      let leaf = try #require(try await bench.roots().first)
      weights[role] = leaf.bullets.filter { !ParentFacts.isFacts($0) }.map(\.weight).max()
    }
    #expect(try #require(weights[.tool]) < #require(weights[.assistant]))
  }

  @Test func `a speaker cannot pose as the line of facts`() async throws {
    let memory = bench.memory(MemoryLimits(shortTermSteps: 2, keepSteps: 1))
    let words = "We moved the invoices to the archive on Tuesday as the auditors asked us to. "
    for _ in 0..<4 {
      let content = String(repeating: words, count: 4)
      _ = try await memory.update(Step(role: .user, name: "Facts", content: content))
    }
    let bullets = try await bench.roots().flatMap(\.bullets)
    #expect(!bullets.isEmpty && bullets.allSatisfy { $0.text.hasPrefix("user Facts: ") })
  }

  @Test func `a single step above the token limit stays until the next comes`() async throws {
    let memory = bench.memory(MemoryLimits(shortTermTokens: 50))
    let long = String(repeating: "The build server ran out of disk space again. ", count: 60)
    let first = try await memory.update(Step(role: .tool, content: long))
    #expect(first.rolledUp.isEmpty)
    #expect(try await bench.shortTerm().map(\.step.content) == [long])
    let second = try await memory.update(Step(role: .user, content: "and now?"))
    #expect(second.rolledUp == [SummaryID(first: StepID(1), last: StepID(1))])
    #expect(try await bench.shortTerm().map(\.id) == [second.id])
    #expect(try await bench.steps(StepQuery(first: 1)).first?.step.content == long)
  }

  @Test(arguments: [false, true])
  func `a result is not cut off from its call`(hasIDs: Bool) async throws {
    let memory = bench.memory(MemoryLimits(shortTermSteps: 4, keepSteps: 2))
    let call: JSONObject = hasIDs ? ["tool_calls": [["id": "a"]]] : [:]
    let answer: JSONObject = hasIDs ? ["tool_call_id": "a"] : [:]
    _ = try await memory.update([
      Step(role: .user, content: "one"),
      Step(role: .assistant, content: "two"),
      Step(role: .assistant, content: "call", meta: call),
      Step(role: .tool, content: "result", meta: answer),
    ])
    // Two would remain, the result and this; the result goes with its call instead.
    let receipt = try await memory.update(Step(role: .assistant, content: "five"))
    #expect(receipt.rolledUp == [SummaryID(first: StepID(1), last: StepID(4))])
  }

  @Test func `where the newest step is the result, its call stays`() async throws {
    let memory = bench.memory(MemoryLimits(shortTermSteps: 4, keepSteps: 1))
    _ = try await memory.update([
      Step(role: .user, content: "one"),
      Step(role: .assistant, content: "two"),
      Step(role: .user, content: "three"),
      Step(role: .assistant, content: "call", meta: ["tool_call": ["id": "a"]]),
    ])
    let result = Step(role: .tool, content: "result", meta: ["tool_call_id": "a"])
    let receipt = try await memory.update(result)
    #expect(receipt.rolledUp == [SummaryID(first: StepID(1), last: StepID(3))])
  }
}

extension String {
  fileprivate func range(ofFirst separator: String) -> Range<String.Index>? { firstRange(of: separator) }
}

extension [UInt8] {
  /// Whether these bytes stand in a row somewhere.
  func contains(run: [UInt8]) -> Bool { run.isEmpty || firstRange(of: run) != nil }
}
