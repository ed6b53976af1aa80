/// Keeps a project's plan and its history.
///
/// A change is durable, in both, when `change` returns. The history is the write-ahead log: the plan can be
/// rebuilt from it.
public protocol WorkflowStore: Sendable {
  /// The plan as it stands, without taking a lock; a change that was cut short is seen as done.
  ///
  /// - Throws: `workflow.invalid` or `json.invalid` with the place, where a person broke the file.
  func load() async throws(FlowError) -> Workflow

  /// Changes the plan under the project's lock. `body` gets the current plan and returns what kind of event
  /// it is, or nil for no change; what it throws changes nothing. Revisions are the store's to count.
  ///
  /// - Parameter revision: the revision that the caller saw; nil where it does not matter.
  /// - Throws: `revision.conflict` with the current revision, where the plan has another one than the caller saw.
  func change(
    user: String,
    expecting revision: Int?,
    _ body: @escaping @Sendable (inout Workflow) throws(FlowError) -> HistoryEvent.Kind?
  ) async throws(FlowError) -> Workflow

  /// Records something that happened beside the plan, which stays as it is; durable when the call returns.
  ///
  /// - Parameters:
  ///   - kind: a kind whose events are notes.
  ///   - facts: what the event tells, beside the keys that events of changes have.
  func note(_ kind: HistoryEvent.Kind, _ facts: JSONObject, user: String) async throws(FlowError)

  /// The newest events, at most `limit` of them, oldest first.
  func history(limit: Int) async throws(FlowError) -> [HistoryEvent]
}
