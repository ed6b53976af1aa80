/// What a prompt is wanted for.
public struct ContextRequest: Sendable, Hashable {
  /// What the prompt must help to answer; nil takes the newest user step.
  public var query: String?
  /// The most tokens that the prompt may have.
  public var budget: Int
  /// Whose tokens; nil takes the configured one.
  public var tokenizer: String?
  /// The task at hand; nil takes the one that is being done.
  public var task: TaskID?
  /// The time that 'last week' and time-outs refer to.
  public var now: Timestamp?
  /// Fractions of the budget; nil takes the configured ones.
  public var shares: Shares?

  public init(
    query: String? = nil,
    budget: Int = 4000,
    tokenizer: String? = nil,
    task: TaskID? = nil,
    now: Timestamp? = nil,
    shares: Shares? = nil
  ) {
    self.query = query
    self.budget = budget
    self.tokenizer = tokenizer
    self.task = task
    self.now = now
    self.shares = shares
  }
}
