/// A step as the archive holds it.
public struct ArchivedStep: Sendable, Hashable {
  public let id: StepID
  public let step: Step
  /// When it happened.
  public let ts: Timestamp
  /// The tokens of its content under the archive's tokenizer (o200k_base).
  public let tokens: Int
  /// The number of its sitting, counted up from 1.
  public let sitting: Int

  public init(id: StepID, step: Step, ts: Timestamp, tokens: Int, sitting: Int) {
    self.id = id
    self.step = step
    self.ts = ts
    self.tokens = tokens
    self.sitting = sitting
  }

  /// Whether this step is a tool's answer to `call`: by id where both carry one, else by standing right behind.
  public func answers(_ call: ArchivedStep) -> Bool {
    guard step.role == .tool, call.step.role == .assistant else { return false }
    guard let id = step.meta["tool_call_id"]?.string else { return call.id.advanced(by: 1) == self.id }
    return call.step.toolCallIDs.contains(id)
  }
}

extension Step {
  /// The ids of the tool calls that this step makes, from `meta.tool_call.id` and `meta.tool_calls[].id`.
  public var toolCallIDs: [String] {
    let calls = [meta["tool_call"]].compactMap { $0 } + (meta["tool_calls"]?.array ?? [])
    return calls.compactMap { $0["id"]?.string }
  }
}
