extension TaskGraph {
  /// The longest chain of unfinished tasks of which each waits for the one before: what is left takes at least so
  /// many tasks one after the other.
  ///
  /// Of chains of the same length, the one whose first task stands earliest in the plan, then whose second does,
  /// and so on. Tasks on a cycle, and those behind one, are in none. Takes time linear in tasks and dependencies.
  public func criticalPath() -> [FlowTask] {
    let open = order { $0.status != .done }
    // How many tasks the longest chain has that begins with a task; 0 where there is none.
    var lengths = [Int](repeating: 0, count: tasks.count)
    for place in open.order.reversed() {
      lengths[place] = 1 + (open.dependents[place].lazy.map { lengths[$0] }.max() ?? 0)
    }
    var path: [FlowTask] = []
    var length = lengths.max() ?? 0
    var place = lengths.firstIndex(of: length)
    while length > 0, let here = place {
      path.append(tasks[here])
      length -= 1
      place = open.dependents[here].lazy.filter { lengths[$0] == length }.min()
    }
    return path
  }

  /// All tasks by how many others must be done before them, one after the other: those that need nothing first.
  ///
  /// Within a level the plan's order counts. Tasks on a cycle, and those behind one, are the last level.
  public func levels() -> [[FlowTask]] {
    let all = order { _ in true }
    var levels = [Int](repeating: 0, count: tasks.count)
    var isPlaced = [Bool](repeating: false, count: tasks.count)
    for place in all.order {
      isPlaced[place] = true
      for dependent in all.dependents[place] {
        levels[dependent] = max(levels[dependent], levels[place] + 1)
      }
    }
    let beyond = 1 + (all.order.lazy.map { levels[$0] }.max() ?? -1)
    for place in tasks.indices where !isPlaced[place] { levels[place] = beyond }
    var result = [[FlowTask]](repeating: [], count: 1 + (levels.max() ?? -1))
    for (place, task) in tasks.enumerated() { result[levels[place]].append(task) }
    return result
  }
}
