import FlowCore

// The problem: an index by term has a place of its own for each of a step's forty terms. Writing them there
// at once means forty pages of 4 KB in the log for one step, and a commit waits until all are on the disk. Nor
// may a search have to look into more places the longer a project lives.
//
// The design is a log-structured merge tree (O'Neil, Cheng, Gawlick and O'Neil 1996). A step's terms go as one
// row into a tail, in the order of steps. When the tail has `sealedSteps` steps, they become a segment of level
// 0: all terms in order, each with its posting list, cut into pages. `fanout` segments of a level become one
// of the next, in the same transaction, up to a level whose merge takes too long to wait for. A search reads,
// for each segment, the pages in which its terms would stand, and the tail once.
//
// What holds:
// - A step's terms are in the tail or in one segment.
// - Segments ascend by id as by step, and tail after them, where steps are indexed in order, as they are: a
//   level is merged when nothing is below it. Should a step come late, its postings are sorted in when read or
//   merged.
// - A page is only rewritten to take a step out of it.

/// The recall index in SQLite: an inverted index of terms, and counts of steps and sittings.
struct SQLiteRecallIndex: RecallIndex {
  let session: SQLSession

  /// The steps of a segment of level 0: few enough that the tail is scanned in a fraction of a millisecond.
  static let sealedSteps = 256

  func analysisVersion() throws(FlowError) -> Int {
    try session.statement("SELECT analysis FROM archive").first { $0.int(0) } ?? 0
  }

  func reset(analysisVersion: Int) throws(FlowError) {
    for table in ["term_page", "segment", "tail", "profile"] {
      try session.statement("DELETE FROM \(table)").run()
    }
    try session.statement("UPDATE step SET length = 0, marks = 0").run()
    try session.statement("UPDATE sitting SET length = 0").run()
    let statement = try session.statement("UPDATE archive SET terms = 0, unsealed = 0, analysis = ?1")
    statement.bind(analysisVersion, at: 1)
    try statement.run()
  }

  func add(_ step: IndexedStep) throws(FlowError) {
    try count(step)
    let insert = try session.statement("INSERT INTO tail(step, terms) VALUES (?1, ?2)")
    insert.bind(step.id.rawValue, at: 1)
    try insert.bind(TailCodec.encode(step.terms), at: 2)
    try insert.run()
    let totals = try session.statement("UPDATE archive SET unsealed = unsealed + 1 RETURNING unsealed")
    if let unsealed = try totals.first({ $0.int(0) }), unsealed >= Self.sealedSteps {
      try SegmentStore(session: session).seal()
    }
    try ProfileColumns(session: session).update(step.id)
  }

  func postings(of terms: [String]) throws(FlowError) -> [PostingList] {
    let wanted = WantedTerms(terms)
    var lists = [PostingList](repeating: PostingList(), count: wanted.count)
    let segments = SegmentStore(session: session)
    try segments.forEachList(of: wanted) { term, count, bytes in
      lists[term].append(encoded: bytes, count: count)
    }
    var unsealed = [[Posting]](repeating: [], count: wanted.count)
    try segments.forEachInTail { step, bytes, term, weight in
      guard let index = wanted.index(of: UnsafeRawBufferPointer(rebasing: bytes[term])) else { return }
      unsealed[index].append(Posting(step: step, weight: weight))
    }
    for index in lists.indices {
      if !unsealed[index].isEmpty {
        let isSound = PostingList.encoded(unsealed[index]).withUnsafeBytes {
          lists[index].append(encoded: $0, count: unsealed[index].count)
        }
        guard isSound else { throw session.damaged("the recall index cannot be read") }
      }
      if !lists[index].isAscending { lists[index] = PostingList(lists[index].postings) }
    }
    return wanted.places.map { lists[$0] }
  }
}

extension SQLiteRecallIndex {
  func counts(of terms: [String]) throws(FlowError) -> [Int] {
    let wanted = WantedTerms(terms)
    var counts = [Int](repeating: 0, count: wanted.count)
    let segments = SegmentStore(session: session)
    try segments.forEachList(of: wanted) { term, count, _ in
      counts[term] += count
      return true
    }
    try segments.forEachInTail { _, bytes, term, _ in
      guard let index = wanted.index(of: UnsafeRawBufferPointer(rebasing: bytes[term])) else { return }
      counts[index] += 1
    }
    return wanted.places.map { counts[$0] }
  }

  /// Notes a step's length and marks, and counts them in.
  private func count(_ step: IndexedStep) throws(FlowError) {
    let statement = try session.statement(
      "UPDATE step SET length = ?2, marks = ?3 WHERE id = ?1 AND length = 0 RETURNING sitting"
    )
    statement.bind(step.id.rawValue, at: 1)
    statement.bind(step.length, at: 2)
    statement.bind(Int(step.marks), at: 3)
    guard let sitting = try statement.first({ $0.int(0) }) else {
      guard try length(of: step.id) != nil else { throw .noStep(step.id) }
      throw FlowError(.stepConflict, "\(step.id) is in the recall index already")
    }
    try lengthen(sitting: sitting, by: step.length)
  }

  /// A step's length, or nil if there is no such step.
  func length(of step: StepID) throws(FlowError) -> (terms: Int, sitting: Int)? {
    let statement = try session.statement("SELECT length, sitting FROM step WHERE id = ?1")
    statement.bind(step.rawValue, at: 1)
    return try statement.first { (terms: $0.int(0), sitting: $0.int(1)) }
  }

  func lengthen(sitting: Int, by length: Int) throws(FlowError) {
    let sittings = try session.statement("UPDATE sitting SET length = length + ?2 WHERE id = ?1")
    sittings.bind(sitting, at: 1)
    sittings.bind(length, at: 2)
    try sittings.run()
    let totals = try session.statement("UPDATE archive SET terms = terms + ?1")
    totals.bind(length, at: 1)
    try totals.run()
  }
}
