import FlowCore
import Foundation
import GRDB
import Testing

@testable import FlowStore

@Suite(.timeLimit(.minutes(10))) struct `A memory database with one connection` {
  let folder: MemoryFolder

  init() throws {
    folder = try MemoryFolder()
  }

  private func open() throws(FlowError) -> MemoryDatabase {
    try MemoryDatabase(path: folder.path, lockTimeout: 30, connections: .one)
  }

  private var bytes: Data {
    get throws { try Data(contentsOf: URL(fileURLWithPath: folder.path)) }
  }

  @Test func `its commits wait for the disk, in WAL mode`() async throws {
    let settings = try await open().connections.writeWithoutTransaction { writer in
      try ["journal_mode", "synchronous"].map { try String.fetchOne(writer, sql: "PRAGMA \($0)") }
    }
    #expect(settings == ["wal", "2"])
  }

  @Test func `closing folds the log into the file`() async throws {
    let database = try open()
    try await database.append(Step(role: .user, content: "hello"))
    database.close()
    #expect(!FileManager.default.fileExists(atPath: folder.path + "-wal"))
    #expect(try await open().all().map(\.step.content) == ["hello"])
  }

  @Test func `opening and reading write nothing`() async throws {
    let first = try open()
    try await first.append(Step(role: .user, content: "hello"))
    first.close()
    let before = try bytes
    let second = try open()
    #expect(try await second.all().count == 1)
    second.close()
    #expect(try bytes == before)
  }

  @Test func `it writes beside a pool`() async throws {
    let one = try open()
    let pool = try folder.open()
    for round in 0..<20 {
      try await one.append(Step(role: .user, content: "one \(round)"))
      try await pool.append(Step(role: .user, content: "pool \(round)"))
    }
    #expect(try await one.all().count == 40)
    #expect(try await pool.all().count == 40)
  }
}
