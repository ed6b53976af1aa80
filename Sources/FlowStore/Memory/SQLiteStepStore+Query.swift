import FlowCore

extension SQLiteStepStore {
  /// Filters first; then `last` takes the newest of what is left, and `first` the oldest of those.
  func steps(_ query: StepQuery) throws(FlowError) -> [ArchivedStep] {
    let isFromEnd = query.last != nil
    let limit = max(0, query.last ?? query.first ?? .max)
    // The empty text stands in every content.
    let needle = query.containing.flatMap { $0.isEmpty ? nil : $0 }
    let sql = """
      SELECT step.id, ts, role, name, sitting, tokens, pinned, task, ref, meta, content
      FROM step \(query.pinnedOnly ? "INDEXED BY step_pinned" : query.ref == nil ? "" : "INDEXED BY step_ref")
      CROSS JOIN body ON body.step = step.id
      CROSS JOIN speaker ON speaker.number = step.speaker
      WHERE step.id BETWEEN ?1 AND ?2
        \(query.pinnedOnly ? "AND pinned = 1" : "")
        \(query.ref == nil ? "" : "AND ref = ?5")
        \(needle == nil ? "" : "AND instr(CAST(content AS BLOB), ?4) > 0")
      ORDER BY step.id \(isFromEnd ? "DESC" : "ASC") LIMIT ?3
      """
    let statement = try session.statement(sql)
    statement.bind(query.range?.lowerBound.rawValue ?? .min, at: 1)
    statement.bind(query.range?.upperBound.rawValue ?? .max, at: 2)
    statement.bind(limit, at: 3)
    if let needle {
      try statement.bind(bytesOf: needle, at: 4)
    }
    if let ref = query.ref {
      try statement.bind(ref, at: 5)
    }
    var steps: [ArchivedStep] = []
    try statement.forEach { row throws(FlowError) in
      steps.append(try archivedStep(row))
    }
    guard isFromEnd else { return steps }
    steps.reverse()
    return query.first.map { Array(steps.prefix(max(0, $0))) } ?? steps
  }

  /// Reads a row of `columns`.
  func archivedStep(_ row: SQLRow) throws(FlowError) -> ArchivedStep {
    let id = StepID(row.int(0))
    guard let role = Step.Role(rawValue: row.text(2)) else {
      throw session.damaged("step \(id) has an unknown role")
    }
    let ts = Timestamp(milliseconds: Int64(row.int(1)))
    let step = Step(
      ref: row.textIfAny(8),
      ts: ts,
      role: role,
      name: row.textIfAny(3),
      task: try task(row.textIfAny(7), of: id),
      content: row.text(10),
      pinned: row.int(6) == 1,
      meta: try meta(row.textIfAny(9), of: id)
    )
    return ArchivedStep(id: id, step: step, ts: ts, tokens: row.int(5), sitting: row.int(4))
  }

  private func task(_ text: String?, of id: StepID) throws(FlowError) -> TaskID? {
    guard let text else { return nil }
    do {
      return try TaskID(text)
    } catch {
      throw session.damaged("step \(id) names a task that cannot be")
    }
  }

  private func meta(_ text: String?, of id: StepID) throws(FlowError) -> JSONObject {
    guard let text else { return [:] }
    guard let meta = try? JSONValue(parsing: text), case .object(let members) = meta else {
      throw session.damaged("the meta of step \(id) is not a JSON object")
    }
    return members
  }
}
