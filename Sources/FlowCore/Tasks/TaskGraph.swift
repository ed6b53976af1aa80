/// The order in which tasks can be done: what is ready, what waits for what, and whether it can be done at all.
///
/// Built once from a list of tasks; answers are in the order of the list. A dependency on a task that is
/// not in the list counts as unfinished.
public struct TaskGraph: Sendable {
  let tasks: [FlowTask]
  private let positions: [TaskID: Int]

  public init(_ tasks: [FlowTask]) {
    self.tasks = tasks
    positions = Dictionary(
      tasks.enumerated().map { ($1.id, $0) },
      uniquingKeysWith: { first, _ in first }
    )
  }

  /// The dependencies of a task that are not done yet.
  public func unfinishedDependencies(of task: FlowTask) -> [TaskID] {
    task.deps.filter(isUnfinished)
  }

  /// Whether a task can be started: it is `todo` and nothing it needs is unfinished.
  public func isReady(_ task: FlowTask) -> Bool {
    task.status == .todo && !task.deps.contains(where: isUnfinished)
  }

  private func isUnfinished(_ id: TaskID) -> Bool {
    positions[id].map { tasks[$0].status != .done } ?? true
  }

  /// The task with this id.
  public func task(_ id: TaskID) -> FlowTask? { positions[id].map { tasks[$0] } }

  /// The order of some of the tasks.
  func order(where isChosen: (FlowTask) -> Bool) -> TaskOrder {
    TaskOrder(tasks, at: positions, where: isChosen)
  }

  /// A cycle among the dependencies, first task repeated at the end, or nil where there is none.
  ///
  /// Depth-first with colours (Cormen et al., Introduction to Algorithms, 20.3), with its own stack so that a
  /// chain of 100,000 tasks does not overflow the thread's.
  public func cycle() -> [TaskID]? {
    enum Colour { case white, grey, black }
    var colours = [Colour](repeating: .white, count: tasks.count)
    for root in tasks.indices where colours[root] == .white {
      var path: [(task: Int, next: Int)] = [(root, 0)]
      colours[root] = .grey
      while let (task, next) = path.last {
        guard next < tasks[task].deps.count else {
          colours[task] = .black
          path.removeLast()
          continue
        }
        path[path.count - 1].next += 1
        guard let dependency = positions[tasks[task].deps[next]] else { continue }
        switch colours[dependency] {
        case .black: continue
        case .white:
          colours[dependency] = .grey
          path.append((dependency, 0))
        case .grey:
          let start = path.firstIndex { $0.task == dependency } ?? 0
          return path[start...].map { tasks[$0.task].id } + [tasks[dependency].id]
        }
      }
    }
    return nil
  }
}
