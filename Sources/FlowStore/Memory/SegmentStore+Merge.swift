import FlowCore

// A merge reads its segments side by side, a page of each at a time, so that it needs as much memory as pages,
// not as segments. Each page is looked up by the last one's first term: no statement stands open while pages
// are written.

extension SegmentStore {
  /// How many segments of a level become one of the next.
  static let fanout = 8
  /// The level that is merged no further: 256 · 8² steps, whose merge is as long as a write may wait.
  static let highestLevel = 2

  func mergeFullLevels() throws(FlowError) {
    let statement = try session.statement("SELECT id FROM segment WHERE level = ?1 ORDER BY id")
    for level in 0..<Self.highestLevel {
      var segments: [Int] = []
      statement.bind(level, at: 1)
      try statement.forEach { segments.append($0.int(0)) }
      guard segments.count >= Self.fanout else { return }
      try merge(segments, into: level + 1)
    }
  }

  private func merge(_ segments: [Int], into level: Int) throws(FlowError) {
    var cursors: [SegmentCursor] = []
    var steps: ClosedRange<Int>?
    for segment in segments {
      let cursor = try SegmentCursor(segment, session: session)
      cursors.append(cursor)
      steps =
        min(
          steps?.lowerBound ?? .max,
          cursor.steps.lowerBound
        )...max(
          steps?.upperBound ?? 0,
          cursor.steps.upperBound
        )
    }
    guard let steps else { return }
    var writer = try SegmentWriter(session: session, level: level, steps: steps)
    var merge = TermMerge()
    while true {
      cursors.removeAll { $0.isAtEnd }
      guard let first = cursors.indices.min(by: { cursors[$0].order(to: cursors[$1]) < 0 }) else { break }
      let term = cursors[first].term
      merge.removeAll()
      // In the order of segments, which is that of steps.
      for index in cursors.indices where cursors[index].isAt(term) {
        guard merge.append(cursors[index]) else { throw damaged }
        try cursors[index].advance()
      }
      try merge.write(term, to: &writer)
    }
    try writer.finish()
    for segment in segments { try remove(segment) }
  }

  private func remove(_ segment: Int) throws(FlowError) {
    for sql in ["DELETE FROM term_page WHERE segment = ?1", "DELETE FROM segment WHERE id = ?1"] {
      let statement = try session.statement(sql)
      statement.bind(segment, at: 1)
      try statement.run()
    }
  }
}

/// The lists of one term, on the way into one.
private struct TermMerge {
  private var list = PostingList()
  private var encoded: ArraySlice<UInt8> = []
  private var parts = 0
  private var postings: [Posting] = []
  private var buffer = PostingBuffer()

  mutating func removeAll() {
    list.removeAll()
    encoded = []
    parts = 0
  }

  /// Adds the list that a cursor stands on; says whether it was sound.
  mutating func append(_ cursor: SegmentCursor) -> Bool {
    parts += 1
    encoded = cursor.list
    return encoded.withUnsafeBytes { list.append(encoded: $0, count: cursor.count) }
  }

  mutating func write(_ term: ArraySlice<UInt8>, to writer: inout SegmentWriter) throws(FlowError) {
    // Most terms stand in one segment only: their bytes are copied as they are.
    if parts == 1 {
      try writer.append(term: term, count: list.count, list: encoded)
      return
    }
    postings.removeAll(keepingCapacity: true)
    list.append(to: &postings, using: &buffer)
    if !list.isAscending { postings.sort { $0.step < $1.step } }
    try writer.append(term: term, postings: postings)
  }
}

/// Goes through the terms of a segment in ascending order.
private struct SegmentCursor {
  let steps: ClosedRange<Int>
  private let session: SQLSession
  private let segment: Int
  private var bytes: [UInt8] = []
  private var entries: [TermEntry] = []
  private var next = 0

  init(_ segment: Int, session: SQLSession) throws(FlowError) {
    self.session = session
    self.segment = segment
    let statement = try session.statement("SELECT first, last FROM segment WHERE id = ?1")
    statement.bind(segment, at: 1)
    let found = try statement.first { ($0.int(0), $0.int(1)) }
    guard let found, found.0 <= found.1 else {
      throw session.damaged("segment \(segment) of the recall index cannot be read")
    }
    steps = found.0...found.1
    try load("SELECT terms FROM term_page WHERE segment = ?1 ORDER BY first LIMIT 1", after: nil)
  }

  var isAtEnd: Bool { next >= entries.count }
  var term: ArraySlice<UInt8> { bytes[entries[next].term] }
  var list: ArraySlice<UInt8> { bytes[entries[next].list] }
  var count: Int { entries[next].count }

  func order(to other: SegmentCursor) -> Int {
    bytes.withUnsafeBytes { mine in
      other.bytes.withUnsafeBytes { theirs in
        compareTerms(
          UnsafeRawBufferPointer(rebasing: mine[entries[next].term]),
          UnsafeRawBufferPointer(rebasing: theirs[other.entries[other.next].term])
        )
      }
    }
  }

  func isAt(_ wanted: ArraySlice<UInt8>) -> Bool {
    term.withUnsafeBytes { mine in wanted.withUnsafeBytes { compareTerms(mine, $0) == 0 } }
  }

  mutating func advance() throws(FlowError) {
    next += 1
    guard isAtEnd, let first = entries.first else { return }
    try load(
      "SELECT terms FROM term_page WHERE segment = ?1 AND first > ?2 ORDER BY first LIMIT 1",
      after: bytes[first.term]
    )
  }

  private mutating func load(_ sql: String, after first: ArraySlice<UInt8>?) throws(FlowError) {
    let statement = try session.statement(sql)
    statement.bind(segment, at: 1)
    if let first { try statement.bind(Array(first), at: 2) }
    let page = try statement.first { Array($0.bytes(0)) }
    bytes = page ?? []
    entries.removeAll(keepingCapacity: true)
    next = 0
    var isDamaged = false
    bytes.withUnsafeBytes { bytes in
      var reader = TermPageReader(bytes)
      while let entry = reader.next() { entries.append(entry) }
      isDamaged = reader.isDamaged
    }
    // A page without terms would end the segment early.
    guard !isDamaged, page == nil || !entries.isEmpty else {
      throw session.damaged("the recall index cannot be read")
    }
  }
}
