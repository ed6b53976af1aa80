import FlowCore

/// Workflows as the bytes of workflow.json, and back.
///
/// Keys that Flow does not know are kept, at both levels, behind those that it does.
struct WorkflowCodec: Sendable {
  static let fileName = "workflow.json"
  static let workflowKeys = ["schema", "project", "created", "revision", "rev_floor", "tasks"]
  static let taskKeys = ["id", "name", "status", "deps", "rev", "meta"]

  /// History wraps what stands here in three more levels, and must still be below the parser's own limit.
  static let limits = JSONLimits(maximumDepth: 256)

  /// The project whose folder the file lies in.
  ///
  /// It beats the name in the file, so that a folder can be copied.
  let project: ProjectName

  /// The bytes of workflow.json: a task on a line, or on several where it is long.
  ///
  /// - Throws: `workflow.invalid` where `meta` or an unknown key is nested too deep to be read again.
  func render(_ workflow: Workflow) throws(FlowError) -> [UInt8] {
    let value = value(of: workflow)
    guard !value.isNested(deeperThan: Self.limits.maximumDepth) else {
      throw FlowError(
        .invalidWorkflow,
        "the workflow cannot be written: it is nested deeper than \(Self.limits.maximumDepth)",
        hint: "keep values in meta flatter"
      )
    }
    var bytes: [UInt8] = []
    value.write(to: &bytes, style: .document(inlineDepth: 2))
    bytes.append(UInt8(ascii: "\n"))
    guard bytes.count <= Self.limits.maximumBytes else {
      throw FlowError(
        .invalidWorkflow,
        "the workflow cannot be written: it has more than \(Self.limits.maximumBytes) bytes",
        hint: "remove tasks that are done, or start another project"
      )
    }
    return bytes
  }

  func value(of workflow: Workflow) -> JSONValue {
    var members: JSONObject = [
      "schema": .number(JSONNumber(Workflow.schema)),
      "project": .string(workflow.project.rawValue),
    ]
    if let created = workflow.created { members["created"] = .string(created.description) }
    members["revision"] = .number(JSONNumber(workflow.revision))
    if workflow.revFloor > 0 { members["rev_floor"] = .number(JSONNumber(workflow.revFloor)) }
    members["tasks"] = .array(workflow.tasks.map(value(of:)))
    return .object(members.merging(workflow.unknown))
  }

  func value(of task: FlowTask) -> JSONValue {
    let members: JSONObject = [
      "id": .string(task.id.rawValue),
      "name": .string(task.name),
      "status": .string(task.status.rawValue),
      "deps": .array(task.deps.map { .string($0.rawValue) }),
      "rev": .number(JSONNumber(task.rev)),
      "meta": .object(task.meta),
    ]
    return .object(members.merging(task.unknown))
  }
}

extension JSONObject {
  /// These members, and behind them those of another object whose keys are not here.
  fileprivate func merging(_ others: JSONObject) -> JSONObject {
    var result = self
    for (key, value) in others where !result.contains(key: key) { result[key] = value }
    return result
  }
}
