import FlowCore
import FlowStore
import FlowText
import Foundation
import RandomSupport
import Testing

@testable import FlowMemory

@Suite(.timeLimit(.minutes(15))) struct `Summary tree` {
  private let bench: MemoryBench

  init() throws { bench = try MemoryBench() }

  private static let textRank = TextRankSummarizer(tokenizer: BytePairTokenizer.o200kBase)

  @Test(arguments: 1...8 as ClosedRange<UInt64>)
  func `keeps its shape whatever is done to it`(seed: UInt64) async throws {
    var random = SeededRandom(seed: seed)
    let limits = MemoryLimits(
      shortTermSteps: random.number(1...5),
      keepSteps: random.number(1...3),
      fanout: random.pick([2, 3, 8]),
      summaryTokens: random.pick([30, 80, 200])
    )
    var pending = random.steps(160)[...]
    var undone: Set<SummaryID> = []
    var log: [String] = []
    for round in 0..<40 {
      let isLead = random.once(in: 3)
      let memory = isLead ? bench.memory(limits, summarizer: LeadSummarizer()) : bench.memory(limits)
      log.append("round \(round)\(isLead ? ", lead" : "")")
      switch random.number(0...9) {
      case 0:
        if let step = try await bench.steps(StepQuery(last: 60)).randomElement(using: &random) {
          log.append("forget \(step.id)")
          _ = try await memory.forget([step.id], reason: "a test")
          undone = []
        }
      case 1...2:
        try await memory.renderSummaries()
        if let root = try await bench.roots().randomElement(using: &random) {
          log.append("edit \(root.id)")
          try await edit(root.id, to: "- \(random.sentence())")
          try await memory.adoptEdits()
        }
      case 3:
        let all = try await memory.summaries(ofAllLevels: true)
        if let summary = all.filter({ $0.version > 1 }).randomElement(using: &random) {
          log.append("undo \(summary.id) of v\(summary.version)")
          if (try? await memory.undoSummary(summary.id)) != nil, summary.level > 0 {
            undone.insert(summary.id)
          }
        }
      case 4:
        log.append("rebuild")
        let run = SummaryRun(includesHand: random.once(in: 2))
        _ = try await memory.rebuildSummaries(run)
        undone = []
        #expect(try await memory.rebuildSummaries(run).changes.isEmpty, "seed \(seed): \(log)")
      default:
        let batch = pending.prefix(random.pick([1, 3, 9]))
        pending = pending.dropFirst(batch.count)
        log.append("\(batch.count) steps")
        _ = try await memory.update(Array(batch))
      }
      let tree = try await TreeChecker(bench)
      let note = "seed \(seed), \(limits): \(log)"
      tree.check(fanout: limits.fanout, note)
      for summarizer in [Self.textRank as any LocalSummarizer, LeadSummarizer()] {
        let made = bench.memory(limits, summarizer: summarizer).writer.tree
        tree.checkParents(of: made, except: undone.union(stale(in: tree, for: summarizer)), note)
      }
      try #require(try await bench.database.findings().isEmpty, "\(note)")
    }
  }

  /// Parents that another summarizer's memory left as they were when a part changed.
  private func stale(in tree: TreeChecker, for summarizer: any LocalSummarizer) -> Set<SummaryID> {
    Set(
      tree.summaries.filter { summary in
        summary.by == summarizer.name
          && tree.summaries.contains { below in
            below.by != summarizer.name && below.level < summary.level
              && summary.id.range.contains(below.id.first)
          }
      }.map(\.id)
    )
  }

  private func edit(_ id: SummaryID, to text: String) async throws {
    let path = "\(bench.folder)/cache/memory_cache.md"
    var file = try String(contentsOfFile: path, encoding: .utf8)
    let comment = try #require(file.range(of: "<!-- flow \(id) "))
    let start = try #require(file.range(of: "-->\n\n", range: comment.upperBound..<file.endIndex)).upperBound
    let end = file.range(of: "\n\n## ", range: start..<file.endIndex)?.lowerBound ?? file.endIndex
    file.replaceSubrange(start..<max(start, end), with: text)
    try file.write(toFile: path, atomically: true, encoding: .utf8)
  }

  @Test func `grows with the logarithm of the steps`() async throws {
    let memory = bench.memory(MemoryLimits(shortTermSteps: 1, keepSteps: 1, fanout: 2, summaryTokens: 40))
    let steps = (1...600).map {
      Step(role: .user, content: "The file f\($0).csv has \($0 * 7) bad rows, as seen.")
    }
    var most = 0
    for start in stride(from: 0, to: steps.count, by: 50) {
      _ = try await memory.update(Array(steps[start..<start + 50]))
      let roots = try await bench.roots()
      most = max(most, roots.count)
      let height = (roots.first?.level ?? 0) + 1
      #expect(roots.count <= height)
      #expect(roots.allSatisfy { $0.tokens <= 40 * ($0.level + 1) })
    }
    #expect(try await bench.roots().first?.level == 9 && most >= 4)
    try await TreeChecker(bench).check(fanout: 2, "600 steps")
  }

  @Test func `goes on in good shape with another fanout`() async throws {
    let steps = (1...90).map {
      Step(role: .user, content: "Step \($0) moved invoice INV-\($0) to the archive.")
    }
    for (number, fanout) in [8, 2, 5].enumerated() {
      let limits = MemoryLimits(shortTermSteps: 1, keepSteps: 1, fanout: fanout)
      let batch = Array(steps[(number * 30)..<(number * 30 + 30)])
      _ = try await bench.memory(limits).update(batch)
      try await TreeChecker(bench).check(fanout: max(fanout, 8), "fanout \(fanout)")
      #expect(try await bench.database.findings().isEmpty)
    }
  }

  @Test func `two writers at once agree on it`() async throws {
    let limits = MemoryLimits(shortTermSteps: 2, keepSteps: 1, fanout: 2, summaryTokens: 60)
    let other = MemoryContext(
      archive: try MemoryDatabase(path: "\(bench.folder)/memory.sqlite", lockTimeout: 60),
      summaries: bench.markdown,
      summarizer: Self.textRank,
      limits: limits,
      clock: bench.clock
    )
    let memories = [bench.memory(limits), other]
    try await withThrowingTaskGroup(of: Void.self) { group in
      for (number, memory) in memories.enumerated() {
        group.addTask {
          for step in 1...60 {
            try await memory.update(
              Step(role: .user, content: "writer \(number) wrote line \(step) of log\(step).txt")
            )
            if step.isMultiple(of: 20) { _ = try await memory.rebuildSummaries(SummaryRun()) }
          }
        }
      }
      try await group.waitForAll()
    }
    #expect(try await bench.steps().count == 120)
    try await TreeChecker(bench).check(fanout: 2, "two writers")
    #expect(try await bench.database.findings().isEmpty)
    #expect(try await other.summaries() == memories[0].summaries())
  }
}
