public import FlowCore

/// Which summaries of steps a model is to make anew.
public struct UpgradeRun: Sendable, Hashable {
  /// These; nil for all.
  public var summaries: Set<SummaryID>?
  /// Also those that a model made, not only those that TextRank did.
  public var includesModels: Bool
  /// Also those that a person wrote.
  public var includesHand: Bool
  /// Also those for which the same model, asked the same way, gave no fit summary before.
  public var retriesRefused: Bool

  public init(
    summaries: Set<SummaryID>? = nil,
    includesModels: Bool = false,
    includesHand: Bool = false,
    retriesRefused: Bool = false
  ) {
    self.summaries = summaries
    self.includesModels = includesModels
    self.includesHand = includesHand
    self.retriesRefused = retriesRefused
  }
}

/// What there is for a model to do in a memory.
public struct UpgradePlan: Sendable, Hashable {
  /// A summary to ask for.
  public struct Candidate: Sendable, Hashable {
    public let id: SummaryID
    /// Tokens of the steps it covers.
    public let sourceTokens: Int
  }

  /// Those to ask for, oldest first.
  public internal(set) var candidates: [Candidate] = []
  /// How many another process is asking for at this moment.
  public internal(set) var claimed = 0
  /// Those for which the same model gave no fit summary before.
  public internal(set) var refused: [SummaryID] = []
  /// How many cover so little that a model could not say it in fewer words.
  public internal(set) var tooShort = 0
  /// How many a person wrote.
  public internal(set) var byHand = 0
  /// How many cover steps that are not here.
  public internal(set) var withoutSteps = 0
  /// How many are of a model already.
  public internal(set) var byModel = 0

  public init() {}
}

/// What became of one summary that a model was to make anew.
public enum UpgradeOutcome: Sendable {
  case made(SummaryChange, IdentifierAccount, ModelSummary)
  /// There is nothing to do any more: somebody else has done it, or is doing it.
  case notDue
  /// What it was made from, or the version that counted, was changed while the model was at work: the answer is dropped.
  case superseded
  /// The model gave no fit summary, and will not be asked again in the same way.
  case refused(FlowError)
  /// It could not be asked; it stays marked for the next run.
  case failed(FlowError)
}

/// A process that asks a model, as others that would ask the same see it.
public struct Claimant: Sendable {
  /// Names the process, and no other one ever.
  public let token: String
  /// For how many seconds a claim counts: longer than asking can take.
  public let leaseSeconds: Int
  /// Whether the process that a token names is known to be gone.
  public let isGone: @Sendable (_ token: String) -> Bool

  public init(token: String, leaseSeconds: Int, isGone: @escaping @Sendable (String) -> Bool) {
    self.token = token
    self.leaseSeconds = leaseSeconds
    self.isGone = isGone
  }
}
