import FlowCore

/// A posting of the tail, with its term's bytes beside those of all others.
private struct UnsealedPosting {
  /// The first eight bytes of the term, the first one highest: most comparisons end here.
  let prefix: UInt64
  let term: Range<Int>
  let posting: Posting

  func order(to other: UnsealedPosting, in bytes: UnsafeRawBufferPointer) -> Int {
    guard prefix == other.prefix else { return prefix < other.prefix ? -1 : 1 }
    return compareTerms(
      UnsafeRawBufferPointer(rebasing: bytes[term]),
      UnsafeRawBufferPointer(rebasing: bytes[other.term])
    )
  }
}

extension SegmentStore {
  /// Makes a segment of the tail, and merges what is then due.
  func seal() throws(FlowError) {
    var arena: [UInt8] = []
    var unsealed: [UnsealedPosting] = []
    var steps: ClosedRange<Int>?
    try forEachInTail { step, bytes, place, weight in
      let term = UnsafeRawBufferPointer(rebasing: bytes[place])
      let start = arena.count
      arena.append(contentsOf: term)
      steps = (steps?.lowerBound ?? step)...step
      unsealed.append(
        UnsealedPosting(
          prefix: termPrefix(term),
          term: start..<arena.count,
          posting: Posting(step: step, weight: weight)
        )
      )
    }
    if let steps {
      arena.withUnsafeBytes { bytes in
        unsealed.sort { left, right in
          let order = left.order(to: right, in: bytes)
          return order == 0 ? left.posting.step < right.posting.step : order < 0
        }
      }
      try write(unsealed, arena: arena, steps: steps)
    }
    try session.statement("DELETE FROM tail").run()
    try session.statement("UPDATE archive SET unsealed = 0").run()
    try mergeFullLevels()
  }

  private func write(
    _ unsealed: [UnsealedPosting],
    arena: [UInt8],
    steps: ClosedRange<Int>
  ) throws(FlowError) {
    var writer = try SegmentWriter(session: session, level: 0, steps: steps)
    var postings: [Posting] = []
    var start = 0
    while start < unsealed.count {
      var end = start
      postings.removeAll(keepingCapacity: true)
      while end < unsealed.count,
        arena.withUnsafeBytes({ unsealed[start].order(to: unsealed[end], in: $0) }) == 0
      {
        postings.append(unsealed[end].posting)
        end += 1
      }
      try writer.append(term: arena[unsealed[start].term], postings: postings)
      start = end
    }
    try writer.finish()
  }
}

extension SegmentWriter {
  /// Appends a term with postings that are not encoded yet, ascending.
  mutating func append(term: ArraySlice<UInt8>, postings: [Posting]) throws(FlowError) {
    try append(term: term, count: postings.count, list: PostingList.encoded(postings)[...])
  }
}
