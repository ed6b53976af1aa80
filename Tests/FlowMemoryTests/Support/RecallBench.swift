import FlowCore
import FlowStore
import FlowText

@testable import FlowMemory

/// What recall sees in a small archive: its sittings are a day apart, the steps of a sitting a minute.
struct RecallBench {
  let bench: MemoryBench

  init() throws { bench = try MemoryBench() }

  /// An archive of these sittings; steps that have a time keep it.
  init(_ sittings: [[Step]]) async throws {
    try self.init()
    var steps: [Step] = []
    for (day, sitting) in sittings.enumerated() {
      for (minute, step) in sitting.enumerated() {
        var step = step
        step.ts = step.ts ?? SteppedClock.start.advanced(seconds: 86_400 * day + 60 * minute)
        steps.append(step)
      }
    }
    try await add(steps)
  }

  /// Archives steps with their index, as updates do, but without roll-ups, which recall does not see.
  func add(_ steps: [Step]) async throws {
    let known = KnownTerms()
    try await bench.database.write { memory throws(FlowError) in
      try memory.recall.reset(analysisVersion: IndexedText.version)
      var newTerms = known.counter(steps: 0)
      var previous: StepProfile?
      for step in steps {
        let ts = step.ts ?? SteppedClock.start
        let sitting = SittingRule(gapSeconds: MemoryLimits().sittingGapSeconds).sitting(
          at: ts,
          after: previous
        )
        let tokens = BytePairTokenizer.o200kBase.count(step.content)
        let id = try memory.steps.append(step, ts: ts, tokens: tokens, sitting: sitting)
        let text = IndexedText(step, ts: ts)
        let new = try newTerms.count(text.terms, in: memory.recall)
        try memory.recall.add(text.indexed(as: id, newTerms: new))
        previous = StepProfile(
          id: id,
          ts: ts,
          sitting: sitting,
          tokens: tokens,
          length: text.length,
          marks: 0,
          speaker: 1
        )
      }
    }
  }

  func evidence(
    _ query: String,
    now: Timestamp = SteppedClock.start,
    wholeThrough: Int = RecallGatherer.exhaustiveSteps,
    selection: Int = RecallGatherer.selected
  ) async throws -> RecallEvidence {
    try await bench.database.read { memory throws(FlowError) in
      try RecallGatherer(memory: memory, wholeThrough: wholeThrough, selection: selection)
        .gather(query, now: now)
    }
  }

  func postings(of terms: [String]) async throws -> [PostingList] {
    try await bench.database.read { memory throws(FlowError) in try memory.recall.postings(of: terms) }
  }

  /// The features of each step, by its number.
  func features(_ query: String, now: Timestamp = SteppedClock.start) async throws -> Features {
    let evidence = try await evidence(query, now: now)
    let ranker = RecallRanker(evidence: evidence)
    var rows: [Int: [Double]] = [:]
    for (index, profile) in evidence.table.profiles.enumerated() {
      rows[profile.id.rawValue] = ranker.features(at: index)
    }
    return Features(rows: rows)
  }

  struct Features {
    let rows: [Int: [Double]]

    /// The values of a feature in the order of the steps.
    subscript(feature: RecallFeature) -> [Double] {
      rows.keys.sorted().map { rows[$0]?[feature.rawValue] ?? .nan }
    }

    /// The numbers of the steps that have it.
    func holders(of feature: RecallFeature) -> [Int] {
      rows.keys.sorted().filter { rows[$0]?[feature.rawValue] != 0 }
    }
  }
}

extension Step {
  static func user(_ content: String) -> Step { Step(role: .user, content: content) }
  static func assistant(_ content: String) -> Step { Step(role: .assistant, content: content) }
  static func tool(_ content: String) -> Step { Step(role: .tool, name: "shell", content: content) }
  static func person(_ name: String, _ content: String) -> Step {
    Step(role: .user, name: name, content: content)
  }

  /// Small talk that no query of these tests is about.
  static func filler(_ count: Int) -> [Step] {
    (0..<count).map { .assistant("The weather stayed mild number \($0)") }
  }
}
