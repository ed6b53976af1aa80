/// What is noted about a summary that a model is to make better.
public struct ModelWork: Sendable, Hashable {
  public enum State: Sendable, Hashable {
    /// A process is asking for it. Others leave it alone until `until`, or until that process is known to be gone.
    case claimed(by: String, until: Timestamp)
    /// The model gave no fit summary; why, without any content.
    case refused(reason: String)
  }

  public let summary: SummaryID
  public let state: State
  /// The model that is or was asked, and the prompt with its version.
  public let model: String
  public let prompt: String
  public let at: Timestamp

  public init(summary: SummaryID, state: State, model: String, prompt: String, at: Timestamp) {
    self.summary = summary
    self.state = state
    self.model = model
    self.prompt = prompt
    self.at = at
  }
}

/// What calls to a model came to.
public struct LedgerLine: Sendable, Hashable {
  public let model: String
  /// Attempts by how they ended.
  public var attempts: [CallAttempt.Outcome: Int]
  /// Tokens of those of which they are known.
  public var usage: TokenUsage
  /// What they cost, as far as the model had a price; those of which nobody knows count with the most they could cost.
  public var cost: Cost
  /// Attempts that were answered without a price for them.
  public var unpriced: Int

  public init(
    model: String,
    attempts: [CallAttempt.Outcome: Int] = [:],
    usage: TokenUsage = TokenUsage(),
    cost: Cost = .zero,
    unpriced: Int = 0
  ) {
    self.model = model
    self.attempts = attempts
    self.usage = usage
    self.cost = cost
    self.unpriced = unpriced
  }

  public mutating func add(_ attempt: CallAttempt) {
    attempts[attempt.outcome, default: 0] += 1
    if let usage = attempt.usage { self.usage = self.usage + usage }
    if let cost = attempt.cost {
      self.cost = self.cost + cost
    } else if attempt.outcome != .refused {
      unpriced += 1
    }
  }

  public mutating func add(_ other: LedgerLine) {
    attempts.merge(other.attempts, uniquingKeysWith: +)
    usage = usage + other.usage
    cost = cost + other.cost
    unpriced += other.unpriced
  }
}
