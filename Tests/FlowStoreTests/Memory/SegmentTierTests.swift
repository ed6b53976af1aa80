import FlowCore
import Foundation
import GRDB
import RandomSupport
import Testing

@testable import FlowStore

@Suite(.timeLimit(.minutes(10))) struct `Tiers of the recall index` {
  let folder: MemoryFolder
  let database: MemoryDatabase

  init() throws {
    folder = try MemoryFolder()
    database = try folder.open()
  }

  /// A step of a few words, the first of which stand in most steps.
  private static func step(_ number: Int, using random: inout SeededRandom) -> [TermWeight] {
    var words: [String: UInt8] = ["n\(number)": 1]
    for _ in 0..<Int.random(in: 0...6, using: &random) {
      let rank = Int(pow(400, Double.random(in: 0..<1, using: &random)))
      words["w\(rank)"] = UInt8.random(in: 1...255, using: &random)
    }
    return words.map { TermWeight(term: $0.key, weight: $0.value) }
  }

  private static func append(
    _ terms: [[TermWeight]],
    from first: Int,
    late: Set<Int>,
    to transaction: any MemoryTransaction
  ) throws(FlowError) {
    func index(_ number: Int) throws(FlowError) {
      let words = terms[number - first]
      try transaction.recall.add(
        IndexedStep(id: StepID(number), terms: words, length: words.count, marks: UInt32(number))
      )
    }
    for number in first..<(first + terms.count) {
      let ts = Timestamp(milliseconds: Int64(number) * 60_000)
      let step = Step(role: number.isMultiple(of: 3) ? .tool : .user, content: "step \(number)")
      _ = try transaction.steps.append(step, ts: ts, tokens: number % 70_000, sitting: number / 30 + 1)
      if !late.contains(number) { try index(number) }
    }
    for number in late.sorted() { try index(number) }
  }

  private func levels() async throws -> [Int] {
    try await database.connections.read { try Int.fetchAll($0, sql: "SELECT level FROM segment ORDER BY id") }
  }

  @Test(arguments: 1...4 as ClosedRange<UInt64>)
  func `they hold what a dictionary holds, over late and removed steps`(seed: UInt64) async throws {
    var random = SeededRandom(seed: seed)
    var model: [Int: [TermWeight]] = [:]
    var database = database
    var next = 1
    for _ in 0..<Int.random(in: 4...10, using: &random) {
      let first = next
      let terms = (0..<Int.random(in: 1...500, using: &random)).map { Self.step(first + $0, using: &random) }
      let late = Set(
        terms.indices.filter { _ in Int.random(in: 0..<50, using: &random) == 0 }.map { first + $0 }
      )
      try await database.write { transaction throws(FlowError) in
        try Self.append(terms, from: first, late: late, to: transaction)
      }
      for (offset, words) in terms.enumerated() { model[first + offset] = words }
      next += terms.count
      let gone = (0..<5).map { _ in Int.random(in: 1..<next, using: &random) }
      for number in gone {
        let words = model[number]?.map(\.term) ?? []
        try await database.write { transaction throws(FlowError) in
          try transaction.recall.remove(StepID(number), terms: words)
        }
        model[number] = []
      }
      if Bool.random(using: &random) { database = try folder.open(mustExist: true) }
    }
    let held = model
    var expected: [String: [Posting]] = [:]
    for (number, terms) in held.sorted(by: { $0.key < $1.key }) {
      for term in terms {
        expected[term.term, default: []].append(Posting(step: number, weight: term.weight))
      }
    }
    let asked = (expected.keys + (1...next).map { "n\($0)" } + ["w", "x", ""]).shuffled(using: &random)
    let found = try await database.postings(of: asked)
    for (term, postings) in zip(asked, found) {
      #expect(postings == expected[term] ?? [], "seed \(seed), \(term)")
    }
    let wanted = (0..<300).map { _ in StepID(Int.random(in: -3...(next + 3), using: &random)) }
    let profiles = try await database.read { transaction throws(FlowError) in
      try transaction.recall.profiles(of: wanted)
    }
    let known = Set(wanted).filter { held[$0.rawValue] != nil }.sorted()
    #expect(
      profiles
        == known.map { id in
          let length = held[id.rawValue]!.count
          return StepProfile(
            id: id,
            ts: Timestamp(milliseconds: Int64(id.rawValue) * 60_000),
            sitting: id.rawValue / 30 + 1,
            tokens: id.rawValue % 70_000,
            length: length,
            marks: length == 0 ? 0 : UInt32(id.rawValue),
            speaker: id.rawValue.isMultiple(of: 3) ? 2 : 1
          )
        },
      "seed \(seed)"
    )
    #expect(try await database.findings().isEmpty, "seed \(seed)")
  }

  @Test func `eight segments become one of the next level`() async throws {
    var random = SeededRandom(seed: 1)
    let sealed = SQLiteRecallIndex.sealedSteps
    for round in 0..<17 {
      let terms = (0..<sealed).map { Self.step(round * sealed + $0 + 1, using: &random) }
      try await database.write { transaction throws(FlowError) in
        try Self.append(terms, from: round * sealed + 1, late: [], to: transaction)
      }
    }
    #expect(try await levels() == [1, 1, 0])
    #expect(try await database.findings().isEmpty)
  }

  @Test func `a merge that fails leaves what was there`() async throws {
    var random = SeededRandom(seed: 2)
    let count = SQLiteRecallIndex.sealedSteps * SegmentStore.fanout
    let terms = (1..<count).map { Self.step($0, using: &random) }
    try await database.write { transaction throws(FlowError) in
      try Self.append(terms, from: 1, late: [], to: transaction)
    }
    let before = try await levels()
    #expect(before == Array(repeating: 0, count: SegmentStore.fanout - 1))
    await #expect(throws: FlowError.self) {
      try await database.write { transaction throws(FlowError) in
        try Self.append([[TermWeight(term: "ghost", weight: 1)]], from: count, late: [], to: transaction)
        throw FlowError(.invalidStep, "no")
      }
    }
    #expect(try await levels() == before)
    #expect(try await database.postings(of: ["ghost"]) == [[]])
    #expect(try await database.findings().isEmpty)
    let crashed = try folder.crashed().open()
    #expect(try await crashed.findings().isEmpty)
    try await database.write { transaction throws(FlowError) in
      try Self.append([[TermWeight(term: "last", weight: 1)]], from: count, late: [], to: transaction)
    }
    #expect(try await levels() == [1])
    #expect(try await database.findings().isEmpty)
  }
}
