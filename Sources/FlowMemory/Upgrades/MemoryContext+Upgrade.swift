public import FlowCore

// A model makes a leaf anew in three moves: it is claimed in a transaction, the model is asked while nothing is locked,
// and the answer is used in a second transaction together with the ledger's lines and the end of the claim.
//
// What holds:
// - A process that is killed loses what it was just asking for, and nothing that was answered. Its claims fall to
//   whoever comes next, as soon as it is known to be gone, or when their time has run out.
// - No two processes ask for the same summary at once, as long as a claim outlives the call.
// - An answer is used only if the version that counts and the steps are those that it was asked for: what a person wrote
//   or somebody forgot meanwhile stands.
// - Whatever goes wrong, the version that counts stays.

extension MemoryContext {
  /// What there is for a model to do.
  ///
  /// - Throws: `summary.not_found`, `argument.invalid`.
  public func upgradePlan(
    _ run: UpgradeRun,
    with model: any ModelSummarizer,
    by claimant: Claimant
  ) async throws(FlowError) -> UpgradePlan {
    let rule = rule(run, model, claimant)
    return try await archive.read { memory throws(FlowError) in try rule.plan(in: memory) }
  }

  /// Has a model make a summary of steps anew.
  ///
  /// - Parameters:
  ///   - renewsAbove: whether those above it are made anew at once; otherwise `renewParents` is to be called.
  ///   - spending: is told of every attempt.
  ///   - isAnswered: is called once the model is not asked any more, before its answer is stored.
  /// - Throws: where the archive cannot be read or written; what went wrong with the model is an outcome.
  public func upgrade(
    _ id: SummaryID,
    _ run: UpgradeRun = UpgradeRun(),
    with model: any ModelSummarizer,
    by claimant: Claimant,
    spending: any SpendingMeter,
    renewsAbove: Bool = true,
    isAnswered: () -> Void = {}
  ) async throws(FlowError) -> UpgradeOutcome {
    let rule = rule(run, model, claimant)
    guard let claim = try await claim(id, by: rule) else { return .notDue }
    let log = AttemptLog(spending)
    let answer: Result<ModelSummary, FlowError>
    do throws(FlowError) {
      let source = SummarySource(
        steps: claim.steps,
        budget: writer.tree.leafBudget(of: claim.summary.sourceTokens) * UpgradedLeaf.bulletsPercent / 100
      )
      answer = .success(try await model.summary(of: source, spending: log))
    } catch {
      answer = .failure(error)
    }
    isAnswered()
    return try await use(answer, of: claim, attempts: log.attempts, by: rule, renewsAbove: renewsAbove)
  }

  /// Makes those summaries of summaries anew whose parts are newer than they are; each as it was and as it is.
  @discardableResult
  public func renewParents() async throws(FlowError) -> [SummaryChange] {
    let tree = writer.tree
    let stale = try await archive.read { memory throws(FlowError) in try tree.staleParents(in: memory) }
    var rest = stale[...]
    var changes: [SummaryChange] = []
    while !rest.isEmpty {
      let batch = Array(rest.prefix(SummaryRebuild.batch))
      rest = rest.dropFirst(SummaryRebuild.batch)
      let now = clock.now()
      changes += try await archive.write { memory throws(FlowError) in
        var changes: [SummaryChange] = []
        for id in batch {
          guard let (before, after) = try tree.renew(id, now: now, in: memory) else { continue }
          changes.append(SummaryChange(from: before, to: after))
        }
        return changes
      }
    }
    return changes
  }

  /// What calls to models came to in this memory.
  public func ledger() async throws(FlowError) -> [LedgerLine] {
    try await archive.read { memory throws(FlowError) in try memory.modelWork.ledger() }
  }

  /// A summary that is claimed, as it was then, with its steps.
  private struct Claim: Sendable {
    let summary: Summary
    let steps: [ArchivedStep]
  }

  private func rule(_ run: UpgradeRun, _ model: any ModelSummarizer, _ claimant: Claimant) -> UpgradeRule {
    UpgradeRule(run: run, tree: writer.tree, model: model, claimant: claimant, now: clock.now())
  }

  /// Claims a summary, or nothing where it is not due any more.
  private func claim(_ id: SummaryID, by rule: UpgradeRule) async throws(FlowError) -> Claim? {
    try await archive.write { memory throws(FlowError) -> Claim? in
      guard let current = try memory.summaries.summary(id) else { return nil }
      let work = try memory.modelWork.entry(of: id)
      guard case .due = rule.verdict(on: current, noted: work) else { return nil }
      let steps = try memory.steps.steps(of: id)
      guard !steps.isEmpty else { return nil }
      if case .claimed(let owner, _)? = work?.state, owner != rule.claimant.token, let work {
        // It died in the middle of a call: nobody knows what became of that.
        let lost = CallAttempt(model: work.model, outcome: .unknown, usage: nil, cost: nil)
        try memory.modelWork.record(lost, at: work.at)
      }
      let until = rule.now.advanced(seconds: rule.claimant.leaseSeconds)
      try memory.modelWork.put(
        ModelWork(
          summary: id,
          state: .claimed(by: rule.claimant.token, until: until),
          model: rule.model.name,
          prompt: rule.model.prompt,
          at: rule.now
        )
      )
      return Claim(summary: current, steps: steps)
    }
  }

  /// Ends a claim with what came of it.
  private func use(
    _ answer: Result<ModelSummary, FlowError>,
    of claim: Claim,
    attempts: [CallAttempt],
    by rule: UpgradeRule,
    renewsAbove: Bool
  ) async throws(FlowError) -> UpgradeOutcome {
    let now = clock.now()
    let id = claim.summary.id
    let tree = writer.tree
    var next: (version: Summary, said: ModelSummary, identifiers: IdentifierAccount)?
    if case .success(let said) = answer {
      let version = UpgradedLeaf(tree: tree, model: rule.model).version(
        after: claim.summary,
        local: tree.leaf(id, of: claim.steps, now: now),
        of: claim.steps,
        saying: said.bullets,
        now: now
      )
      next = (version, said, IdentifierAccount(of: claim.steps, in: version.bullets))
    }
    let made = next
    return try await archive.write { memory throws(FlowError) -> UpgradeOutcome in
      for attempt in attempts { try memory.modelWork.record(attempt, at: now) }
      let isOurs = try memory.modelWork.entry(of: id).map { work in
        if case .claimed(let owner, _) = work.state { owner == rule.claimant.token } else { false }
      }
      if isOurs == true { try memory.modelWork.remove(id) }
      let current = try memory.summaries.summary(id)
      let steps = try memory.steps.steps(of: id)
      let isAsItWas = current == claim.summary && steps == claim.steps
      switch answer {
      case .failure(let error) where [.answerUnfit, .answerRefused].contains(error.code):
        if isOurs == true, isAsItWas {
          try memory.modelWork.put(
            ModelWork(
              summary: id,
              state: .refused(reason: error.context["reason"] ?? error.code.rawValue),
              model: rule.model.name,
              prompt: rule.model.prompt,
              at: now
            )
          )
        }
        return .refused(error)
      case .failure(let error): return .failed(error)
      case .success:
        guard isAsItWas, let made else { return .superseded }
        try memory.summaries.add(made.version)
        if renewsAbove { try tree.renewAbove(made.version, now: now, in: memory) }
        return .made(
          SummaryChange(from: claim.summary, to: made.version),
          made.identifiers,
          made.said
        )
      }
    }
  }
}
