public import FlowCore
public import FlowMemory

/// What having a model make summaries anew did in a project.
public struct UpgradeReceipt: Sendable {
  /// A summary that stays as it was, and why.
  public struct Failure: Sendable {
    public let summary: SummaryID
    public let error: FlowError
  }

  /// What there was to do, and what was left alone.
  public let plan: UpgradePlan
  /// The summaries of steps that a model made.
  public internal(set) var changes: [SummaryChange] = []
  /// Those above them that were made anew of their parts.
  public internal(set) var parents: [SummaryChange] = []
  /// Those for which the model gave no fit summary.
  public internal(set) var refused: [Failure] = []
  /// Those for which it could not be asked; they stay marked for the next run.
  public internal(set) var failed: [Failure] = []
  /// How many others made or are making.
  public internal(set) var elsewhere = 0
  /// How many changed while the model was at work, so that its answer was dropped.
  public internal(set) var superseded = 0
  /// How many needed a second answer, since the first was not fit.
  public internal(set) var askedTwice = 0
  /// Secrets that were masked, by kind.
  public internal(set) var masked: [String: Int] = [:]
  /// What the new summaries tell of the identifiers in their steps.
  public internal(set) var identifiers = IdentifierAccount()

  init(plan: UpgradePlan) { self.plan = plan }

  /// Those that were to be made and were not begun.
  public var remaining: Int {
    plan.candidates.count - changes.count - refused.count - failed.count - elsewhere - superseded
  }

  /// Puts all in the order of the summaries: as they came in, they would be told in another order each time.
  mutating func sort() {
    changes.sort { $0.summary < $1.summary }
    refused.sort { $0.summary < $1.summary }
    failed.sort { $0.summary < $1.summary }
  }

  mutating func add(_ outcome: UpgradeOutcome, of id: SummaryID) {
    switch outcome {
    case .made(let change, let identifiers, let said):
      changes.append(change)
      self.identifiers.add(identifiers)
      masked.merge(said.masked, uniquingKeysWith: +)
      if said.refusal != nil { askedTwice += 1 }
    case .notDue: elsewhere += 1
    case .superseded: superseded += 1
    case .refused(let error): refused.append(Failure(summary: id, error: error))
    case .failed(let error): failed.append(Failure(summary: id, error: error))
    }
  }
}

/// What a batch over projects did.
public struct UpgradeBatchReceipt: Sendable {
  public internal(set) var projects: [(name: ProjectName, receipt: UpgradeReceipt)] = []
  /// Projects that could not be worked on.
  public internal(set) var failures: [(name: ProjectName, error: FlowError)] = []
  /// What the calls came to.
  public internal(set) var spent = LedgerLine(model: "")
  /// Why it ended before all was done; nil where it did not.
  public internal(set) var stopped: FlowError?

  /// Whether something that was begun could not be done, or a limit of costs let nothing begin.
  public var isPartialFailure: Bool {
    !failures.isEmpty || projects.contains { !$0.receipt.failed.isEmpty || !$0.receipt.refused.isEmpty }
      || stopped.map { $0.code != .costLimitReached || spent.attempts.isEmpty } ?? false
  }
}
