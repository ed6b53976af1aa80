public import FlowCore

/// What a hook is told.
public struct HookEvent: Sendable {
  /// The hook's name, such as `before_save`.
  public let hook: String
  public let project: ProjectName
  /// The project's folder.
  public let folder: String
  /// Who makes the change.
  public let user: String
  /// What happens: the kind of an event of the plan's history such as `add_task`, or `step`, `roll_up`, `cache_set`.
  public let event: String
  public let content: Content
  /// What the history's event tells besides, such as the event that a rollback goes back to.
  public let facts: JSONObject

  public enum Content: Sendable {
    /// A change of the plan: the tasks that differ, as they were and as they are to be or are.
    ///
    /// The revision is the one before it for a hook that can refuse it, else the one after it.
    case tasks(before: [FlowTask], after: [FlowTask], revision: Int)
    /// A step; its id is known once it is stored.
    case step(Step, id: StepID?)
    case summaries([SummaryID])
    case result(CachedResult)
  }

  public init(
    hook: String,
    project: ProjectName,
    folder: String,
    user: String,
    event: String,
    content: Content,
    facts: JSONObject = [:]
  ) {
    self.hook = hook
    self.project = project
    self.folder = folder
    self.user = user
    self.event = event
    self.content = content
    self.facts = facts
  }

  /// The tasks that differ; none where the event is not about the plan.
  public var tasks: (before: [FlowTask], after: [FlowTask]) {
    guard case .tasks(let before, let after, _) = content else { return ([], []) }
    return (before, after)
  }

  /// The step, where the event is about one.
  public var step: Step? {
    guard case .step(let step, _) = content else { return nil }
    return step
  }
}

extension HookEvent {
  /// The event as executables get it on standard input.
  public var json: JSONValue {
    var members: JSONObject = [
      "schema_version": 1,
      "hook": .string(hook),
      "project": .string(project.rawValue),
      "folder": .string(folder),
      "user": .string(user),
      "event": .string(event),
    ]
    switch content {
    case .tasks(let before, let after, let revision):
      members["revision"] = .number(JSONNumber(revision))
      members["tasks"] = [
        "before": .array(before.map(\.hookJSON)), "after": .array(after.map(\.hookJSON)),
      ]
    case .step(let step, let id):
      members["step"] = step.hookJSON(id: id)
    case .summaries(let ids):
      members["summaries"] = .array(ids.map { .string($0.description) })
    case .result(let result):
      members["result"] = result.hookJSON
    }
    if !facts.isEmpty { members["facts"] = .object(facts) }
    return .object(members)
  }
}

extension FlowTask {
  /// The task as workflow.json has it.
  fileprivate var hookJSON: JSONValue {
    var members: JSONObject = [
      "id": .string(id.rawValue),
      "name": .string(name),
      "status": .string(status.rawValue),
      "deps": .array(deps.map { .string($0.rawValue) }),
      "rev": .number(JSONNumber(rev)),
      "meta": .object(meta),
    ]
    for (key, value) in unknown where !members.contains(key: key) { members[key] = value }
    return .object(members)
  }
}

extension Step {
  /// The step as export writes it, without what it does not have yet.
  fileprivate func hookJSON(id: StepID?) -> JSONValue {
    [
      "id": id.map { .number(JSONNumber($0.rawValue)) } ?? .null,
      "ref": ref.map(JSONValue.string) ?? .null,
      "ts": ts.map { .string($0.description) } ?? .null,
      "role": .string(role.rawValue),
      "name": name.map(JSONValue.string) ?? .null,
      "task": task.map { .string($0.rawValue) } ?? .null,
      "content": .string(content),
      "pinned": .bool(pinned),
      "meta": .object(meta),
    ]
  }
}

extension CachedResult {
  fileprivate var hookJSON: JSONValue {
    [
      "key": .string(key),
      "value": value,
      "task": task.map { .string($0.rawValue) } ?? .null,
      "created": .string(created.description),
      "expires": expires.map { .string($0.description) } ?? .null,
    ]
  }
}
