public import FlowCore
import Synchronization

// Leases run out without anybody there to write it down. Readers see a task whose lease has run out as free, and
// write nothing. The next change records it first, as an event of its own, so that the history tells each thing that
// happened apart. Whether a lease has run out is known for certain only under the lock, where the change itself looks:
// it then makes no change, the expiry is recorded, and the change is tried again.

extension FlowProject {
  /// The plan as it stands; tasks whose leases have run out are free in it.
  public func workflow() async throws(FlowError) -> Workflow {
    try await workflow(at: now)
  }

  /// The plan as it stands, with leases judged at a time.
  func workflow(at now: Timestamp) async throws(FlowError) -> Workflow {
    try await planInForce().freeingExpiredLeases(at: now).workflow
  }

  /// The plan in force, leases aside; where someone broke workflow.json, that is said once as a remark.
  func planInForce() async throws(FlowError) -> Workflow {
    let state = try await workflows.read()
    if let refused = state.refused {
      wiring.hooks.remarkOnce(
        "\(refused.message); until it is mended the state before it, revision \(state.workflow.revision), stays in use "
          + "and nothing can be changed; `flowctl restore` puts that state back"
      )
    }
    return state.workflow
  }

  /// Changes tasks.
  ///
  /// - Throws: `revision.conflict` where the plan, or the task, is not as expected; what the edit throws:
  ///   `task.exists`, `task.not_found`, `task.unknown_dep`, `task.cycle`, `task.invalid`, `task.none_ready`,
  ///   `task.claimed`, `task.not_held`, `task.not_ready`, `task.needed`; `project.locked`, `storage.write_failed`.
  public func apply(
    _ edit: TaskEdit,
    if expected: PlanExpectation = PlanExpectation()
  ) async throws(FlowError) -> TaskReceipt {
    let edit = try edit.prepared(expected)
    let clock = wiring.clock
    var revision = expected.revision
    var expired: [ExpiredLease] = []
    while true {
      let effect = LastRun<TaskEdit.Effect?>(nil)
      let workflow = try await changePlan(expecting: revision) { [expired] workflow throws(FlowError) in
        let now = clock.now()
        effect.value = nil
        if workflow.hasExpiredLeases(at: now) { return nil }
        let done = try edit.apply(to: &workflow, if: expected, since: expired, at: now)
        effect.value = done
        return done.kind
      }
      if let effect = effect.value { return try workflow.receipt(of: effect) }
      let expiry = try await recordExpiredLeases(expecting: revision)
      expired += expiry.expired
      if revision != nil { revision = expiry.revision }
    }
  }

  /// What `apply` would do; nothing is changed.
  ///
  /// - Throws: as `apply`, where the plan itself is the reason.
  public func preview(
    _ edit: TaskEdit,
    if expected: PlanExpectation = PlanExpectation()
  ) async throws(FlowError) -> TaskReceipt {
    let now = self.now
    let edit = try edit.prepared(expected)
    var workflow = try await workflow(at: now)
    try workflow.check(isAt: expected.revision)
    let effect = try edit.apply(to: &workflow, if: expected, since: [], at: now)
    try workflow.validate()
    return try workflow.receipt(of: effect)
  }

  /// Writes down which leases have run out.
  ///
  /// Not by `changePlan`: that time has passed is nothing that a hook could refuse, and one that lets no task be
  /// without an owner would keep everybody from changing the plan. Hooks are told of it afterwards.
  private func recordExpiredLeases(
    expecting revision: Int?
  ) async throws(FlowError) -> (revision: Int, expired: [ExpiredLease]) {
    let (hooks, clock) = (await installedHooks(), wiring.clock)
    let recorded = await recordedEvents(hooks)
    let held = LastRun<[FlowTask]>([])
    let workflow = try await workflows.change(user: wiring.user, expecting: revision) {
      workflow throws(FlowError) in
      let free = workflow.freeingExpiredLeases(at: clock.now())
      held.value = try workflow.indices(of: free.freed).map { workflow.tasks[$0] }
      workflow = free.workflow
      return free.freed.isEmpty ? nil : .expireLease
    }
    let before = held.value
    guard !before.isEmpty else { return (workflow.revision, []) }
    let after = try workflow.indices(of: before.map(\.id)).map { workflow.tasks[$0] }
    let kind = HistoryEvent.Kind.expireLease
    await tellOfUnrecorded(hooks, before: kind, at: workflow.revision, after: recorded)
    await hooks.tell(
      Hooks.After(kind),
      event: kind.rawValue,
      .tasks(before: before, after: after, revision: workflow.revision)
    )
    let expired = zip(before, after).map { before, after in
      ExpiredLease(task: before.id, revBefore: before.rev, revAfter: after.rev)
    }
    return (workflow.revision, expired)
  }
}

extension FlowProject {
  /// Adds a task.
  ///
  /// - Throws: as `apply`.
  public func addTask(_ new: NewTask) async throws(FlowError) -> FlowTask {
    try await apply(.add(new)).onlyTask()
  }

  /// Changes tasks, all or none, and returns them as they are then.
  ///
  /// - Throws: as `apply`.
  public func updateTasks(_ ids: [TaskID], _ change: TaskChange) async throws(FlowError) -> [FlowTask] {
    try await apply(.update(ids, change)).tasks
  }

  /// Takes a ready task, or the first of `TaskGraph.next`, so that nobody else can claim it.
  ///
  /// - Throws: as `apply`.
  public func claimTask(
    _ id: TaskID? = nil,
    owner: String? = nil,
    leaseSeconds: Int? = nil
  ) async throws(FlowError) -> FlowTask {
    try await apply(.claim(claim(id, owner: owner, leaseSeconds: leaseSeconds))).onlyTask()
  }

  /// Removes tasks and returns them as they were.
  ///
  /// - Throws: as `apply`.
  public func removeTasks(_ ids: [TaskID], cascade: Bool = false) async throws(FlowError) -> [FlowTask] {
    try await apply(.remove(ids, cascade: cascade)).tasks
  }

  /// A claim in which what is not said is the project's user and the lease that is configured.
  ///
  /// - Throws: `argument.invalid`.
  public func claim(
    _ id: TaskID? = nil,
    owner: String? = nil,
    leaseSeconds: Int? = nil
  ) throws(FlowError) -> TaskClaim {
    try TaskClaim(
      task: id,
      owner: owner ?? wiring.user,
      leaseSeconds: leaseSeconds ?? config.leaseSeconds
    )
  }
}

extension Workflow {
  fileprivate func receipt(of effect: TaskEdit.Effect) throws(FlowError) -> TaskReceipt {
    TaskReceipt(tasks: effect.removed + (try indices(of: effect.ids)).map { tasks[$0] }, workflow: self)
  }
}

extension TaskReceipt {
  fileprivate func onlyTask() throws(FlowError) -> FlowTask {
    guard let task = tasks.first else { throw FlowError(.internal, "the task that was changed is not there") }
    return task
  }
}

/// What the last run of a change's body leaves behind: it may run more than once, and only the last one counts.
private final class LastRun<Value: Sendable>: Sendable {
  private let stored: Mutex<Value>

  init(_ value: Value) { stored = Mutex(value) }

  var value: Value {
    get { stored.withLock { $0 } }
    set { stored.withLock { $0 = newValue } }
  }
}
