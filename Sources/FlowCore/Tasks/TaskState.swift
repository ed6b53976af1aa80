/// Where a task stands among the others: its status, and for `todo` whether it can be started.
public enum TaskState: String, Sendable, Hashable, CaseIterable {
  case done, doing, ready, waiting, blocked
}

extension TaskGraph {
  /// Where a task stands.
  public func state(of task: FlowTask) -> TaskState {
    switch task.status {
    case .done: .done
    case .doing: .doing
    case .blocked: .blocked
    case .todo: isReady(task) ? .ready : .waiting
    }
  }
}
