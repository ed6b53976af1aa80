import FlowCore

/// The difference between two states of a workflow, as an event's `detail` tells it.
///
/// `{"before": …, "after": …}`, and each side holds what differs, whole: `tasks` (changed and removed ones before;
/// changed and new ones after), `workflow` (the keys beside `tasks` and `revision`, all of them if any differs),
/// and `order` (all ids) only where it is not "as before, without the removed, new ones behind". A first event
/// has the whole workflow as `after` and null as `before`.
struct WorkflowDelta {
  let codec: WorkflowCodec

  /// What tells a whole workflow from nothing.
  func creation(of workflow: Workflow) -> JSONValue {
    ["before": nil, "after": codec.value(of: workflow)]
  }

  func detail(from old: Workflow, to new: Workflow) -> JSONValue {
    let oldTasks = Dictionary(old.tasks.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    let newIDs = Set(new.tasks.map(\.id))
    var before = JSONObject()
    var after = JSONObject()
    let changed = new.tasks.filter { task in oldTasks[task.id].map { !$0.isIdentical(to: task) } ?? true }
    let changedIDs = Set(changed.map(\.id))
    before["tasks"] = list(old.tasks.filter { !newIDs.contains($0.id) || changedIDs.contains($0.id) })
    after["tasks"] = list(changed)
    let (oldKeys, newKeys) = (otherKeys(old), otherKeys(new))
    if oldKeys != newKeys {
      before["workflow"] = oldKeys
      after["workflow"] = newKeys
    }
    let expected =
      old.tasks.map(\.id).filter(newIDs.contains)
      + changed.map(\.id).filter { oldTasks[$0] == nil }
    if new.tasks.map(\.id) != expected {
      before["order"] = order(old)
      after["order"] = order(new)
    }
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
  /// This state with the revisions that follow from `old`: a changed task's is one above, an unchanged one's
  /// stays, whatever they say here.
  ///
  /// A task that is new keeps its own.
  func countingRevisions(from old: Workflow) -> Workflow {
    let oldTasks = Dictionary(old.tasks.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    var next = self
    next.project = old.project
    next.revision = old.revision + 1
    for index in next.tasks.indices {
      guard let previous = oldTasks[next.tasks[index].id] else { continue }
      next.tasks[index].rev = previous.rev
      if !next.tasks[index].isIdentical(to: previous) { next.tasks[index].rev += 1 }
    }
    return next
  }
}
