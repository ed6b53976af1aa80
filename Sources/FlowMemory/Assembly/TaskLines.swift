import FlowCore
import FlowText

/// The plan as lines of the prompt, those that matter most first: the tasks at hand, what they wait for, what is
/// ready, what is blocked and by what, what waits, and a count of what is done.
struct TaskLines {
  let workflow: Workflow
  /// The task that the request names, if it does.
  let requested: TaskID?

  struct Line {
    let task: TaskID?
    let text: String
  }

  /// The task that the caller named, or else all that are being done.
  var active: [FlowTask] {
    if let requested { return workflow.tasks.filter { $0.id == requested } }
    return workflow.tasks.filter { $0.status == .doing }
  }

  /// The ids whose results bear on the active tasks: their own and their dependencies'.
  var relatedTasks: [TaskID] {
    var related: [TaskID] = []
    for task in active { related += task.deps + [task.id] }
    var seen: Set<TaskID> = []
    return related.filter { seen.insert($0).inserted }
  }

  func lines() -> [Line] {
    let graph = TaskGraph(workflow.tasks)
    var ordered = active
    ordered += active.flatMap { graph.unfinishedDependencies(of: $0) }.compactMap(graph.task)
    ordered += workflow.tasks.filter { $0.status == .doing }
    ordered += graph.ready
    ordered += workflow.tasks.filter { $0.status == .blocked }
    ordered += workflow.tasks.filter { $0.status == .todo }
    var seen: Set<TaskID> = []
    var lines = ordered.filter { seen.insert($0.id).inserted }
      .map { Line(task: $0.id, text: line(for: $0, in: graph)) }
    let done = workflow.tasks.count { $0.status == .done }
    if done > 0 { lines.append(Line(task: nil, text: "- done: \(done) of \(workflow.tasks.count)\n")) }
    return lines
  }

  private func line(for task: FlowTask, in graph: TaskGraph) -> String {
    let waiting = graph.unfinishedDependencies(of: task).map(\.rawValue)
    var state = task.status.rawValue
    if task.status == .todo && waiting.isEmpty { state = "ready" }
    if let reason = task.meta["reason"]?.string, task.status == .blocked {
      state += " by \(OneLine.name(reason))"
    }
    if !waiting.isEmpty { state += ", waits for \(waiting.joined(separator: " "))" }
    let owner = task.owner.map { " (\(OneLine.name($0)))" } ?? ""
    return "- \(task.id) \(state): \(OneLine.name(task.name))\(owner)\n"
  }
}
