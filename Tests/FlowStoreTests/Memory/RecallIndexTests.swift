import FlowCore
import GRDB
import Testing

@testable import FlowStore

@Suite(.timeLimit(.minutes(10))) struct `The recall index in the memory database` {
  let folder: MemoryFolder
  let database: MemoryDatabase

  init() throws {
    folder = try MemoryFolder()
    database = try folder.open()
  }

  private func postings(of term: String) async throws -> [Posting] {
    try await database.postings(of: [term])[0]
  }

  private func word(_ word: String, of step: Int) -> IndexedStep {
    IndexedStep(id: StepID(step), terms: [TermWeight(term: word, weight: 1)], length: 1, marks: 0)
  }

  private func profiles(of ids: [Int]) async throws -> [StepProfile] {
    try await database.read { transaction throws(FlowError) in
      try transaction.recall.profiles(of: ids.map { StepID($0) })
    }
  }

  @Test func `a term's steps come in order, with how often`() async throws {
    for content in ["a b a", "b", "a c"] {
      try await database.append(Step(role: .user, content: content))
    }
    #expect(
      try await postings(of: "a")
        == [Posting(step: 1, weight: 2), Posting(step: 3, weight: 1)]
    )
    #expect(try await postings(of: "b").map(\.step) == [1, 2])
    #expect(try await postings(of: "d").isEmpty)
    #expect(try await postings(of: "").isEmpty)
  }

  @Test func `terms are told apart by bytes`() async throws {
    try await database.append(Step(role: .user, content: "caf\u{E9} cafe\u{301} CAFE x\0 x"))
    for term in ["caf\u{E9}", "cafe\u{301}", "CAFE", "x\0", "x"] {
      #expect(try await postings(of: term) == [Posting(step: 1, weight: 1)])
    }
  }

  @Test func `postings run on over sealed segments and the tail`() async throws {
    let count = SQLiteRecallIndex.sealedSteps * 2 + 100
    try await database.write { transaction throws(FlowError) in
      for number in 1...count {
        let words = ["all", "n\(number)", number.isMultiple(of: 3) ? "fizz fizz" : "x\0"]
        try transaction.append(Step(role: .user, content: words.joined(separator: " ")))
      }
    }
    #expect(try await postings(of: "all").map(\.step) == Array(1...count))
    let fizz = (1...count).filter { $0.isMultiple(of: 3) }
    #expect(try await postings(of: "fizz") == fizz.map { Posting(step: $0, weight: 2) })
    for number in [1, 256, 257, 512, 513, count] {
      #expect(try await postings(of: "n\(number)").map(\.step) == [number])
    }
    #expect(try await postings(of: "x\0").count == count - fizz.count)
    #expect(try await database.findings().isEmpty)
    let unsealed = try await database.connections.read {
      try Int.fetchOne($0, sql: "SELECT count(*) FROM tail")
    }
    #expect(unsealed == 100)
  }

  @Test func `a step indexed late stands in its place`() async throws {
    let late = StepID(2)
    try await database.write { transaction throws(FlowError) in
      for _ in 1...(SQLiteRecallIndex.sealedSteps + 1) {
        let step = Step(role: .user, content: "word")
        let ts = Timestamp(milliseconds: 0)
        let id = try transaction.steps.append(step, ts: ts, tokens: 1, sitting: 1)
        guard id != late else { continue }
        try transaction.recall.add(self.word("word", of: id.rawValue))
      }
      try transaction.recall.add(self.word("word", of: late.rawValue))
    }
    let expected = Array(1...(SQLiteRecallIndex.sealedSteps + 1))
    #expect(try await postings(of: "word").map(\.step) == expected)
  }

  @Test(
    arguments: [
      "x'80'", "x'01'", "x'04776F726401'", "x'04776F72640180'", "x'04776F726400'",
      "x'04776F726401FFFFFFFF7F01'",
      "x'04776F7264020401010101'", "x'04776F726402050101010001'", "x'04776F72640206010001010101'",
      "x'04776F7264FFFFFFFFFFFFFFFF7F01'",
    ]
  )
  func `a damaged entry is an error`(bytes: String) async throws {
    try await database.append(Step(role: .user, content: "word"))
    try await database.connections.writeWithoutTransaction { writer in
      try writer.execute(
        sql: """
          INSERT INTO segment VALUES (9, 0, 1, 9, 1);
          INSERT INTO term_page VALUES (1, 9, CAST('word' AS BLOB), \(bytes))
          """
      )
    }
    let error = await #expect(throws: FlowError.self) { try await postings(of: "word") }
    #expect(error?.code == .corruptStorage)
    #expect(try await !database.findings().isEmpty)
  }

  @Test(arguments: ["x'80'", "x'0461'", "x'0161'", "x'FFFFFFFFFFFFFFFF7F01'"])
  func `a damaged tail is an error`(bytes: String) async throws {
    try await database.append(Step(role: .user, content: "word"))
    try await database.connections.writeWithoutTransaction { writer in
      try writer.execute(sql: "UPDATE tail SET terms = \(bytes)")
    }
    let error = await #expect(throws: FlowError.self) { try await postings(of: "word") }
    #expect(error?.code == .corruptStorage)
  }

  @Test func `terms of a write that failed are forgotten`() async throws {
    await #expect(throws: FlowError.self) {
      try await database.write { transaction throws(FlowError) in
        try transaction.append(Step(role: .user, content: "ghost"))
        throw FlowError(.invalidStep, "no")
      }
    }
    try await database.append(Step(role: .user, content: "other"))
    try await database.append(Step(role: .user, content: "ghost"))
    #expect(try await postings(of: "ghost").map(\.step) == [2])
    #expect(try await postings(of: "other").map(\.step) == [1])
  }

  @Test func `a step that is not there has no terms`() async throws {
    let error = await #expect(throws: FlowError.self) {
      try await database.write { transaction throws(FlowError) in
        try transaction.recall.add(self.word("a", of: 1))
      }
    }
    #expect(error?.code == .stepNotFound)
    #expect(try await postings(of: "a").isEmpty)
  }

  @Test func `profiles tell what steps are without their text`() async throws {
    for number in 1...60 {
      try await database.append(
        Step(
          ts: Timestamp(milliseconds: Int64(number)),
          role: number == 7 ? .tool : .user,
          name: number == 7 ? "grep" : nil,
          content: "w w"
        ),
        sitting: number / 10 + 1
      )
    }
    let wanted = [60, 7, 1, 99, 7, 40, -3, 58]
    #expect(try await profiles(of: wanted).map(\.id.rawValue) == [1, 7, 40, 58, 60])
    #expect(
      try await profiles(of: [7]) == [
        StepProfile(
          id: StepID(7),
          ts: Timestamp(milliseconds: 7),
          sitting: 1,
          tokens: 3,
          length: 2,
          marks: 2,
          speaker: 2
        )
      ]
    )
    #expect(try await profiles(of: [.min, .max, 60]).map(\.id.rawValue) == [60])
    #expect(try await profiles(of: []).isEmpty)
    #expect(try await profiles(of: Array(1...60)).count == 60)
  }

  @Test func `sittings are ranges with their length`() async throws {
    for (content, sitting) in [("a b", 1), ("c", 1), ("d e f", 2)] {
      try await database.append(Step(role: .user, content: content), sitting: sitting)
    }
    let sittings = try await database.read { transaction throws(FlowError) in
      try transaction.steps.sittings([2, 1, 3, 1])
    }
    #expect(
      sittings == [
        1: SittingProfile(range: StepID(1)...StepID(2), length: 3),
        2: SittingProfile(range: StepID(3)...StepID(3), length: 3),
      ]
    )
  }

  @Test func `a step is indexed once`() async throws {
    try await database.append(Step(role: .user, content: "a"))
    let error = await #expect(throws: FlowError.self) {
      try await database.write { transaction throws(FlowError) in
        try transaction.recall.add(self.word("b", of: 1))
      }
    }
    #expect(error?.code == .stepConflict)
    #expect(try await database.findings().isEmpty)
  }

  @Test func `terms asked for twice or out of order are answered as asked`() async throws {
    try await database.append(Step(role: .user, content: "a b"))
    try await database.append(Step(role: .user, content: "b"))
    let found = try await database.postings(of: ["b", "x", "a", "b", ""]).map { $0.map(\.step) }
    #expect(found == [[1, 2], [], [1], [1, 2], []])
    #expect(try await database.postings(of: []).isEmpty)
  }

  @Test func `a reset empties the index and keeps the steps`() async throws {
    try await database.append(Step(role: .user, content: "old words"))
    func version() async throws -> Int {
      try await database.read { transaction throws(FlowError) in try transaction.recall.analysisVersion() }
    }
    #expect(try await version() == 0)
    try await database.write { transaction throws(FlowError) in
      try transaction.recall.reset(analysisVersion: 3)
      #expect(try transaction.recall.postings(of: ["old"])[0].count == 0)
      let terms = [TermWeight(term: "new", weight: 2)]
      try transaction.recall.add(IndexedStep(id: StepID(1), terms: terms, length: 2, marks: 0))
    }
    #expect(try await version() == 3)
    #expect(try await postings(of: "old").isEmpty)
    #expect(try await postings(of: "new") == [Posting(step: 1, weight: 2)])
    #expect(try await profiles(of: [1]).map(\.length) == [2])
    #expect(try await database.findings(analysisVersion: 3).isEmpty)
  }
}
