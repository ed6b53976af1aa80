import FlowCore
import FlowProjects

/// Tasks as rows for people.
struct TaskTable {
  let graph: TaskGraph
  /// A lease that ends on another day is shown with its day.
  var now = SystemClock().now()

  func text(_ tasks: [FlowTask]) -> String {
    TextTable(
      header: ["ID", "STATUS", "TASK", "OWNER", "WAITS FOR"],
      rows: tasks.map { task in
        [
          task.id.rawValue, status(of: task), task.name.excerpt(limit: 80),
          (task.owner ?? "").excerpt(limit: 30),
          graph.unfinishedDependencies(of: task).map(\.rawValue).listed(limit: 8, separator: " "),
        ]
      }
    ).text
  }

  private func status(of task: FlowTask) -> String {
    let status = graph.isReady(task) ? "ready" : task.status.rawValue
    guard let end = task.leaseUntil else { return status }
    let day = end.date == now.date ? "" : "\(end.date) "
    return "\(status) until \(day)\(end.clockTime)Z"
  }
}

extension FlowTask {
  /// The task as `--json` shows it.
  func json(in graph: TaskGraph) -> JSONValue { .object(members(in: graph)) }

  fileprivate func members(in graph: TaskGraph) -> JSONObject {
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

extension ReadyTask {
  /// The task as `--json` shows it, with what it unblocks.
  func json(in graph: TaskGraph) -> JSONObject {
    var members = task.members(in: graph)
    members["unblocks"] = .number(JSONNumber(unblocks))
    return members
  }
}

extension TaskReceipt {
  /// The tasks as `--json` shows several, with the plan's revision.
  func json() -> JSONValue {
    let graph = TaskGraph(workflow.tasks)
    return [
      "revision": .number(JSONNumber(workflow.revision)), "tasks": .array(tasks.map { $0.json(in: graph) }),
    ]
  }

  /// The task as `--json` shows one, with the plan's revision.
  func taskJSON() -> JSONValue {
    guard let task = tasks.first else { return .null }
    var members = task.members(in: TaskGraph(workflow.tasks))
    members["revision"] = .number(JSONNumber(workflow.revision))
    return .object(members)
  }
}
