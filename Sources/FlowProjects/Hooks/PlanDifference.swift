import FlowCore

/// The tasks in which two states of a plan differ, as hooks are told.
struct PlanDifference: Sendable {
  /// Those that were changed or removed, as they were.
  let before: [FlowTask]
  /// Those that are changed or new.
  let after: [FlowTask]

  init(from old: Workflow, to new: Workflow) {
    let oldTasks = Dictionary(old.tasks.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    let newTasks = Dictionary(new.tasks.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    before = old.tasks.filter { task in newTasks[task.id].map { !$0.isSame(as: task) } ?? true }
    after = new.tasks.filter { task in oldTasks[task.id].map { !$0.isSame(as: task) } ?? true }
  }

  /// The difference as hooks get it.
  func content(revision: Int) -> HookEvent.Content {
    .tasks(before: before, after: after, revision: revision)
  }
}

extension Workflow {
  /// Whether both are the same plan in the same words: nothing happened in between.
  func isSame(as other: Workflow) -> Bool {
    self == other && zip(tasks, other.tasks).allSatisfy { $0.isSame(as: $1) }
  }
}

extension FlowTask {
  /// Whether both are the same; `==` alone takes a composed and a decomposed "é" for the same.
  fileprivate func isSame(as other: FlowTask) -> Bool {
    self == other && name.utf8.elementsEqual(other.name.utf8)
  }
}
