import FlowCore

/// Puts steps into the archive: idempotence, sitting, postings, and the roll-ups that are then due.
///
/// Everything here runs inside one transaction of the archive. Analysis, which is the dear part, is done
/// before, by `prepare`, so that no lock is held meanwhile.
struct StepWriter: Sendable {
  let limits: MemoryLimits
  let tokenizer: any Tokenizer
  let summarizer: any LocalSummarizer

  /// The summaries of what left short-term.
  var tree: SummaryTree { SummaryTree(limits: limits, tokenizer: tokenizer, summarizer: summarizer) }

  /// A step that is ready to be stored.
  struct Prepared: Sendable {
    let step: Step
    let ts: Timestamp
    let tokens: Int
    let text: IndexedText
  }

  /// Checks and analyses a step.
  func prepare(_ step: Step, now: Timestamp) throws(FlowError) -> Prepared {
    try step.validate()
    return Prepared(
      step: step,
      ts: step.ts ?? now,
      tokens: tokenizer.count(step.content),
      text: IndexedText(step, ts: step.ts ?? now)
    )
  }

  /// Stores a step, unless its ref is there already.
  ///
  /// `newTerms` counts over all steps of the transaction.
  ///
  /// - Throws: `step.ref_conflict` where the ref stands for other content.
  func append(
    _ prepared: Prepared,
    now: Timestamp,
    newTerms: inout NewTermCounter,
    in memory: any MemoryTransaction
  ) throws(FlowError) -> UpdateReceipt {
    if let ref = prepared.step.ref, let known = try memory.steps.step(ref: ref) {
      guard prepared.step.says(known.step) else {
        if let mark = known.step.forgotten { throw .forgotten(ref: ref, known.id, mark) }
        throw FlowError(
          .stepConflict,
          "the ref \(ref.quotedExcerpt) already stands for other content, in \(known.id)",
          hint: "give the step another ref; steps are never overwritten",
          context: ["ref": ref, "step": known.id.description]
        )
      }
      return UpdateReceipt(id: known.id, isNew: false, rolledUp: [])
    }
    let newest = try memory.steps.figures().newest
    let previous = try newest.map { id throws(FlowError) in try memory.recall.profiles(of: [id]) }?.first
    let sitting = SittingRule(gapSeconds: limits.sittingGapSeconds).sitting(at: prepared.ts, after: previous)
    let id = try memory.steps.append(
      prepared.step,
      ts: prepared.ts,
      tokens: prepared.tokens,
      sitting: sitting
    )
    let new = try newTerms.count(prepared.text.terms, in: memory.recall)
    try memory.recall.add(prepared.text.indexed(as: id, newTerms: new))
    return UpdateReceipt(id: id, isNew: true, rolledUp: try rollUp(through: id, now: now, in: memory))
  }

  /// Makes a leaf of the steps that must leave short-term memory, if any must, and the parents that are then due.
  private func rollUp(
    through newest: StepID,
    now: Timestamp,
    in memory: any MemoryTransaction
  ) throws(FlowError) -> [SummaryID] {
    let oldest = try memory.summaries.coveredThrough()?.advanced(by: 1) ?? StepID(1)
    guard oldest <= newest else { return [] }
    let profiles = try memory.recall.profiles(of: Array(oldest...newest))
    guard
      profiles.count > limits.shortTermSteps
        || profiles.reduce(0, { $0 + $1.tokens }) > limits.shortTermTokens
    else { return [] }

    let steps = try memory.steps.steps(StepQuery(range: oldest...newest))
    let leaving = Array(steps.prefix(ShortTermBoundary(limits: limits).leaving(steps)))
    guard let first = leaving.first, let last = leaving.last else { return [] }
    let summary = tree.leaf(SummaryID(first: first.id, last: last.id), of: leaving, now: now)
    try memory.summaries.add(summary)
    return [summary.id] + (try tree.grow(now: now, in: memory))
  }
}
