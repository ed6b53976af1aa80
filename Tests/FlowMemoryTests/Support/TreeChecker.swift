import FlowCore
import FlowStore
import FlowText
import Testing

@testable import FlowMemory

/// What must hold of a tree of summaries, whatever was done to it.
struct TreeChecker {
  let summaries: [Summary]
  let roots: [Summary]
  let parts: [SummaryID: [Summary]]
  let newest: Int

  init(_ bench: MemoryBench) async throws {
    (summaries, roots, parts, newest) = try await bench.database.read { memory throws(FlowError) in
      let all = try memory.summaries.all()
      var parts: [SummaryID: [Summary]] = [:]
      for summary in all { parts[summary.id] = try memory.summaries.parts(of: summary.id) }
      let newest = try memory.steps.figures().newest?.rawValue ?? 0
      return (all, try memory.summaries.roots(), parts, newest)
    }
  }

  /// Roots cover the past from step 1 on without gap or overlap, parts what they are part of; few roots of a level.
  func check(fanout: Int, _ note: @autoclosure () -> String) {
    expectTiling(roots, from: 1, note())
    for summary in summaries where summary.level > 0 {
      guard let own = parts[summary.id], !own.isEmpty else { continue }
      expectTiling(own, from: summary.id.first.rawValue, note())
      #expect(own.last?.id.last == summary.id.last, "\(summary.id): \(note())")
      #expect(own.allSatisfy { $0.level == summary.level - 1 }, "\(summary.id): \(note())")
    }
    let levels = roots.map(\.level)
    #expect(levels == levels.sorted(by: >), "levels \(levels): \(note())")
    for level in Set(levels) {
      #expect(levels.count { $0 == level } < fanout, "level \(level): \(note())")
    }
    #expect((roots.last?.id.last.rawValue ?? 0) < max(1, newest), "\(note())")
    #expect(Set(summaries.map(\.id)).count == summaries.count, "\(note())")
    for summary in summaries {
      for bullet in summary.bullets {
        #expect(summary.id.range.contains(bullet.source.lowerBound), "\(bullet.line): \(note())")
        #expect(summary.id.range.contains(bullet.source.upperBound), "\(bullet.line): \(note())")
      }
    }
  }

  /// A summary that Flow made of others says what comes out when it is made of them again.
  func checkParents(of tree: SummaryTree, except ids: Set<SummaryID>, _ note: @autoclosure () -> String) {
    for summary in summaries where summary.level > 0 && summary.by == tree.summarizer.name {
      guard !ids.contains(summary.id), let own = parts[summary.id],
        let anew = tree.parent(of: own, now: summary.created)
      else { continue }
      #expect(anew.says(summary), "\(summary.id): \(note())")
    }
  }

  private func expectTiling(_ row: [Summary], from first: Int, _ note: String) {
    var next = first
    for summary in row {
      #expect(summary.id.first.rawValue == next, "\(summary.id) after s\(next - 1): \(note)")
      next = summary.id.last.rawValue + 1
    }
  }
}

/// A summarizer that differs from TextRank: the beginning of each step.
struct LeadSummarizer: LocalSummarizer {
  let name = "lead"

  func bullets(of source: SummarySource) -> [Summary.Bullet] {
    var room = source.budget
    var bullets: [Summary.Bullet] = []
    for archived in source.steps {
      let text = OneLine.folded(archived.step.content.prefix(40))
      guard !text.isEmpty else { continue }
      let bullet = Summary.Bullet(text: text, source: archived.id...archived.id, weight: 1_000_000)
      let tokens = BytePairTokenizer.o200kBase.count(bullet.line + "\n")
      guard tokens <= room else { continue }
      room -= tokens
      bullets.append(bullet)
    }
    return bullets
  }
}
