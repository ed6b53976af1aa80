extension Workflow {
  /// Removes tasks, and returns them in the plan's order as they were.
  ///
  /// - Parameter cascade: whether tasks that need a removed one, directly or through others, go as well.
  /// - Throws: `task.not_found`; `task.needed`, naming the tasks that need a removed one, where they are to stay.
  public mutating func remove(_ ids: [TaskID], cascade: Bool) throws(FlowError) -> [FlowTask] {
    _ = try indices(of: ids)
    var removed = Set(ids)
    if cascade {
      addDependents(to: &removed)
    } else {
      let needing = tasks.filter { !removed.contains($0.id) && $0.deps.contains(where: removed.contains) }
      guard needing.isEmpty else { throw needed(by: needing, removed) }
    }
    let gone = tasks.filter { removed.contains($0.id) }
    tasks.removeAll { removed.contains($0.id) }
    return gone
  }

  private func addDependents(to removed: inout Set<TaskID>) {
    let edges = TaskGraph(tasks).order { _ in true }.dependents
    var open = tasks.indices.filter { removed.contains(tasks[$0].id) }
    while let place = open.popLast() {
      for dependent in edges[place] where removed.insert(tasks[dependent].id).inserted {
        open.append(dependent)
      }
    }
  }

  private func needed(by needing: [FlowTask], _ removed: Set<TaskID>) -> FlowError {
    let dependencies = Set(needing.flatMap(\.deps))
    let needed = tasks.map(\.id).filter { removed.contains($0) && dependencies.contains($0) }.map(\.rawValue)
    let names = needing.map(\.id.rawValue)
    return FlowError(
      .taskNeeded,
      "\(needed.listed(limit: 8)) cannot be removed: needed by \(names.listed(limit: 8))",
      hint:
        "remove those as well with --cascade, or take the dependency away with `flowctl task update --rm-dep`",
      context: [
        "tasks": needed.joined(separator: " ").excerpt(limit: 4000),
        "needed_by": names.joined(separator: " ").excerpt(limit: 4000),
      ]
    )
  }
}
