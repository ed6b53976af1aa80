package import FlowCore

/// The difference between two states of a workflow, as an event's `detail` tells it.
///
/// `{"before": …, "after": …}`, and each side holds what differs, whole: `tasks` (changed and removed ones before;
/// changed and new ones after), `workflow` (the keys beside `tasks`, `revision`, `rev_floor` and
/// `last_task`, all of them if any differs), and `order` (all ids) only where it is not "as before, without the removed, new ones behind". A first event
/// has the whole workflow as `after` and null as `before`.
struct WorkflowDelta {
  let codec: WorkflowCodec

  /// What tells a whole workflow from nothing.
  ///
  /// - Parameter facts: what the event tells besides, beside the state.
  func creation(of workflow: Workflow, facts: JSONObject = [:]) -> JSONValue {
    var detail: JSONObject = ["before": nil, "after": codec.value(of: workflow)]
    for (key, value) in facts where !detail.contains(key: key) { detail[key] = value }
    return .object(detail)
  }

  /// - Parameter facts: what the event tells besides, behind the difference.
  func detail(from old: Workflow, to new: Workflow, facts: JSONObject = [:]) -> JSONValue {
    let earlier = EarlierTasks(old.tasks)
    var changed: [FlowTask] = []
    var replaced: Set<Int> = []
    var kept = Set<Int>(minimumCapacity: old.tasks.count)
    // Whether the tasks that were there before stand in their old order, with new ones behind them.
    var isInOrder = true
    var last = -1
    for (index, task) in new.tasks.enumerated() {
      guard let position = earlier.position(of: task.id, near: index) else {
        changed.append(task)
        last = .max
        continue
      }
      if position < last { isInOrder = false }
      last = position
      kept.insert(position)
      if !old.tasks[position].isIdentical(to: task) {
        changed.append(task)
        replaced.insert(position)
      }
    }
    var before = JSONObject()
    var after = JSONObject()
    before["tasks"] = list(
      old.tasks.enumerated().filter { !kept.contains($0.offset) || replaced.contains($0.offset) }.map(
        \.element
      )
    )
    after["tasks"] = list(changed)
    let (oldKeys, newKeys) = (otherKeys(old), otherKeys(new))
    if oldKeys != newKeys {
      before["workflow"] = oldKeys
      after["workflow"] = newKeys
    }
    if !isInOrder {
      before["order"] = order(old)
      after["order"] = order(new)
    }
    for (key, value) in facts where !after.contains(key: key) { after[key] = value }
    return ["before": .object(before), "after": .object(after)]
  }

  /// An event's detail that changes nothing when it is done again, by older versions too, and tells `facts`.
  static func note(_ facts: JSONObject) -> JSONValue {
    var after: JSONObject = ["tasks": []]
    for (key, value) in facts { after[key] = value }
    return ["before": ["tasks": []], "after": .object(after)]
  }

  /// Whether nothing differs but how often things were changed.
  static func isEmpty(_ detail: JSONValue) -> Bool {
    let after = detail["after"]?.object
    return after?.count == 1 && after?["tasks"]?.array == [] && detail["before"]?["tasks"]?.array == []
  }

  private func list(_ tasks: [FlowTask]) -> JSONValue {
    .array(tasks.map(codec.value(of:)))
  }

  private func order(_ workflow: Workflow) -> JSONValue {
    .array(workflow.tasks.map { .string($0.id.rawValue) })
  }

  private func otherKeys(_ workflow: Workflow) -> JSONValue {
    var members = JSONObject()
    if let created = workflow.created { members["created"] = .string(created.description) }
    for (key, value) in workflow.unknown { members[key] = value }
    return .object(members)
  }
}

extension FlowTask {
  /// Whether both are the same byte for byte.
  ///
  /// `==` is not enough: it takes a composed and a decomposed "é" for the same.
  func isIdentical(to other: FlowTask) -> Bool {
    self == other
      && name.utf8.elementsEqual(other.name.utf8)
      && id.rawValue.utf8.elementsEqual(other.id.rawValue.utf8)
      && deps.elementsEqual(other.deps) { $0.rawValue.utf8.elementsEqual($1.rawValue.utf8) }
  }
}

extension Workflow {
  /// This state with the revisions that follow from `old`, whatever they say here.
  ///
  /// A changed task's is one above, an unchanged one's stays; a task that is new keeps its own. Where earlier tasks are
  /// brought back, they have the revisions they had then, and later changes count on from the plan's: a caller that
  /// holds a task's revision must never take another state for the one it saw. Ids that were given are noted for the
  /// same reason.
  package func countingRevisions(from old: Workflow, bringingTasksBack: Bool = false) -> Workflow {
    var next = self
    next.project = old.project
    next.revision = old.revision + 1
    next.revFloor = bringingTasksBack ? next.revision : old.revFloor
    next.noteGiven(before: old)
    if bringingTasksBack { return next }
    let earlier = EarlierTasks(old.tasks)
    for index in next.tasks.indices {
      guard let position = earlier.position(of: next.tasks[index].id, near: index) else {
        if old.revFloor > 0 { next.tasks[index].rev = old.revFloor + 1 }
        continue
      }
      let previous = old.tasks[position]
      if next.tasks[index].rev != previous.rev { next.tasks[index].rev = previous.rev }
      if !next.tasks[index].isIdentical(to: previous) {
        next.tasks[index].rev = max(previous.rev, old.revFloor) + 1
      }
    }
    return next
  }
}

/// The tasks of an earlier state by id.
///
/// Most changes leave nearly all tasks where they stood; the table is made only where one has moved.
private final class EarlierTasks {
  private let tasks: [FlowTask]
  private lazy var positions = Dictionary(
    tasks.enumerated().map { ($1.id, $0) },
    uniquingKeysWith: { first, _ in first }
  )

  init(_ tasks: [FlowTask]) {
    self.tasks = tasks
  }

  /// Where a task stood that now stands at `index`.
  func position(of id: TaskID, near index: Int) -> Int? {
    if index < tasks.count, tasks[index].id == id { return index }
    return positions[id]
  }
}
