import FlowCore

extension WorkflowFiles {
  /// Who changed what, when.
  struct Change {
    let kind: HistoryEvent.Kind
    let user: String
    let ts: Timestamp
    /// What the event tells besides the difference.
    var facts: JSONObject = [:]
  }

  /// Reads both files, and writes workflow.json if it is behind the history.
  ///
  /// The project's lock must be held. Without this, a second crash could leave workflow.json two events behind,
  /// which looks as if someone had edited it.
  ///
  /// - Parameter replacingRefused: the time that a broken file is put aside with, where it may be replaced.
  /// - Throws: what is wrong with the file, where someone broke it.
  func caughtUp(replacingRefused ts: Timestamp? = nil) throws(FlowError) -> Snapshot {
    let found = try snapshot()
    switch found.origin {
    case .rebuilt:
      break
    case .refused(let error):
      guard let ts, let bytes = try RegularFile.read(workflowPath) else { throw error }
      _ = try backups.keepCopy(bytes, of: .workflow, at: ts)
    case .recorded, .reformatted, .edited, .unrecorded:
      return found
    }
    try AtomicFile.write(try codec.render(found.workflow), to: workflowPath)
    return try snapshot()
  }

  /// Records a change and what was not recorded before it, then replaces workflow.json.
  ///
  /// The project's lock must be held since `snapshot` was read by `caughtUp`.
  ///
  /// - Throws: where `next` breaks a rule, or what could not be written; nothing has changed then.
  func commit(_ next: Workflow, after snapshot: Snapshot, _ change: Change) throws(FlowError) -> Workflow {
    let old = snapshot.workflow
    let next = next.countingRevisions(from: old, bringingTasksBack: change.kind.bringsTasksBack)
    try next.validate(after: old)
    let bytes = try codec.render(next, reusing: memory)
    let sha256 = SHA256.hexDigest(of: bytes)
    var events: [HistoryEvent] = []
    let lastSeq = snapshot.tail?.last?.seq ?? 0
    if let event = unrecordedEvent(snapshot, change) { events.append(event) }
    events.append(
      HistoryEvent(
        seq: lastSeq + events.count + 1,
        ts: change.ts,
        event: change.kind,
        user: change.user,
        revision: next.revision,
        sha256: sha256,
        detail: WorkflowDelta(codec: codec).detail(from: old, to: next, facts: change.facts)
      )
    )
    try write(bytes, events, after: snapshot.tail, keeping: snapshot.sha256 == nil ? nil : old.revision)
    memory?.remember(bytes, sha256: sha256, next)
    return next
  }

  /// Records what happened to workflow.json that the history does not tell of; the file stays as it is.
  ///
  /// The project's lock must be held since `snapshot` was read by `caughtUp`.
  func record(_ snapshot: Snapshot, _ change: Change) throws(FlowError) -> HistoryEvent? {
    guard let event = unrecordedEvent(snapshot, change) else { return nil }
    try snapshot.workflow.validate()
    try log.append([event], after: snapshot.tail)
    return event
  }

  /// Records what happened beside the plan, and what was not recorded before it; workflow.json stays as it is.
  ///
  /// The project's lock must be held since `snapshot` was read by `caughtUp`.
  ///
  /// - Returns: false where the note is one of the newest events already, and may be there once only.
  func note(_ facts: JSONObject, _ change: Change, after snapshot: Snapshot) throws(FlowError) -> Bool {
    try snapshot.workflow.validate()
    let detail = WorkflowDelta.note(facts)
    if change.kind.isUnique, try tells(change.kind, detail) { return false }
    var events: [HistoryEvent] = []
    if let event = unrecordedEvent(snapshot, change) { events.append(event) }
    events.append(
      HistoryEvent(
        seq: (snapshot.tail?.last?.seq ?? 0) + events.count + 1,
        ts: change.ts,
        event: change.kind,
        user: change.user,
        revision: snapshot.workflow.revision,
        sha256: snapshot.sha256 ?? "",
        detail: detail
      )
    )
    try log.append(events, after: snapshot.tail)
    return true
  }

  /// Whether one of the newest events tells this.
  private func tells(_ kind: HistoryEvent.Kind, _ detail: JSONValue) throws(FlowError) -> Bool {
    try log.tail(limit: 256)?.events.contains { $0.event == kind && $0.detail == detail } ?? false
  }

  /// Writes the first event and workflow.json of a new project.
  func create(with tasks: [FlowTask], _ change: Change) throws(FlowError) -> Workflow {
    let workflow = Workflow(project: codec.project, created: change.ts, revision: 1, tasks: tasks)
    try workflow.validate()
    let bytes = try codec.render(workflow)
    let event = HistoryEvent(
      seq: 1,
      ts: change.ts,
      event: change.kind,
      user: change.user,
      revision: workflow.revision,
      sha256: SHA256.hexDigest(of: bytes),
      detail: WorkflowDelta(codec: codec).creation(of: workflow)
    )
    try write(bytes, [event], after: nil, keeping: nil)
    return workflow
  }

  private func unrecordedEvent(_ snapshot: Snapshot, _ change: Change) -> HistoryEvent? {
    guard let (kind, user, detail) = unrecorded(snapshot, change) else { return nil }
    return HistoryEvent(
      seq: (snapshot.tail?.last?.seq ?? 0) + 1,
      ts: change.ts,
      event: kind,
      user: user,
      revision: snapshot.workflow.revision,
      sha256: snapshot.sha256 ?? "",
      detail: detail
    )
  }

  /// What happened to the file before the change, if the history does not tell of it yet.
  private func unrecorded(
    _ snapshot: Snapshot,
    _ change: Change
  ) -> (kind: HistoryEvent.Kind, user: String, detail: JSONValue)? {
    switch snapshot.origin {
    case .recorded, .rebuilt, .refused:
      nil
    case .reformatted:
      // Nothing changed but the bytes. Still, each event must follow one that knows the hash of the file: only
      // so can a change that is cut short be told from an edit.
      (
        .externalEdit, "external",
        WorkflowDelta(codec: codec).detail(from: snapshot.workflow, to: snapshot.workflow)
      )
    case .edited(let detail):
      // Whoever makes the next change need not be the one who edited the file.
      (.externalEdit, "external", detail)
    case .unrecorded:
      (.adoptProject, change.user, WorkflowDelta(codec: codec).creation(of: snapshot.workflow))
    }
  }

  /// Appends the events, then replaces workflow.json.
  ///
  /// - Parameter revision: the revision of the file that is replaced, where it is to be kept.
  private func write(
    _ bytes: [UInt8],
    _ events: [HistoryEvent],
    after tail: HistoryLog.Tail?,
    keeping revision: Int?
  ) throws(FlowError) {
    try log.append(events, after: tail)
    do {
      if let revision { try backups.keep(workflowPath, revision: revision) }
      try AtomicFile.write(bytes, to: workflowPath)
    } catch {
      log.retract(events, to: tail)
      throw error
    }
  }
}
