import FlowCore
import Foundation
import GRDB
import Synchronization
import Testing

@testable import FlowStore

@Suite(.timeLimit(.minutes(10))) struct `Group commit` {
  let folder: MemoryFolder
  let database: MemoryDatabase
  let commits: GroupCommit
  let counter = CommitCounter()
  let outcomes = Outcomes()

  init() throws {
    folder = try MemoryFolder()
    database = try folder.open()
    commits = GroupCommit(
      fault: StorageFault(file: "memory.sqlite", isWriting: true),
      batchTime: .seconds(600)
    )
    database.connections.add(transactionObserver: counter)
  }

  @Test func `writes that wait share a commit`() async throws {
    for number in 1...50 { enqueue(number) }
    try await drain()
    #expect(counter.count == 1)
    #expect(outcomes.all == (1...50).map { "\($0) stored" })
    #expect(try await database.all().map(\.step.content) == (1...50).map { "step \($0)" })
  }

  @Test func `only the first is asked to send a drain`() async throws {
    #expect(enqueue(1))
    #expect(!enqueue(2))
    try await drain()
    #expect(enqueue(3))
  }

  @Test(arguments: [1, 25, 50]) func `a write that fails undoes only itself`(failing: Int) async throws {
    for number in 1...50 { enqueue(number, fails: number == failing) }
    try await drain()
    let expected = (1...50).filter { $0 != failing }
    #expect(try await database.all().map(\.step.content) == expected.map { "step \($0)" })
    #expect(try await database.all().map(\.id.rawValue) == Array(1...49))
    #expect(outcomes.all.filter { $0.hasSuffix("stored") }.count == 49)
    #expect(outcomes.all.contains("\(failing) step.invalid"))
    #expect(try await database.findings().isEmpty)
  }

  @Test func `a batch has a bound in number`() async throws {
    for number in 1...(GroupCommit.batchLimit * 2 + 1) { enqueue(number) }
    try await drain()
    #expect(counter.count == 3)
    #expect(outcomes.all.count == GroupCommit.batchLimit * 2 + 1)
  }

  @Test func `a batch has a bound in time`() async throws {
    let commits = GroupCommit(
      fault: StorageFault(file: "memory.sqlite", isWriting: true),
      batchTime: .zero
    )
    for number in 1...3 { enqueue(number, in: commits) }
    try await drain(commits)
    #expect(counter.count == 3)
    #expect(outcomes.all == ["1 stored", "2 stored", "3 stored"])
  }

  @Test func `where the commit fails, nothing is stored and all hear of it`() async throws {
    counter.refuses = true
    for number in 1...3 { enqueue(number) }
    try await drain()
    #expect(outcomes.all == ["1 internal", "2 internal", "3 internal"])
    #expect(try await database.all().isEmpty)
    counter.refuses = false
    enqueue(4)
    try await drain()
    #expect(try await database.all().map(\.step.content) == ["step 4"])
  }

  @Test func `where the lock does not come, all that wait hear of it at once`() async throws {
    let impatient = try folder.open(lockTimeout: 0)
    let holding = DispatchSemaphore(value: 0)
    let release = DispatchSemaphore(value: 0)
    async let holder: Void = database.write { _ in
      holding.signal()
      release.wait()
    }
    await wait(for: holding)
    for number in 1...3 { enqueue(number) }
    try await impatient.connections.writeWithoutTransaction { [commits] in commits.drain($0) }
    release.signal()
    try await holder
    #expect(outcomes.all == ["1 project.locked", "2 project.locked", "3 project.locked"])
  }

  @Test func `a full disk fails what shared the commit, and nothing else`() async throws {
    try await database.append(Step(role: .user, content: "before"))
    try await setPageLimit("(SELECT page_count FROM pragma_page_count) + 3")
    enqueue(1)
    enqueue(2, content: String(repeating: "x", count: 100_000))
    enqueue(3)
    try await drain()
    #expect(outcomes.all.contains("2 storage.write_failed"))
    try await setPageLimit("1000000")
    enqueue(4)
    try await drain()
    #expect(outcomes.all.contains("4 stored"))
    let stored = outcomes.all.filter { $0.hasSuffix("stored") }.compactMap { $0.split(separator: " ").first }
    let contents = try await database.all().map(\.step.content)
    #expect(contents == ["before"] + stored.map { "step \($0)" })
    #expect(try await database.findings().isEmpty)
  }

  @Test func `a write that swallows a failure of the disk is not acknowledged`() async throws {
    try await setPageLimit("(SELECT page_count FROM pragma_page_count) + 3")
    let content = String(repeating: "x", count: 100_000)
    enqueue { transaction in
      _ = try? transaction.append(Step(role: .user, content: content))
    }
    try await drain()
    #expect(outcomes.all == ["0 storage.write_failed"])
    #expect(try await database.all().isEmpty)
    #expect(try await database.findings().isEmpty)
  }

  @Test func `two databases on one file lose nothing`() async throws {
    let other = try folder.open()
    let ids = try await withThrowingTaskGroup(of: [Int].self) { group in
      for (number, database) in [database, other, database, other].enumerated() {
        group.addTask {
          var ids: [Int] = []
          for step in 1...100 {
            let content = "task \(number) step \(step)"
            ids.append(try await database.append(Step(role: .user, content: content)).rawValue)
          }
          #expect(ids == ids.sorted())
          return ids
        }
      }
      return try await group.reduce(into: []) { $0 += $1 }
    }
    #expect(ids.sorted() == Array(1...400))
    let contents = Set(try await other.all().map(\.step.content))
    #expect(contents.count == 400)
    #expect(try await database.findings().isEmpty)
  }

  @Test func `a read sees one state, however much is written beside it`() async throws {
    try await database.append(Step(role: .user, content: "before"))
    let started = DispatchSemaphore(value: 0)
    let written = DispatchSemaphore(value: 0)
    async let counts = database.read { transaction throws(FlowError) in
      let before = try transaction.steps.figures().steps
      started.signal()
      written.wait()
      return [before, try transaction.steps.steps(StepQuery()).count]
    }
    await wait(for: started)
    try await database.append(Step(role: .user, content: "during"))
    written.signal()
    #expect(try await counts == [1, 1])
    #expect(try await database.all().count == 2)
  }

  /// Waits off the cooperative pool.
  private func wait(for semaphore: DispatchSemaphore) async {
    await withCheckedContinuation { continuation in
      DispatchQueue.global().async {
        semaphore.wait()
        continuation.resume()
      }
    }
  }

  @discardableResult
  private func enqueue(
    _ number: Int,
    content: String? = nil,
    fails: Bool = false,
    in commits: GroupCommit? = nil
  ) -> Bool {
    enqueue(number, in: commits) { transaction throws(FlowError) in
      try transaction.append(Step(role: .user, content: content ?? "step \(number)"))
      if fails { throw FlowError(.invalidStep, "no") }
    }
  }

  @discardableResult
  private func enqueue(
    _ number: Int = 0,
    in queue: GroupCommit? = nil,
    _ body: @escaping @Sendable (any MemoryTransaction) throws(FlowError) -> Void
  ) -> Bool {
    (queue ?? commits).add(
      GroupCommit.PendingWrite(
        run: { [outcomes] transaction throws(FlowError) in
          try body(transaction)
          return { outcomes.add("\(number) stored") }
        },
        fail: { [outcomes] in outcomes.add("\(number) \($0.code.rawValue)") }
      )
    )
  }

  private func drain(_ queue: GroupCommit? = nil) async throws {
    let queue = queue ?? commits
    try await database.connections.writeWithoutTransaction { queue.drain($0) }
  }

  private func setPageLimit(_ expression: String) async throws {
    try await database.connections.writeWithoutTransaction { writer in
      let limit = try Int.fetchOne(writer, sql: "SELECT \(expression)") ?? 0
      try writer.execute(sql: "PRAGMA max_page_count = \(limit)")
    }
  }
}

/// Counts commits that changed something, or refuses them.
final class CommitCounter: TransactionObserver, Sendable {
  private let commits = Mutex(0)
  private let refusing = Mutex(false)
  var count: Int { commits.withLock { $0 } }
  var refuses: Bool {
    get { refusing.withLock { $0 } }
    set { refusing.withLock { $0 = newValue } }
  }

  func observes(eventsOfKind eventKind: DatabaseEventKind) -> Bool { true }
  func databaseDidChange(with event: DatabaseEvent) {}
  func databaseWillCommit() throws {
    if refuses { throw DatabaseError(resultCode: .SQLITE_ABORT) }
  }
  func databaseDidCommit(_ db: Database) { commits.withLock { $0 += 1 } }
  func databaseDidRollback(_ db: Database) {}
}

/// What callers were told, in order.
final class Outcomes: Sendable {
  private let entries = Mutex<[String]>([])
  var all: [String] { entries.withLock { $0 } }

  func add(_ entry: String) {
    entries.withLock { $0.append(entry) }
  }
}
