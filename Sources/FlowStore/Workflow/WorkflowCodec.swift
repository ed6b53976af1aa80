import FlowCore

/// Workflows as the bytes of workflow.json, and back.
///
/// Keys that Flow does not know are kept, at both levels, behind those that it does.
struct WorkflowCodec: Sendable {
  static let fileName = "workflow.json"
  static let workflowKeys = ["schema", "project", "created", "revision", "rev_floor", "last_task", "tasks"]
  static let taskKeys = ["id", "name", "status", "deps", "rev", "meta"]

  /// History wraps what stands here in three more levels, and must still be below the parser's own limit.
  static let limits = JSONLimits(maximumDepth: 256)

  /// The project whose folder the file lies in.
  ///
  /// It beats the name in the file, so that a folder can be copied.
  let project: ProjectName

  /// The bytes of workflow.json: a task on a line, or on several where it is long.
  ///
  /// - Parameter memory: the lines of an earlier rendering, which are taken over for tasks that are the same.
  /// - Throws: `workflow.invalid` where `meta` or an unknown key is nested too deep to be read again.
  func render(_ workflow: Workflow, reusing memory: PlanMemory? = nil) throws(FlowError) -> [UInt8] {
    var frame = workflow
    frame.tasks = []
    let around = value(of: frame)
    try checkDepth(of: around, within: 0)
    var bytes: [UInt8] = []
    around.write(to: &bytes, style: Self.style)
    bytes.append(UInt8(ascii: "\n"))
    if !workflow.tasks.isEmpty, let end = bytes.firstRange(of: Array("\n  \"tasks\": [".utf8))?.upperBound {
      let rest = bytes[end...]
      bytes.removeSubrange(end...)
      try append(try lines(of: workflow.tasks, memory), to: &bytes)
      bytes.append(contentsOf: "\n  ".utf8)
      bytes += rest
    }
    guard bytes.count <= Self.limits.maximumBytes else {
      throw FlowError(
        .invalidWorkflow,
        "the workflow cannot be written: it has more than \(Self.limits.maximumBytes) bytes",
        hint: "remove tasks that are done, or start another project"
      )
    }
    return bytes
  }

  private static let style = JSONStyle.document(inlineDepth: 2)

  private func append(_ lines: [PlanMemory.Line], to bytes: inout [UInt8]) throws(FlowError) {
    bytes.reserveCapacity(bytes.count + lines.reduce(64) { $0 + $1.bytes.count + 6 })
    for (index, line) in lines.enumerated() {
      bytes.append(contentsOf: index == 0 ? "\n    ".utf8 : ",\n    ".utf8)
      bytes += line.bytes
    }
  }

  private func lines(of tasks: [FlowTask], _ memory: PlanMemory?) throws(FlowError) -> [PlanMemory.Line] {
    let known = memory?.lines ?? []
    var lines: [PlanMemory.Line] = []
    lines.reserveCapacity(tasks.count)
    for (index, task) in tasks.enumerated() {
      let isLast = index == tasks.count - 1
      if index < known.count, known[index].isLast == isLast, known[index].task.isIdentical(to: task) {
        lines.append(known[index])
        continue
      }
      let value = value(of: task)
      try checkDepth(of: value, within: 2)
      var bytes: [UInt8] = Array("    ".utf8)
      value.writeElement(to: &bytes, style: Self.style, depth: 2, isLast: isLast)
      lines.append(PlanMemory.Line(task: task, isLast: isLast, bytes: Array(bytes.dropFirst(4))))
    }
    memory?.lines = lines
    return lines
  }

  private func checkDepth(of value: JSONValue, within depth: Int) throws(FlowError) {
    guard value.isNested(deeperThan: Self.limits.maximumDepth - depth) else { return }
    throw FlowError(
      .invalidWorkflow,
      "the workflow cannot be written: it is nested deeper than \(Self.limits.maximumDepth)",
      hint: "keep values in meta flatter"
    )
  }

  func value(of workflow: Workflow) -> JSONValue {
    var members: JSONObject = [
      "schema": .number(JSONNumber(Workflow.schema)),
      "project": .string(workflow.project.rawValue),
    ]
    if let created = workflow.created { members["created"] = .string(created.description) }
    members["revision"] = .number(JSONNumber(workflow.revision))
    if workflow.revFloor > 0 { members["rev_floor"] = .number(JSONNumber(workflow.revFloor)) }
    if workflow.lastTask > 0 { members["last_task"] = .number(JSONNumber(workflow.lastTask)) }
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
