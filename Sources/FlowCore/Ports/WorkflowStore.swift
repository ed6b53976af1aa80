/// Keeps a project's plan and its history.
///
/// A change is durable, in both, when `change` returns. The history is the write-ahead log: the plan, in each of its
/// states, can be rebuilt from it.
public protocol WorkflowStore: Sendable {
  /// The plan as it stands, without taking a lock; a change that was cut short is seen as done.
  ///
  /// - Throws: `workflow.invalid` or `json.invalid` with the place, where a person broke the file and the history
  ///   cannot tell the last good state.
  func read() async throws(FlowError) -> PlanState

  /// Changes the plan under the project's lock. `body` gets the current plan and returns what kind of event
  /// it is, or nil for no change; what it throws changes nothing. Revisions are the store's to count, except
  /// for kinds that bring an earlier state back.
  ///
  /// - Throws: `revision.conflict` with the current revision, where the plan has another one than the caller saw;
  ///   what is wrong with a file that a person broke.
  func change(
    _ change: PlanChange,
    _ body: @escaping @Sendable (inout Workflow) throws(FlowError) -> HistoryEvent.Kind?
  ) async throws(FlowError) -> Workflow

  /// Records something that happened beside the plan, which stays as it is; durable when the call returns.
  ///
  /// Of kinds whose events are unique, what one of the newest events tells is not recorded again: whoever does not know
  /// whether a note was recorded before its writer died may do it once more.
  ///
  /// - Parameters:
  ///   - kind: a kind whose events are notes.
  ///   - facts: what the event tells, beside the keys that events of changes have.
  /// - Returns: whether it was recorded now.
  @discardableResult
  func note(_ kind: HistoryEvent.Kind, _ facts: JSONObject, user: String) async throws(FlowError) -> Bool

  /// Events of the history, oldest first.
  func history(_ query: HistoryQuery) async throws(FlowError) -> [HistoryEvent]

  /// The plan as it was after an event.
  ///
  /// - Throws: `history.event_not_found`, naming the events there are; `history.invalid` where the history is damaged
  ///   before it.
  func plan(after seq: Int) async throws(FlowError) -> Workflow

  /// Earlier states that were kept as files, newest first.
  func backups() async throws(FlowError) -> [PlanBackup]

  /// The plan in a backup, or in any file of that form.
  ///
  /// - Parameter file: the name of a backup, or a path, which has a slash in it.
  /// - Throws: `file.not_found`; what is wrong with the file, with its place.
  func plan(inFile file: String) async throws(FlowError) -> Workflow
}

extension WorkflowStore {
  /// The plan as it is in force: see `read`.
  public func load() async throws(FlowError) -> Workflow {
    try await read().workflow
  }

  /// Changes the plan: see `change(_:_:)`.
  public func change(
    user: String,
    expecting revision: Int? = nil,
    _ body: @escaping @Sendable (inout Workflow) throws(FlowError) -> HistoryEvent.Kind?
  ) async throws(FlowError) -> Workflow {
    try await change(PlanChange(user: user, expecting: revision), body)
  }

  /// The newest events, at most `limit` of them, oldest first.
  public func history(limit: Int) async throws(FlowError) -> [HistoryEvent] {
    try await history(HistoryQuery(limit: limit))
  }
}
