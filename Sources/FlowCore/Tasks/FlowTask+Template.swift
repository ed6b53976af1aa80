extension FlowTask {
  /// The task as a new plan takes it over: still to be done, held by nobody, never changed.
  ///
  /// What else it carries stays: dependencies, tags, priority, keys of its own.
  package var unstarted: FlowTask {
    var task = self
    task.status = .todo
    task.rev = 1
    for key in ["owner", "lease_until", "reason"] { task.meta.removeValue(forKey: key) }
    return task
  }
}
