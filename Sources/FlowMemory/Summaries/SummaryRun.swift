public import FlowCore

/// Which summaries are to be made anew.
public struct SummaryRun: Sendable, Hashable {
  /// These and those above them; nil for all.
  public var summaries: Set<SummaryID>?
  /// Also those that a person wrote; otherwise they keep their words.
  public var includesHand: Bool
  /// Also those that a model wrote; otherwise they keep their words.
  public var includesModels: Bool
  /// Says what would come out, and changes nothing.
  public var isDryRun: Bool

  public init(
    summaries: Set<SummaryID>? = nil,
    includesHand: Bool = false,
    includesModels: Bool = false,
    isDryRun: Bool = false
  ) {
    self.summaries = summaries
    self.includesHand = includesHand
    self.includesModels = includesModels
    self.isDryRun = isDryRun
  }
}

/// A summary that got another version.
public struct SummaryChange: Sendable, Hashable {
  public let summary: SummaryID
  public let level: Int
  /// The version that counted before, and the one that counts now.
  public let from: Int
  public let to: Int
  /// Who made the one that counts now.
  public let by: String
  /// Tokens of the steps it covers, of the text before, and of the text now.
  public let sourceTokens: Int
  public let tokensBefore: Int
  public let tokens: Int

  init(from old: Summary, to new: Summary) {
    summary = new.id
    level = new.level
    from = old.version
    to = new.version
    by = new.by
    sourceTokens = new.sourceTokens
    tokensBefore = old.tokens
    tokens = new.tokens
  }
}

/// What making summaries anew did, or would do.
public struct SummaryRunReceipt: Sendable, Hashable {
  /// Parts before what they are part of, and oldest first.
  public internal(set) var changes: [SummaryChange] = []
  /// How many came out as they were.
  public internal(set) var unchanged = 0
  /// Those that a person wrote and that were left alone.
  public internal(set) var byHand: [SummaryID] = []
  /// Those that a model wrote and that were left alone.
  public internal(set) var byModel: [SummaryID] = []
  /// Those whose steps are not here, as in a clone that carries the text files only; they are left alone.
  public internal(set) var withoutSteps: [SummaryID] = []
  /// What the new summaries of steps tell of the identifiers in them.
  public internal(set) var identifiers = IdentifierAccount()

  public init() {}

  /// Tokens of the steps that went into new summaries, each step once.
  public var tokensIn: Int { leaves.reduce(0) { $0 + $1.sourceTokens } }
  /// Tokens of the texts that were replaced, and of those that took their place.
  public var tokensBefore: Int { changes.reduce(0) { $0 + $1.tokensBefore } }
  public var tokensOut: Int { changes.reduce(0) { $0 + $1.tokens } }

  private var leaves: [SummaryChange] { changes.filter { $0.level == 0 } }
}
