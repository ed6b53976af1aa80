/// Who takes which task, and for how long.
public struct TaskClaim: Sendable, Hashable {
  /// The seconds that a lease may have; 0 is none.
  public static let leaseRange = 0...31_536_000

  /// The task to take; nil takes the first of `TaskGraph.next`.
  public let task: TaskID?
  public let owner: String
  /// After how many seconds the task is free again; 0 for never.
  public let leaseSeconds: Int

  /// Checks a claim.
  ///
  /// - Throws: `argument.invalid` for an owner of other than 1 to 200 bytes on a line, and for a lease outside of
  ///   `leaseRange`.
  public init(task: TaskID? = nil, owner: String, leaseSeconds: Int) throws(FlowError) {
    guard !owner.allSatisfy(\.isWhitespace), owner.utf8.count <= 200,
      !owner.unicodeScalars.contains(where: \.isUnsafeToPrint)
    else {
      throw FlowError(
        .invalidArgument,
        "the owner \(owner.quotedExcerpt) cannot be used",
        hint: "give a name of 1 to 200 bytes without control characters"
      )
    }
    guard TaskClaim.leaseRange.contains(leaseSeconds) else {
      throw FlowError(
        .invalidArgument,
        "a lease of \(leaseSeconds) seconds cannot be used",
        hint: "give 1 to \(TaskClaim.leaseRange.upperBound) seconds, or 0 for a claim without end"
      )
    }
    self.task = task
    self.owner = owner
    self.leaseSeconds = leaseSeconds
  }
}

extension Workflow {
  /// Takes a ready task, so that nobody else can claim it, and returns its id.
  ///
  /// A task that is being done is refused whoever asks: two claimers of one name are still two.
  ///
  /// - Throws: `task.none_ready` where no task is named and none is ready; `task.not_found`; `task.claimed`;
  ///   `task.not_ready`, naming what the task waits for.
  public mutating func claim(_ claim: TaskClaim, at now: Timestamp) throws(FlowError) -> TaskID {
    let graph = TaskGraph(tasks)
    guard let id = claim.task ?? graph.next(1).first?.task.id else { throw graph.noneReady }
    let index = try index(of: id)
    switch graph.state(of: tasks[index]) {
    case .ready: break
    case .doing: throw tasks[index].claimed
    case .done, .waiting, .blocked: throw graph.notReady(tasks[index])
    }
    tasks[index].status = .doing
    tasks[index].hold(claim, at: now)
    return id
  }

  /// Lets the lease of a task begin anew for the owner who holds it, and returns the task's id.
  ///
  /// - Throws: `task.not_found`; `task.not_held` where someone else holds it, or nobody.
  public mutating func renew(_ id: TaskID, _ claim: TaskClaim, at now: Timestamp) throws(FlowError) -> TaskID
  {
    let index = try index(of: id)
    guard tasks[index].status == .doing, tasks[index].owner == claim.owner else {
      throw tasks[index].notHeld(by: claim.owner)
    }
    tasks[index].hold(claim, at: now)
    return id
  }
}

extension FlowTask {
  fileprivate mutating func hold(_ claim: TaskClaim, at now: Timestamp) {
    meta["owner"] = .string(claim.owner)
    meta[FlowTask.leaseKey] =
      claim.leaseSeconds == 0 ? nil : .string(now.advanced(seconds: claim.leaseSeconds).description)
  }

  /// `doing, claimed by 'a' until 2026-11-22T12:30:00Z`, as far as it is so.
  fileprivate var holder: String {
    var text = status.rawValue
    guard status == .doing else { return text }
    if let owner { text += ", claimed by \(owner.quotedExcerpt)" }
    if let leaseUntil { text += " until \(leaseUntil)" }
    return text
  }

  private var facts: [String: String] {
    var facts = ["task": id.rawValue, "status": status.rawValue]
    if let owner { facts["owner"] = owner.excerpt(limit: 200) }
    if let leaseUntil { facts[FlowTask.leaseKey] = leaseUntil.description }
    return facts
  }

  fileprivate var claimed: FlowError {
    FlowError(
      .taskClaimed,
      "task \(id) is \(holder)",
      hint: "`flowctl task claim` without an id takes the next ready one",
      context: facts
    )
  }

  fileprivate func notHeld(by claimer: String) -> FlowError {
    FlowError(
      .taskNotHeld,
      "task \(id) is \(holder), so \(claimer.quotedExcerpt) has no claim to renew",
      hint: "a lease that has run out frees the task: claim it again",
      context: facts
    )
  }
}

extension TaskGraph {
  /// What to say where no task can be started: what each of the rest is about.
  public var noneReady: FlowError {
    var counts: [TaskState: Int] = [:]
    for task in tasks { counts[state(of: task), default: 0] += 1 }
    let rest = [TaskState.doing, .blocked, .waiting].compactMap { state in
      counts[state].map { "\($0) \(state.rawValue)" }
    }
    let reason =
      tasks.isEmpty
      ? "there are no tasks"
      : counts[.done] == tasks.count
        ? "all \(tasks.count) are done" : rest.joined(separator: ", ")
    return FlowError(
      .noReadyTask,
      "no task is ready: \(reason)",
      hint: "`flowctl graph` shows what waits for what",
      context: Dictionary(
        uniqueKeysWithValues: TaskState.allCases.filter { $0 != .ready }.map { state in
          (state.rawValue, String(counts[state, default: 0]))
        }
      )
    )
  }

  fileprivate func notReady(_ task: FlowTask) -> FlowError {
    let waiting = unfinishedDependencies(of: task).map(\.rawValue)
    var reasons: [String] = []
    if task.status != .todo { reasons.append("it is \(task.status.rawValue)") }
    if task.status == .blocked, let reason = task.meta["reason"]?.string {
      reasons[0] += " by \(reason.quotedExcerpt)"
    }
    if !waiting.isEmpty { reasons.append("it waits for \(waiting.listed(limit: 8))") }
    return FlowError(
      .taskNotReady,
      "task \(task.id) is not ready: \(reasons.joined(separator: ", and "))",
      hint: "`flowctl task claim` without an id takes the next ready one",
      context: [
        "task": task.id.rawValue, "status": task.status.rawValue,
        "waits_for": waiting.joined(separator: " ").excerpt(limit: 4000),
      ]
    )
  }
}

extension [String] {
  /// The first of these, parted by `separator`, and how many more there are.
  package func listed(limit: Int, separator: String = ", ") -> String {
    let shown = prefix(limit).joined(separator: separator)
    return count > limit ? "\(shown) and \(count - limit) more" : shown
  }
}
