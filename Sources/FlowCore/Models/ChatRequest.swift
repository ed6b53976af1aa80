/// What a model is asked: rules that it should follow, and one message.
public struct ChatRequest: Sendable, Hashable {
  /// What the model is told to do.
  public var system: String
  /// What it is told to do that with.
  public var message: String
  /// The most tokens of the answer, hidden reasoning included.
  public var maxTokens: Int

  public init(system: String, message: String, maxTokens: Int) {
    self.system = system
    self.message = message
    self.maxTokens = maxTokens
  }
}

/// What a model answered.
public struct ChatAnswer: Sendable, Hashable {
  /// The answer's text; never empty.
  public let text: String
  /// The model that says it answered; it may be a snapshot of the one that was asked.
  public let model: String?
  /// Nil where the endpoint does not say.
  public let usage: TokenUsage?
  /// How many attempts it took.
  public let attempts: Int

  public init(text: String, model: String?, usage: TokenUsage?, attempts: Int) {
    self.text = text
    self.model = model
    self.usage = usage
    self.attempts = attempts
  }
}
