import FlowCore

extension SQLiteRecallIndex {
  func remove(_ step: StepID, terms: [String]) throws(FlowError) {
    guard let (length, sitting) = try length(of: step) else { throw .noStep(step) }
    try lengthen(sitting: sitting, by: -length)
    let update = try session.statement("UPDATE step SET length = 0, marks = 0 WHERE id = ?1")
    update.bind(step.rawValue, at: 1)
    try update.run()
    try removePostings(of: step, terms: WantedTerms(terms))
    try ProfileColumns(session: session).update(step)
  }

  private func removePostings(of step: StepID, terms: WantedTerms) throws(FlowError) {
    let delete = try session.statement("DELETE FROM tail WHERE step = ?1")
    delete.bind(step.rawValue, at: 1)
    try delete.run()
    if session.changes > 0 {
      try session.statement("UPDATE archive SET unsealed = unsealed - 1").run()
      return
    }
    var segments: [Int] = []
    let holding = try session.statement("SELECT id FROM segment WHERE ?1 BETWEEN first AND last")
    holding.bind(step.rawValue, at: 1)
    try holding.forEach { segments.append($0.int(0)) }
    for segment in segments {
      for index in 0..<terms.count {
        let term = try terms.withBytes(of: index) { Array($0) }
        try remove(step, term: term, from: segment)
      }
    }
  }

  /// Writes the page of a term again, without a step.
  private func remove(_ step: StepID, term: [UInt8], from segment: Int) throws(FlowError) {
    let lookUp = try session.statement(SegmentStore.pageOfTerm)
    lookUp.bind(segment, at: 1)
    try lookUp.bind(term, at: 2)
    let found = try lookUp.first { (id: $0.int(0), bytes: Array($0.bytes(1))) }
    guard let found, let page = try page(found.bytes, without: step, of: term) else { return }
    if page.isEmpty {
      let delete = try session.statement("DELETE FROM term_page WHERE id = ?1")
      delete.bind(found.id, at: 1)
      try delete.run()
    } else {
      let update = try session.statement("UPDATE term_page SET first = ?2, terms = ?3 WHERE id = ?1")
      update.bind(found.id, at: 1)
      try update.bind(page.first, at: 2)
      try update.bind(page.bytes, at: 3)
      try update.run()
    }
    let count = try session.statement("UPDATE segment SET postings = postings - 1 WHERE id = ?1")
    count.bind(segment, at: 1)
    try count.run()
  }

  /// The page without a step under a term, or nil if the step is not there.
  private func page(_ bytes: [UInt8], without step: StepID, of term: [UInt8]) throws(FlowError) -> TermPage? {
    var page = TermPage()
    var isFound = false
    var isSound = true
    bytes.withUnsafeBytes { raw in
      var reader = TermPageReader(raw)
      while let entry = reader.next() {
        var count = entry.count
        var list = bytes[entry.list]
        if bytes[entry.term].elementsEqual(term) {
          var postings = PostingList()
          let room = UnsafeRawBufferPointer(rebasing: raw[entry.list])
          isSound = postings.append(encoded: room, count: count) && isSound
          let rest = postings.postings.filter { $0.step != step.rawValue }
          isFound = rest.count < count
          count = rest.count
          list = PostingList.encoded(rest)[...]
        }
        if count > 0 { page.append(term: bytes[entry.term], count: count, list: list) }
      }
      isSound = isSound && !reader.isDamaged
    }
    guard isSound else { throw SegmentStore(session: session).damaged }
    return isFound ? page : nil
  }
}
