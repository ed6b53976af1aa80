import FlowCore

/// The verbatim archive in SQLite.
struct SQLiteStepStore: StepStore {
  let session: SQLSession

  func append(_ step: Step, ts: Timestamp, tokens: Int, sitting: Int) throws(FlowError) -> StepID {
    if let ref = step.ref, let known = try id(ofRef: ref) {
      throw FlowError(
        .stepConflict,
        "the ref \(ref.quotedExcerpt) is already that of step \(known)",
        hint: "give a new step a new ref",
        context: ["ref": ref.excerpt(limit: 200), "id": String(known.rawValue)]
      )
    }
    let id = try nextID()
    let speaker = try count(role: step.role, name: step.name)
    try insert(step, id: id, ts: ts, tokens: tokens, sitting: sitting, speaker: speaker)
    let isNewSitting = try extend(sitting: sitting, to: id)
    let totals = try session.statement(
      "UPDATE archive SET steps = steps + 1, tokens = tokens + ?1, sittings = sittings + ?2"
    )
    totals.bind(tokens, at: 1)
    totals.bind(isNewSitting ? 1 : 0, at: 2)
    try totals.run()
    return id
  }

  func setPinned(_ id: StepID, _ pinned: Bool) throws(FlowError) -> Bool {
    let known = try session.statement("SELECT pinned FROM step WHERE id = ?1")
    known.bind(id.rawValue, at: 1)
    guard let wasPinned = try known.first({ $0.int(0) == 1 }) else {
      throw .noStep(id)
    }
    guard wasPinned != pinned else { return false }
    let update = try session.statement("UPDATE step SET pinned = ?2 WHERE id = ?1")
    update.bind(id.rawValue, at: 1)
    update.bind(pinned ? 1 : 0, at: 2)
    try update.run()
    return true
  }

  func replaceContent(
    of id: StepID,
    with content: String,
    tokens: Int,
    meta: JSONObject
  ) throws(FlowError) {
    let known = try session.statement("SELECT tokens FROM step WHERE id = ?1")
    known.bind(id.rawValue, at: 1)
    guard let before = try known.first({ $0.int(0) }) else { throw .noStep(id) }
    let body = try session.statement("UPDATE body SET content = ?2, meta = ?3 WHERE step = ?1")
    body.bind(id.rawValue, at: 1)
    try body.bind(content, at: 2)
    try body.bind(encoded(meta), at: 3)
    try body.run()
    let head = try session.statement("UPDATE step SET tokens = ?2 WHERE id = ?1")
    head.bind(id.rawValue, at: 1)
    head.bind(tokens, at: 2)
    try head.run()
    let totals = try session.statement("UPDATE archive SET tokens = tokens + ?1")
    totals.bind(tokens - before, at: 1)
    try totals.run()
    try ProfileColumns(session: session).update(id)
  }

  func figures() throws(FlowError) -> ArchiveFigures {
    let statement = try session.statement(
      "SELECT steps, tokens, terms, sittings, (SELECT max(id) FROM step) FROM archive"
    )
    let figures = try statement.first { row in
      ArchiveFigures(
        steps: row.int(0),
        tokens: row.int(1),
        terms: row.int(2),
        sittings: row.int(3),
        newest: row.isNull(4) ? nil : StepID(row.int(4))
      )
    }
    guard let figures else { throw session.damaged("its totals are missing") }
    return figures
  }

  func speakers() throws(FlowError) -> [Speaker] {
    var speakers: [Speaker] = []
    let statement = try session.statement("SELECT number, role, name, steps FROM speaker ORDER BY number")
    try statement.forEach { row throws(FlowError) in
      guard let role = Step.Role(rawValue: row.text(1)) else {
        throw session.damaged("speaker \(row.int(0)) has an unknown role")
      }
      speakers.append(
        Speaker(number: row.int(0), role: role, name: row.textIfAny(2), steps: row.int(3))
      )
    }
    return speakers
  }
}

extension SQLiteStepStore {
  private func id(ofRef ref: String) throws(FlowError) -> StepID? {
    let statement = try session.statement("SELECT id FROM step WHERE ref = ?1")
    try statement.bind(ref, at: 1)
    return try statement.first { StepID($0.int(0)) }
  }

  /// One above all ids that were given out.
  ///
  /// Summaries count too: in a project whose archive was lost they
  /// are adopted from the readable memory, and their anchors must not point at new steps.
  private func nextID() throws(FlowError) -> StepID {
    let statement = try session.statement(
      """
      SELECT max(
        ifnull((SELECT max(id) FROM step), 0),
        ifnull((SELECT max(last) FROM summary), 0)
      )
      """
    )
    return StepID((try statement.first { $0.int(0) } ?? 0) + 1)
  }

  private func insert(
    _ step: Step,
    id: StepID,
    ts: Timestamp,
    tokens: Int,
    sitting: Int,
    speaker: Int
  ) throws(FlowError) {
    let head = try session.statement(
      """
      INSERT INTO step(id, ts, speaker, sitting, tokens, pinned, task, ref)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
      """
    )
    head.bind(id.rawValue, at: 1)
    head.bind(Int(ts.milliseconds), at: 2)
    head.bind(speaker, at: 3)
    head.bind(sitting, at: 4)
    head.bind(tokens, at: 5)
    head.bind(step.pinned ? 1 : 0, at: 6)
    try head.bind(step.task?.rawValue, at: 7)
    try head.bind(step.ref, at: 8)
    try head.run()
    let body = try session.statement("INSERT INTO body(step, meta, content) VALUES (?1, ?2, ?3)")
    body.bind(id.rawValue, at: 1)
    try body.bind(encoded(step.meta), at: 2)
    try body.bind(step.content, at: 3)
    try body.run()
  }

  /// Lets a sitting reach to a step, and says whether the sitting is new.
  private func extend(sitting: Int, to id: StepID) throws(FlowError) -> Bool {
    let update = try session.statement("UPDATE sitting SET last = ?2 WHERE id = ?1")
    update.bind(sitting, at: 1)
    update.bind(id.rawValue, at: 2)
    try update.run()
    guard session.changes == 0 else { return false }
    let insert = try session.statement("INSERT INTO sitting(id, first, last, length) VALUES (?1, ?2, ?2, 0)")
    insert.bind(sitting, at: 1)
    insert.bind(id.rawValue, at: 2)
    try insert.run()
    return true
  }

  private func encoded(_ meta: JSONObject) -> String? {
    meta.isEmpty ? nil : JSONValue.object(meta).serialized()
  }

  /// Counts a step of a speaker, and gives the speaker's number.
  private func count(role: Step.Role, name: String?) throws(FlowError) -> Int {
    let update = try session.statement(
      "UPDATE speaker SET steps = steps + 1 WHERE role = ?1 AND name IS ?2 RETURNING number"
    )
    try update.bind(role.rawValue, at: 1)
    try update.bind(name, at: 2)
    if let number = try update.first({ $0.int(0) }) { return number }
    let insert = try session.statement(
      "INSERT INTO speaker(role, name, steps) VALUES (?1, ?2, 1) RETURNING number"
    )
    try insert.bind(role.rawValue, at: 1)
    try insert.bind(name, at: 2)
    guard let number = try insert.first({ $0.int(0) }) else {
      throw session.damaged("a speaker was not stored")
    }
    return number
  }
}

extension FlowError {
  static func noStep(_ id: StepID) -> FlowError {
    FlowError(.stepNotFound, "there is no step \(id)", context: ["id": String(id.rawValue)])
  }
}
