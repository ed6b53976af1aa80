import FlowCore

// Making summaries anew from what they tell of: a leaf from its steps, a parent from its parts, lowest level first.
//
// What comes out as it was gets no new version, so doing it again changes nothing. A run over an archive of any size
// holds the database for a few summaries at a time; each of these is read again inside the transaction that replaces
// it, so others may write in between. A trial run does the same without writing: what it made so far stands in for
// what the archive has.

/// Makes summaries anew.
struct SummaryRebuild: Sendable {
  /// A transaction makes so many summaries at most, or ends with the one that brings it to so many tokens of steps:
  /// others are not kept waiting for long.
  static let batch = 32
  private static let batchTokens = 100_000

  let tree: SummaryTree
  let run: SummaryRun

  /// A summary that is to be made anew.
  struct Candidate: Sendable {
    let id: SummaryID
    /// Whether it is only made anew because a part of it may be.
    let isAbove: Bool
    /// Tokens of the steps that are read for it.
    let tokens: Int

    init(_ summary: Summary, isAbove: Bool) {
      id = summary.id
      self.isAbove = isAbove
      tokens = summary.level == 0 ? summary.sourceTokens : 0
    }
  }

  /// What a run has come to.
  struct Progress: Sendable {
    var receipt = SummaryRunReceipt()
    /// What a trial run made.
    fileprivate var made: [SummaryID: Summary] = [:]
  }

  /// The summaries to go through, in that order.
  ///
  /// - Throws: `summary.not_found`.
  func candidates(in memory: any MemoryTransaction) throws(FlowError) -> [Candidate] {
    let all = try memory.summaries.all()
    guard let named = run.summaries else { return all.map { Candidate($0, isAbove: false) } }
    for id in named.sorted() where try memory.summaries.summary(id) == nil { throw .noSummary(id) }
    return all.compactMap { summary in
      let id = summary.id
      if named.contains(id) { return Candidate(summary, isAbove: false) }
      let isAbove = named.contains { id.first <= $0.first && $0.last <= id.last }
      return isAbove ? Candidate(summary, isAbove: true) : nil
    }
  }

  /// The first of the candidates, which one transaction goes through.
  static func batch(of candidates: ArraySlice<Candidate>) -> ArraySlice<Candidate> {
    var tokens = 0
    var end = candidates.startIndex
    while end < candidates.endIndex, end - candidates.startIndex < batch, tokens < batchTokens {
      tokens += candidates[end].tokens
      end += 1
    }
    return candidates[..<end]
  }

  /// Makes some of them anew.
  func make(
    _ candidates: some Sequence<Candidate>,
    after progress: Progress,
    now: Timestamp,
    in memory: any MemoryTransaction
  ) throws(FlowError) -> Progress {
    var progress = progress
    for candidate in candidates { try make(candidate, &progress, now: now, in: memory) }
    return progress
  }

  private func make(
    _ candidate: Candidate,
    _ progress: inout Progress,
    now: Timestamp,
    in memory: any MemoryTransaction
  ) throws(FlowError) {
    guard let current = try memory.summaries.summary(candidate.id) else { return }
    if candidate.isAbove, current.by != tree.summarizer.name { return }
    if current.by == HandEdits.name, !run.includesHand {
      progress.receipt.byHand.append(current.id)
      return
    }
    if current.prompt != nil, !run.includesModels {
      progress.receipt.byModel.append(current.id)
      return
    }
    guard let (new, steps) = try tree.anew(current, standIns: progress.made, now: now, in: memory) else {
      progress.receipt.withoutSteps.append(current.id)
      return
    }
    guard !new.says(current) else {
      progress.receipt.unchanged += 1
      return
    }
    let next = new.numbered(current.version + 1)
    if run.isDryRun { progress.made[next.id] = next } else { try memory.summaries.add(next) }
    progress.receipt.changes.append(SummaryChange(from: current, to: next))
    if !steps.isEmpty {
      progress.receipt.identifiers.add(IdentifierAccount(of: steps, in: next.bullets))
    }
  }
}

extension StepStore {
  /// All steps that a summary covers; none where one of them is not here.
  func steps(of id: SummaryID) throws(FlowError) -> [ArchivedStep] {
    let steps = try steps(StepQuery(range: id.range))
    return steps.first?.id == id.first && steps.last?.id == id.last ? steps : []
  }
}

extension FlowError {
  /// There is no such summary.
  static func noSummary(_ id: SummaryID) -> FlowError {
    FlowError(
      .summaryNotFound,
      "there is no summary \(id)",
      hint: "`flowctl summaries --all` lists them",
      context: ["summary": id.description]
    )
  }
}
