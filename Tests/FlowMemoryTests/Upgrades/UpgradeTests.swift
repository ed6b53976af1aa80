import FlowCore
import FlowStore
import FlowTestSupport
import FlowText
import RandomSupport
import Synchronization
import Testing

@testable import FlowMemory

private final class Meter: SpendingMeter {
  func reserve(_ most: Cost) throws(FlowError) {}
  func settle(_ attempt: CallAttempt, reserved: Cost) {}
}

@Suite(.timeLimit(.minutes(5))) struct `Upgrades by a model` {
  private let bench: MemoryBench
  private static let limits = MemoryLimits(shortTermSteps: 3, keepSteps: 1, fanout: 3, summaryTokens: 160)

  init() throws { bench = try MemoryBench() }

  private func fill(_ count: Int = 40) async throws -> MemoryContext {
    let memory = bench.memory(Self.limits)
    let filler = String(
      repeating: "We went over the plan again and looked at each of its parts in turn. ",
      count: 6
    )
    _ = try await memory.update(
      (1...count).map { number in
        Step(role: .user, content: "Part \(number) went to /srv/out/part-\(number).csv at noon. \(filler)")
      }
    )
    return memory
  }

  private func claimant(_ token: String = "me", gone: Set<String> = []) -> Claimant {
    Claimant(token: token, leaseSeconds: 600) { gone.contains($0) }
  }

  private func upgradeAll(
    _ memory: MemoryContext,
    with model: ScriptedSummarizer,
    by claimant: Claimant? = nil
  ) async throws -> [UpgradeOutcome] {
    let claimant = claimant ?? self.claimant()
    var outcomes: [UpgradeOutcome] = []
    for candidate in try await memory.upgradePlan(UpgradeRun(), with: model, by: claimant).candidates {
      outcomes.append(
        try await memory.upgrade(
          candidate.id,
          with: model,
          by: claimant,
          spending: Meter(),
          renewsAbove: false
        )
      )
    }
    try await memory.renewParents()
    return outcomes
  }

  /// The tree is whole, and what Flow makes of parts says what they say.
  private func check(_ bench: MemoryBench, _ note: String) async throws {
    let checker = try await TreeChecker(bench)
    checker.check(fanout: Self.limits.fanout, note)
    checker.checkParents(of: bench.memory(Self.limits).writer.tree, except: [], note)
  }

  private func leaves(_ memory: MemoryContext) async throws -> [Summary] {
    try await memory.summaries(ofAllLevels: true).filter { $0.level == 0 }
  }

  @Test func `every summary of steps gets a version of the model, and those above are made of them`()
    async throws
  {
    let memory = try await fill()
    let before = try await leaves(memory)
    let model = ScriptedSummarizer()
    _ = try await upgradeAll(memory, with: model)
    let after = try await leaves(memory)
    #expect(after.count == before.count && model.calls == before.count)
    for leaf in after {
      #expect(leaf.by == "scripted" && leaf.prompt == "summarize/1" && leaf.version == 2)
      #expect(leaf.tokens <= bench.memory(Self.limits).writer.tree.leafBudget(of: leaf.sourceTokens))
      #expect(leaf.bullets.allSatisfy { $0.weight > 0 && leaf.id.range.contains($0.source.lowerBound) })
      #expect(leaf.bullets.contains { $0.text.contains("said: Part") })
    }
    #expect(after.contains { $0.bullets.contains { $0.text.hasPrefix("Facts: /srv/out/part-") } })
    try await check(bench, "upgraded")
    let texts = Set(after.flatMap(\.bullets).map(\.text))
    for parent in try await memory.summaries(ofAllLevels: true) where parent.level > 0 {
      let told = parent.bullets.filter { !ParentFacts.isFacts($0) }
      #expect(told.allSatisfy { texts.contains($0.text) } && parent.by == "textrank")
    }
    let again = try await memory.upgradePlan(UpgradeRun(), with: model, by: claimant())
    #expect(again.candidates.isEmpty && again.byModel == before.count)
    #expect(try await memory.renewParents().isEmpty)
  }

  @Test func `a model's weights compare with those of other leaves`() async throws {
    let memory = try await fill()
    let before = try await leaves(memory)
    _ = try await upgradeAll(memory, with: ScriptedSummarizer())
    for (old, new) in zip(before, try await leaves(memory)) {
      func sum(_ summary: Summary) -> Int {
        summary.bullets.filter { !ParentFacts.isFacts($0) }.reduce(0) { $0 + $1.weight }
      }
      #expect(sum(new) <= sum(old) + new.bullets.count && sum(new) > sum(old) / 8)
    }
  }

  @Test(arguments: [
    FlowError.Code.modelUnreachable, .modelUnpaid, .modelTimedOut, .answerMalformed, .answerTruncated,
    .costLimitReached, .modelCancelled,
  ]) func `a model that cannot be asked leaves everything as it was, and marked`(code: FlowError.Code)
    async throws
  {
    let memory = try await fill()
    let before = try await memory.summaries(ofAllLevels: true)
    let broken = ScriptedSummarizer { _, _ throws(FlowError) in throw FlowError(code, "no") }
    let outcomes = try await upgradeAll(memory, with: broken)
    #expect(outcomes.allSatisfy { if case .failed(let error) = $0 { error.code == code } else { false } })
    #expect(try await memory.summaries(ofAllLevels: true) == before)
    let plan = try await memory.upgradePlan(UpgradeRun(), with: broken, by: claimant("other"))
    #expect(plan.candidates.count == outcomes.count && plan.claimed == 0)
    let ledger = try await memory.ledger()
    #expect(ledger.map { $0.attempts[.refused] } == [outcomes.count])
  }

  @Test func `what is refused twice is not asked for again by the same model and prompt`() async throws {
    let memory = try await fill()
    let unfit = ScriptedSummarizer { _, _ throws(FlowError) in
      throw FlowError(.answerUnfit, "made up 1,240", context: ["reason": "invented"])
    }
    let outcomes = try await upgradeAll(memory, with: unfit)
    #expect(outcomes.allSatisfy { if case .refused = $0 { true } else { false } })
    let plan = try await memory.upgradePlan(UpgradeRun(), with: unfit, by: claimant())
    #expect(plan.candidates.isEmpty && plan.refused.count == outcomes.count)
    let retry = UpgradeRun(retriesRefused: true)
    #expect(
      try await memory.upgradePlan(retry, with: unfit, by: claimant()).candidates.count == outcomes.count
    )
    for other in [ScriptedSummarizer(name: "better"), ScriptedSummarizer(prompt: "summarize/2")] {
      let plan = try await memory.upgradePlan(UpgradeRun(), with: other, by: claimant())
      #expect(plan.candidates.count == outcomes.count)
    }
    _ = try await upgradeAll(memory, with: ScriptedSummarizer(name: "better"))
    #expect(try await leaves(memory).allSatisfy { $0.by == "better" })
  }

  @Test func `what a person wrote is asked for only on demand`() async throws {
    let memory = try await fill()
    let leaf = try #require(try await leaves(memory).first)
    try await bench.database.write { [bench] transaction throws(FlowError) in
      try transaction.summaries.add(
        leaf.saying(
          [leaf.bullets[0]],
          by: "hand",
          created: leaf.created,
          tokenizer: bench.memory().writer.tokenizer
        )
      )
    }
    let model = ScriptedSummarizer()
    let plan = try await memory.upgradePlan(UpgradeRun(), with: model, by: claimant())
    #expect(plan.byHand == 1 && !plan.candidates.contains { $0.id == leaf.id })
    let all = UpgradeRun(includesHand: true)
    #expect(try await memory.upgradePlan(all, with: model, by: claimant()).byHand == 0)
  }

  @Test func `a summary of summaries, and one that is not there, are refused by name`() async throws {
    let memory = try await fill()
    let parent = try #require(try await memory.summaries(ofAllLevels: true).first { $0.level > 0 })
    for (id, code) in [
      (parent.id, FlowError.Code.invalidArgument),
      (SummaryID(first: StepID(1), last: StepID(9999)), .summaryNotFound),
    ] {
      let error = try await #require(throws: FlowError.self) {
        try await memory.upgradePlan(UpgradeRun(summaries: [id]), with: ScriptedSummarizer(), by: claimant())
      }
      #expect(error.code == code)
    }
  }

  // MARK: Meanwhile

  @Test func `a step that is forgotten while the model is at work does not come back`() async throws {
    let memory = try await fill()
    let leaf = try #require(try await leaves(memory).first)
    let model = ScriptedSummarizer { source, _ throws(FlowError) in
      _ = try await memory.forget([leaf.id.first], reason: "pasted by accident")
      return ScriptedSummarizer.words(of: source)
    }
    let outcome = try await memory.upgrade(leaf.id, with: model, by: claimant(), spending: Meter())
    guard case .superseded = outcome else {
      Issue.record("\(outcome)")
      return
    }
    let report = try await memory.summaryReport(leaf.id)
    #expect(report.versions.allSatisfy { $0.by == "textrank" })
    #expect(report.versions.allSatisfy { !$0.bullets.contains { $0.text.contains("part-1.csv") } })
    #expect(try await memory.ledger().first?.attempts[.answered] == 1)
  }

  @Test func `steps go on being stored while a model takes its time`() async throws {
    let memory = try await fill()
    let leaf = try #require(try await leaves(memory).first)
    let model = ScriptedSummarizer { source, _ throws(FlowError) in
      for number in 0..<8 { try await memory.update(Step(role: .user, content: "meanwhile \(number)")) }
      return ScriptedSummarizer.words(of: source)
    }
    guard case .made = try await memory.upgrade(leaf.id, with: model, by: claimant(), spending: Meter())
    else {
      Issue.record("not made")
      return
    }
    #expect(try await bench.steps().count == 48)
    try await check(bench, "beside updates")
  }

  // MARK: Claims

  @Test func `two at once share the work and do none of it twice`() async throws {
    let memory = try await fill(120)
    let count = try await leaves(memory).count
    let model = ScriptedSummarizer { source, _ in
      await Task.yield()
      return ScriptedSummarizer.words(of: source)
    }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<4 {
        let other = bench.memory(Self.limits)
        group.addTask { _ = try await upgradeAll(other, with: model, by: claimant("process \(number)")) }
      }
      try await group.waitForAll()
    }
    #expect(model.calls == count && model.asked.values.allSatisfy { $0 == 1 })
    #expect(try await leaves(memory).allSatisfy { $0.by == "scripted" && $0.version == 2 })
  }

  @Test func `a claim counts until its owner is gone or its time is over`() async throws {
    let memory = try await fill()
    let leaf = try #require(try await leaves(memory).first)
    let now = bench.clock.now()
    try await bench.database.write { transaction throws(FlowError) in
      try transaction.modelWork.put(
        ModelWork(
          summary: leaf.id,
          state: .claimed(by: "killed", until: now.advanced(seconds: 500_000)),
          model: "scripted",
          prompt: "summarize/1",
          at: now
        )
      )
    }
    let model = ScriptedSummarizer()
    guard case .notDue = try await memory.upgrade(leaf.id, with: model, by: claimant(), spending: Meter())
    else {
      Issue.record("a claim was passed over")
      return
    }
    #expect(try await memory.upgradePlan(UpgradeRun(), with: model, by: claimant()).claimed == 1)
    let heir = claimant(gone: ["killed"])
    guard case .made = try await memory.upgrade(leaf.id, with: model, by: heir, spending: Meter()) else {
      Issue.record("a dead process kept its claim")
      return
    }
    let line = try #require(try await memory.ledger().first)
    #expect(line.attempts[.unknown] == 1 && line.attempts[.answered] == 1)
  }

  @Test func `any order of answers, refusals, failures and kills ends with all made, and whole`() async throws
  {
    for round in 0..<6 {
      let seed = UInt64.random(in: 0...UInt64.max)
      let random = Mutex(SeededRandom(seed: seed))
      let bench = try MemoryBench()
      let memory = bench.memory(Self.limits)
      _ = try await memory.update(
        (1...60).map {
          Step(role: .user, content: "Part \($0): " + String(repeating: "words about it ", count: 40))
        }
      )
      let model = ScriptedSummarizer { source, _ throws(FlowError) in
        switch random.withLock({ Int.random(in: 0..<4, using: &$0) }) {
        case 0: throw FlowError(.modelOverloaded, "no")
        case 1: throw FlowError(.answerUnfit, "no", context: ["reason": "prose"])
        default: return ScriptedSummarizer.words(of: source)
        }
      }
      var gone: Set<String> = []
      for run in 0..<30 {
        let token = "process \(run)"
        let me = Claimant(token: token, leaseSeconds: 600) { [gone] in gone.contains($0) }
        let again = UpgradeRun(retriesRefused: true)
        for candidate in try await memory.upgradePlan(again, with: model, by: me).candidates {
          let isKilled = random.withLock { Int.random(in: 0..<6, using: &$0) == 0 }
          if isKilled {
            // Dies between the claim and the answer.
            try await bench.database.write { [bench] transaction throws(FlowError) in
              try transaction.modelWork.put(
                ModelWork(
                  summary: candidate.id,
                  state: .claimed(by: token, until: bench.clock.now().advanced(seconds: 600_000)),
                  model: "scripted",
                  prompt: "summarize/1",
                  at: bench.clock.now()
                )
              )
            }
            break
          }
          _ = try await memory.upgrade(
            candidate.id,
            again,
            with: model,
            by: me,
            spending: Meter(),
            renewsAbove: random.withLock { Bool.random(using: &$0) }
          )
        }
        gone.insert(token)
      }
      try await memory.renewParents()
      let all = try await memory.summaries(ofAllLevels: true)
      #expect(all.allSatisfy { $0.level > 0 || $0.by == "scripted" }, "seed \(seed), round \(round)")
      try await check(bench, "seed \(seed)")
      #expect(try await bench.database.findings().isEmpty, "seed \(seed)")
    }
  }
}
