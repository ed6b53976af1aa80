public import FlowCore
import GRDB

/// The memory database of a project: one SQLite file in WAL mode, whose commits survive a power cut.
///
/// Any number of processes may have the file open. Reads see a snapshot and wait for nobody; writes wait for
/// each other, at most as long as `lockTimeout` says, and share commits (see `GroupCommit`). Bodies run on
/// threads of the database, never on Swift's cooperative pool. The connections close when the last reference
/// goes.
public final class MemoryDatabase: MemoryArchive {
  /// The file, as it was given and as errors name it.
  public let path: String

  let connections: any DatabaseWriter
  private let commits: GroupCommit

  /// How many connections to the file there are.
  public enum Connections: Sendable {
    /// One that writes and several that read beside it, for a process that lives long. Opening writes to the file.
    case pool
    /// One for everything, for a process that does one thing: opening and reading write nothing.
    case one
  }

  /// Opens the file, makes it where there is none, and brings an older one up to date; blocks meanwhile.
  ///
  /// - Parameters:
  ///   - lockTimeout: how many seconds to wait for other processes.
  ///   - mustExist: whether a missing file is an error.
  ///   - connections: how many there are to be.
  /// - Throws: `file.not_found`; `file.newer_format` for the file of a newer Flow; `storage.corrupt` for one
  ///   that is damaged or not a memory database; `project.locked`; `storage.read_failed` or
  ///   `storage.write_failed` where the file or its folder does not let us.
  public init(
    path: String,
    lockTimeout: Double,
    mustExist: Bool = false,
    connections: Connections = .pool
  ) throws(FlowError) {
    let fault = StorageFault(file: path, isWriting: true)
    try MemoryFile.check(path, mustExist: mustExist)
    self.path = path
    commits = GroupCommit(fault: fault)
    self.connections = try MemoryFile.open(path, lockTimeout: lockTimeout, as: connections, fault: fault)
  }

  /// Closes the connections, once what is at work is done; the last process to do so folds the log into the file.
  ///
  /// Without it they close when the last reference goes, which may be too late for a process that ends. Later calls
  /// fail.
  public func close() {
    // What cannot be closed stays as a log beside the file, which the next opening reads.
    try? connections.close()
  }

  public func read<Value: Sendable>(
    _ body: @escaping @Sendable (any MemoryTransaction) throws(FlowError) -> Value
  ) async throws(FlowError) -> Value {
    let fault = StorageFault(file: path, isWriting: false)
    return try await snapshot { database throws(FlowError) in
      try body(SQLiteTransaction(database, fault: fault))
    }
  }

  public func write<Value: Sendable>(
    _ body: @escaping @Sendable (any MemoryTransaction) throws(FlowError) -> Value
  ) async throws(FlowError) -> Value {
    let outcome: Result<Value, FlowError> = await withCheckedContinuation { continuation in
      let write = GroupCommit.PendingWrite(
        run: { transaction throws(FlowError) in
          let value = try body(transaction)
          return { continuation.resume(returning: .success(value)) }
        },
        fail: { continuation.resume(returning: .failure($0)) }
      )
      guard commits.add(write) else { return }
      connections.asyncWriteWithoutTransaction { [commits] database in
        commits.drain(database)
      }
    }
    return try outcome.get()
  }

  /// Rewrites the file, and empties its log.
  ///
  /// `secure_delete` overwrites a row where it stood, but not what is left of it where SQLite moved it to another
  /// page before.
  public func eraseDeleted() async throws(FlowError) {
    let fault = StorageFault(file: path, isWriting: true)
    let outcome: Result<Void, FlowError> = await withCheckedContinuation { continuation in
      connections.asyncWriteWithoutTransaction { database in
        continuation.resume(
          returning: Result { () throws(FlowError) in
            let session = SQLSession(database: database, fault: fault)
            try session.statement("VACUUM").run()
            let checkpoint = try session.statement("PRAGMA wal_checkpoint(TRUNCATE)")
            guard try checkpoint.first({ $0.int(0) }) == 0 else {
              throw FlowError(
                .projectLocked,
                "what was deleted can still be read from the log of \(fault.file): somebody reads an earlier state",
                hint: "end the other processes that have the project open, and try again",
                context: ["file": fault.file]
              )
            }
          }
        )
      }
    }
    try outcome.get()
  }

  /// What is wrong with the file, for `doctor`.
  ///
  /// Looks for damaged pages, counts that differ from what they count, and an index or summaries that do not
  /// fit the steps; reads everything once.
  ///
  /// - Parameter analysisVersion: the version that the recall index should have; nil not to look.
  public func findings(analysisVersion: Int? = nil) async throws(FlowError) -> [Finding] {
    let fault = StorageFault(file: path, isWriting: false)
    return try await snapshot { database throws(FlowError) in
      try MemoryCheck.findings(in: database, fault: fault, analysisVersion: analysisVersion)
    }
  }

  /// Runs `body` on a connection that sees one state of the file throughout.
  func snapshot<Value: Sendable>(
    _ body: @escaping @Sendable (Database) throws(FlowError) -> Value
  ) async throws(FlowError) -> Value {
    let fault = StorageFault(file: path, isWriting: false)
    let outcome: Result<Value, FlowError> = await withCheckedContinuation { continuation in
      connections.asyncRead { access in
        let outcome = Result { () throws(FlowError) in
          try body(try fault.translate { try access.get() })
        }
        continuation.resume(returning: outcome)
      }
    }
    return try outcome.get()
  }
}
