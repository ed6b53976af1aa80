/// A prompt and the account of it.
public struct Context: Sendable, Hashable {
  public let budget: Int
  /// The tokens of `text`, framing included; never over `budget`.
  public let tokens: Int
  /// Whether `tokens` is the tokenizer's own count rather than a bound.
  public let isExact: Bool
  public let tokenizer: String
  /// The time that the answer was made for.
  public let now: Timestamp
  /// SHA-256, in hex, of the stable sections' text.
  public let prefixHash: String
  /// Tokens of the stable sections.
  public let prefixTokens: Int
  public let text: String
  /// All steps whose content stands whole and unchanged in the text, ascending.
  public let verbatimSteps: [StepID]
  /// In the order of the text.
  public let sections: [Section]
  public let omitted: [Omission]

  public init(
    budget: Int,
    tokens: Int,
    isExact: Bool,
    tokenizer: String,
    now: Timestamp,
    prefixHash: String,
    prefixTokens: Int,
    text: String,
    verbatimSteps: [StepID],
    sections: [Section],
    omitted: [Omission]
  ) {
    self.budget = budget
    self.tokens = tokens
    self.isExact = isExact
    self.tokenizer = tokenizer
    self.now = now
    self.prefixHash = prefixHash
    self.prefixTokens = prefixTokens
    self.text = text
    self.verbatimSteps = verbatimSteps
    self.sections = sections
    self.omitted = omitted
  }

  /// How often a section changes from one prompt to the next.
  public enum Kind: String, Sendable, Hashable {
    case stable, growing, volatile
  }

  /// A part of the prompt under one heading.
  public struct Section: Sendable, Hashable {
    public let name: String
    public let kind: Kind
    public let tokens: Int
    public let summaries: [SummaryID]
    /// The steps shown, whole or cut.
    public let steps: [StepID]
    public let tasks: [TaskID]
    public let results: [String]
    /// Why each piece is in, for `--explain`.
    public let reasons: [Reason]

    public init(
      name: String,
      kind: Kind,
      tokens: Int,
      summaries: [SummaryID] = [],
      steps: [StepID] = [],
      tasks: [TaskID] = [],
      results: [String] = [],
      reasons: [Reason] = []
    ) {
      self.name = name
      self.kind = kind
      self.tokens = tokens
      self.summaries = summaries
      self.steps = steps
      self.tasks = tasks
      self.results = results
      self.reasons = reasons
    }
  }

  /// Why a piece is in.
  public struct Reason: Sendable, Hashable {
    /// `s42`, `m1-40`, `T001` or a result's key.
    public let piece: String
    public let tokens: Int
    public let why: String

    public init(piece: String, tokens: Int, why: String) {
      self.piece = piece
      self.tokens = tokens
      self.why = why
    }
  }

  /// What is left out of a section, and why.
  public struct Omission: Sendable, Hashable {
    public let section: String
    public let count: Int
    public let reason: String
    /// The best of those left out.
    public let best: [String]

    public init(section: String, count: Int, reason: String, best: [String] = []) {
      self.section = section
      self.count = count
      self.reason = reason
      self.best = best
    }
  }
}
