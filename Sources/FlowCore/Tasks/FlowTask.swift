/// One unit of work in a project's plan.
public struct FlowTask: Sendable, Hashable {
  public let id: TaskID
  public var name: String
  public var status: TaskStatus
  /// The tasks that must be done before this one is ready.
  public var deps: [TaskID]
  /// Grows by one with each change of this task.
  public var rev: Int
  /// Owner, tags, priority and whatever else the caller keeps.
  public var meta: JSONObject
  /// Keys of the file that Flow does not know, kept as found.
  public var unknown: JSONObject

  public init(
    id: TaskID,
    name: String,
    status: TaskStatus = .todo,
    deps: [TaskID] = [],
    rev: Int = 1,
    meta: JSONObject = [:],
    unknown: JSONObject = [:]
  ) {
    self.id = id
    self.name = name
    self.status = status
    self.deps = deps
    self.rev = rev
    self.meta = meta
    self.unknown = unknown
  }

  /// Who works on it, from `meta.owner`.
  public var owner: String? { meta["owner"]?.string }
  /// Its labels, from `meta.tags`.
  public var tags: [String] { meta["tags"]?.array?.compactMap(\.string) ?? [] }
  /// Higher goes first, from `meta.priority`; 0 where none is set.
  public var priority: Int { meta["priority"]?.int ?? 0 }
}
