import FlowCore

extension MemoryCheck {
  private static let remedy = "build the recall index anew"

  /// Compares the recall index with the steps, and its counts with what they count.
  mutating func index(analysisVersion: Int?) throws(FlowError) {
    try postings()
    try profiles()
    let found = try number("SELECT analysis FROM archive")
    if let analysisVersion, found != analysisVersion, try number("SELECT steps FROM archive") > 0 {
      report(
        "the recall index has analysis version \(found), not \(analysisVersion)",
        Self.remedy,
        isError: false
      )
    }
  }

  private mutating func postings() throws(FlowError) {
    var terms: [Int: Int] = [:]
    try session.statement("SELECT id, length FROM step").forEach { terms[$0.int(0)] = $0.int(1) }
    var indexed: Set<Int> = []
    try SegmentStore(session: session).forEachInTail { step, _, _, _ in indexed.insert(step) }
    let missing = try missingPostings(collecting: &indexed)
    let stray = indexed.count { terms[$0] == nil }
    if stray > 0 {
      report("\(stray) entries of the recall index name steps that are not there", Self.remedy)
    }
    // A step without a word may stand in the index all the same, by its day.
    let wrong = terms.count { $0.value > 0 && !indexed.contains($0.key) }
    let total = try number("SELECT terms - (SELECT ifnull(sum(length), 0) FROM step) FROM archive")
    let unsealed = try number("SELECT unsealed - (SELECT count(*) FROM tail) FROM archive")
    if wrong > 0 || missing > 0 || total != 0 || unsealed != 0 {
      report("the recall index does not hold the terms of \(max(wrong, 1)) steps as counted", Self.remedy)
    }
  }

  /// How many segments have pages that cannot be read, terms out of order, or another number of postings than
  /// they should; the steps they name are collected.
  private func missingPostings(collecting steps: inout Set<Int>) throws(FlowError) -> Int {
    var expected: [Int: Int] = [:]
    try session.statement("SELECT id, postings FROM segment").forEach { expected[$0.int(0)] = $0.int(1) }
    var damaged: Set<Int> = []
    var last: (segment: Int, term: [UInt8])?
    let statement = try session.statement(
      "SELECT segment, first, terms FROM term_page ORDER BY segment, first"
    )
    try statement.forEach { row in
      let segment = row.int(0)
      let bytes = row.bytes(2)
      var reader = TermPageReader(bytes)
      var isFirst = true
      while let entry = reader.next() {
        let term = Array(bytes[entry.term])
        var list = PostingList()
        let encoded = UnsafeRawBufferPointer(rebasing: bytes[entry.list])
        let isOrdered =
          last.map { $0.segment != segment || $0.term.lexicographicallyPrecedes(term) } ?? true
        guard list.append(encoded: encoded, count: entry.count), list.isSound, isOrdered,
          !isFirst || term.elementsEqual(row.bytes(1))
        else {
          damaged.insert(segment)
          continue
        }
        isFirst = false
        last = (segment, term)
        expected[segment, default: 0] -= entry.count
        list.forEach { step, _ in steps.insert(step) }
      }
      if reader.isDamaged { damaged.insert(segment) }
    }
    return damaged.union(expected.filter { $0.value != 0 }.keys).count
  }

  /// Whether the copies that ranking reads are those of the steps.
  private mutating func profiles() throws(FlowError) {
    let columns = ProfileColumns(session: session)
    var rows: [Int: StepProfile] = [:]
    try columns.forEachRow(from: 1, through: .max) { rows[$0.id.rawValue] = $0 }
    var wrong = 0
    try columns.forEachChunk { number, chunk in
      wrong += ProfileChunk.steps(of: number).count { id in
        chunk.map { $0.profile(of: StepID(id)) != rows[id] } ?? true
      }
    }
    if wrong > 0 {
      report("the profiles of \(wrong) steps differ from the steps", Self.remedy)
    }
  }
}
