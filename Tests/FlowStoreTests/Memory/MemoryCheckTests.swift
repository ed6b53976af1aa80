import FlowCore
import Foundation
import GRDB
import Testing

@testable import FlowStore

@Suite(.timeLimit(.minutes(10))) struct `Checking a memory database` {
  let folder: MemoryFolder
  let database: MemoryDatabase

  init() async throws {
    folder = try MemoryFolder()
    database = try folder.open()
    for number in 1...10 {
      try await database.append(Step(role: .user, content: "step number \(number)"), sitting: number / 4 + 1)
    }
    for (first, last, level) in [(1, 3, 0), (4, 6, 0), (1, 6, 1), (7, 9, 0)] {
      try await database.write { transaction throws(FlowError) in
        try transaction.summaries.add(
          Summary(
            id: SummaryID(first: StepID(first), last: StepID(last)),
            level: level,
            version: 1,
            by: "textrank",
            created: Timestamp(milliseconds: 0),
            bullets: [],
            sourceTokens: 1,
            tokens: 1,
            span: Timestamp(milliseconds: 0)...Timestamp(milliseconds: 1)
          )
        )
      }
    }
  }

  @Test func `a sound file has no findings`() async throws {
    #expect(try await database.findings().isEmpty)
    #expect(try await database.findings(analysisVersion: 0).isEmpty)
  }

  @Test(
    arguments: [
      ("DELETE FROM body WHERE step = 2", "1 steps have lost their content"),
      ("DELETE FROM body WHERE step = 2; DELETE FROM step WHERE id = 2", "1 steps are missing"),
      ("UPDATE archive SET tokens = tokens + 1", "the totals differ"),
      ("UPDATE archive SET sittings = 9", "1 sittings differ"),
      ("UPDATE sitting SET last = last + 1 WHERE id = 2", "1 sittings differ"),
      ("DELETE FROM sitting WHERE id = 1", "1 sittings differ"),
      ("DELETE FROM tail WHERE step = 3", "the terms of 1 steps"),
      ("UPDATE archive SET terms = 0", "the recall index does not hold"),
      ("UPDATE archive SET unsealed = 0", "the recall index does not hold"),
      (
        """
        INSERT INTO segment VALUES (1, 0, 99, 99, 1);
        INSERT INTO term_page VALUES (1, 1, x'78', x'0178016301')
        """, "1 entries of the recall index"
      ),
      ("INSERT INTO segment VALUES (1, 0, 1, 9, 2)", "the recall index does not hold"),
      ("INSERT INTO profile VALUES (0, x'00')", "the profiles of 256 steps differ"),
      ("UPDATE speaker SET steps = 9", "1 speakers differ"),
      ("UPDATE summary SET version = 2 WHERE first = 7", "1 summaries lack the version"),
      ("UPDATE summary SET first = 8 WHERE first = 7", "a gap before m8-9"),
      ("UPDATE summary SET first = 6 WHERE first = 7", "an overlap at m6-9"),
      ("UPDATE summary SET first = 2 WHERE first = 1 AND level = 0", "a gap before m2-3"),
      ("UPDATE summary SET last = 5 WHERE first = 4", "the parts of m1-6 end at s5"),
    ]
  )
  func `damage is found and named`(damage: String, problem: String) async throws {
    try await database.connections.writeWithoutTransaction { writer in
      try writer.execute(sql: "PRAGMA foreign_keys = OFF")
      try writer.execute(sql: damage)
    }
    let findings = try await database.findings()
    #expect(findings.contains { $0.problem.contains(problem) }, "\(findings)")
    #expect(findings.allSatisfy { $0.isError && $0.file == "memory.sqlite" && !$0.remedy.isEmpty })
  }

  @Test func `an index of another analysis is worth knowing`() async throws {
    let findings = try await database.findings(analysisVersion: 2)
    #expect(findings.map(\.isError) == [false])
    #expect(findings.first?.problem.contains("version 0, not 2") == true)
  }

  @Test func `damaged pages are found`() async throws {
    try await database.connections.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
    let copy = try folder.crashed()
    var bytes = try Data(contentsOf: URL(fileURLWithPath: copy.path))
    for page in 2..<(bytes.count / 4096) {
      for offset in 0..<64 { bytes[page * 4096 + offset] = 0xA5 }
    }
    try bytes.write(to: URL(fileURLWithPath: copy.path))
    let damaged = try copy.open()
    let findings = try await damaged.findings()
    #expect(!findings.isEmpty)
    #expect(findings.allSatisfy { $0.isError })
    let error = await #expect(throws: FlowError.self) { try await damaged.all() }
    #expect(error?.code == .corruptStorage)
  }
}
