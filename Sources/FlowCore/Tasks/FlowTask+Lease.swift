extension FlowTask {
  /// The key of `meta` that says until when a claim counts.
  public static let leaseKey = "lease_until"

  /// Until when the claim of this task counts, from `meta.lease_until`; nil where it counts for as long as the task
  /// is being done, and where it is not being done.
  public var leaseUntil: Timestamp? {
    guard status == .doing else { return nil }
    return meta[FlowTask.leaseKey]?.string.flatMap(Timestamp.init(iso8601:))
  }

  /// Whether the claim of this task counted until now or earlier.
  public func leaseHasExpired(at now: Timestamp) -> Bool {
    leaseUntil.map { $0 <= now } ?? false
  }
}

extension Workflow {
  /// The plan in which those tasks can be claimed again whose leases have run out, and their ids in its order.
  ///
  /// They are `todo` then, without owner and lease.
  public func freeingExpiredLeases(at now: Timestamp) -> (workflow: Workflow, freed: [TaskID]) {
    let expired = tasks.indices.filter { tasks[$0].leaseHasExpired(at: now) }
    guard !expired.isEmpty else { return (self, []) }
    var workflow = self
    for index in expired {
      workflow.tasks[index].status = .todo
      workflow.tasks[index].meta.removeValue(forKey: "owner")
      workflow.tasks[index].meta.removeValue(forKey: FlowTask.leaseKey)
    }
    return (workflow, expired.map { tasks[$0].id })
  }

  /// Whether a lease has run out, so that `freeingExpiredLeases` would free a task.
  public func hasExpiredLeases(at now: Timestamp) -> Bool {
    tasks.contains { $0.leaseHasExpired(at: now) }
  }
}
