import FlowCore

/// Notes about models' work and the ledger of their calls, in SQLite.
struct SQLiteModelWorkStore: ModelWorkStore {
  let session: SQLSession

  private static let columns = "first, last, owner, until, reason, model, prompt, at"

  func entry(of summary: SummaryID) throws(FlowError) -> ModelWork? {
    let statement = try session.statement(
      "SELECT \(Self.columns) FROM model_work WHERE first = ?1 AND last = ?2"
    )
    bind(summary, to: statement)
    return try statement.first(decoded)
  }

  func entries() throws(FlowError) -> [ModelWork] {
    var entries: [ModelWork] = []
    try session.statement("SELECT \(Self.columns) FROM model_work ORDER BY first, last")
      .forEach { row throws(FlowError) in entries.append(try decoded(row)) }
    return entries
  }

  func put(_ work: ModelWork) throws(FlowError) {
    let statement = try session.statement(
      "INSERT OR REPLACE INTO model_work(\(Self.columns)) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"
    )
    bind(work.summary, to: statement)
    switch work.state {
    case .claimed(let owner, let until):
      try statement.bind(owner, at: 3)
      statement.bind(Int(until.milliseconds), at: 4)
      try statement.bind(nil as String?, at: 5)
    case .refused(let reason):
      try statement.bind(nil as String?, at: 3)
      statement.bind(nil as Int?, at: 4)
      try statement.bind(reason, at: 5)
    }
    try statement.bind(work.model, at: 6)
    try statement.bind(work.prompt, at: 7)
    statement.bind(Int(work.at.milliseconds), at: 8)
    try statement.run()
  }

  func remove(_ summary: SummaryID) throws(FlowError) {
    let statement = try session.statement("DELETE FROM model_work WHERE first = ?1 AND last = ?2")
    bind(summary, to: statement)
    try statement.run()
  }

  func record(_ attempt: CallAttempt, at time: Timestamp) throws(FlowError) {
    let statement = try session.statement(
      """
      INSERT INTO model_call(at, model, outcome, input, cached_read, cache_write, output, cost)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
      """
    )
    statement.bind(Int(time.milliseconds), at: 1)
    try statement.bind(attempt.model, at: 2)
    try statement.bind(attempt.outcome.rawValue, at: 3)
    statement.bind(attempt.usage?.input, at: 4)
    statement.bind(attempt.usage?.cachedRead, at: 5)
    statement.bind(attempt.usage?.cacheWrite, at: 6)
    statement.bind(attempt.usage?.output, at: 7)
    statement.bind(attempt.cost?.picodollars, at: 8)
    try statement.run()
  }

  func ledger() throws(FlowError) -> [LedgerLine] {
    // Summed here: SQLite's sum of whole numbers fails where it overflows.
    var lines: [LedgerLine] = []
    try session.statement(
      """
      SELECT model, outcome, input, cached_read, cache_write, output, cost FROM model_call
      ORDER BY model, id
      """
    )
    .forEach { row throws(FlowError) in
      guard let outcome = CallAttempt.Outcome(rawValue: row.text(1)) else {
        throw session.damaged("a call has the outcome \(row.text(1).quotedExcerpt)")
      }
      let usage =
        row.isNull(2)
        ? nil
        : TokenUsage(input: row.int(2), cachedRead: row.int(3), cacheWrite: row.int(4), output: row.int(5))
      let cost = row.isNull(6) ? nil : Cost(picodollars: row.int(6))
      let attempt = CallAttempt(model: row.text(0), outcome: outcome, usage: usage, cost: cost)
      if lines.last?.model != attempt.model { lines.append(LedgerLine(model: attempt.model)) }
      lines[lines.count - 1].add(attempt)
    }
    return lines
  }

  private func bind(_ summary: SummaryID, to statement: SQLStatement) {
    statement.bind(summary.first.rawValue, at: 1)
    statement.bind(summary.last.rawValue, at: 2)
  }

  private func decoded(_ row: SQLRow) throws(FlowError) -> ModelWork {
    let id = SummaryID(first: StepID(row.int(0)), last: StepID(row.int(1)))
    let state: ModelWork.State =
      row.isNull(2)
      ? .refused(reason: row.text(4))
      : .claimed(by: row.text(2), until: Timestamp(milliseconds: Int64(row.int(3))))
    return ModelWork(
      summary: id,
      state: state,
      model: row.text(5),
      prompt: row.text(6),
      at: Timestamp(milliseconds: Int64(row.int(7)))
    )
  }
}
