/// A task that can be started, and how much is gained by it.
public struct ReadyTask: Sendable, Hashable {
  public let task: FlowTask
  /// How many unfinished tasks wait for it, directly or through others.
  public let unblocks: Int

  public init(task: FlowTask, unblocks: Int) {
    self.task = task
    self.unblocks = unblocks
  }
}

extension TaskGraph {
  /// The tasks that can be started, the one to take next first; at most `limit` of them.
  ///
  /// Higher priority goes first, then what unblocks more, then what is older, which is what stands earlier in the
  /// plan. With n tasks, d dependencies and r ready tasks that others wait for it takes O(n log n + d + ⌈r / 64⌉ ·
  /// (n log n + d)) at most; only those r count whose priority can bring them among the first `limit`.
  public func next(_ limit: Int) -> [ReadyTask] {
    let ready = readyPlaces.map { (place: $0, priority: tasks[$0].priority) }
    guard limit > 0, !ready.isEmpty else { return [] }
    let least = limit < ready.count ? ready.map(\.priority).sorted(by: >)[limit - 1] : Int.min
    let candidates = ready.filter { $0.priority >= least }
    let counts = order { $0.status != .done }.waitingCounts(for: candidates.map(\.place), among: tasks.count)
    // The sort is not stable by promise, so the place in the plan is part of the key.
    return zip(candidates, counts)
      .sorted { ($0.0.priority, $0.1, $1.0.place) > ($1.0.priority, $1.1, $0.0.place) }
      .prefix(limit)
      .map { ReadyTask(task: tasks[$0.0.place], unblocks: $0.1) }
  }

  /// The tasks that can be started, in the order of `next`.
  public var ready: [FlowTask] { next(.max).map(\.task) }

  /// How many tasks can be started.
  public var readyCount: Int { readyPlaces.count }

  private var readyPlaces: [Int] { tasks.indices.filter { isReady(tasks[$0]) } }
}
