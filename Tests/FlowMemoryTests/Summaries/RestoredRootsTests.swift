import FlowCore
import FlowStore
import FlowText
import Foundation
import RandomSupport
import Testing

@testable import FlowMemory

@Suite(.timeLimit(.minutes(10))) struct `Long-term memory without its archive` {
  private let bench: MemoryBench
  private static let limits = MemoryLimits(shortTermSteps: 3, keepSteps: 1, fanout: 3, summaryTokens: 80)

  init() throws { bench = try MemoryBench() }

  /// The readable memory of an archive, in the folder of another bench.
  private func clone(of count: Int, seed: UInt64 = 3) async throws -> (bench: MemoryBench, roots: [Summary]) {
    var random = SeededRandom(seed: seed)
    let memory = bench.memory(Self.limits)
    _ = try await memory.update(random.steps(count))
    try await memory.renderSummaries()
    let fresh = try MemoryBench()
    try FileManager.default.createDirectory(
      atPath: "\(fresh.folder)/cache",
      withIntermediateDirectories: true
    )
    try FileManager.default.copyItem(atPath: path(bench), toPath: path(fresh))
    return (fresh, try await bench.roots())
  }

  private func path(_ bench: MemoryBench) -> String { "\(bench.folder)/cache/memory_cache.md" }

  private func text(_ bench: MemoryBench) throws -> String {
    try String(contentsOfFile: path(bench), encoding: .utf8)
  }

  private func change(_ bench: MemoryBench, _ edit: (inout String) -> Void) throws {
    var text = try text(bench)
    edit(&text)
    try text.write(toFile: path(bench), atomically: true, encoding: .utf8)
  }

  @Test(arguments: 1...5 as ClosedRange<UInt64>)
  func `has the same roots, the same file, and ids that go on`(seed: UInt64) async throws {
    let (clone, roots) = try await clone(of: 70, seed: seed)
    let before = try text(clone)
    let memory = clone.memory(Self.limits)
    #expect(try await memory.restoreSummaries() == roots.map(\.id))
    let restored = try await clone.roots()
    #expect(restored.map(\.id) == roots.map(\.id) && restored.map(\.version) == roots.map(\.version))
    #expect(restored.map { $0.bullets.map(\.line) } == roots.map { $0.bullets.map(\.line) }, "seed \(seed)")
    #expect(restored.map(\.span.lowerBound.date) == roots.map(\.span.lowerBound.date))
    try await memory.renderSummaries()
    #expect(try text(clone) == before)
    // Once is enough.
    #expect(try await memory.restoreSummaries() == [])
    let covered = try #require(roots.last?.id.last)
    let receipt = try await memory.update(Step(role: .user, content: "going on"))
    #expect(receipt.id == covered.advanced(by: 1))
    var random = SeededRandom(seed: seed)
    _ = try await memory.update(random.steps(60))
    try await memory.renderSummaries()
    // A tree whose heights had to be guessed may have more roots of a level than one that grew.
    try await TreeChecker(clone).check(fanout: 8, "seed \(seed)")
    let findings = try await clone.database.findings(analysisVersion: MemoryContext.analysisVersion)
    #expect(findings.map(\.isError) == [false], "\(findings)")
    let prompt = try await memory.retrieve(ContextRequest(query: "going on", budget: 4000))
    #expect(prompt.text.contains("Long-term memory"))
    // What is not here cannot be made anew, and stays.
    let run = try await memory.rebuildSummaries(SummaryRun())
    #expect(run.withoutSteps.count >= 1 && run.changes.isEmpty)
  }

  @Test func `takes a text that was edited as a version by hand`() async throws {
    let (clone, roots) = try await clone(of: 40)
    let root = try #require(roots.first { !$0.bullets.isEmpty })
    try change(clone) { $0 = $0.replacingOccurrences(of: root.bullets[0].line, with: "- mine") }
    let memory = clone.memory(Self.limits)
    _ = try await memory.restoreSummaries()
    let restored = try #require(try await clone.roots().first { $0.id == root.id })
    #expect(restored.by == "hand" && restored.version == root.version + 1)
    #expect(restored.bullets.contains { $0.text == "mine" })
  }

  @Test func `leaves a section that was removed without words`() async throws {
    let (clone, roots) = try await clone(of: 40)
    try #require(roots.count >= 2)
    try change(clone) { text in
      let start = text.range(of: "## Steps 1–")!.lowerBound
      let end = text.range(of: "\n## ", range: text.index(after: start)..<text.endIndex)!.upperBound
      text.removeSubrange(start..<text.index(end, offsetBy: -3))
    }
    _ = try await clone.memory(Self.limits).restoreSummaries()
    let restored = try await clone.roots()
    #expect(restored.map(\.id) == roots.map(\.id) && restored[0].bullets.isEmpty)
  }

  @Test func `refuses what cannot be certain, with its line, and changes nothing`() async throws {
    let (clone, roots) = try await clone(of: 40)
    let whole = try text(clone)
    let second = try #require(roots.dropFirst().first)
    let overlap = "<!-- flow m1-\(second.id.last.rawValue) v1"
    for (from, to, part) in [
      (
        "<!-- flow \(second.id) v1", "<!-- flow m\(second.id.first.rawValue)-9000000000000000000 v1",
        "more than"
      ),
      ("<!-- flow \(second.id) v1", overlap, "overlaps"),
      ("<!-- flow \(second.id) v1", "<!-- flow results v1", "names no range"),
      ("<!-- flow \(second.id) v1", "<!-- flow broken", "cannot be read"),
    ] {
      try change(clone) { $0 = whole.replacingOccurrences(of: from, with: to) }
      let error = await #expect(throws: FlowError.self) {
        try await clone.memory(Self.limits).restoreSummaries()
      }
      #expect(
        error?.code == .corruptStorage && error?.message.contains(part) == true,
        "\(error.debugDescription)"
      )
      #expect(try await clone.roots().isEmpty)
    }
  }
}
