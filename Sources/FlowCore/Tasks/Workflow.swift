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
  /// The highest number that was counted for an id, where no task that stands has it or a higher one; else 0.
  ///
  /// Ids are counted on from it, so that the id of a task that was removed never names another.
  public private(set) var lastTask: Int = 0
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

  /// The next id in the row T001, T002, …; no id is given twice, also where its task was removed.
  public var nextTaskID: TaskID { TaskID(number: highestTask + 1) }

  /// The highest number of an id in the row that was ever given.
  package var highestTask: Int { Workflow.highestTask(among: tasks, atLeast: lastTask) }

  /// Notes that ids up to this number were given.
  package mutating func noteGiven(taskNumber number: Int) {
    lastTask = number > 0 && number > Workflow.highestTask(among: tasks) ? number : 0
  }

  /// Notes what was given before a change, of which this is the outcome.
  package mutating func noteGiven(before old: Workflow) {
    // Most changes leave all tasks in their places: what they have in common is not looked at.
    let common = zip(tasks, old.tasks).prefix { $0.id == $1.id }.count
    noteGiven(taskNumber: Workflow.highestTask(among: old.tasks[common...], atLeast: old.lastTask))
  }

  private static func highestTask(among tasks: some Sequence<FlowTask>, atLeast number: Int = 0) -> Int {
    tasks.reduce(number) { max($0, $1.id.number ?? 0) }
  }
}
