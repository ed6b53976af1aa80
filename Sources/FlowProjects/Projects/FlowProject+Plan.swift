import FlowCore

extension FlowProject {
  /// Changes the plan: the one way that all changes of tasks take.
  ///
  /// - Parameters:
  ///   - revision: the revision that the caller saw; nil where it does not matter.
  ///   - facts: what the event tells besides the difference.
  ///   - replacesRefusedFile: whether a workflow.json that someone broke may be replaced.
  ///   - body: gets the current plan and returns what kind of event it is, or nil for no change; it may run more
  ///     than once, so it must have no other effect.
  /// - Throws: `revision.conflict`, `project.locked`, `storage.write_failed`, what `body` throws.
  func changePlan(
    expecting revision: Int? = nil,
    facts: JSONObject = [:],
    replacesRefusedFile: Bool = false,
    _ body: @escaping @Sendable (inout Workflow) throws(FlowError) -> HistoryEvent.Kind?
  ) async throws(FlowError) -> Workflow {
    let change = PlanChange(
      user: wiring.user,
      expecting: revision,
      facts: facts,
      replacesRefusedFile: replacesRefusedFile
    )
    return try await workflows.change(change, body)
  }
}
