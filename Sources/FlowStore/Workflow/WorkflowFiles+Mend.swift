import FlowCore

// What is mended here, and what is lost: nothing. Before a file is written anew its bytes are kept in backups/. The
// history is written first, with the event that holds the resulting plan, then workflow.json: whoever comes in between
// finds a file that the history does not know, and mending it again ends in the same state.

extension WorkflowFiles {
  /// Mends what a merge of two branches or damage has left, where that can be done without loss.
  ///
  /// The project's lock must be held.
  ///
  /// - Returns: what was done, a sentence for each; none where there was nothing to do.
  /// - Throws: what has to be decided by a person; nothing has changed then.
  func mend(user: String, at ts: Timestamp) throws(FlowError) -> [String] {
    guard let history = try RegularFile.read(log.path) else { return [] }
    let branches = HistoryBranches(HistoryLog.oneEventALine(history))
    if !branches.isStraight { return try merge(branches, history, user: user, at: ts) }
    var done = try mendPlan(user: user, at: ts)
    done += try mendHistory(user: user, at: ts)
    return done
  }

  // MARK: A history of several branches

  private func merge(
    _ branches: HistoryBranches,
    _ history: [UInt8],
    user: String,
    at ts: Timestamp
  ) throws(FlowError) -> [String] {
    guard !branches.branches.isEmpty else {
      let name = try backups.keepCopy(history, of: .history, at: ts)
      try log.replace(with: branches.trunk)
      let done = [
        "took marks and repeated events out of \(HistoryLog.fileName)",
        "kept the history as it was in \([name].inBackups)",
      ]
      return done + (try mendPlan(user: user, at: ts)) + (try mendHistory(user: user, at: ts))
    }
    var events = branches.trunk
    var outcome = PlanMerge.Outcome(workflow: try state(after: events))
    for branch in branches.branches {
      guard let fork = events.lastIndex(where: { $0.seq == branch.fork }) else {
        throw FlowError(
          .invalidHistory,
          "\(HistoryLog.fileName): a branch begins behind event \(branch.fork), which is not there",
          hint: "bring the file back from a backup"
        )
      }
      let base = try state(after: Array(events[...fork]))
      let start = event(
        .branch,
        base,
        number: events,
        user: user,
        ts,
        ["fork": .number(JSONNumber(branch.fork))]
      )
      let row = [start] + branch.events.numbered(after: start.seq)
      let theirs = try state(after: row)
      let step = PlanMerge(base: base, ours: outcome.workflow, theirs: theirs).merged()
      outcome.workflow = step.workflow
      outcome.conflicts += step.conflicts
      outcome.renamed += step.renamed
      events += row
    }
    // A person who made one plan of the branches need not have counted.
    let given = outcome.workflow.highestTask
    let found = try planInFile(beside: events)
    if case .resolved(let workflow) = found {
      outcome = PlanMerge.Outcome(workflow: workflow)
    } else if case .sides(let ours, let theirs) = found, let fork = branches.branches.first?.fork {
      let base = try state(after: Array(branches.trunk.filter { $0.seq <= fork }))
      outcome = PlanMerge(base: base, ours: ours, theirs: theirs).merged()
    }
    outcome.workflow.noteGiven(taskNumber: max(given, outcome.workflow.highestTask))
    outcome.workflow.revision = (events.map(\.revision).max() ?? 0) + 1
    outcome.workflow.revFloor = outcome.workflow.revision
    try outcome.workflow.validate()
    var copies = [try backups.keepCopy(history, of: .history, at: ts)]
    if let bytes = try RegularFile.read(workflowPath) {
      copies.append(try backups.keepCopy(bytes, of: .workflow, at: ts))
    }
    events.append(event(.merge, outcome.workflow, number: events, user: user, ts, outcome.facts))
    try log.replace(with: events)
    try AtomicFile.write(try codec.render(outcome.workflow), to: workflowPath)
    return ["merged \(branches.branches.count + 1) branches of the plan; all their events are kept"]
      + outcome.sentences + ["kept the files as they were in \(copies.inBackups)"]
  }

  private func state(after events: [HistoryEvent]) throws(FlowError) -> Workflow {
    try HistoryReplay(codec: codec).workflow(after: events)
  }

  private func event(
    _ kind: HistoryEvent.Kind,
    _ workflow: Workflow,
    number events: [HistoryEvent],
    user: String,
    _ ts: Timestamp,
    _ facts: JSONObject = [:],
    sha256: String? = nil
  ) -> HistoryEvent {
    HistoryEvent(
      seq: (events.last?.seq ?? 0) + 1,
      ts: ts,
      event: kind,
      user: user,
      revision: workflow.revision,
      // A state of several branches that no file had yet is told by its own bytes.
      sha256: sha256 ?? (try? codec.render(workflow)).map { SHA256.hexDigest(of: $0) } ?? "",
      detail: WorkflowDelta(codec: codec).creation(of: workflow, facts: facts)
    )
  }

  /// What workflow.json says beside a history that has to be mended.
  private enum FoundPlan {
    /// Nothing that the history does not say.
    case known
    /// A valid plan that someone made of the branches.
    case resolved(Workflow)
    /// The two sides of a merge that is not finished.
    case sides(ours: Workflow, theirs: Workflow)
  }

  private func planInFile(beside events: [HistoryEvent]) throws(FlowError) -> FoundPlan {
    guard let bytes = try RegularFile.read(workflowPath) else { return .known }
    let sha256 = SHA256.hexDigest(of: bytes)
    if events.contains(where: { $0.sha256 == sha256 }) { return .known }
    guard let sides = ConflictSides(bytes) else {
      return .resolved(try codec.decode(bytes))
    }
    let known = [sides.ours, sides.theirs].allSatisfy { side in
      let sha256 = SHA256.hexDigest(of: side)
      return events.contains { $0.sha256 == sha256 }
    }
    if known { return .known }
    return .sides(ours: try codec.decode(sides.ours), theirs: try codec.decode(sides.theirs))
  }

  // MARK: A plan that cannot be read beside a sound history

  private func mendPlan(user: String, at ts: Timestamp) throws(FlowError) -> [String] {
    guard let bytes = try RegularFile.read(workflowPath) else { return [] }
    let outcome: PlanMerge.Outcome
    if let sides = ConflictSides(bytes) {
      // The marks may stand here alone because mending was cut short before.
      if let last = try log.tail(limit: 1)?.last, last.event == .merge {
        outcome = PlanMerge.Outcome(workflow: try replayed())
      } else {
        let (ours, theirs) = (try codec.decode(sides.ours), try codec.decode(sides.theirs))
        outcome = PlanMerge(base: nil, ours: ours, theirs: theirs).merged()
      }
    } else if let twins = try withoutTwins(bytes) {
      outcome = twins
    } else {
      return []
    }
    let name = try backups.keepCopy(bytes, of: .workflow, at: ts)
    let good = try caughtUp(replacingRefused: ts)
    let change = Change(kind: .merge, user: user, ts: ts, facts: outcome.facts)
    _ = try commit(outcome.workflow, after: good, change)
    return ["mended \(WorkflowCodec.fileName)"] + outcome.sentences
      + ["kept the file as it was in \([name].inBackups)"]
  }

  /// A plan that is wrong only in that ids stand twice, with each once: nil where that is not what is wrong.
  private func withoutTwins(_ bytes: [UInt8]) throws(FlowError) -> PlanMerge.Outcome? {
    guard let value = try? JSONValue(parsing: bytes, limits: WorkflowCodec.limits),
      var workflow = try? codec.decode(value)
    else { return nil }
    var first: [TaskID: FlowTask] = [:]
    guard Set(workflow.tasks.map(\.id)).count < workflow.tasks.count else { return nil }
    // What the history gave and the file does not tell of is not free either.
    var number = max(workflow.highestTask, (try? replayed())?.highestTask ?? 0)
    var outcome = PlanMerge.Outcome(workflow: workflow)
    workflow.tasks = workflow.tasks.compactMap { task in
      guard let twin = first[task.id] else {
        first[task.id] = task
        return task
      }
      if twin.says(theSameAs: task) { return nil }
      number += 1
      let id = TaskID(number: number)
      outcome.renamed.append((task.id, id))
      return FlowTask(
        id: id,
        name: task.name,
        status: task.status,
        deps: task.deps,
        rev: task.rev,
        meta: task.meta,
        unknown: task.unknown
      )
    }
    try workflow.validate()
    outcome.workflow = workflow
    return outcome
  }

  // MARK: A history with gaps

  private func mendHistory(user: String, at ts: Timestamp) throws(FlowError) -> [String] {
    guard let bytes = try RegularFile.read(log.path) else { return [] }
    let contents = HistoryLines(HistoryLog.oneEventALine(bytes), isWhole: true).allEvents()
    guard !contents.events.isEmpty else { return [] }
    let isSound = (try? HistoryReplay(codec: codec).workflow(after: contents.events)) != nil
    guard !isSound || !contents.unreadable.isEmpty else { return [] }
    let snapshot = try snapshot()
    if case .refused(let error) = snapshot.origin { throw error }
    let name = try backups.keepCopy(bytes, of: .history, at: ts)
    let checkpoint = event(
      .checkpoint,
      snapshot.workflow,
      number: contents.events,
      user: user,
      ts,
      sha256: snapshot.sha256
    )
    try log.replace(with: contents.events + [checkpoint])
    return [
      "wrote the present plan into \(HistoryLog.fileName), so that it and later ones can be rebuilt",
      "kept the history as it was in \([name].inBackups)",
    ]
  }
}

extension PlanMerge.Outcome {
  /// What the event of the merge tells.
  var facts: JSONObject {
    [
      "conflicts": .array(
        conflicts.map { conflict in
          [
            "task": conflict.task.map { .string($0.rawValue) } ?? .null, "field": .string(conflict.field),
            "ours": conflict.ours, "theirs": conflict.theirs,
          ]
        }
      ),
      "renamed": .object(
        JSONObject(
          uniqueKeysWithValues: renamed.map { ("\($0.to.rawValue)", .string($0.from.rawValue)) }
        )
      ),
    ]
  }

  /// What a person should look at.
  fileprivate var sentences: [String] {
    renamed.map { "a second task \($0.from) is \($0.to) now" }
      + conflicts.map { conflict in
        let task = conflict.task.map { "\($0): " } ?? ""
        func text(_ value: JSONValue) -> String { value.serialized(.compact).excerpt(limit: 80) }
        return "\(task)both sides changed \(conflict.field.excerpt(limit: 60)): kept \(text(conflict.ours)), "
          + "not \(text(conflict.theirs))"
      }
  }
}

extension [HistoryEvent] {
  /// The same events with numbers that go on behind another.
  fileprivate func numbered(after seq: Int) -> [HistoryEvent] {
    enumerated().map { offset, event in
      HistoryEvent(
        seq: seq + offset + 1,
        ts: event.ts,
        event: event.event,
        user: event.user,
        revision: event.revision,
        sha256: event.sha256,
        detail: event.detail
      )
    }
  }
}

extension [String] {
  fileprivate var inBackups: String {
    map { "\(PlanBackups.folderName)/\($0)" }.joined(separator: " and ")
  }
}
