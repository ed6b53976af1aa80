extension Workflow {
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
