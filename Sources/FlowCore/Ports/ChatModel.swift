/// A model that answers a prompt; a call may take minutes and cost money.
public protocol ChatModel: Sendable {
  /// The model's name, as the configuration gives it.
  var name: String { get }
  /// Asks the model.
  ///
  /// Repeats by itself what may be repeated. Each attempt is reserved in `spending` before it starts, and settled with
  /// what it came to; an attempt of which nobody knows whether it was charged counts with all that it could have cost.
  ///
  /// - Throws: the `model.…` codes, `library.missing`, `cost.limit_reached`. Cancelling the task ends the call with
  ///   `model.cancelled`.
  func answer(_ request: ChatRequest, spending: any SpendingMeter) async throws(FlowError) -> ChatAnswer
}

/// Keeps account of what attempts cost, and refuses those that could pass a limit.
public protocol SpendingMeter: Sendable {
  /// Sets aside the most that an attempt can cost.
  ///
  /// - Throws: `cost.limit_reached`.
  func reserve(_ most: Cost) throws(FlowError)
  /// Ends an attempt: what was set aside for it, and what is known of it.
  func settle(_ attempt: CallAttempt, reserved: Cost)
}
