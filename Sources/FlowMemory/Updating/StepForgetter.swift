import FlowCore

/// Replaces what steps said, wherever the archive holds it; runs inside one transaction.
struct StepForgetter: Sendable {
  let writer: StepWriter
  let mark: ForgottenMark
  let now: Timestamp

  /// What there is to do.
  ///
  /// - Throws: `step.not_found`; `argument.invalid` where the reason repeats what it is about.
  func plan(_ ids: [StepID], in memory: any MemoryTransaction) throws(FlowError) -> ForgetPlan {
    var steps: [ArchivedStep] = []
    var already: [StepID] = []
    for id in Set(ids).sorted() {
      guard let step = try memory.steps.step(id) else {
        throw FlowError(
          .stepNotFound,
          "there is no step \(id); nothing was forgotten",
          hint: "`flowctl steps` lists them",
          context: ["step": id.description]
        )
      }
      if step.step.forgotten != nil {
        already.append(id)
      } else {
        try check(step)
        steps.append(step)
      }
    }
    let summaries = try memory.summaries.covering(steps.map(\.id)).map(\.id)
    return ForgetPlan(mark: mark, steps: steps, already: already, summaries: summaries)
  }

  /// Does it.
  func forget(_ ids: [StepID], in memory: any MemoryTransaction) throws(FlowError) -> ForgetReceipt {
    let plan = try plan(ids, in: memory)
    for step in plan.steps { try forget(step, in: memory) }
    for summary in try memory.summaries.covering(plan.steps.map(\.id)) {
      let next =
        if let kept = kept(of: summary, without: plan.steps) {
          kept
        } else {
          try writer.tree.anew(summary, now: now, in: memory)?.summary
            ?? summary.saying([], by: summary.by, created: now, tokenizer: writer.tokenizer)
        }
      try memory.summaries.replaceVersions(with: next.numbered(summary.version + 1))
    }
    return plan.receipt
  }

  /// What is left of a summary that a person wrote, or nil where nothing is or Flow made it.
  ///
  /// Only lines about other steps are: one that names no steps may tell of any.
  private func kept(of summary: Summary, without steps: [ArchivedStep]) -> Summary? {
    guard summary.by == HandEdits.name else { return nil }
    let contents = steps.map { ForgottenText($0.step.content) }
    let bullets = summary.bullets.filter { bullet in
      !steps.contains { bullet.source.contains($0.id) }
        && !contents.contains { $0.isTold(in: bullet.text) || $0.holds(bullet.text) }
    }
    guard !bullets.isEmpty else { return nil }
    return summary.saying(bullets, by: summary.by, created: now, tokenizer: writer.tokenizer)
  }

  private func forget(_ archived: ArchivedStep, in memory: any MemoryTransaction) throws(FlowError) {
    var step = archived.step
    try memory.recall.remove(archived.id, terms: IndexedText(step, ts: archived.ts).terms.map(\.term))
    step.content = mark.description
    step.meta = [:]
    try memory.steps.replaceContent(
      of: archived.id,
      with: step.content,
      tokens: writer.tokenizer.count(step.content),
      meta: step.meta
    )
    let text = IndexedText(step, ts: archived.ts)
    let postings = try memory.recall.postings(of: text.terms.map(\.term))
    let new = postings.count { list in !list.postings.contains { $0.step < archived.id.rawValue } }
    try memory.recall.add(text.indexed(as: archived.id, newTerms: new))
  }

  /// A reason that holds the secret would keep it in the archive, in the history and in the prompt.
  ///
  /// What looks like one is a word of eight characters or more with a digit in it.
  private func check(_ step: ArchivedStep) throws(FlowError) {
    let content = ForgottenText(step.step.content)
    let words = mark.reason.split(separator: " ").filter { word in
      word.utf8.count >= 8 && word.utf8.contains { (0x30...0x39).contains($0) }
    }
    guard content.isQuoted(in: mark.reason) || words.contains(where: { content.holds(String($0)) }) else {
      return
    }
    throw FlowError(
      .invalidArgument,
      "the reason repeats a part of \(step.id), and would be kept",
      hint: "say why it is forgotten without quoting it",
      context: ["step": step.id.description]
    )
  }
}
