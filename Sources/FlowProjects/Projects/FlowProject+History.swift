public import FlowCore
import Synchronization

/// What bringing an earlier state of the plan back changed, or would change.
public struct PlanReturn: Sendable {
  /// The plan as it was.
  public let before: Workflow
  /// The plan with the tasks brought back.
  public let after: Workflow
  /// The file that the state came from; nil where it came from the history.
  public let file: String?
  /// Whether it takes the place of a workflow.json that someone broke, which is kept in `backups/`.
  public let replacesBrokenFile: Bool

  public init(before: Workflow, after: Workflow, file: String? = nil, replacesBrokenFile: Bool = false) {
    self.before = before
    self.after = after
    self.file = file
    self.replacesBrokenFile = replacesBrokenFile
  }

  /// The tasks that were not there before.
  public var returned: [FlowTask] {
    let ids = Set(before.tasks.map(\.id))
    return after.tasks.filter { !ids.contains($0.id) }
  }

  /// The tasks that are not there any more.
  public var removed: [FlowTask] {
    let ids = Set(after.tasks.map(\.id))
    return before.tasks.filter { !ids.contains($0.id) }
  }

  /// The tasks that are as they once were, and were others before.
  public var changed: [FlowTask] {
    let earlier = Dictionary(before.tasks.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    return after.tasks.filter { task in earlier[task.id].map { $0 != task } ?? false }
  }

  /// Whether the tasks stand as they stood.
  public var isEmpty: Bool { before.tasks == after.tasks && before.unknown == after.unknown }
}

extension FlowProject {
  /// Events of the plan's history, oldest first.
  ///
  /// - Throws: `storage.read_failed`.
  public func history(_ query: HistoryQuery) async throws(FlowError) -> [HistoryEvent] {
    try await workflows.history(query)
  }

  /// The newest events of the plan's history, at most `limit` of them, oldest first.
  public func history(limit: Int) async throws(FlowError) -> [HistoryEvent] {
    try await workflows.history(limit: limit)
  }

  /// Puts the tasks back exactly as they were after an event, their revisions included.
  ///
  /// This is a change like any other: it has an event of its own, so that it can be rolled back too, and the plan's
  /// revision counts on. Where someone broke workflow.json, the good state takes its place, and the broken file is kept
  /// in `backups/`.
  ///
  /// - Throws: `history.event_not_found`, `history.invalid`, `revision.conflict`, `project.locked`.
  public func rollback(to seq: Int, expecting revision: Int? = nil) async throws(FlowError) -> PlanReturn {
    let then = try await workflows.plan(after: seq)
    return try await bring(
      back: then,
      as: .rollback,
      facts: ["to": .number(JSONNumber(seq))],
      file: nil,
      expecting: revision
    )
  }

  /// What `rollback` would do; nothing is changed.
  public func rollbackPreview(to seq: Int) async throws(FlowError) -> PlanReturn {
    try await preview(try await workflows.plan(after: seq), file: nil)
  }

  /// Earlier states of the plan that were kept as files, newest first.
  public func backups() async throws(FlowError) -> [PlanBackup] {
    try await workflows.backups()
  }

  /// Puts the tasks back as a file has them.
  ///
  /// - Parameter file: the name of a backup, or a path, which has a slash in it; nil takes the newest backup whose tasks
  ///   are others than the present ones or, where someone broke workflow.json, the good state that stays in use.
  /// - Throws: `file.not_found`; what is wrong with the file, with its place; as `rollback`.
  public func restore(_ file: String?, expecting revision: Int? = nil) async throws(FlowError) -> PlanReturn {
    let (name, then) = try await stateToRestore(file)
    return try await bring(
      back: then,
      as: .restore,
      facts: name.map { ["file": .string($0)] } ?? [:],
      file: name,
      expecting: revision
    )
  }

  /// What `restore` would do; nothing is changed.
  public func restorePreview(_ file: String?) async throws(FlowError) -> PlanReturn {
    let (name, then) = try await stateToRestore(file)
    return try await preview(then, file: name)
  }

  private func preview(_ then: Workflow, file: String?) async throws(FlowError) -> PlanReturn {
    let state = try await workflows.read()
    return PlanReturn(
      before: state.workflow,
      after: then,
      file: file,
      replacesBrokenFile: state.refused != nil
    )
  }

  private func stateToRestore(_ file: String?) async throws(FlowError) -> (name: String?, plan: Workflow) {
    if let file { return (file, try await workflows.plan(inFile: file)) }
    let state = try await workflows.read()
    // Where the file is broken, the state that stays in use is what is wanted back.
    if state.refused != nil { return (nil, state.workflow) }
    for backup in try await workflows.backups() {
      guard let plan = try? await workflows.plan(inFile: backup.name) else { continue }
      if plan.tasks != state.workflow.tasks { return (backup.name, plan) }
    }
    throw FlowError(
      .fileNotFound,
      "no backup has other tasks than the plan has now",
      hint: "`flowctl restore --list` shows the backups; `flowctl rollback --to SEQ` goes back to any event"
    )
  }

  private func bring(
    back then: Workflow,
    as kind: HistoryEvent.Kind,
    facts: JSONObject,
    file: String?,
    expecting revision: Int?
  ) async throws(FlowError) -> PlanReturn {
    let isBroken = try await workflows.read().refused != nil
    let before = Mutex<Workflow?>(nil)
    let after = try await changePlan(expecting: revision, facts: facts, replacesRefusedFile: true) { plan in
      before.withLock { $0 = plan }
      let isSame = PlanReturn(before: plan, after: then).isEmpty
      plan.tasks = then.tasks
      plan.created = then.created ?? plan.created
      plan.unknown = then.unknown
      return isSame ? nil : kind
    }
    return PlanReturn(
      before: before.withLock { $0 } ?? after,
      after: after,
      file: file,
      replacesBrokenFile: isBroken
    )
  }
}
