import FlowCore
import GRDB

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Looks at a memory database from outside, and opens it.
enum MemoryFile {
  /// Refuses what SQLite would wait on, make anew over a loss, or report in words that help nobody.
  static func check(_ path: String, mustExist: Bool) throws(FlowError) {
    var status = stat()
    guard stat(path, &status) == 0 else {
      let code = errno
      guard code == ENOENT, !mustExist else { throw unreadable(path, code) }
      return
    }
    let context = ["file": path]
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw FlowError(.readFailed, "\(path) is \(kind(status.st_mode)), not a file", context: context)
    }
    // SQLite deletes the log that belongs to an empty file, and with it the last steps.
    if status.st_size == 0, mustExist || hasContent(path + "-wal") {
      throw FlowError.damaged(path, "it is empty")
    }
  }

  /// Opens the connections.
  static func open(
    _ path: String,
    lockTimeout: Double,
    as connections: MemoryDatabase.Connections,
    fault: StorageFault
  ) throws(FlowError) -> any DatabaseWriter {
    let lockTimeout = lockTimeout.isNaN ? 0 : min(max(0, lockTimeout), 86_400)
    let deadline = ContinuousClock.now + .seconds(lockTimeout)
    while true {
      do {
        return try fault.translate { try connect(path, lockTimeout: lockTimeout, as: connections) }
      } catch {
        // Where two processes make one file, SQLite may refuse the switch to WAL without waiting.
        guard error.code == .projectLocked, ContinuousClock.now < deadline else { throw error }
        usleep(5000)
      }
    }
  }

  private static func connect(
    _ path: String,
    lockTimeout: Double,
    as connections: MemoryDatabase.Connections
  ) throws -> any DatabaseWriter {
    var configuration = Configuration()
    configuration.busyMode = .callback { attempt in
      pause(beforeAttempt: attempt, within: lockTimeout)
    }
    configuration.foreignKeysEnabled = true
    configuration.persistentReadOnlyConnections = true
    configuration.prepareDatabase { database in
      try database.execute(sql: settings)
      if database.configuration.readonly {
        // GRDB gives connections that read a time-out of its own.
        try database.execute(sql: "PRAGMA busy_timeout = \(Int(lockTimeout * 1000))")
      } else {
        // Before the file is switched to WAL: one that is not ours stays as it is.
        _ = try MemorySchema.found(in: database, file: path)
        try database.execute(sql: "PRAGMA cache_size = -32768")
      }
    }
    let writer: any DatabaseWriter =
      switch connections {
      case .pool: try DatabasePool(path: path, configuration: configuration)
      case .one: try DatabaseQueue(path: path, configuration: configuration)
      }
    try writer.writeWithoutTransaction { database in
      // A file stays in WAL mode once it is; GRDB switches pools only, and makes a commit each time to do so.
      try database.execute(sql: "PRAGMA journal_mode = WAL")
      // GRDB sets NORMAL when it opens a pool, which loses acknowledged commits in a power cut.
      try database.execute(sql: "PRAGMA synchronous = FULL")
      try MemorySchema.migrate(database, file: path)
    }
    return writer
  }

  /// What holds for every connection: what is deleted is overwritten; the log is cut to 16 MB after a
  /// checkpoint; up to 8 MB of pages are kept (32 MB where an import changes the index); what the schema of a
  /// tampered file calls is not trusted. (Darwin's fsync alone does not reach the disk.)
  private static let settings = """
    PRAGMA secure_delete = ON;
    PRAGMA journal_size_limit = 16777216;
    PRAGMA cache_size = -8192;
    PRAGMA temp_store = MEMORY;
    PRAGMA trusted_schema = OFF;
    PRAGMA fullfsync = ON;
    """

  /// Waits a little for the lock, and says whether to try again.
  ///
  /// SQLite's own waits grow to 100 ms, by which a process that writes all the time, and lets go of the lock
  /// for moments only, would shut out another.
  private static func pause(beforeAttempt attempt: Int, within seconds: Double) -> Bool {
    let longest = 5
    let waited = attempt < longest ? attempt * (attempt + 1) / 2 : 10 + (attempt - 4) * longest
    guard Double(waited) < seconds * 1000 else { return false }
    usleep(UInt32(min(attempt + 1, longest)) * 1000)
    return true
  }

  private static func unreadable(_ path: String, _ code: Int32) -> FlowError {
    let context = ["file": path, "errno": String(code)]
    guard code == ENOENT else {
      let reason = strerror(code).map { String(cString: $0) } ?? "error \(code)"
      return FlowError(.readFailed, "\(path) cannot be read: \(reason)", context: context)
    }
    return FlowError(
      .fileNotFound,
      "there is no \(path)",
      hint: "the steps of this project are not here: restore the file from a backup",
      context: context
    )
  }

  private static func hasContent(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_size > 0
  }

  private static func kind(_ mode: mode_t) -> String {
    switch mode & S_IFMT {
    case S_IFDIR: "a folder"
    case S_IFIFO: "a named pipe"
    case S_IFSOCK: "a socket"
    default: "a device"
    }
  }
}
