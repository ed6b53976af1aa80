import FlowCore

/// Tasks as rows for people.
enum TaskTable {
  static func text(_ tasks: [FlowTask], in graph: TaskGraph) -> String {
    TextTable(
      header: ["ID", "STATUS", "TASK", "OWNER", "WAITS FOR"],
      rows: tasks.map { task in
        [
          task.id.rawValue, graph.isReady(task) ? "ready" : task.status.rawValue,
          task.name.excerpt(limit: 80),
          (task.owner ?? "").excerpt(limit: 30),
          graph.unfinishedDependencies(of: task).map(\.rawValue).joined(separator: " "),
        ]
      }
    ).text
  }
}

extension FlowTask {
  /// The task as `--json` shows it.
  func json(in graph: TaskGraph) -> JSONValue {
    [
      "id": .string(id.rawValue),
      "name": .string(name),
      "status": .string(status.rawValue),
      "deps": .array(deps.map { .string($0.rawValue) }),
      "rev": .number(JSONNumber(rev)),
      "meta": .object(meta),
      "ready": .bool(graph.isReady(self)),
      "waits_for": .array(graph.unfinishedDependencies(of: self).map { .string($0.rawValue) }),
    ]
  }
}
