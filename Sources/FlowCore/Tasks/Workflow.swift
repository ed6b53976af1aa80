/// A project's plan: what workflow.json holds.
public struct Workflow: Sendable, Hashable {
  /// The newest format of workflow.json that this version reads and the one it writes.
  public static let schema = 1

  public var project: ProjectName
  public var created: Timestamp?
  /// Grows by one with each change.
  public var revision: Int
  public var tasks: [FlowTask]
  /// The revision of the last change that brought earlier tasks back, with the revisions they had then.
  ///
  /// Tasks that change afterwards count on from here, so that no revision of a task is given twice; 0 where there was
  /// no such change.
  public var revFloor: Int
  /// Keys of the file that Flow does not know, kept as found.
  public var unknown: JSONObject

  public init(
    project: ProjectName,
    created: Timestamp?,
    revision: Int = 0,
    tasks: [FlowTask] = [],
    revFloor: Int = 0,
    unknown: JSONObject = [:]
  ) {
    self.project = project
    self.created = created
    self.revision = revision
    self.tasks = tasks
    self.revFloor = revFloor
    self.unknown = unknown
  }

  /// The position of a task.
  ///
  /// - Throws: `task.not_found`, naming the nearest ids.
  public func index(of id: TaskID) throws(FlowError) -> Int {
    guard let index = tasks.firstIndex(where: { $0.id == id }) else {
      throw FlowError(
        .taskNotFound,
        "there is no task \(id.rawValue.quotedExcerpt) in project \(project.rawValue.quotedExcerpt)",
        hint: "`flowctl task list` shows the tasks"
      )
    }
    return index
  }

  /// The positions of tasks, in the order of `ids`.
  ///
  /// - Throws: as `index(of:)`.
  public func indices(of ids: [TaskID]) throws(FlowError) -> [Int] {
    guard ids.count > 1 else {
      guard let id = ids.first else { return [] }
      return [try index(of: id)]
    }
    let places = Dictionary(tasks.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    var indices: [Int] = []
    for id in ids {
      if let place = places[id] { indices.append(place) } else { indices.append(try index(of: id)) }
    }
    return indices
  }

  /// Checks that the plan is as a caller saw it; nil matches every revision.
  ///
  /// - Throws: `revision.conflict` with the current revision in `context`.
  public func check(isAt revision: Int?) throws(FlowError) {
    guard let revision, revision != self.revision else { return }
    throw FlowError(
      .revisionConflict,
      "the plan of project \(project.rawValue.quotedExcerpt) is at revision \(self.revision), not \(revision)",
      hint: "read it again, and decide anew whether the change is still right",
      context: ["project": project.rawValue, "revision": String(self.revision)]
    )
  }

  /// The next id in the row T001, T002, …; ids that were removed are not given again while a later one stands.
  public var nextTaskID: TaskID {
    Workflow.nextTaskID(among: tasks.lazy.map(\.id))
  }

  /// The next id in the row behind all of these.
  package static func nextTaskID(among ids: some Sequence<TaskID>) -> TaskID {
    TaskID(number: ids.reduce(0) { max($0, $1.number ?? 0) } + 1)
  }
}
