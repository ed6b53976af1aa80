import FlowCore

/// The recall index in SQLite: an inverted index of terms, and counts of steps and sittings.
struct SQLiteRecallIndex: RecallIndex {
  let session: SQLSession

  /// Steps further apart are looked up each; nearer ones are read in one pass, the rows between passed over.
  private static let nearbySteps = 16

  func analysisVersion() throws(FlowError) -> Int {
    try session.statement("SELECT analysis FROM archive").first { $0.int(0) } ?? 0
  }

  func reset(analysisVersion: Int) throws(FlowError) {
    try session.statement("DELETE FROM posting").run()
    try session.statement("DELETE FROM term").run()
    try session.statement("UPDATE step SET length = 0").run()
    try session.statement("UPDATE sitting SET length = 0").run()
    session.termIDs = [:]
    let statement = try session.statement("UPDATE archive SET terms = 0, analysis = ?1")
    statement.bind(analysisVersion, at: 1)
    try statement.run()
  }

  func add(_ terms: [TermFrequency], length: Int, to step: StepID) throws(FlowError) {
    try lengthen(step, by: length)
    let statement = try session.statement("INSERT INTO posting(term, step, frequency) VALUES (?1, ?2, ?3)")
    for term in terms {
      statement.bind(try idAdding(term.term), at: 1)
      statement.bind(step.rawValue, at: 2)
      statement.bind(term.frequency, at: 3)
      try statement.run()
    }
  }

  func postings(of term: String) throws(FlowError) -> [Posting] {
    guard let id = try id(of: term) else { return [] }
    let statement = try session.statement("SELECT step, frequency FROM posting WHERE term = ?1 ORDER BY step")
    statement.bind(id, at: 1)
    var postings: [Posting] = []
    try statement.forEach { row in
      postings.append(Posting(step: StepID(row.int(0)), frequency: row.int(1)))
    }
    return postings
  }

  func profiles(of ids: [StepID]) throws(FlowError) -> [StepProfile] {
    let wanted = Set(ids).sorted()
    var profiles: [StepProfile] = []
    profiles.reserveCapacity(wanted.count)
    let statement = try session.statement(
      """
      SELECT id, ts, role, name, sitting, tokens, length FROM step WHERE id BETWEEN ?1 AND ?2 ORDER BY id
      """
    )
    var start = 0
    while start < wanted.count {
      var end = start + 1
      while end < wanted.count, wanted[end].rawValue - wanted[end - 1].rawValue <= Self.nearbySteps {
        end += 1
      }
      var next = start
      statement.bind(wanted[start].rawValue, at: 1)
      statement.bind(wanted[end - 1].rawValue, at: 2)
      try statement.forEach { row throws(FlowError) in
        let id = StepID(row.int(0))
        while wanted[next] < id { next += 1 }
        guard wanted[next] == id else { return }
        profiles.append(try profile(row, id: id))
      }
      start = end
    }
    return profiles
  }

  func sittings(_ numbers: [Int]) throws(FlowError) -> [Int: SittingProfile] {
    let statement = try session.statement("SELECT first, last, length FROM sitting WHERE id = ?1")
    var sittings: [Int: SittingProfile] = [:]
    for number in numbers where sittings[number] == nil {
      statement.bind(number, at: 1)
      sittings[number] = try statement.first { row throws(FlowError) in
        guard row.int(0) <= row.int(1) else {
          throw session.damaged("sitting \(number) ends before it begins")
        }
        return SittingProfile(range: StepID(row.int(0))...StepID(row.int(1)), length: row.int(2))
      }
    }
    return sittings
  }

  func speakers() throws(FlowError) -> [String: Int] {
    var speakers: [String: Int] = [:]
    try session.statement("SELECT name, steps FROM speaker").forEach { row in
      // Names that differ in bytes only are one key to Swift.
      speakers[row.text(0), default: 0] += row.int(1)
    }
    return speakers
  }
}

extension SQLiteRecallIndex {
  private func lengthen(_ step: StepID, by length: Int) throws(FlowError) {
    let statement = try session.statement(
      "UPDATE step SET length = length + ?2 WHERE id = ?1 RETURNING sitting"
    )
    statement.bind(step.rawValue, at: 1)
    statement.bind(length, at: 2)
    guard let sitting = try statement.first({ $0.int(0) }) else { throw .noStep(step) }
    let sittings = try session.statement("UPDATE sitting SET length = length + ?2 WHERE id = ?1")
    sittings.bind(sitting, at: 1)
    sittings.bind(length, at: 2)
    try sittings.run()
    let totals = try session.statement("UPDATE archive SET terms = terms + ?1")
    totals.bind(length, at: 1)
    try totals.run()
  }

  private func id(of term: String) throws(FlowError) -> Int? {
    let statement = try session.statement("SELECT id FROM term WHERE text = ?1")
    try statement.bind(term, at: 1)
    return try statement.first { $0.int(0) }
  }

  private func idAdding(_ term: String) throws(FlowError) -> Int {
    let key = TermKey(term)
    if let known = session.termIDs[key] { return known }
    let id: Int
    if let known = try self.id(of: term) {
      id = known
    } else {
      let statement = try session.statement("INSERT INTO term(text) VALUES (?1)")
      try statement.bind(term, at: 1)
      try statement.run()
      id = session.lastRowID
    }
    session.termIDs[key] = id
    return id
  }

  private func profile(_ row: SQLRow, id: StepID) throws(FlowError) -> StepProfile {
    guard let role = Step.Role(rawValue: row.text(2)) else {
      throw session.damaged("step \(id) has an unknown role")
    }
    return StepProfile(
      id: id,
      ts: Timestamp(milliseconds: Int64(row.int(1))),
      role: role,
      name: row.textIfAny(3),
      sitting: row.int(4),
      tokens: row.int(5),
      length: row.int(6)
    )
  }
}
