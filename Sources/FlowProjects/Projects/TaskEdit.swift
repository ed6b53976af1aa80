public import FlowCore

/// What a new task is to be.
public struct NewTask: Sendable {
  public var name: String
  /// Nil takes the next in the row T001, T002, ….
  public var id: TaskID?
  /// Whether an id is drawn that two branches of a plan do not both make, such as T-4k2m9qx0hv, where `id` is nil.
  public var drawsID = false
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

/// A change of a plan's tasks: all of it is done, or nothing.
public enum TaskEdit: Sendable {
  case add(NewTask)
  case update([TaskID], TaskChange)
  /// See `Workflow.remove`.
  case remove([TaskID], cascade: Bool)
  /// See `Workflow.claim`.
  case claim(TaskClaim)
  /// See `Workflow.renew`.
  case renew(TaskID, TaskClaim)
}

/// What a caller saw of a plan, so that what others changed since is not changed again unseen.
public struct PlanExpectation: Sendable, Hashable {
  /// The plan's revision.
  public var revision: Int?
  /// The `rev` of the task that is to be changed; it goes with edits of one task that is there.
  public var rev: Int?

  public init(revision: Int? = nil, rev: Int? = nil) {
    self.revision = revision
    self.rev = rev
  }
}

/// What a change of tasks led to.
public struct TaskReceipt: Sendable {
  /// The tasks that the change was about as they are after it; those that were removed as they were.
  public let tasks: [FlowTask]
  /// The plan after it.
  public let workflow: Workflow

  public init(tasks: [FlowTask], workflow: Workflow) {
    self.tasks = tasks
    self.workflow = workflow
  }
}

/// That a lease has run out was written down, which gave its task another `rev`.
struct ExpiredLease: Sendable, Hashable {
  let task: TaskID
  let revBefore: Int
  let revAfter: Int
}

extension TaskEdit {
  /// What an edit did to a plan.
  struct Effect: Sendable {
    /// Nil where nothing changed.
    let kind: HistoryEvent.Kind?
    /// The tasks that it was about.
    var ids: [TaskID]
    /// Tasks that are not in the plan any more.
    var removed: [FlowTask] = []
  }

  /// The edit with all that the plan does not decide: names are checked, and an id is drawn.
  ///
  /// - Throws: `task.invalid`, `argument.invalid`.
  func prepared(_ expected: PlanExpectation) throws(FlowError) -> TaskEdit {
    if expected.rev != nil, idsThatAreThere.count != 1 {
      throw FlowError(
        .invalidArgument,
        "the revision of a task can be expected of one task only",
        hint: "name one task, or expect a revision of the plan"
      )
    }
    switch self {
    case .add(var new):
      try new.name.checkTaskName()
      if new.id == nil, new.drawsID {
        var generator = SystemRandomNumberGenerator()
        new.id = TaskID(randomWith: &generator)
      }
      return .add(new)
    case .update(_, let change):
      try change.name?.checkTaskName()
      return self
    case .remove, .claim, .renew:
      return self
    }
  }

  /// The tasks that must be there before the edit.
  private var idsThatAreThere: [TaskID] {
    switch self {
    case .add: []
    case .update(let ids, _), .remove(let ids, _): ids
    case .claim(let claim): claim.task.map { [$0] } ?? []
    case .renew(let id, _): [id]
    }
  }

  /// Does the edit.
  ///
  /// - Parameter expired: the leases that were recorded as expired since the caller saw the plan.
  func apply(
    to workflow: inout Workflow,
    if expected: PlanExpectation,
    since expired: [ExpiredLease],
    at now: Timestamp
  ) throws(FlowError) -> Effect {
    if let rev = expected.rev, let id = idsThatAreThere.first {
      let task = workflow.tasks[try workflow.index(of: id)]
      // Who saw the lease as expired saw the task as it is now, with the rev of before.
      let isAsSeen = expired.contains { $0 == ExpiredLease(task: id, revBefore: rev, revAfter: task.rev) }
      if rev != task.rev, !isAsSeen { throw task.isNotAt(rev) }
    }
    switch self {
    case .add(let new):
      return Effect(kind: .addTask, ids: [try workflow.add(new)])
    case .update(let ids, let change):
      return Effect(kind: try workflow.update(ids, change) ? .updateTask : nil, ids: ids)
    case .remove(let ids, let cascade):
      let removed = try workflow.remove(ids, cascade: cascade)
      return Effect(kind: removed.isEmpty ? nil : .removeTask, ids: [], removed: removed)
    case .claim(let claim):
      return Effect(kind: .claimTask, ids: [try workflow.claim(claim, at: now)])
    case .renew(let id, let claim):
      return Effect(kind: .claimTask, ids: [try workflow.renew(id, claim, at: now)])
    }
  }
}

extension Workflow {
  fileprivate mutating func add(_ new: NewTask) throws(FlowError) -> TaskID {
    let ids = Set(tasks.map(\.id))
    var id = new.id ?? nextTaskID
    if new.drawsID {
      var generator = SystemRandomNumberGenerator()
      while ids.contains(id) { id = TaskID(randomWith: &generator) }
    }
    guard !ids.contains(id) else {
      throw FlowError(
        .taskExists,
        "there is already a task \(id.rawValue.quotedExcerpt)",
        hint: "leave --id out to get the next free one"
      )
    }
    tasks.append(
      FlowTask(id: id, name: new.name, status: new.status, deps: new.deps.distinct(), meta: new.meta)
    )
    return id
  }

  /// Changes tasks, and says whether anything is other than before.
  fileprivate mutating func update(_ ids: [TaskID], _ change: TaskChange) throws(FlowError) -> Bool {
    var isChanged = false
    for index in try indices(of: ids) {
      let before = tasks[index]
      tasks[index].apply(change)
      if tasks[index] != before { isChanged = true }
    }
    return isChanged
  }
}

extension FlowTask {
  fileprivate mutating func apply(_ change: TaskChange) {
    if let name = change.name { self.name = name }
    if let status = change.status {
      // Why a task was blocked says nothing once it is not, and a lease nothing once its task was put down.
      if status != .blocked { meta.removeValue(forKey: "reason") }
      if status != .doing || self.status != .doing { meta.removeValue(forKey: FlowTask.leaseKey) }
      self.status = status
    }
    deps.removeAll(where: change.removedDeps.contains)
    deps = (deps + change.addedDeps).distinct()
    for (key, value) in change.meta {
      meta[key] = value.isNull ? nil : value
    }
  }

  fileprivate func isNotAt(_ rev: Int) -> FlowError {
    FlowError(
      .revisionConflict,
      "task \(id) is at rev \(self.rev), not \(rev)",
      hint: "read it again, and decide anew whether the change is still right",
      context: ["task": id.rawValue, "rev": String(self.rev)]
    )
  }
}

extension String {
  fileprivate func checkTaskName() throws(FlowError) {
    guard !allSatisfy(\.isWhitespace), utf8.count <= 1000, !unicodeScalars.contains(where: \.isUnsafeToPrint)
    else {
      throw FlowError(
        .invalidTask,
        "the task name \(quotedExcerpt) cannot be used",
        hint: "give one line of text, at most 1000 bytes, without control characters"
      )
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
