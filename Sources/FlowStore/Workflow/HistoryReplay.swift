import FlowCore

/// Rebuilds a workflow by doing again what its history tells.
struct HistoryReplay {
  let codec: WorkflowCodec

  /// The state after the last of these events, which follow each other.
  ///
  /// Starts at the newest event that holds a whole workflow, so that damage before it does not matter.
  ///
  /// - Throws: `history.invalid`, naming the event that is missing or cannot be done again.
  func workflow(after events: [HistoryEvent]) throws(FlowError) -> Workflow {
    guard let start = events.lastIndex(where: \.isWhole), let whole = events[start].detail["after"] else {
      throw FlowError(
        .invalidHistory,
        "\(HistoryLog.fileName) has no event that holds a whole workflow",
        hint: "bring the file back from a backup, or move it away to begin a new history"
      )
    }
    var workflow: Workflow
    do {
      workflow = try codec.decode(whole)
    } catch {
      throw impossible(events[start], error)
    }
    workflow.revision = events[start].revision
    for index in events.indices.dropFirst(start + 1) {
      guard events[index].seq == events[index - 1].seq + 1 else {
        throw FlowError(
          .invalidHistory,
          "\(HistoryLog.fileName): event \(events[index - 1].seq + 1) is missing or cannot be read",
          hint: "bring the file back from a backup, or move it away to begin a new history",
          context: ["seq": String(events[index - 1].seq + 1)]
        )
      }
      try apply(events[index], to: &workflow)
    }
    return workflow
  }

  /// Does one event again on the state before it.
  func apply(_ event: HistoryEvent, to workflow: inout Workflow) throws(FlowError) {
    do {
      if event.isWhole, let whole = event.detail["after"] {
        workflow = try codec.decode(whole)
      } else {
        try apply(event.detail, to: &workflow)
      }
    } catch {
      throw impossible(event, error)
    }
    workflow.revision = event.revision
  }

  private func apply(_ detail: JSONValue, to workflow: inout Workflow) throws(DocumentFault) {
    let before = try tasks(detail, "before")
    let after = try tasks(detail, "after")
    let replacements = Dictionary(after.map { ($0.id, $0) }, uniquingKeysWith: { _, last in last })
    let touched = Set(before.map(\.id))
    let present = Set(workflow.tasks.map(\.id))
    workflow.tasks = workflow.tasks.compactMap { task in
      replacements[task.id] ?? (touched.contains(task.id) ? nil : task)
    }
    workflow.tasks += after.filter { !present.contains($0.id) }
    if let order = detail["after"]?["order"]?.array {
      try arrange(&workflow.tasks, order)
    }
    if let keys = detail["after"]?["workflow"] {
      let path: [JSONPathElement] = ["after", "workflow"]
      let fields = try DocumentFields(keys, at: path, code: .invalidHistory)
      workflow.created = try fields.optional("created", "a time", \.timestamp)
      workflow.unknown = fields.others(than: WorkflowCodec.workflowKeys)
    }
  }

  private func tasks(_ detail: JSONValue, _ side: String) throws(DocumentFault) -> [FlowTask] {
    let path: [JSONPathElement] = [.key(side), "tasks"]
    guard let values = detail[path: path]?.array else {
      throw DocumentFault(path, "is missing", code: .invalidHistory)
    }
    var tasks: [FlowTask] = []
    for (index, value) in values.enumerated() {
      tasks.append(try codec.task(from: value, at: path + [.index(index)]))
    }
    return tasks
  }

  private func arrange(_ tasks: inout [FlowTask], _ order: [JSONValue]) throws(DocumentFault) {
    let byID = Dictionary(tasks.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    let arranged = order.compactMap { $0.taskID.flatMap { byID[$0] } }
    guard Set(arranged.map(\.id)).count == tasks.count, arranged.count == tasks.count else {
      throw DocumentFault(["after", "order"], "does not name each task once", code: .invalidHistory)
    }
    tasks = arranged
  }

  private func impossible(_ event: HistoryEvent, _ fault: DocumentFault) -> FlowError {
    FlowError(
      .invalidHistory,
      "\(HistoryLog.fileName): event \(event.seq) cannot be done again: \(fault.path.jsonPath) \(fault.problem)",
      hint: "bring the file back from a backup, or move it away to begin a new history",
      context: ["seq": String(event.seq)]
    )
  }
}

extension HistoryEvent {
  /// Whether it holds the whole workflow, and needs no event before it.
  var isWhole: Bool { detail["before"]?.isNull == true && detail["after"]?["tasks"] != nil }
}
