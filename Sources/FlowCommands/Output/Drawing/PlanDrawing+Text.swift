import FlowCore

extension PlanDrawing {
  /// The plan for a terminal: levels of tasks, of which none needs another of its own level or a later one.
  package var text: String {
    guard !workflow.tasks.isEmpty else { return "no tasks; `flowctl add-task NAME` adds one\n" }
    var text = ""
    for (number, level) in graph.levels().enumerated() {
      for (index, task) in level.enumerated() {
        let margin = index == 0 ? String(number + 1) : ""
        text += margin + String(repeating: " ", count: max(1, 4 - margin.count)) + line(for: task) + "\n"
      }
    }
    let ready = graph.ready.map(\.id.rawValue).listed(limit: 12, separator: " ")
    let path = criticalPath.map(\.id.rawValue).listed(limit: 12, separator: " -> ")
    text += "\nready          \(ready.isEmpty ? "nothing" : ready)\n"
    text += "critical path  \(path.isEmpty ? "nothing is left to do" : path)"
    if criticalPath.count > 1 { text += ", \(criticalPath.count) tasks one after the other" }
    text += "\n" + TaskState.allCases.map { "\($0.sign) \($0.rawValue)" }.joined(separator: "  ")
    return text + "  * on the critical path\n"
  }

  private func line(for task: FlowTask) -> String {
    let state = graph.state(of: task)
    var line = "\(state.sign) \(label(of: task))"
    if let owner = task.owner { line += " (\(owner.excerpt(limit: 30)))" }
    if isCritical(task) { line += " *" }
    if state == .blocked, let reason = task.meta["reason"]?.string {
      line += ", blocked by \(reason.excerpt(limit: 80))"
    }
    let waiting = task.status == .done ? [] : graph.unfinishedDependencies(of: task).map(\.rawValue)
    if !waiting.isEmpty { line += ", waits for \(waiting.listed(limit: 8, separator: " "))" }
    return line
  }
}

extension TaskState {
  fileprivate var sign: String {
    switch self {
    case .done: "[x]"
    case .doing: "[>]"
    case .ready: "[ ]"
    case .waiting: "[.]"
    case .blocked: "[!]"
    }
  }
}
