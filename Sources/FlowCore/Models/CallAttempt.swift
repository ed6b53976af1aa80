/// One request to a model's endpoint, as the ledger keeps it.
public struct CallAttempt: Sendable, Hashable {
  /// How it ended.
  public enum Outcome: String, Sendable, CaseIterable {
    /// It was answered, and the answer could be read.
    case answered
    /// It was answered by an error, which costs nothing, or was never sent.
    case refused
    /// Something came back that is no answer; it may have been charged.
    case unusable
    /// Nobody knows: it was cut off, took too long, or its process died.
    case unknown
  }

  public let model: String
  public let outcome: Outcome
  /// Nil where the endpoint does not say.
  public let usage: TokenUsage?
  /// What it cost, or the most that it may have cost where that is not known; nil where the model has no price.
  public let cost: Cost?

  public init(model: String, outcome: Outcome, usage: TokenUsage?, cost: Cost?) {
    self.model = model
    self.outcome = outcome
    self.usage = usage
    self.cost = cost
  }
}
