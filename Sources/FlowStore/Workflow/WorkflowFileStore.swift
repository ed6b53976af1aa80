public import FlowCore

/// Keeps a project's plan in workflow.json and its history in workflow_history.json.
///
/// Several stores, in several processes, may work on one folder: changes are made under the project's lock,
/// reading takes none.
public struct WorkflowFileStore: WorkflowStore {
  private let files: WorkflowFiles
  private let lock: ProjectLock
  private let clock: any FlowClock
  // Two queues, so that reading does not wait behind a change that waits for the lock.
  private let readers = BlockingQueue("flow.workflow.read")
  private let writers = BlockingQueue("flow.workflow.write")

  /// The store of the project in `folder`, which need not exist yet; `lockTimeout` bounds the wait for others.
  public init(
    folder: String,
    project: ProjectName,
    clock: any FlowClock = SystemClock(),
    lockTimeout: Duration = .seconds(10)
  ) {
    files = WorkflowFiles(folder: folder, codec: WorkflowCodec(project: project))
    lock = ProjectLock(folder: folder, project: project, timeout: lockTimeout)
    self.clock = clock
  }

  public func load() async throws(FlowError) -> Workflow {
    let files = files
    return try await readers.run { () throws(FlowError) in
      try files.snapshot().workflow
    }
  }

  public func change(
    user: String,
    expecting revision: Int? = nil,
    _ body: @escaping @Sendable (inout Workflow) throws(FlowError) -> HistoryEvent.Kind?
  ) async throws(FlowError) -> Workflow {
    let (files, lock, clock) = (files, lock, clock)
    return try await writers.run { () throws(FlowError) in
      try lock.withLock { () throws(FlowError) in
        AtomicFile.removeLeftovers(in: files.folder)
        let snapshot = try files.caughtUp()
        try snapshot.workflow.check(isAt: revision)
        var next = snapshot.workflow
        guard let kind = try body(&next) else { return snapshot.workflow }
        let change = WorkflowFiles.Change(kind: kind, user: user, ts: clock.now())
        return try files.commit(next, after: snapshot, change)
      }
    }
  }

  public func note(_ kind: HistoryEvent.Kind, _ facts: JSONObject, user: String) async throws(FlowError) {
    precondition(kind.isNote, "a change of the plan is no note")
    let (files, lock, clock) = (files, lock, clock)
    try await writers.run { () throws(FlowError) in
      try lock.withLock { () throws(FlowError) in
        AtomicFile.removeLeftovers(in: files.folder)
        let change = WorkflowFiles.Change(kind: kind, user: user, ts: clock.now())
        try files.note(facts, change, after: try files.caughtUp())
      }
    }
  }

  public func history(limit: Int) async throws(FlowError) -> [HistoryEvent] {
    let log = files.log
    return try await readers.run { () throws(FlowError) in
      guard limit > 0 else { return [] }
      return try log.tail(limit: limit)?.events ?? []
    }
  }

  /// Makes the project: its folder, its first event, an empty workflow.json.
  ///
  /// - Throws: `project.exists` where the folder has a workflow.json or a history; `storage.write_failed`.
  public func create(user: String) async throws(FlowError) -> Workflow {
    let (files, lock, clock) = (files, lock, clock)
    return try await writers.run { () throws(FlowError) in
      try Folder.create(files.folder)
      return try lock.withLock { () throws(FlowError) in
        let names = Set(Folder.names(in: files.folder))
        guard names.isDisjoint(with: [WorkflowCodec.fileName, HistoryLog.fileName]) else {
          let name = files.codec.project.rawValue
          throw FlowError(
            .projectExists,
            "there is a project \(name.quotedExcerpt) already",
            hint: "choose another name, or `flowctl switch` to it",
            context: ["project": name]
          )
        }
        return try files.create(WorkflowFiles.Change(kind: .createProject, user: user, ts: clock.now()))
      }
    }
  }

  /// Begins the history of a workflow.json that stands without one; nothing happens where there is one.
  package func adopt(user: String) async throws(FlowError) {
    let (files, lock, clock) = (files, lock, clock)
    try await writers.run { () throws(FlowError) in
      try lock.withLock { () throws(FlowError) in
        let snapshot = try files.caughtUp()
        guard snapshot.origin == .unrecorded else { return }
        try files.record(snapshot, WorkflowFiles.Change(kind: .adoptProject, user: user, ts: clock.now()))
      }
    }
  }

  /// What is wrong with the two files, or worth knowing about them.
  public func findings() async -> [Finding] {
    let inspection = WorkflowInspection(files: files)
    return await readers.run { inspection.findings() }
  }
}
