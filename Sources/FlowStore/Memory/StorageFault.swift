import FlowCore
import GRDB
import GRDBSQLite

/// Turns SQLite's result codes (sqlite.org/rescode.html) into errors that say what to do.
///
/// Messages take SQLite's fixed text for a code, never that for a failing statement: so no content and no
/// SQL can come through.
struct StorageFault {
  /// The database file, as errors name it.
  let file: String
  /// Whether it was being changed.
  let isWriting: Bool

  /// The error for a result code, extended or not.
  func error(_ code: Int32) -> FlowError {
    let context = ["file": file, "sqlite": String(code)]
    let reason = sqlite3_errstr(code).map { String(cString: $0) } ?? "error \(code)"
    switch code & 0xff {
    case SQLITE_BUSY, SQLITE_LOCKED:
      return FlowError(
        .projectLocked,
        "\(file) stayed locked by another process",
        hint: "try again once it is done, or raise lockTimeoutSeconds",
        context: context
      )
    case SQLITE_CORRUPT, SQLITE_NOTADB:
      return .damaged(file, reason, context: context)
    case SQLITE_TOOBIG:
      return FlowError(
        .invalidStep,
        "the text is too large for \(file)",
        hint: "keep a step under 1 GB",
        context: context
      )
    case SQLITE_READONLY where !isWriting:
      return FlowError(.internal, "a read of \(file) tried to change it", context: context)
    case SQLITE_FULL, SQLITE_IOERR, SQLITE_READONLY, SQLITE_CANTOPEN, SQLITE_PERM, SQLITE_NOMEM:
      return isWriting
        ? FlowError(
          .writeFailed,
          "\(file) cannot be written: \(reason)",
          hint: "see to free space and to the permissions of its folder; nothing was changed",
          context: context
        )
        : FlowError(
          .readFailed,
          "\(file) cannot be read: \(reason)",
          hint: "see to the permissions of the file and its folder",
          context: context
        )
    default:
      return FlowError(.internal, "\(file): \(reason)", context: context)
    }
  }

  /// The error for whatever GRDB threw.
  func error(_ error: any Error) -> FlowError {
    switch error {
    case let error as FlowError: error
    case let error as DatabaseError: self.error(error.extendedResultCode.rawValue)
    default: self.error(isWriting ? SQLITE_CANTOPEN : SQLITE_IOERR)
    }
  }

  /// Runs a call into GRDB and translates what it throws.
  func translate<Value>(_ body: () throws -> Value) throws(FlowError) -> Value {
    do {
      return try body()
    } catch {
      throw self.error(error)
    }
  }
}

extension FlowError {
  /// The error for a database file whose content cannot be what Flow wrote.
  static func damaged(_ file: String, _ reason: String, context: [String: String]? = nil) -> FlowError {
    FlowError(
      .corruptStorage,
      "\(file) is damaged: \(reason)",
      hint: "restore it from a backup, or save what can be read with `sqlite3 FILE .recover`",
      context: context ?? ["file": file]
    )
  }
}
