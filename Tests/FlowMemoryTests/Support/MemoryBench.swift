import FlowCore
import FlowMemory
import FlowStore
import FlowText
import Foundation
import Synchronization
import RandomSupport

/// A memory over real stores in a temporary folder, gone with its last reference.
final class MemoryBench: Sendable {
  let folder: String
  let database: MemoryDatabase
  let markdown: MarkdownCache
  let clock = SteppedClock()

  init() throws {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("flow-bench-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    folder = url.path
    database = try MemoryDatabase(path: "\(folder)/memory.sqlite", lockTimeout: 30)
    markdown = MarkdownCache(folder: folder, project: try ProjectName("bench"))
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  func memory(
    _ limits: MemoryLimits = MemoryLimits(),
    summarizer: any LocalSummarizer = TextRankSummarizer(tokenizer: BytePairTokenizer.o200kBase)
  ) -> MemoryContext {
    MemoryContext(
      archive: database,
      summaries: markdown,
      summarizer: summarizer,
      limits: limits,
      clock: clock
    )
  }

  func steps(_ query: StepQuery = StepQuery()) async throws -> [ArchivedStep] {
    try await database.read { memory throws(FlowError) in try memory.steps.steps(query) }
  }

  func roots() async throws -> [Summary] {
    try await database.read { memory throws(FlowError) in try memory.summaries.roots() }
  }

  func summaries(_ ids: [SummaryID]) async throws -> [Summary] {
    try await database.read { memory throws(FlowError) in
      var summaries: [Summary] = []
      for id in ids { if let summary = try memory.summaries.summary(id) { summaries.append(summary) } }
      return summaries
    }
  }

  /// The steps that no summary covers.
  func shortTerm() async throws -> [ArchivedStep] {
    let covered = try await database.read { memory throws(FlowError) in try memory.summaries.coveredThrough()
    }
    return try await steps().filter { $0.id > covered ?? StepID(0) }
  }

  func pin(_ id: StepID) async throws {
    _ = try await database.write { memory throws(FlowError) in try memory.steps.setPinned(id, true) }
  }
}

/// A clock that goes on by one second at each look.
final class SteppedClock: FlowClock {
  private let seconds = Mutex(0)
  static let start = Timestamp(iso8601: "2024-04-12T08:00:00Z")!

  func now() -> Timestamp {
    let seconds = seconds.withLock { seconds in
      seconds += 1
      return seconds
    }
    return SteppedClock.start.advanced(seconds: seconds)
  }
}

extension SeededRandom {
  /// True once in `count` times.
  mutating func once(in count: Int) -> Bool { Int.random(in: 0..<count, using: &self) == 0 }

  mutating func pick<Element>(_ elements: [Element]) -> Element { elements.randomElement(using: &self)! }

  mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }
}
