import FlowCore

/// The tail and the segments of the recall index: see `SQLiteRecallIndex`.
struct SegmentStore {
  let session: SQLSession

  /// Calls `body` with the bytes of each wanted term's lists, for each term in the order of segments; it says
  /// whether they were sound.
  func forEachList(
    of wanted: WantedTerms,
    _ body: (_ term: Int, _ count: Int, _ list: UnsafeRawBufferPointer) -> Bool
  ) throws(FlowError) {
    guard wanted.count > 0 else { return }
    var segments: [Int] = []
    try session.statement("SELECT id FROM segment ORDER BY id").forEach { segments.append($0.int(0)) }
    let statement = try session.statement(Self.pageOfTerm)
    for segment in segments {
      var next = 0
      while next < wanted.count {
        let read = try wanted.withBytes(of: next) { term throws(FlowError) in
          statement.bind(segment, at: 1)
          return try statement.withBinding(of: term, at: 2) { () throws(FlowError) in
            try statement.first { row throws(FlowError) in
              try scan(row.bytes(1), for: wanted, from: next, body)
            }
          }
        }
        // A term before the first page, or behind the end of the one it belongs to, is not in the segment.
        next = max(next + 1, read ?? 0)
      }
    }
  }

  /// Calls `body` with each step of the tail, its bytes, and each term's place in them and weight.
  func forEachInTail(
    _ body: (_ step: Int, _ bytes: UnsafeRawBufferPointer, _ term: Range<Int>, _ weight: UInt8) -> Void
  ) throws(FlowError) {
    try session.statement("SELECT step, terms FROM tail ORDER BY step").forEach { row throws(FlowError) in
      let step = row.int(0)
      let bytes = row.bytes(1)
      guard TailCodec.forEach(in: bytes, { body(step, bytes, $0, $1) }) else { throw damaged }
    }
  }

  var damaged: FlowError { session.damaged("the recall index cannot be read") }

  /// The only page of a segment that can hold a term.
  static let pageOfTerm = """
    SELECT id, terms FROM term_page WHERE segment = ?1 AND first <= ?2 ORDER BY first DESC LIMIT 1
    """

  /// Reads a page beside the wanted terms, both ascending, and says which is the first one behind its end.
  private func scan(
    _ bytes: UnsafeRawBufferPointer,
    for wanted: WantedTerms,
    from start: Int,
    _ body: (_ term: Int, _ count: Int, _ list: UnsafeRawBufferPointer) -> Bool
  ) throws(FlowError) -> Int {
    var next = start
    var reader = TermPageReader(bytes)
    while next < wanted.count, let entry = reader.next(notBelow: wanted.prefix(of: next)) {
      let term = UnsafeRawBufferPointer(rebasing: bytes[entry.term])
      var order = wanted.order(next, to: term)
      while order < 0 {
        next += 1
        guard next < wanted.count else { return next }
        order = wanted.order(next, to: term)
      }
      guard order == 0 else { continue }
      guard body(next, entry.count, UnsafeRawBufferPointer(rebasing: bytes[entry.list])) else {
        throw damaged
      }
      next += 1
    }
    guard !reader.isDamaged else { throw damaged }
    return next
  }
}

/// Writes a segment, term by term in ascending order.
struct SegmentWriter {
  private let session: SQLSession
  private let segment: Int
  private var page = TermPage()
  private var postings = 0

  /// Begins a segment that holds no step yet.
  init(session: SQLSession, level: Int, steps: ClosedRange<Int>) throws(FlowError) {
    self.session = session
    let statement = try session.statement(
      "INSERT INTO segment(level, first, last, postings) VALUES (?1, ?2, ?3, 0) RETURNING id"
    )
    statement.bind(level, at: 1)
    statement.bind(steps.lowerBound, at: 2)
    statement.bind(steps.upperBound, at: 3)
    guard let segment = try statement.first({ $0.int(0) }) else {
      throw session.damaged("a segment of the recall index was not stored")
    }
    self.segment = segment
  }

  mutating func append(
    term: ArraySlice<UInt8>,
    count: Int,
    list: ArraySlice<UInt8>
  ) throws(FlowError) {
    if !page.isEmpty, !page.hasRoom(term: term, list: list) { try flush() }
    page.append(term: term, count: count, list: list)
    postings += count
  }

  mutating func finish() throws(FlowError) {
    if !page.isEmpty { try flush() }
    let statement = try session.statement("UPDATE segment SET postings = ?2 WHERE id = ?1")
    statement.bind(segment, at: 1)
    statement.bind(postings, at: 2)
    try statement.run()
  }

  private mutating func flush() throws(FlowError) {
    let statement = try session.statement("INSERT INTO term_page(segment, first, terms) VALUES (?1, ?2, ?3)")
    statement.bind(segment, at: 1)
    try statement.bind(page.first, at: 2)
    try statement.bind(page.bytes, at: 3)
    try statement.run()
    page.removeAll()
  }
}
