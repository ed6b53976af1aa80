import FlowCore
import FlowStore
import Synchronization

extension FlowProject {
  /// How often a change is decided anew, since the plan changed while its hooks ran.
  private static let maximumAttempts = 8

  /// Changes the plan: the one way that all changes of tasks take.
  ///
  /// Hooks before it get what it would do, outside of the lock; it is made only if the plan is then still what they
  /// were told, else they are asked again about what it would do now. Hooks after it get what it did.
  ///
  /// - Parameters:
  ///   - revision: the revision that the caller saw; nil where it does not matter.
  ///   - facts: what the event tells besides the difference.
  ///   - replacesRefusedFile: whether a workflow.json that someone broke may be replaced.
  ///   - body: gets the current plan and returns what kind of event it is, or nil for no change; it may run more
  ///     than once, so it must have no other effect.
  /// - Throws: `revision.conflict`, `project.locked`, `storage.write_failed`, `hook.vetoed`, `hook.failed`, what
  ///   `body` throws.
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
    let hooks = await installedHooks()
    let recorded = await recordedEvents(hooks)
    let made = MadeChange()
    let workflow: Workflow
    if hooks.has(before: .save) {
      workflow = try await makeApproved(change, hooks, made, body)
    } else {
      workflow = try await workflows.change(change) { workflow throws(FlowError) in
        let before = workflow
        let kind = try body(&workflow)
        if let kind { made.note(kind, before: before) }
        return kind
      }
    }
    if let (kind, before) = made.last {
      await tellOfUnrecorded(hooks, before: kind, at: workflow.revision, after: recorded)
      await hooks.tell(
        Hooks.After(kind),
        event: kind.rawValue,
        PlanDifference(from: before, to: workflow).content(revision: workflow.revision),
        facts: facts
      )
    }
    return workflow
  }

  private func makeApproved(
    _ change: PlanChange,
    _ hooks: InstalledHooks,
    _ made: MadeChange,
    _ body: @Sendable (inout Workflow) throws(FlowError) -> HistoryEvent.Kind?
  ) async throws(FlowError) -> Workflow {
    var attempt = 1
    while true {
      let state = try await workflows.read()
      if let refused = state.refused, !change.replacesRefusedFile { throw refused }
      let current = state.workflow
      try current.check(isAt: change.expecting)
      var proposal = current
      let kind = try body(&proposal)
      // Nothing to ask; still, the store may have to bring its file up to date.
      guard let kind else { return try await workflows.change(change) { _ in nil } }
      try proposal.validate()
      let counted = proposal.countingRevisions(from: current, bringingTasksBack: kind.bringsTasksBack)
      let difference = PlanDifference(from: current, to: counted)
      try await hooks.ask(
        .save,
        event: kind.rawValue,
        difference.content(revision: current.revision),
        facts: change.facts
      )
      var approvedChange = change
      approvedChange.expecting = current.revision
      let approved = proposal
      do {
        return try await workflows.change(approvedChange) { workflow throws(FlowError) in
          // A second edit by hand gives the same revision, and other tasks.
          guard workflow.isSame(as: current) else { throw FlowProject.editedMeanwhile(workflow) }
          workflow = approved
          made.note(kind, before: current)
          return kind
        }
      } catch
        where error.code == .revisionConflict && change.expecting == nil && attempt < Self.maximumAttempts
      {
        attempt += 1
      }
    }
  }

  private static func editedMeanwhile(_ workflow: Workflow) -> FlowError {
    FlowError(
      .revisionConflict,
      "the plan of project \(workflow.project.rawValue.quotedExcerpt) was edited while its hooks ran",
      hint: "try again",
      context: ["project": workflow.project.rawValue, "revision": String(workflow.revision)]
    )
  }
}

/// What a change of the plan did, noted where it is made.
private final class MadeChange: Sendable {
  private let noted = Mutex<(HistoryEvent.Kind, Workflow)?>(nil)

  /// It may be made more than once; the last time counts.
  func note(_ kind: HistoryEvent.Kind, before: Workflow) {
    noted.withLock { $0 = (kind, before) }
  }

  var last: (HistoryEvent.Kind, Workflow)? { noted.withLock { $0 } }
}
