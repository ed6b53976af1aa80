import FlowCore
import Foundation
import GRDB
import Testing

@testable import FlowStore

@Suite(.timeLimit(.minutes(10))) struct `Opening a memory database` {
  let folder: MemoryFolder

  init() throws {
    folder = try MemoryFolder()
  }

  @Test func `a new file is made, and found again`() async throws {
    try await folder.open().append(Step(role: .user, content: "hello"))
    let again = try folder.open(mustExist: true)
    #expect(try await again.all().map(\.step.content) == ["hello"])
  }

  @Test func `commits wait for the disk, in WAL mode, and deletions overwrite`() async throws {
    let database = try folder.open()
    try await database.append(Step(role: .user, content: "x"))
    let settings = try await database.connections.writeWithoutTransaction { writer in
      try ["journal_mode", "synchronous", "secure_delete", "foreign_keys"].map {
        try String.fetchOne(writer, sql: "PRAGMA \($0)")
      }
    }
    #expect(settings == ["wal", "2", "1", "1"])
    #expect(
      try await database.connections.read { try Int.fetchOne($0, sql: "PRAGMA busy_timeout") } == 30_000
    )
  }

  @Test func `a missing file can be an error, and is not made then`() throws {
    #expect(code { try folder.open(mustExist: true) } == .fileNotFound)
    #expect(!FileManager.default.fileExists(atPath: folder.path))
  }

  @Test func `a missing folder cannot be written to`() throws {
    #expect(
      code { try MemoryDatabase(path: "/nonexistent/memory.sqlite", lockTimeout: 1) } == .writeFailed
    )
  }

  @Test func `garbage is refused and left as it is`() throws {
    let garbage = Data(repeating: 0x41, count: 10_000)
    try garbage.write(to: URL(fileURLWithPath: folder.path))
    #expect(code { try folder.open() } == .corruptStorage)
    #expect(try Data(contentsOf: URL(fileURLWithPath: folder.path)) == garbage)
  }

  @Test(arguments: [100, 4096, 20_000]) func `a truncated file is refused`(size: Int) async throws {
    let database = try folder.open()
    for _ in 0..<20 {
      try await database.append(Step(role: .user, content: String(repeating: "x", count: 4000)))
    }
    try await database.connections.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
    let copy = try folder.crashed()
    try Data(contentsOf: URL(fileURLWithPath: folder.path)).prefix(size)
      .write(to: URL(fileURLWithPath: copy.path))
    let error = #expect(throws: FlowError.self) { try copy.open() }
    #expect(error?.code == .corruptStorage)
    #expect(error?.message.contains("memory.sqlite is damaged") == true)
    #expect(error?.hint?.contains("backup") == true)
  }

  @Test func `an empty file is taken for new only where nothing was lost`() throws {
    try Data().write(to: URL(fileURLWithPath: folder.path))
    #expect(code { try folder.open(mustExist: true) } == .corruptStorage)
    try Data([1]).write(to: URL(fileURLWithPath: folder.path + "-wal"))
    #expect(code { try folder.open() } == .corruptStorage)
    try FileManager.default.removeItem(atPath: folder.path + "-wal")
    _ = try folder.open()
  }

  @Test func `a newer format is refused and left as it is`() async throws {
    try await folder.open().connections.writeWithoutTransaction {
      try $0.execute(sql: "PRAGMA user_version = 99")
    }
    let error = #expect(throws: FlowError.self) { try folder.open() }
    #expect(error?.code == .newerFormat)
    #expect(error?.hint == "update Flow")
    #expect(error?.context["format"] == "99")
  }

  @Test(arguments: ["CREATE TABLE a(b)", "PRAGMA application_id = 7", "PRAGMA user_version = 1"])
  func `somebody else's database is refused and left as it is`(content: String) throws {
    try DatabaseQueue(path: folder.path).writeWithoutTransaction { try $0.execute(sql: content) }
    let before = try Data(contentsOf: URL(fileURLWithPath: folder.path))
    #expect(code { try folder.open() } == .corruptStorage)
    #expect(try Data(contentsOf: URL(fileURLWithPath: folder.path)) == before)
  }

  @Test func `what is no file is named`() throws {
    let pipe = folder.url.appendingPathComponent("pipe").path
    #expect(mkfifo(pipe, 0o600) == 0)
    let loop = folder.url.appendingPathComponent("loop").path
    #expect(symlink(loop, loop) == 0)
    for (path, problem) in [(pipe, "a named pipe"), (folder.url.path, "a folder"), (loop, "symbolic links")] {
      let error = #expect(throws: FlowError.self) { try MemoryDatabase(path: path, lockTimeout: 1) }
      #expect(error?.code == .readFailed)
      #expect(error?.message.contains(problem) == true)
    }
  }

  @Test func `opening a file at the same time makes it once`() async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 1...4 {
        group.addTask {
          try await folder.open().append(Step(role: .user, content: "from \(number)"), sitting: number)
        }
      }
      try await group.waitForAll()
    }
    #expect(try await folder.open().all().map(\.id.rawValue) == [1, 2, 3, 4])
  }

  @Test func `waiting for another process ends in an error`() async throws {
    let database = try folder.open(lockTimeout: 0.05)
    try await database.append(Step(role: .user, content: "before"))
    var configuration = Configuration()
    configuration.allowsUnsafeTransactions = true
    let other = try DatabaseQueue(path: folder.path, configuration: configuration)
    try await other.writeWithoutTransaction { try $0.execute(sql: "BEGIN IMMEDIATE") }
    let error = await #expect(throws: FlowError.self) {
      try await database.append(Step(role: .user, content: "during"))
    }
    #expect(error?.code == .projectLocked)
    #expect(try await database.all().count == 1, "a read waits for nobody")
    try await other.writeWithoutTransaction { try $0.execute(sql: "ROLLBACK") }
    try await database.append(Step(role: .user, content: "after"))
    #expect(try await database.all().map(\.step.content) == ["before", "after"])
  }

  private func code(_ body: () throws -> MemoryDatabase) -> FlowError.Code? {
    #expect(throws: FlowError.self) { _ = try body() }?.code
  }
}
