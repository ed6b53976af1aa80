import FlowCore

/// Says which summaries a model is to be asked for; runs inside a transaction.
struct UpgradeRule {
  /// A summary that may have fewer tokens than this says less than the steps' own words.
  static let leastBudget = 24

  let run: UpgradeRun
  let tree: SummaryTree
  let model: any ModelSummarizer
  let claimant: Claimant
  let now: Timestamp

  enum Verdict {
    case due
    case claimed
    case refused
    case tooShort
    case byHand
    case byModel
    case notAsked
  }

  func verdict(on summary: Summary, noted work: ModelWork?) -> Verdict {
    guard summary.level == 0, run.summaries?.contains(summary.id) ?? true else { return .notAsked }
    if summary.by == HandEdits.name {
      guard run.includesHand else { return .byHand }
    } else if summary.prompt != nil {
      guard run.includesModels else { return .byModel }
    }
    guard tree.leafBudget(of: summary.sourceTokens) >= UpgradeRule.leastBudget else { return .tooShort }
    switch work?.state {
    case .claimed(let owner, let until):
      return owner != claimant.token && until > now && !claimant.isGone(owner) ? .claimed : .due
    case .refused:
      let isSame = work?.model == model.name && work?.prompt == model.prompt
      return isSame && !run.retriesRefused ? .refused : .due
    case nil: return .due
    }
  }

  /// All that there is to do.
  ///
  /// - Throws: `summary.not_found`; `argument.invalid` for a summary of summaries, which no model is asked for.
  func plan(in memory: any MemoryTransaction) throws(FlowError) -> UpgradePlan {
    for id in (run.summaries ?? []).sorted() {
      guard let summary = try memory.summaries.summary(id) else { throw .noSummary(id) }
      guard summary.level == 0 else {
        throw FlowError(
          .invalidArgument,
          "\(id) is made of other summaries, and no model is asked for it",
          hint: "name the summaries of steps below it; `flowctl summaries --all` lists them at level 0",
          context: ["summary": id.description]
        )
      }
    }
    let notes = Dictionary(try memory.modelWork.entries().map { ($0.summary, $0) }) { first, _ in first }
    let oldest = try memory.steps.steps(StepQuery(first: 1)).first?.id
    var plan = UpgradePlan()
    for summary in try memory.summaries.all() {
      switch verdict(on: summary, noted: notes[summary.id]) {
      case .due where oldest.map { $0 > summary.id.first } ?? true: plan.withoutSteps += 1
      case .due: plan.candidates.append(.init(id: summary.id, sourceTokens: summary.sourceTokens))
      case .claimed: plan.claimed += 1
      case .refused: plan.refused.append(summary.id)
      case .tooShort: plan.tooShort += 1
      case .byHand: plan.byHand += 1
      case .byModel: plan.byModel += 1
      case .notAsked: break
      }
    }
    return plan
  }
}
