import FlowCore
import FlowStore
import FlowText
import Foundation
import RandomSupport
import Testing

@testable import FlowMemory

@Suite(.timeLimit(.minutes(10))) struct `Versions of summaries` {
  private let bench: MemoryBench
  private static let limits = MemoryLimits(shortTermSteps: 3, keepSteps: 1, fanout: 3, summaryTokens: 80)

  init() throws { bench = try MemoryBench() }

  private func fill(_ count: Int = 40) async throws -> MemoryContext {
    let memory = bench.memory(Self.limits)
    _ = try await memory.update(
      (1...count).map { number in
        Step(
          role: .user,
          content:
            "We looked at it for a while. The job wrote /srv/out/part-\(number).csv at 10:\(10 + number % 50)."
        )
      }
    )
    return memory
  }

  private var lead: MemoryContext { bench.memory(Self.limits, summarizer: LeadSummarizer()) }

  @Test func `a rebuild makes all anew once, and keeps what was`() async throws {
    let memory = try await fill()
    let before = try await memory.summaries(ofAllLevels: true)
    var told: [Int] = []
    let receipt = try await lead.rebuildSummaries(SummaryRun()) { done, total in
      told.append(done)
      #expect(total == before.count)
    }
    #expect(receipt.changes.count == before.count && receipt.unchanged == 0 && told.last == before.count)
    #expect(receipt.changes.allSatisfy { $0.from == 1 && $0.to == 2 && $0.by == "lead" })
    #expect(receipt.tokensIn == before.filter { $0.level == 0 }.reduce(0) { $0 + $1.sourceTokens })
    #expect(receipt.tokensBefore == before.reduce(0) { $0 + $1.tokens })
    let after = try await memory.summaries(ofAllLevels: true)
    #expect(receipt.tokensOut == after.reduce(0) { $0 + $1.tokens })
    #expect(after.map(\.id) == before.map(\.id) && after.allSatisfy { $0.by == "lead" && $0.version == 2 })
    for summary in before {
      #expect(try await memory.summaryReport(summary.id).versions.first == summary)
    }
    let again = try await lead.rebuildSummaries(SummaryRun())
    #expect(again.changes.isEmpty && again.unchanged == before.count)
  }

  @Test func `a trial run says what the run then does`() async throws {
    let memory = try await fill()
    let before = try await memory.summaries(ofAllLevels: true)
    let trial = try await lead.rebuildSummaries(SummaryRun(isDryRun: true))
    #expect(try await memory.summaries(ofAllLevels: true) == before)
    #expect(try await lead.rebuildSummaries(SummaryRun()) == trial)
  }

  @Test func `a named summary is made anew with those above it`() async throws {
    let memory = try await fill()
    let leaf = try #require(try await memory.summaries(ofAllLevels: true).first)
    let above = try await memory.summaries(ofAllLevels: true).filter {
      $0.level > 0 && $0.id.range.contains(leaf.id.first)
    }
    try #require(above.count >= 2)
    // Another summarizer's parents stay as they are.
    let receipt = try await lead.rebuildSummaries(SummaryRun(summaries: [leaf.id]))
    #expect(receipt.changes.map(\.summary) == [leaf.id])
    let back = try await memory.rebuildSummaries(SummaryRun(summaries: [leaf.id]))
    #expect(back.changes.first?.summary == leaf.id && back.changes.first?.to == 3)
    await #expect(throws: FlowError.self) {
      try await memory.rebuildSummaries(
        SummaryRun(summaries: [SummaryID(first: StepID(2), last: StepID(900))])
      )
    }
  }

  @Test func `undo goes back step by step, and those above follow`() async throws {
    let memory = try await fill()
    let first = try #require(try await memory.summaries(ofAllLevels: true).first)
    _ = try await lead.rebuildSummaries(SummaryRun(summaries: [first.id]))
    let undo = try await memory.undoSummary(first.id)
    #expect(undo.restored == 1 && undo.changes.first?.to == 3)
    let report = try await memory.summaryReport(first.id)
    #expect(
      report.current.version == 3 && report.current.bullets == first.bullets
        && report.current.by == "textrank"
    )
    #expect(report.current.created == first.created)
    // It is back at its first version: there is nothing before it.
    let error = await #expect(throws: FlowError.self) { try await memory.undoSummary(first.id) }
    #expect(error?.code == .invalidArgument)
    let forth = try await memory.undoSummary(first.id, to: 2)
    #expect(forth.restored == 2)
    #expect(try await memory.summaryReport(first.id).current.by == "lead")
    #expect(try await memory.undoSummary(first.id, to: 2).changes.isEmpty)
    #expect(try await memory.undoPreview(first.id).restored == 1)
    let missing = await #expect(throws: FlowError.self) { try await memory.undoSummary(first.id, to: 9) }
    #expect(missing?.code == .summaryNotFound)
    let tree = try await TreeChecker(bench)
    tree.check(fanout: 3, "undo")
    tree.checkParents(of: memory.writer.tree, except: [], "undo")
  }

  @Test func `what comes out the same a third time can still be undone`() async throws {
    let memory = try await fill()
    let id = try #require(try await memory.summaries(ofAllLevels: true).first).id
    _ = try await lead.rebuildSummaries(SummaryRun(summaries: [id]))
    _ = try await memory.rebuildSummaries(SummaryRun(summaries: [id]))
    #expect(try await memory.undoSummary(id).restored == 2)
    #expect(try await memory.undoSummary(id).restored == 1)
  }

  @Test func `a person's words stay unless they are named out loud`() async throws {
    let memory = try await fill()
    try await memory.renderSummaries()
    let root = try #require(try await bench.roots().last)
    let path = "\(bench.folder)/cache/memory_cache.md"
    let file = try String(contentsOfFile: path, encoding: .utf8)
    let line = try #require(root.bullets.last).line
    try file.replacingOccurrences(of: line, with: "- 우리가 정했다").write(
      toFile: path,
      atomically: true,
      encoding: .utf8
    )
    #expect(try await memory.adoptEdits().map(\.summary) == [root.id])
    let receipt = try await lead.rebuildSummaries(SummaryRun())
    #expect(receipt.byHand == [root.id] && !receipt.changes.contains { $0.summary == root.id })
    let all = try await lead.rebuildSummaries(SummaryRun(includesHand: true))
    #expect(all.changes.map(\.summary) == [root.id] && all.byHand.isEmpty)
    #expect(try await memory.undoSummary(root.id).restored == 2)
    #expect(try await memory.summaryReport(root.id).current.by == "hand")
  }
}
