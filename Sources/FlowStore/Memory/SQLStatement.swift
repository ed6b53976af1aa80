import GRDB
import GRDBSQLite

import FlowCore

// GRDB owns the connections, their threads and the compiled statements; values go in and out through SQLite's
// own functions. Two reasons: GRDB ends a text at its first NUL in both directions, and its argument lists
// cost more than the statements that the recall index runs forty times a step.

/// A compiled statement of one connection: bind, run, and it is ready again.
///
/// Parameters count from 1 and columns from 0, as in SQLite.
struct SQLStatement {
  private let statement: Statement
  private let session: SQLSession

  init(_ statement: Statement, session: SQLSession) {
    self.statement = statement
    self.session = session
  }

  private var handle: SQLiteStatement { statement.sqliteStatement }

  func bind(_ value: Int, at index: Int32) {
    sqlite3_bind_int64(handle, index, Int64(value))
  }

  func bind(_ value: Int?, at index: Int32) {
    guard let value else {
      sqlite3_bind_null(handle, index)
      return
    }
    bind(value, at: index)
  }

  /// Binds a text with all its bytes, NULs among them.
  func bind(_ text: String, at index: Int32) throws(FlowError) {
    let code = withBytes(of: text) { bytes in
      sqlite3_bind_text64(
        handle,
        index,
        bytes.assumingMemoryBound(to: CChar.self).baseAddress,
        UInt64(bytes.count),
        copying,
        UInt8(SQLITE_UTF8)
      )
    }
    guard code == SQLITE_OK else { throw session.failed(code) }
  }

  func bind(_ text: String?, at index: Int32) throws(FlowError) {
    guard let text else {
      sqlite3_bind_null(handle, index)
      return
    }
    try bind(text, at: index)
  }

  /// Binds the bytes of a text as a BLOB, for comparisons byte by byte.
  func bind(bytesOf text: String, at index: Int32) throws(FlowError) {
    let code = withBytes(of: text) { bytes in
      sqlite3_bind_blob64(handle, index, bytes.baseAddress, UInt64(bytes.count), copying)
    }
    guard code == SQLITE_OK else { throw session.failed(code) }
  }

  func bind(_ bytes: [UInt8], at index: Int32) throws(FlowError) {
    // The length alone says that it is empty; a null pointer would be NULL.
    let code = bytes.withUnsafeBytes { bytes in
      bytes.isEmpty
        ? sqlite3_bind_zeroblob(handle, index, 0)
        : sqlite3_bind_blob64(handle, index, bytes.baseAddress, UInt64(bytes.count), copying)
    }
    guard code == SQLITE_OK else { throw session.failed(code) }
  }

  /// Binds bytes without copying them, for as long as `body` runs, which must run the statement to its end.
  func withBinding<Value>(
    of bytes: UnsafeRawBufferPointer,
    at index: Int32,
    _ body: () throws(FlowError) -> Value
  ) throws(FlowError) -> Value {
    let code =
      bytes.isEmpty
      ? sqlite3_bind_zeroblob(handle, index, 0)
      : sqlite3_bind_blob64(handle, index, bytes.baseAddress, UInt64(bytes.count), nil)
    guard code == SQLITE_OK else { throw session.failed(code) }
    return try body()
  }

  /// Runs a statement that gives no rows.
  func run() throws(FlowError) {
    defer { finish() }
    let code = sqlite3_step(handle)
    guard code == SQLITE_DONE || code == SQLITE_ROW else { throw session.failed(code) }
  }

  /// Calls `body` with each row.
  func forEach(_ body: (SQLRow) throws(FlowError) -> Void) throws(FlowError) {
    defer { finish() }
    while true {
      switch sqlite3_step(handle) {
      case SQLITE_ROW: try body(SQLRow(handle: handle))
      case SQLITE_DONE: return
      case let code: throw session.failed(code)
      }
    }
  }

  /// What `body` makes of the first row, or nil if there is none.
  func first<Value>(_ body: (SQLRow) throws(FlowError) -> Value) throws(FlowError) -> Value? {
    defer { finish() }
    switch sqlite3_step(handle) {
    case SQLITE_ROW: return try body(SQLRow(handle: handle))
    case SQLITE_DONE: return nil
    case let code: throw session.failed(code)
    }
  }

  // A statement left in mid-row would hold its snapshot; bound texts may be large.
  private func finish() {
    sqlite3_reset(handle)
    sqlite3_clear_bindings(handle)
  }
}

/// A row while its statement stands on it.
struct SQLRow {
  fileprivate let handle: SQLiteStatement

  func int(_ column: Int32) -> Int {
    Int(sqlite3_column_int64(handle, column))
  }

  func isNull(_ column: Int32) -> Bool {
    sqlite3_column_type(handle, column) == SQLITE_NULL
  }

  /// The whole text, NULs among it.
  func text(_ column: Int32) -> String {
    // The text first, then its length: SQLite's own order, sqlite.org/c3ref/column_blob.html.
    guard let start = sqlite3_column_text(handle, column) else { return "" }
    let count = Int(sqlite3_column_bytes(handle, column))
    return String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
  }

  /// The bytes of a BLOB, until the statement goes on.
  func bytes(_ column: Int32) -> UnsafeRawBufferPointer {
    let start = sqlite3_column_blob(handle, column)
    return UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, column)))
  }

  func textIfAny(_ column: Int32) -> String? {
    isNull(column) ? nil : text(column)
  }
}

// SQLITE_TRANSIENT is a cast in a C macro, which Swift cannot import: SQLite copies the bytes.
private var copying: sqlite3_destructor_type {
  unsafeBitCast(-1, to: sqlite3_destructor_type.self)
}

/// Calls `body` with the UTF-8 of a text; the address is there for an empty text too, since SQLite takes a
/// null pointer for NULL.
private func withBytes<Value>(of text: String, _ body: (UnsafeRawBufferPointer) -> Value) -> Value {
  var text = text
  return text.withUTF8 { bytes in
    guard bytes.isEmpty else { return body(UnsafeRawBufferPointer(bytes)) }
    return withUnsafeTemporaryAllocation(byteCount: 1, alignment: 1) { spare in
      body(UnsafeRawBufferPointer(rebasing: spare[..<0]))
    }
  }
}
