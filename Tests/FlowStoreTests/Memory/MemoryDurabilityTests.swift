import FlowCore
import Foundation
import GRDB
import Testing

@testable import FlowStore

@Suite(.timeLimit(.minutes(10))) struct `What a crash leaves` {
  let folder: MemoryFolder
  let database: MemoryDatabase

  init() throws {
    folder = try MemoryFolder()
    database = try folder.open()
  }

  @Test func `all that was acknowledged is in the log`() async throws {
    for number in 1...20 { try await database.append(Step(role: .user, content: "step \(number)")) }
    let copy = try folder.crashed()
    let recovered = try copy.open(mustExist: true)
    #expect(try await recovered.all().count == 20)
    #expect(try await recovered.findings().isEmpty)
    #expect(try await recovered.append(Step(role: .user, content: "next")).rawValue == 21)
  }

  @Test func `a log torn anywhere gives a whole number of writes`() async throws {
    for number in 1...5 { try await database.append(Step(role: .user, content: "step \(number) of five")) }
    // Where the schema is in the file itself, the log holds the steps alone.
    try await database.connections.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
    for number in 6...9 { try await database.append(Step(role: .user, content: "step \(number) of nine")) }
    let size = try folder.logSize
    var counts: Set<Int> = []
    for length in stride(from: 0, through: size, by: 1021) {
      let recovered = try folder.crashed(logBytes: length).open()
      let steps = try await recovered.all()
      counts.insert(steps.count)
      #expect(steps.map(\.id.rawValue) == Array(1...steps.count))
      #expect(try await recovered.findings().isEmpty)
    }
    #expect(counts.isSuperset(of: [5, 6, 7, 8]))
  }

  @Test func `a process that is killed in mid-write loses nothing acknowledged`() async throws {
    let path = folder.path
    let receipts = folder.url.appendingPathComponent("receipts").path
    await #expect(processExitsWith: .signal(SIGKILL)) {
      [path = path as String, receipts = receipts as String] in
      let database = try MemoryDatabase(path: path, lockTimeout: 30)
      let file = open(receipts, O_WRONLY | O_CREAT | O_APPEND, 0o600)
      await withTaskGroup(of: Void.self) { group in
        for writer in 1...4 {
          group.addTask {
            for number in 1... {
              let content = "writer \(writer) step \(number)"
              guard (try? await database.append(Step(role: .user, content: content))) != nil else { return }
              _ = (content + "\n").withCString { write(file, $0, strlen($0)) }
              if number == 25 { kill(getpid(), SIGKILL) }
            }
          }
        }
      }
    }
    let acknowledged = try String(contentsOfFile: receipts, encoding: .utf8).split(separator: "\n").map(
      String.init
    )
    #expect(acknowledged.count >= 25)
    let stored = try await database.all().map(\.step.content)
    #expect(Set(acknowledged).subtracting(stored).isEmpty)
    #expect(Set(stored).count == stored.count)
    #expect(try await database.findings().isEmpty)
    try await database.append(Step(role: .user, content: "the lock died with the process"))
  }
}
