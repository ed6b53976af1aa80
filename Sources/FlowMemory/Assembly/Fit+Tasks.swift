import FlowCore
import FlowText

/// The plan and the results that the active tasks build on, fitted into one room.
struct FittedPlan {
  var tasks: SectionPacker
  var results: SectionPacker
  var leftOutTasks: [String] = []
  var leftOutResults: [String] = []
  /// Whether some result is shown cut.
  var hasCutResult = false

  /// Whether more room would show no more.
  var isWhole: Bool { leftOutTasks.isEmpty && leftOutResults.isEmpty && !hasCutResult }

  var tokens: Int { tasks.tokens + results.tokens }
}

extension Fit {
  /// Fits lines of tasks first, as they are short, then results with what is left.
  func fitTasks(_ surroundings: Surroundings, room: Int) -> FittedPlan {
    var plan = FittedPlan(
      tasks: SectionPacker("tasks", .volatile, heading: heading("Tasks")),
      results: SectionPacker("results", .volatile, heading: heading("Results"))
    )
    guard shares.tasks > 0, let workflow = surroundings.workflow else { return plan }
    let board = TaskLines(workflow: workflow, requested: requestedTask)

    for (order, line) in board.lines().enumerated() {
      let piece = Piece(
        order: order,
        group: nil,
        block: steps.meter.block(line.text),
        source: line.task.map(Piece.Source.task) ?? .text,
        why: "state of the plan"
      )
      if plan.tasks.insert(piece, room: room - plan.tokens) == nil {
        plan.leftOutTasks.append(line.task?.rawValue ?? "done")
      }
    }
    let wanted = relatedResults(surroundings.results, to: board.relatedTasks)
    for (order, result) in wanted.enumerated() {
      let frame = plan.results.pieces.isEmpty ? plan.results.heading?.tokens ?? 0 : 0
      guard let fitted = piece(result, order: order, room: room - plan.tokens - frame),
        plan.results.insert(fitted.piece, room: room - plan.tokens) != nil
      else {
        plan.leftOutResults.append(result.key)
        continue
      }
      if !fitted.isWhole { plan.hasCutResult = true }
    }
    return plan
  }

  /// The results of these tasks, in the order of the tasks, then of the keys.
  private func relatedResults(_ results: [CachedResult], to tasks: [TaskID]) -> [CachedResult] {
    let positions = Dictionary(uniqueKeysWithValues: tasks.enumerated().map { ($1, $0) })
    let related = results.compactMap { result -> (position: Int, result: CachedResult)? in
      result.task.flatMap { positions[$0] }.map { ($0, result) }
    }
    return related.sorted { ($0.position, $0.result.key) < ($1.position, $1.result.key) }.map(\.result)
  }

  private func piece(_ result: CachedResult, order: Int, room: Int) -> (piece: Piece, isWhole: Bool)? {
    let key = OneLine.name(result.key)
    let label = "\(result.task.map { "\($0) " } ?? "")\(key):"
    let content = result.value.string ?? result.value.serialized(.compact)
    // A label begins the block, and a key may begin with anything.
    let fitted = steps.fitting("- \(label)", content, to: room) { missing in
      "… \(missing) tokens cut; flowctl cache get \(key)"
    }
    guard let fitted else { return nil }
    let why = fitted.isWhole ? "result of a task at hand" : "result of a task at hand, cut to its share"
    let piece = Piece(
      order: order,
      group: nil,
      block: fitted.block,
      source: .result(result.key),
      why: why
    )
    return (piece, fitted.isWhole)
  }
}
