public import FlowCore

/// What a new task is to be.
public struct NewTask: Sendable {
  public var name: String
  /// Nil takes the next in the row T001, T002, ….
  public var id: TaskID?
  public var status: TaskStatus
  public var deps: [TaskID]
  public var meta: JSONObject

  public init(
    name: String,
    id: TaskID? = nil,
    status: TaskStatus = .todo,
    deps: [TaskID] = [],
    meta: JSONObject = [:]
  ) {
    self.name = name
    self.id = id
    self.status = status
    self.deps = deps
    self.meta = meta
  }
}

/// What is to change in tasks; nil and empty leave things as they are.
public struct TaskChange: Sendable {
  public var name: String?
  public var status: TaskStatus?
  public var addedDeps: [TaskID] = []
  public var removedDeps: [TaskID] = []
  /// Keys to set; null takes a key away.
  public var meta: JSONObject = [:]

  public init(name: String? = nil, status: TaskStatus? = nil) {
    self.name = name
    self.status = status
  }
}

extension FlowProject {
  /// The plan as it stands.
  public func workflow() async throws(FlowError) -> Workflow {
    try await workflows.load()
  }

  /// Adds a task.
  ///
  /// - Throws: `task.exists`, `task.unknown_dep`, `task.cycle`, `task.invalid`, `project.locked`.
  public func addTask(_ new: NewTask) async throws(FlowError) -> FlowTask {
    let name = try FlowProject.checkedName(new.name)
    let workflow = try await changePlan { workflow throws(FlowError) in
      let id = new.id ?? workflow.nextTaskID
      guard !workflow.tasks.contains(where: { $0.id == id }) else {
        throw FlowError(
          .taskExists,
          "there is already a task \(id.rawValue.quotedExcerpt)",
          hint: "leave --id out to get the next free one"
        )
      }
      workflow.tasks.append(
        FlowTask(id: id, name: name, status: new.status, deps: new.deps.distinct(), meta: new.meta)
      )
      return .addTask
    }
    guard let task = workflow.tasks.last else {
      throw FlowError(.internal, "the task that was added is not there")
    }
    return task
  }

  /// Changes tasks, all or none, and returns them as they are then.
  ///
  /// - Throws: `task.not_found`, `task.unknown_dep`, `task.cycle`, `task.invalid`, `project.locked`.
  public func updateTasks(_ ids: [TaskID], _ change: TaskChange) async throws(FlowError) -> [FlowTask] {
    let name: String? = if let name = change.name { try FlowProject.checkedName(name) } else { nil }
    let workflow = try await changePlan { workflow throws(FlowError) in
      let before = workflow.tasks
      for id in ids {
        let index = try workflow.index(of: id)
        workflow.tasks[index].apply(change, name: name)
      }
      return workflow.tasks == before ? nil : .updateTask
    }
    var tasks: [FlowTask] = []
    for id in ids { tasks.append(workflow.tasks[try workflow.index(of: id)]) }
    return tasks
  }

  private static func checkedName(_ name: String) throws(FlowError) -> String {
    guard !name.allSatisfy(\.isWhitespace), name.utf8.count <= 1000,
      !name.unicodeScalars.contains(where: \.isUnsafeToPrint)
    else {
      throw FlowError(
        .invalidTask,
        "the task name \(name.quotedExcerpt) cannot be used",
        hint: "give one line of text, at most 1000 bytes, without control characters"
      )
    }
    return name
  }
}

extension FlowTask {
  fileprivate mutating func apply(_ change: TaskChange, name: String?) {
    if let name { self.name = name }
    if let status = change.status {
      self.status = status
      // Why a task was blocked says nothing once it is not.
      if status != .blocked { meta.removeValue(forKey: "reason") }
    }
    deps.removeAll(where: change.removedDeps.contains)
    deps = (deps + change.addedDeps).distinct()
    for (key, value) in change.meta {
      meta[key] = value.isNull ? nil : value
    }
  }
}

extension [TaskID] {
  /// Each once, in the order of first standing.
  fileprivate func distinct() -> [TaskID] {
    var seen: Set<TaskID> = []
    return filter { seen.insert($0).inserted }
  }
}
