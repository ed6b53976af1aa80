import FlowCore

// Two branches of a repository change one plan; version control merges lines, and a plan is more than lines. Here both
// states are merged task by task and field by field against the state that they began with, as diff3 does with lines
// (Khanna, Kunal, Pierce: A Formal Investigation of Diff3, 2007): what only one side changed is taken from it.
//
// Where both changed the same field to different values, ours stays and the conflict is told with both values; the
// history keeps the events of both sides, so nothing is lost. Two tasks that got the same id on the two sides are two
// tasks: theirs gets a new id.

/// Two states of a plan that are to become one.
struct PlanMerge {
  /// The state that both sides began with; nil where nobody knows it.
  let base: Workflow?
  let ours: Workflow
  let theirs: Workflow

  /// A field that both sides changed to different values.
  struct Conflict: Equatable {
    let task: TaskID?
    let field: String
    let ours: JSONValue
    let theirs: JSONValue
  }

  struct Outcome {
    var workflow: Workflow
    var conflicts: [Conflict] = []
    /// Tasks of theirs whose ids were taken by others of ours.
    var renamed: [(from: TaskID, to: TaskID)] = []
  }

  /// The merged state; its rules are not checked.
  func merged() -> Outcome {
    var outcome = Outcome(workflow: ours)
    outcome.workflow.revision = max(ours.revision, theirs.revision)
    outcome.workflow.revFloor = max(ours.revFloor, theirs.revFloor)
    outcome.workflow.unknown = merge(
      nil,
      base: base?.unknown,
      ours: ours.unknown,
      theirs: theirs.unknown,
      &outcome
    )
    let before = table(base?.tasks ?? [])
    let left = table(ours.tasks)
    let others = renamingTwins(&outcome)
    let right = table(others)
    outcome.workflow.tasks = ours.tasks.compactMap { task in
      guard let other = right[task.id] else {
        return removed(by: "theirs", task, before[task.id], &outcome)
      }
      return merge(task, other, base: before[task.id], &outcome)
    }
    let present = Set(ours.tasks.map(\.id))
    outcome.workflow.tasks += others.filter { !present.contains($0.id) }.compactMap { task in
      before[task.id] == nil ? task : removed(by: "ours", task, before[task.id], &outcome)
    }
    dropLostDependencies(left, right, &outcome)
    outcome.workflow.noteGiven(taskNumber: max(highestTask, outcome.workflow.highestTask))
    return outcome
  }

  /// The highest number of an id that either side ever gave.
  private var highestTask: Int {
    [base, ours, theirs].reduce(0) { max($0, $1?.highestTask ?? 0) }
  }

  private func table(_ tasks: [FlowTask]) -> [TaskID: FlowTask] {
    Dictionary(tasks.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// Theirs, with new ids for tasks that both sides added under the same one and that are not the same.
  private func renamingTwins(_ outcome: inout Outcome) -> [FlowTask] {
    guard let base else { return theirs.tasks }
    let known = Set(base.tasks.map(\.id))
    let left = table(ours.tasks)
    var number = highestTask
    var names: [TaskID: TaskID] = [:]
    for task in theirs.tasks where !known.contains(task.id) {
      guard let twin = left[task.id], !twin.says(theSameAs: task) else { continue }
      number += 1
      let id = TaskID(number: number)
      names[task.id] = id
      outcome.renamed.append((task.id, id))
    }
    return names.isEmpty ? theirs.tasks : theirs.tasks.map { $0.renamed(names) }
  }

  /// A task that one side removed: gone if the other left it alone, else kept.
  private func removed(
    by side: String,
    _ task: FlowTask,
    _ base: FlowTask?,
    _ outcome: inout Outcome
  ) -> FlowTask? {
    guard let base else { return task }
    if base.says(theSameAs: task) { return nil }
    let (gone, kept): (JSONValue, JSONValue) = ("removed", "changed")
    outcome.conflicts.append(
      Conflict(
        task: task.id,
        field: "task",
        ours: side == "ours" ? gone : kept,
        theirs: side == "ours" ? kept : gone
      )
    )
    return task
  }

  private func merge(
    _ left: FlowTask,
    _ right: FlowTask,
    base: FlowTask?,
    _ outcome: inout Outcome
  ) -> FlowTask {
    if left.says(theSameAs: right) { return left.rev >= right.rev ? left : right }
    var task = left
    func pick(_ field: String, _ value: (FlowTask) -> JSONValue) -> Bool {
      let (mine, other) = (value(left), value(right))
      if mine == other { return false }
      if let base {
        if value(base) == mine { return true }
        if value(base) == other { return false }
      }
      outcome.conflicts.append(Conflict(task: left.id, field: field, ours: mine, theirs: other))
      return false
    }
    if pick("name", { .string($0.name) }) { task.name = right.name }
    if pick("status", { .string($0.status.rawValue) }) { task.status = right.status }
    task.deps = mergedDependencies(left.deps, right.deps, base: base?.deps ?? [])
    task.meta = merge(left.id, base: base?.meta, ours: left.meta, theirs: right.meta, &outcome)
    task.unknown = merge(left.id, base: base?.unknown, ours: left.unknown, theirs: right.unknown, &outcome)
    task.rev = max(left.rev, right.rev)
    return task
  }

  /// Those of both sides, without what either took away.
  private func mergedDependencies(_ ours: [TaskID], _ theirs: [TaskID], base: [TaskID]) -> [TaskID] {
    let kept = ours.filter { !base.contains($0) || theirs.contains($0) }
    return kept + theirs.filter { !base.contains($0) && !kept.contains($0) }
  }

  private func merge(
    _ task: TaskID?,
    base: JSONObject?,
    ours: JSONObject,
    theirs: JSONObject,
    _ outcome: inout Outcome
  ) -> JSONObject {
    var merged = ours
    for key in ours.keys + theirs.keys.filter({ !ours.contains(key: $0) }) {
      let (mine, other) = (ours[key], theirs[key])
      if mine == other { continue }
      if let base {
        if base[key] == mine {
          merged[key] = other
          continue
        }
        if base[key] == other { continue }
      } else if mine == nil {
        merged[key] = other
        continue
      } else if other == nil {
        continue
      }
      outcome.conflicts.append(
        Conflict(task: task, field: key, ours: mine ?? .null, theirs: other ?? .null)
      )
    }
    return merged
  }

  /// Takes away dependencies on tasks that the other side removed.
  private func dropLostDependencies(
    _ left: [TaskID: FlowTask],
    _ right: [TaskID: FlowTask],
    _ outcome: inout Outcome
  ) {
    let present = Set(outcome.workflow.tasks.map(\.id))
    for index in outcome.workflow.tasks.indices {
      let task = outcome.workflow.tasks[index]
      for lost in task.deps where !present.contains(lost) {
        func mark(_ side: [TaskID: FlowTask]) -> JSONValue {
          side[task.id]?.deps.contains(lost) == true
            ? .string("needs \(lost)") : .string("\(lost) is removed")
        }
        outcome.conflicts.append(
          Conflict(task: task.id, field: "deps", ours: mark(left), theirs: mark(right))
        )
        outcome.workflow.tasks[index].deps.removeAll { $0 == lost }
      }
    }
  }
}

extension FlowTask {
  /// Whether both are the same but for how often they were changed.
  func says(theSameAs other: FlowTask) -> Bool {
    var copy = other
    copy.rev = rev
    return isIdentical(to: copy)
  }

  /// The task with other ids, its own and those that it needs.
  func renamed(_ names: [TaskID: TaskID]) -> FlowTask {
    FlowTask(
      id: names[id] ?? id,
      name: name,
      status: status,
      deps: deps.map { names[$0] ?? $0 },
      rev: rev,
      meta: meta,
      unknown: unknown
    )
  }
}
