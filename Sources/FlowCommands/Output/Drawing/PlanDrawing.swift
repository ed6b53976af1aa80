package import FlowCore

/// A plan as it is drawn: its tasks with their states, what waits for what, and the critical path.
package struct PlanDrawing {
  let workflow: Workflow
  let graph: TaskGraph
  /// Each task's number in drawings, from 1: an id may hold what a drawing's language takes for its own.
  let numbers: [TaskID: Int]
  let criticalPath: [FlowTask]
  private let critical: Set<TaskID>
  private let criticalEdges: Set<Edge>

  /// One task must be done before another.
  struct Edge: Hashable {
    let from: TaskID
    let to: TaskID
  }

  package init(_ workflow: Workflow) {
    self.workflow = workflow
    graph = TaskGraph(workflow.tasks)
    numbers = Dictionary(
      workflow.tasks.enumerated().map { ($1.id, $0 + 1) },
      uniquingKeysWith: { first, _ in first }
    )
    criticalPath = graph.criticalPath()
    critical = Set(criticalPath.map(\.id))
    criticalEdges = Set(zip(criticalPath, criticalPath.dropFirst()).map { Edge(from: $0.id, to: $1.id) })
  }

  /// The dependencies, each once, in the plan's order.
  var edges: [Edge] {
    workflow.tasks.flatMap { task in
      var seen: Set<TaskID> = []
      return task.deps.filter { numbers[$0] != nil && seen.insert($0).inserted }
        .map { Edge(from: $0, to: task.id) }
    }
  }

  func isCritical(_ task: FlowTask) -> Bool { critical.contains(task.id) }

  func isCritical(_ edge: Edge) -> Bool { criticalEdges.contains(edge) }

  /// What a drawing writes into a task's box.
  func label(of task: FlowTask) -> String { "\(task.id) \(task.name.excerpt(limit: 80))" }

  /// The task's name in a drawing's language.
  func node(_ id: TaskID) -> String { "n\(numbers[id] ?? 0)" }
}

extension PlanDrawing {
  /// The drawing as `--json` shows it.
  package var json: JSONValue {
    func ids(_ tasks: [FlowTask]) -> JSONValue { .array(tasks.map { .string($0.id.rawValue) }) }
    return [
      "revision": .number(JSONNumber(workflow.revision)),
      "nodes": .array(
        workflow.tasks.map { task in
          [
            "id": .string(task.id.rawValue), "name": .string(task.name),
            "status": .string(task.status.rawValue), "ready": .bool(graph.isReady(task)),
            "on_critical_path": .bool(isCritical(task)),
          ]
        }
      ),
      "edges": .array(
        edges.map { ["from": .string($0.from.rawValue), "to": .string($0.to.rawValue)] }
      ),
      "critical_path": ids(criticalPath),
      "ready": ids(graph.ready),
    ]
  }
}
