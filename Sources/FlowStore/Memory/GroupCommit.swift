import FlowCore
import GRDB
import Synchronization

// The problem: a commit that survives a power cut waits for the disk, some hundred microseconds to some
// milliseconds, while the work of a step takes a fraction of that. Ten agents that write through one project
// would wait for each other's commits.
//
// The design: writes go into a queue. Whoever finds nobody at work sends one drain to the writer's thread. A
// drain opens a transaction, takes one write after the other from the queue, those included that arrive
// meanwhile, and commits once; the next ones wait for that commit and share the next. A write alone commits
// at once: nothing waits for company.
//
// What holds:
// - A caller is answered after the commit that its write is part of, and with its outcome.
// - A body that throws undoes its own changes only: each has a savepoint, but for the first, whose failure
//   ends the transaction with nobody else in it. (Savepoints keep copies of the pages they change, so a large
//   import, which is alone as a rule, does not pay.) Its error too is delivered after the commit, since it
//   may rest on what was written before it in the same transaction.
// - Writes run in the order in which they were asked for.
// - A batch is bounded in number and in time, so that an early one does not wait for a late one, and other
//   processes get their turn.
// - Some failures (a full disk, say) make SQLite undo the whole transaction; then all in it fail, and the
//   rest of the queue goes on in a new one.

/// The queue of writes that wait, and the drain that commits them together.
final class GroupCommit: Sendable {
  /// The most writes in one commit.
  static let batchLimit = 128

  /// Tells a caller how its write went.
  typealias Answer = @Sendable () -> Void

  /// A write that waits.
  struct PendingWrite: Sendable {
    /// Runs the body, and gives back what tells the caller that it is durable.
    let run: @Sendable (any MemoryTransaction) throws(FlowError) -> Answer
    /// Tells the caller why it is not.
    let fail: @Sendable (FlowError) -> Void
  }

  private struct State {
    var waiting: [PendingWrite] = []
    var isDraining = false
  }

  private let state = Mutex(State())
  private let fault: StorageFault
  private let batchTime: Duration

  /// Makes an empty queue; a batch that has been at work for `batchTime` takes in no other write.
  init(fault: StorageFault, batchTime: Duration = .milliseconds(20)) {
    self.fault = fault
    self.batchTime = batchTime
  }

  /// Puts a write in the queue, and says whether the caller has to send a drain.
  func add(_ write: PendingWrite) -> Bool {
    state.withLock { state in
      state.waiting.append(write)
      defer { state.isDraining = true }
      return !state.isDraining
    }
  }

  /// Commits what waits until nothing waits; runs on the writer's thread.
  func drain(_ database: Database) {
    while let first = nextOrStop() {
      commitBatch(startingWith: first, on: database)
    }
  }

  private func next() -> PendingWrite? {
    state.withLock { $0.waiting.isEmpty ? nil : $0.waiting.removeFirst() }
  }

  /// The next write, or nil at the end of the drain: the write added after that starts another.
  private func nextOrStop() -> PendingWrite? {
    state.withLock { state in
      state.isDraining = !state.waiting.isEmpty
      return state.waiting.isEmpty ? nil : state.waiting.removeFirst()
    }
  }

  private func takeAll() -> [PendingWrite] {
    state.withLock { state in
      defer { state.waiting = [] }
      return state.waiting
    }
  }
}

extension GroupCommit {
  private func commitBatch(startingWith first: PendingWrite, on database: Database) {
    do {
      try fault.translate { try database.beginTransaction(.immediate) }
    } catch {
      // All of them have waited for the same lock: the next would wait as long again, in vain.
      for write in [first] + takeAll() { write.fail(error) }
      return
    }
    let start = ContinuousClock.now
    var writes = [first]
    var answers: [Answer] = []
    do {
      answers.append(try run(first, on: database))
    } catch {
      undo(database)
      first.fail(error)
      return
    }
    while writes.count < Self.batchLimit, ContinuousClock.now - start < batchTime,
      let write = next()
    {
      writes.append(write)
      do {
        answers.append(try runInSavepoint(write, on: database))
      } catch {
        answers.append { write.fail(error) }
        guard database.isInsideTransaction else {
          for write in writes { write.fail(error) }
          return
        }
      }
    }
    do {
      try fault.translate { try database.commit() }
    } catch {
      undo(database)
      for write in writes { write.fail(error) }
      return
    }
    for answer in answers { answer() }
  }

  private func run(_ write: PendingWrite, on database: Database) throws(FlowError) -> Answer {
    let transaction = SQLiteTransaction(database, fault: fault)
    let answer = try write.run(transaction)
    if let failure = transaction.failure { throw failure }
    return answer
  }

  /// Runs a write that undoes only itself.
  private func runInSavepoint(_ write: PendingWrite, on database: Database) throws(FlowError) -> Answer {
    try execute("SAVEPOINT write", on: database)
    do {
      let answer = try run(write, on: database)
      try execute("RELEASE write", on: database)
      return answer
    } catch {
      // Where going back alone fails, nothing of the batch may be committed.
      do {
        try execute("ROLLBACK TO write", on: database)
        try execute("RELEASE write", on: database)
      } catch {
        undo(database)
      }
      throw error
    }
  }

  private func execute(_ sql: String, on database: Database) throws(FlowError) {
    try fault.translate { try database.cachedStatement(sql: sql).execute() }
  }

  /// Ends the transaction without its changes.
  ///
  /// That cannot fail but where SQLite has ended it already.
  private func undo(_ database: Database) {
    try? database.rollback()
  }
}
