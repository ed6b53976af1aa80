extension Workflow {
  /// Checks what `validate` checks, knowing that an earlier state was sound.
  ///
  /// Where ids and dependencies stand as they stood, and at most one task is new at the end, only that one can break a
  /// rule: nothing depends on it yet, so it cannot close a cycle but with itself.
  ///
  /// - Throws: as `validate`.
  package func validate(after old: Workflow) throws(FlowError) {
    let isAppended =
      (0...1).contains(tasks.count - old.tasks.count)
      && zip(old.tasks, tasks).allSatisfy { $0.id == $1.id && $0.deps == $1.deps }
    guard isAppended else { return try validate() }
    guard tasks.count > old.tasks.count, let added = tasks.last else { return }
    let ids = Set(old.tasks.map(\.id))
    guard !ids.contains(added.id), added.deps.allSatisfy(ids.contains) else { return try validate() }
  }

  /// Checks what every reader relies on: unique ids, dependencies that exist, no cycle.
  ///
  /// - Throws: `workflow.invalid`, `task.unknown_dep` or `task.cycle`, naming the task.
  public func validate() throws(FlowError) {
    var seen: Set<TaskID> = []
    for task in tasks {
      guard seen.insert(task.id).inserted else {
        throw FlowError(
          .invalidWorkflow,
          "the task id \(task.id.rawValue.quotedExcerpt) stands twice",
          hint: "give one of them another id",
          context: ["task": task.id.rawValue]
        )
      }
    }
    for task in tasks {
      for dependency in task.deps where !seen.contains(dependency) {
        throw FlowError(
          .unknownDependency,
          "task \(task.id) depends on \(dependency.rawValue.quotedExcerpt), which does not exist",
          hint: "add that task first, or leave the dependency out",
          context: ["task": task.id.rawValue, "dep": dependency.rawValue]
        )
      }
    }
    if let cycle = TaskGraph(tasks).cycle() {
      let path = cycle.map(\.rawValue).joined(separator: " -> ")
      throw FlowError(
        .taskCycle,
        "the dependencies form a cycle: \(path)",
        hint: "take one of these dependencies away",
        context: ["cycle": path]
      )
    }
  }
}
