import FlowCore
import GRDB

/// The stores of one transaction, all on its connection.
struct SQLiteTransaction: MemoryTransaction {
  private let session: SQLSession

  init(_ database: Database, fault: StorageFault) {
    session = SQLSession(database: database, fault: fault)
  }

  /// The failure that must not be committed over, even by a body that passed over its error.
  var failure: FlowError? { session.failure }

  var steps: any StepStore { SQLiteStepStore(session: session) }
  var recall: any RecallIndex { SQLiteRecallIndex(session: session) }
  var summaries: any SummaryStore { SQLiteSummaryStore(session: session) }
  var modelWork: any ModelWorkStore { SQLiteModelWorkStore(session: session) }
}

/// What the stores of one transaction share.
final class SQLSession {
  private let database: Database
  let fault: StorageFault

  /// The first statement that failed.
  ///
  /// What it was part of is half done, whatever became of its error.
  private(set) var failure: FlowError?

  init(database: Database, fault: StorageFault) {
    self.database = database
    self.fault = fault
  }

  /// A statement, compiled once a connection.
  func statement(_ sql: String) throws(FlowError) -> SQLStatement {
    SQLStatement(try fault.translate { try database.cachedStatement(sql: sql) }, session: self)
  }

  /// Notes that a statement failed, and gives back the error.
  func failed(_ code: Int32) -> FlowError {
    let error = fault.error(code)
    failure = failure ?? error
    return error
  }

  /// How many rows the last statement inserted, changed or deleted.
  var changes: Int { database.changesCount }

  func damaged(_ reason: String) -> FlowError {
    .damaged(fault.file, reason)
  }
}
