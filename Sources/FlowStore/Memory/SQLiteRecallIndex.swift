import FlowCore

// The problem: an index by term has a place of its own for each of a step's forty terms. Writing them there
// at once means forty pages of 4 KB in the log for one step, and a commit waits until all are on the disk.
//
// The design: a step's terms go as one row into a tail, in the order of steps. When the tail has
// `sealedSteps` steps, they become a segment: a row for each term with all its steps, written in one pass in
// the order of the key. A term's postings are then those of the segments, one look-up each, and what a scan
// of the tail finds. A segment is never written again, so nothing costs more as the archive grows, except the
// look-ups: one for each `sealedSteps` steps.
//
// What holds: a step's terms are in the tail or in one segment. Segments and tail ascend where steps are
// indexed in order, as they are; should one come late, its postings are sorted in when read.

/// The recall index in SQLite: an inverted index of terms, and counts of steps and sittings.
struct SQLiteRecallIndex: RecallIndex {
  let session: SQLSession

  /// The steps of a segment: enough to keep segments few, few enough that sealing takes some milliseconds.
  static let sealedSteps = 512

  func analysisVersion() throws(FlowError) -> Int {
    try session.statement("SELECT analysis FROM archive").first { $0.int(0) } ?? 0
  }

  func reset(analysisVersion: Int) throws(FlowError) {
    try session.statement("DELETE FROM posting").run()
    try session.statement("DELETE FROM segment").run()
    try session.statement("DELETE FROM tail").run()
    try session.statement("UPDATE step SET length = 0").run()
    try session.statement("UPDATE sitting SET length = 0").run()
    let statement = try session.statement("UPDATE archive SET terms = 0, unsealed = 0, analysis = ?1")
    statement.bind(analysisVersion, at: 1)
    try statement.run()
  }

  func add(_ terms: [TermFrequency], length: Int, to step: StepID) throws(FlowError) {
    try lengthen(step, by: length)
    let insert = try session.statement("INSERT INTO tail(step, terms) VALUES (?1, ?2)")
    insert.bind(step.rawValue, at: 1)
    try insert.bind(TailCodec.encode(terms), at: 2)
    try insert.run()
    let totals = try session.statement(
      "UPDATE archive SET terms = terms + ?1, unsealed = unsealed + 1 RETURNING unsealed"
    )
    totals.bind(length, at: 1)
    if let unsealed = try totals.first({ $0.int(0) }), unsealed >= Self.sealedSteps {
      try seal()
    }
  }

  func postings(of term: String) throws(FlowError) -> [Posting] {
    var postings: [Posting] = []
    try forEachSealed(term) { step, frequency in
      postings.append(Posting(step: StepID(step), frequency: frequency))
    }
    let wanted = Array(term.utf8)
    try forEachInTail { step, found, frequency in
      guard found.count == wanted.count, found.elementsEqual(wanted) else { return }
      postings.append(Posting(step: StepID(step), frequency: frequency))
    }
    let isAscending = zip(postings, postings.dropFirst()).allSatisfy { $0.step <= $1.step }
    return isAscending ? postings : postings.sorted { $0.step < $1.step }
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
  }

  private func forEachSealed(_ term: String, _ body: (Int, Int) -> Void) throws(FlowError) {
    let statement = try session.statement(
      """
      SELECT segment.first, steps FROM segment CROSS JOIN posting ON segment = segment.first AND term = ?1
      ORDER BY segment.first
      """
    )
    try statement.bind(term, at: 1)
    try statement.forEach { row throws(FlowError) in
      let isSound = PostingList.forEach(in: row.bytes(1), segment: row.int(0), body)
      guard isSound else { throw session.damaged("the recall index cannot be read") }
    }
  }

  private func forEachInTail(_ body: (Int, UnsafeRawBufferPointer, Int) -> Void) throws(FlowError) {
    try session.statement("SELECT step, terms FROM tail ORDER BY step").forEach { row throws(FlowError) in
      let step = row.int(0)
      let isSound = TailCodec.forEach(in: row.bytes(1)) { term, frequency in body(step, term, frequency) }
      guard isSound else { throw session.damaged("the recall index cannot be read") }
    }
  }

  /// Makes a segment of the tail.
  private func seal() throws(FlowError) {
    var lists: [[UInt8]: PostingList] = [:]
    var segment: Int?
    try forEachInTail { step, term, frequency in
      let first = segment ?? step
      segment = first
      lists[Array(term), default: PostingList(segment: first)].append(step: step, frequency: frequency)
    }
    guard let first = segment else { return }
    let head = try session.statement("INSERT INTO segment(first) VALUES (?1)")
    head.bind(first, at: 1)
    try head.run()
    let insert = try session.statement("INSERT INTO posting(segment, term, steps) VALUES (?1, ?2, ?3)")
    for (term, list) in lists.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
      insert.bind(first, at: 1)
      try insert.bind(String(decoding: term, as: UTF8.self), at: 2)
      try insert.bind(list.bytes, at: 3)
      try insert.run()
    }
    try session.statement("DELETE FROM tail").run()
    try session.statement("UPDATE archive SET unsealed = 0").run()
  }

  /// Calls `body` with every step and frequency of the index, in no order of steps.
  func forEachPosting(_ body: (Int, Int) -> Void) throws(FlowError) {
    try session.statement("SELECT segment, steps FROM posting").forEach { row throws(FlowError) in
      let isSound = PostingList.forEach(in: row.bytes(1), segment: row.int(0), body)
      guard isSound else { throw session.damaged("the recall index cannot be read") }
    }
    try forEachInTail { step, _, frequency in body(step, frequency) }
  }
}
