public import FlowCore

/// Keeps a project's plan in workflow.json and its history in workflow_history.json.
///
/// Several stores, in several processes, may work on one folder: changes are made under the project's lock,
/// reading takes none.
public struct WorkflowFileStore: WorkflowStore {
  let files: WorkflowFiles
  let lock: ProjectLock
  let clock: any FlowClock
  // Two queues, so that reading does not wait behind a change that waits for the lock.
  private let readers = BlockingQueue("flow.workflow.read")
  let writers = BlockingQueue("flow.workflow.write")

  /// The store of the project in `folder`, which need not exist yet; `lockTimeout` bounds the wait for others,
  /// `backupsKept` says how many earlier workflow.json files stay.
  public init(
    folder: String,
    project: ProjectName,
    clock: any FlowClock = SystemClock(),
    lockTimeout: Duration = .seconds(10),
    backupsKept: Int = 10
  ) {
    files = WorkflowFiles(
      folder: folder,
      codec: WorkflowCodec(project: project),
      backupsKept: backupsKept,
      memory: PlanMemory()
    )
    lock = ProjectLock(folder: folder, project: project, timeout: lockTimeout)
    self.clock = clock
  }

  public func read() async throws(FlowError) -> PlanState {
    let files = files
    return try await readers.run { () throws(FlowError) in
      let snapshot = try files.snapshot()
      guard case .refused(let error) = snapshot.origin else { return PlanState(workflow: snapshot.workflow) }
      return PlanState(workflow: snapshot.workflow, refused: error)
    }
  }

  public func change(
    _ change: PlanChange,
    _ body: @escaping @Sendable (inout Workflow) throws(FlowError) -> HistoryEvent.Kind?
  ) async throws(FlowError) -> Workflow {
    let (files, lock, clock) = (files, lock, clock)
    return try await writers.run { () throws(FlowError) in
      try lock.withLock { () throws(FlowError) in
        AtomicFile.removeLeftovers(in: files.folder)
        let now = clock.now()
        let snapshot = try files.caughtUp(replacingRefused: change.replacesRefusedFile ? now : nil)
        try snapshot.workflow.check(isAt: change.expecting)
        var next = snapshot.workflow
        guard let kind = try body(&next) else { return snapshot.workflow }
        let recorded = WorkflowFiles.Change(kind: kind, user: change.user, ts: now, facts: change.facts)
        return try files.commit(next, after: snapshot, recorded)
      }
    }
  }

  @discardableResult
  public func note(
    _ kind: HistoryEvent.Kind,
    _ facts: JSONObject,
    user: String
  ) async throws(FlowError) -> Bool {
    precondition(kind.isNote, "a change of the plan is no note")
    let (files, lock, clock) = (files, lock, clock)
    return try await writers.run { () throws(FlowError) in
      try lock.withLock { () throws(FlowError) in
        AtomicFile.removeLeftovers(in: files.folder)
        let change = WorkflowFiles.Change(kind: kind, user: user, ts: clock.now())
        return try files.note(facts, change, after: try files.caughtUp())
      }
    }
  }

  public func history(_ query: HistoryQuery) async throws(FlowError) -> [HistoryEvent] {
    let log = files.log
    return try await readers.run { () throws(FlowError) in try log.events(query) }
  }

  public func plan(after seq: Int) async throws(FlowError) -> Workflow {
    let files = files
    return try await readers.run { () throws(FlowError) in try files.replayed(through: seq) }
  }

  public func backups() async throws(FlowError) -> [PlanBackup] {
    let backups = files.backups
    return await readers.run { backups.list() }
  }

  public func plan(inFile file: String) async throws(FlowError) -> Workflow {
    let files = files
    return try await readers.run { () throws(FlowError) in try files.plan(inFile: file) }
  }

  /// Makes the project: its folder, its first event, a workflow.json with the tasks that it begins with.
  ///
  /// - Throws: `project.exists` where the folder has a workflow.json or a history; `storage.write_failed`.
  public func create(user: String, tasks: [FlowTask] = []) async throws(FlowError) -> Workflow {
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
        return try files.create(
          with: tasks,
          WorkflowFiles.Change(kind: .createProject, user: user, ts: clock.now())
        )
      }
    }
  }

  /// Begins the history of a workflow.json that stands without one, and gives back the event; nothing happens, and
  /// there is none, where there is one.
  package func adopt(user: String) async throws(FlowError) -> HistoryEvent? {
    let (files, lock, clock) = (files, lock, clock)
    return try await writers.run { () throws(FlowError) in
      try lock.withLock { () throws(FlowError) in
        let snapshot = try files.caughtUp()
        guard snapshot.origin == .unrecorded else { return nil }
        return try files.record(
          snapshot,
          WorkflowFiles.Change(kind: .adoptProject, user: user, ts: clock.now())
        )
      }
    }
  }

  /// Mends what a merge of two branches or damage has left in the two files, where that can be done without loss.
  ///
  /// - Returns: what was done, a sentence for each.
  /// - Throws: what has to be decided by a person; nothing has changed then.
  public func mend(user: String) async throws(FlowError) -> [String] {
    let (files, lock, clock) = (files, lock, clock)
    return try await writers.run { () throws(FlowError) in
      try lock.withLock { () throws(FlowError) in try files.mend(user: user, at: clock.now()) }
    }
  }

  /// What is wrong with the two files, or worth knowing about them.
  public func findings() async -> [Finding] {
    let inspection = WorkflowInspection(files: files)
    return await readers.run { inspection.findings() }
  }
}
