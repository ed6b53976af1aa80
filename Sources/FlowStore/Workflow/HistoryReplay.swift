import FlowCore

/// Rebuilds a plan by doing again what its history tells, event by event.
///
/// The time for an event is proportional to what it changed, not to the plan: tasks keep their places in a list with
/// gaps, and are found by their ids.
struct HistoryReplay {
  let codec: WorkflowCodec
  private var plan: Workflow?
  private var tasks: [FlowTask?] = []
  private var places: [TaskID: Int] = [:]
  private var lastSeq = 0
  /// The highest number of a task's id so far.
  private var highestTask = 0
  /// Why what follows the newest whole event cannot be done again.
  private var fault: FlowError?

  init(codec: WorkflowCodec) {
    self.codec = codec
  }

  /// Begins with a state that is known to be that after an event.
  init(codec: WorkflowCodec, from workflow: Workflow, after event: HistoryEvent) {
    self.codec = codec
    begin(workflow, revision: event.revision, seq: event.seq)
  }

  /// The state after the last of these events, which follow each other.
  ///
  /// Starts at the newest event that holds a whole workflow, so that damage before it does not matter.
  ///
  /// - Throws: `history.invalid`, naming the event that is missing or cannot be done again.
  func workflow(after events: [HistoryEvent]) throws(FlowError) -> Workflow {
    var replay = self
    for event in events { replay.apply(event) }
    return try replay.workflow()
  }

  /// The state after the events that were applied.
  ///
  /// - Throws: `history.invalid`, naming the event that is missing or cannot be done again.
  func workflow() throws(FlowError) -> Workflow {
    if let fault { throw fault }
    guard var workflow = plan else {
      throw FlowError(
        .invalidHistory,
        "\(HistoryLog.fileName) has no event that holds a whole workflow",
        hint: "bring the file back from a backup, or move it away to begin a new history"
      )
    }
    workflow.tasks = tasks.compactMap(\.self)
    workflow.noteGiven(taskNumber: highestTask)
    return workflow
  }

  /// Does one event again on the state before it; what cannot be done again is kept for `workflow` to throw.
  mutating func apply(_ event: HistoryEvent) {
    if event.isWhole, let whole = event.detail["after"] {
      do {
        begin(try codec.decode(whole), revision: event.revision, seq: event.seq)
      } catch {
        fault = impossible(event, error)
      }
      return
    }
    guard plan != nil, fault == nil else { return }
    guard event.seq == lastSeq + 1 else {
      fault = FlowError(
        .invalidHistory,
        "\(HistoryLog.fileName): event \(lastSeq + 1) is missing or cannot be read",
        hint:
          "`flowctl doctor` says more; bring the file back from a backup, or move it away to begin a new history",
        context: ["seq": String(lastSeq + 1)]
      )
      return
    }
    do {
      try apply(event.detail)
    } catch {
      fault = impossible(event, error)
      return
    }
    plan?.revision = event.revision
    if event.event.bringsTasksBack { plan?.revFloor = event.revision }
    lastSeq = event.seq
  }

  private mutating func begin(_ workflow: Workflow, revision: Int, seq: Int) {
    tasks = workflow.tasks
    places = Dictionary(
      workflow.tasks.enumerated().map { ($1.id, $0) },
      uniquingKeysWith: { first, _ in first }
    )
    highestTask = workflow.highestTask
    plan = workflow
    plan?.tasks = []
    plan?.revision = revision
    lastSeq = seq
    fault = nil
  }

  private mutating func apply(_ detail: JSONValue) throws(DocumentFault) {
    let before = try read(detail, "before")
    let after = try read(detail, "after")
    let staying = Set(after.map(\.id))
    for task in before where !staying.contains(task.id) {
      if let place = places.removeValue(forKey: task.id) { tasks[place] = nil }
    }
    for task in after {
      if let place = places[task.id] {
        tasks[place] = task
      } else {
        highestTask = max(highestTask, task.id.number ?? 0)
        places[task.id] = tasks.count
        tasks.append(task)
      }
    }
    if let order = detail["after"]?["order"]?.array { try arrange(order) }
    if let keys = detail["after"]?["workflow"] {
      let path: [JSONPathElement] = ["after", "workflow"]
      let fields = try DocumentFields(keys, at: path, code: .invalidHistory)
      plan?.created = try fields.optional("created", "a time", \.timestamp)
      plan?.unknown = fields.others(than: WorkflowCodec.workflowKeys)
    }
  }

  private func read(_ detail: JSONValue, _ side: String) throws(DocumentFault) -> [FlowTask] {
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

  private mutating func arrange(_ order: [JSONValue]) throws(DocumentFault) {
    let arranged = order.compactMap { $0.taskID.flatMap { places[$0] }.flatMap { tasks[$0] } }
    guard Set(arranged.map(\.id)).count == places.count, arranged.count == places.count else {
      throw DocumentFault(["after", "order"], "does not name each task once", code: .invalidHistory)
    }
    tasks = arranged
    places = Dictionary(uniqueKeysWithValues: arranged.enumerated().map { ($1.id, $0) })
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

  /// Whether Flow itself wrote the file whose hash this carries, so that its bytes say what the history says.
  var tellsOfOwnFile: Bool { event != .externalEdit && event != .adoptProject && !event.isNote }
}
