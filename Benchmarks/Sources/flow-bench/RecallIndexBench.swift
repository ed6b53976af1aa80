import FlowCore
import FlowStore

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

// What the recall index costs at some number of steps: to fill, one durable write a step, and to read.
//
// Words are drawn by Zipf's law from 60,000; four of five steps have 12 to 60 of them, the fifth 600 (some 4 KB).
// Times are of the clock, in milliseconds; a look-up is all of one read transaction.
struct RecallIndexBench {
  private let steps: Int
  private let path: String
  private var random = SeededGenerator(state: 7)
  private var terms = 0

  init(steps: Int, path: String) {
    self.steps = steps
    self.path = path
  }

  mutating func json() async throws -> String {
    let archive = try MemoryDatabase(path: path, lockTimeout: 10)
    try await archive.write { memory throws(FlowError) in try memory.recall.reset(analysisVersion: 1) }
    let start = ContinuousClock.now
    var indexing = Times()
    for batch in stride(from: 1, through: steps, by: 100) {
      let texts = (batch..<min(steps + 1, batch + 100)).map { words(in: $0) }
      terms += texts.reduce(0) { $0 + $1.count }
      indexing.merge(try await Self.append(texts, from: batch, to: archive))
    }
    let filling = start.duration(to: .now).milliseconds / 1000
    var few = Times()
    var many = Times()
    var profiles = Times()
    for round in 0..<60 {
      few.add(try await time(archive, terms: query(of: 10)))
      many.add(try await time(archive, terms: query(of: 80)))
      let wanted = Set((0..<8000).map { _ in Int.random(in: 1...steps, using: &random) })
        .sorted().map { StepID($0) }
      if round < 20 {
        profiles.add(
          try await Self.time { () async throws in
            try await archive.read { memory throws(FlowError) in
              _ = try memory.recall.profiles(of: wanted)
            }
          }
        )
      }
    }
    archive.close()
    return """
      {"steps": \(steps), "terms": \(terms), "fill_s": \(filling.rounded(2)), \
      "steps_per_s": \((Double(steps) / filling).rounded(0)), \
      "add_p50_ms": \(indexing.at(0.5)), "add_p99_ms": \(indexing.at(0.99)), "add_worst_ms": \(indexing.at(1)), \
      "terms10_p50_ms": \(few.at(0.5)), "terms10_p95_ms": \(few.at(0.95)), \
      "terms80_p50_ms": \(many.at(0.5)), "terms80_p95_ms": \(many.at(0.95)), \
      "profiles8000_p50_ms": \(profiles.at(0.5)), "profiles8000_p95_ms": \(profiles.at(0.95))}
      """
  }

  private static func append(
    _ texts: [[String: Int]],
    from first: Int,
    to archive: MemoryDatabase
  ) async throws -> Times {
    try await archive.write { memory throws(FlowError) in
      var times = Times()
      for (offset, words) in texts.enumerated() {
        let number = first + offset
        let length = words.values.reduce(0, +)
        let step = Step(role: number.isMultiple(of: 5) ? .tool : .user, content: "step \(number)")
        let ts = Timestamp(milliseconds: 1_700_000_000_000 + Int64(number) * 47_000)
        let id = try memory.steps.append(step, ts: ts, tokens: length, sitting: number / 40 + 1)
        let terms = words.map { TermWeight(term: $0.key, weight: UInt8(min(255, 60 * $0.value))) }
        let start = ContinuousClock.now
        try memory.recall.add(IndexedStep(id: id, terms: terms, length: length, marks: 0))
        times.add(start.duration(to: .now).milliseconds)
      }
      return times
    }
  }

  private func time(_ archive: MemoryDatabase, terms: [String]) async throws -> Double {
    try await Self.time { () async throws in
      try await archive.read { memory throws(FlowError) in _ = try memory.recall.postings(of: terms) }
    }
  }

  private static func time(_ body: () async throws -> Void) async rethrows -> Double {
    let start = ContinuousClock.now
    try await body()
    return start.duration(to: .now).milliseconds
  }

  private mutating func words(in step: Int) -> [String: Int] {
    var words: [String: Int] = [:]
    let count = step.isMultiple(of: 5) ? 600 : Int.random(in: 12...60, using: &random)
    for _ in 0..<count { words[word(), default: 0] += 1 }
    return words
  }

  private mutating func query(of count: Int) -> [String] {
    (0..<count).map { _ in word() }
  }

  /// Ranks whose logarithms are even are drawn by Zipf's law; the commonest hundred are stop words.
  private mutating func word() -> String {
    let rank = Int(exp(Double.random(in: log(100)..<log(60_000), using: &random)))
    return String(rank &* 2_654_435_761 & 0xFFFF_FFFF, radix: 36)
  }
}
