import FlowCore

// Long-term memory is a tree over the steps that left short-term: a leaf for each range that left together, made from
// those steps alone, and a parent for each `fanout` neighbours of one level, made of their bullets.
//
// What holds after every change: the roots cover step 1 to the last that left, each step once; of roots that follow one
// another none is of a higher level than the one before it, and fewer than `fanout` are of one level. So n steps have
// O(log n) roots. Ranges never change once they are made; what is made of them has versions.
//
// Whatever changes a leaf makes those above it anew, up to the first that a person or a model wrote: these keep their
// words until they are made anew on purpose.

/// Makes summaries and keeps the tree in order; all of it runs inside one transaction.
struct SummaryTree: Sendable {
  let limits: MemoryLimits
  let tokenizer: any Tokenizer
  let summarizer: any LocalSummarizer

  /// The summary of steps that left together, as a first version.
  func leaf(_ id: SummaryID, of steps: [ArchivedStep], now: Timestamp) -> Summary {
    let sourceTokens = steps.reduce(0) { $0 + $1.tokens }
    let source = SummarySource(steps: steps, budget: leafBudget(of: sourceTokens))
    let bullets = summarizer.bullets(of: source)
    let times = steps.map(\.ts)
    let start = times.min() ?? now
    return Summary(
      id: id,
      level: 0,
      version: 1,
      by: summarizer.name,
      created: now,
      bullets: bullets,
      sourceTokens: sourceTokens,
      tokens: bullets.reduce(0) { $0 + tokenizer.count($1.line + "\n") },
      span: start...max(start, times.max() ?? start)
    )
  }

  /// The summary of neighbours of one level, as a first version; nil where there are none.
  func parent(of parts: [Summary], now: Timestamp) -> Summary? {
    guard let level = parts.first?.level else { return nil }
    return ParentSummary(tokenizer: tokenizer, budget: budget(atLevel: level + 1))
      .parent(of: parts, now: now, by: summarizer.name)
  }

  /// The most tokens of a leaf over so many tokens of steps.
  func leafBudget(of sourceTokens: Int) -> Int { min(limits.summaryTokens, sourceTokens / 5) }

  /// The most tokens of a summary: one that covers more may say more, in step with its height.
  func budget(atLevel level: Int) -> Int { limits.summaryTokens * (level + 1) }

  /// A summary made of what is there now, as a first version, and the steps that were read for it: a leaf of its steps,
  /// a parent of its parts.
  ///
  /// Nil for one whose steps are not here, as in a clone that carries the text files only.
  ///
  /// - Parameter standIns: take the place of parts.
  func anew(
    _ summary: Summary,
    standIns: [SummaryID: Summary] = [:],
    now: Timestamp,
    in memory: any MemoryTransaction
  ) throws(FlowError) -> (summary: Summary, steps: [ArchivedStep])? {
    let parts = try memory.summaries.parts(of: summary.id).map { standIns[$0.id] ?? $0 }
    if let parent = parent(of: parts, now: now) { return (parent, []) }
    let steps = try memory.steps.steps(of: summary.id)
    return steps.isEmpty ? nil : (leaf(summary.id, of: steps, now: now), steps)
  }

  /// Makes the parents that are due: wherever `fanout` neighbours of one level are roots, the oldest of them get one.
  func grow(now: Timestamp, in memory: any MemoryTransaction) throws(FlowError) -> [SummaryID] {
    var roots = try memory.summaries.roots()
    var made: [SummaryID] = []
    while let due = due(roots), let parent = parent(of: Array(roots[due]), now: now) {
      try memory.summaries.add(parent)
      made.append(parent.id)
      roots.replaceSubrange(due, with: [parent])
    }
    return made
  }

  /// The first `fanout` of the newest run of so many roots of one level.
  private func due(_ roots: [Summary]) -> Range<Int>? {
    var end = roots.count
    while end > 0 {
      let level = roots[end - 1].level
      let start = (roots[..<end].lastIndex { $0.level != level } ?? -1) + 1
      if end - start >= limits.fanout { return start..<(start + limits.fanout) }
      end = start
    }
    return nil
  }

  /// Makes those above a summary anew of their parts, up to the first that was not made so; each as it was and as it is.
  @discardableResult
  func renewAbove(
    _ summary: Summary,
    now: Timestamp,
    in memory: any MemoryTransaction
  ) throws(FlowError) -> [(before: Summary, after: Summary)] {
    var renewed: [(before: Summary, after: Summary)] = []
    for above in try memory.summaries.covering([summary.id.first]) where above.level > summary.level {
      guard above.by == summarizer.name else { break }
      if let change = try renew(above.id, now: now, in: memory) { renewed.append(change) }
    }
    return renewed
  }

  /// Makes a summary of summaries anew of its parts, if Flow made it and they say something else now.
  func renew(
    _ id: SummaryID,
    now: Timestamp,
    in memory: any MemoryTransaction
  ) throws(FlowError) -> (before: Summary, after: Summary)? {
    guard let current = try memory.summaries.summary(id), current.by == summarizer.name,
      let anew = parent(of: try memory.summaries.parts(of: id), now: now), !anew.says(current)
    else { return nil }
    let next = anew.numbered(current.version + 1)
    try memory.summaries.add(next)
    return (current, next)
  }

  /// The summaries of summaries that Flow made before some part of them became what it is, or will become, parts first.
  func staleParents(in memory: any MemoryTransaction) throws(FlowError) -> [SummaryID] {
    var stale: Set<SummaryID> = []
    var order: [SummaryID] = []
    for summary in try memory.summaries.all() where summary.level > 0 && summary.by == summarizer.name {
      let parts = try memory.summaries.parts(of: summary.id)
      guard parts.contains(where: { $0.created > summary.created || stale.contains($0.id) }) else { continue }
      stale.insert(summary.id)
      order.append(summary.id)
    }
    return order
  }
}

extension Summary {
  /// Whether both have the same bullets from the same maker.
  func says(_ other: Summary) -> Bool {
    by.hasSameBytes(as: other.by) && bullets.count == other.bullets.count
      && zip(bullets, other.bullets).allSatisfy { left, right in
        left.source == right.source && left.weight == right.weight && left.text.hasSameBytes(as: right.text)
      }
  }
}
