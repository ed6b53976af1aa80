import FlowCore

extension Fit {
  /// The plan and the results that the active tasks build on, both within one share: lines of tasks first, as
  /// they are short, then results with what is left.
  func fitTasks(
    _ surroundings: Surroundings,
    room: Int,
    _ omitted: inout [Context.Omission]
  ) -> (tasks: SectionPacker, results: SectionPacker) {
    var tasks = SectionPacker("tasks", .volatile, heading: heading("Tasks"))
    var results = SectionPacker("results", .volatile, heading: heading("Results"))
    guard shares.tasks > 0, let workflow = surroundings.workflow else { return (tasks, results) }
    let board = TaskLines(workflow: workflow, requested: requestedTask)

    var leftOut: [String] = []
    for (order, line) in board.lines().enumerated() {
      let piece = Piece(
        order: order,
        group: nil,
        block: steps.meter.block(line.text),
        source: line.task.map(Piece.Source.task) ?? .text,
        why: "state of the plan"
      )
      if tasks.insert(piece, room: room - tasks.tokens) == nil {
        leftOut.append(line.task?.rawValue ?? "done")
      }
    }
    note(leftOut, in: tasks, &omitted)

    leftOut = []
    let wanted = relatedResults(surroundings.results, to: board.relatedTasks)
    for (order, result) in wanted.enumerated() {
      let frame = results.pieces.isEmpty ? results.heading?.tokens ?? 0 : 0
      guard let piece = piece(result, order: order, room: room - tasks.tokens - results.tokens - frame),
        results.insert(piece, room: room - tasks.tokens - results.tokens) != nil
      else {
        leftOut.append(result.key)
        continue
      }
    }
    note(leftOut, in: results, &omitted)
    return (tasks, results)
  }

  /// The results of these tasks, in the order of the tasks, then of the keys.
  private func relatedResults(_ results: [CachedResult], to tasks: [TaskID]) -> [CachedResult] {
    let positions = Dictionary(uniqueKeysWithValues: tasks.enumerated().map { ($1, $0) })
    let related = results.compactMap { result -> (position: Int, result: CachedResult)? in
      result.task.flatMap { positions[$0] }.map { ($0, result) }
    }
    return related.sorted { ($0.position, $0.result.key) < ($1.position, $1.result.key) }.map(\.result)
  }

  private func piece(_ result: CachedResult, order: Int, room: Int) -> Piece? {
    let key = OneLine.name(result.key)
    let label = "\(result.task.map { "\($0) " } ?? "")\(key):"
    let content = result.value.string ?? result.value.serialized(.compact)
    // A label begins the block, and a key may begin with anything.
    let fitted = steps.fitting("- \(label)", content, to: room) { missing in
      "… \(missing) tokens cut; flowctl cache get \(key)"
    }
    guard let fitted else { return nil }
    let why = fitted.isWhole ? "result of a task at hand" : "result of a task at hand, cut to its share"
    return Piece(order: order, group: nil, block: fitted.block, source: .result(result.key), why: why)
  }
}
