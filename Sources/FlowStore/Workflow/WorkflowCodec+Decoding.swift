import FlowCore

extension WorkflowCodec {
  /// Reads workflow.json and checks the whole: unique ids, dependencies that exist, no cycle.
  ///
  /// - Throws: `json.invalid`, `workflow.invalid`, `task.unknown_dep`, `task.cycle` or `file.newer_format`, with
  ///   the line and what would be right.
  ///
  /// - Parameter file: the file's name in messages.
  func decode(_ bytes: [UInt8], file: String = Self.fileName) throws(FlowError) -> Workflow {
    let value: JSONValue
    do {
      value = try JSONValue(parsing: bytes, limits: Self.limits)
    } catch {
      throw ConflictMarks(in: bytes)?.error(file: file) ?? error.error(file: file)
    }
    let workflow: Workflow
    do {
      workflow = try decode(value)
    } catch {
      throw error.error(in: bytes, file: file)
    }
    do {
      try workflow.validate()
    } catch {
      throw placed(error, in: workflow, bytes, file: file)
    }
    return workflow
  }

  /// Reads a whole workflow from its JSON, but does not check how tasks depend on each other.
  func decode(_ value: JSONValue) throws(DocumentFault) -> Workflow {
    let fields = try DocumentFields(value, at: [], code: .invalidWorkflow)
    let schema = try fields.optional("schema", "a whole number from 1", \.positiveInt) ?? 1
    guard schema <= Workflow.schema else {
      throw DocumentFault(
        ["schema"],
        "is \(schema), but this version of Flow knows formats up to \(Workflow.schema)",
        code: .newerFormat
      )
    }
    // Checked but not used: the folder's name counts.
    _ = try fields.required("project", "the project's name", \.string)
    let created = try fields.optional("created", "a time such as 2024-04-12T08:15:20Z", \.timestamp)
    let revision = try fields.optional("revision", "a whole number from 0 to 2^53", \.revision) ?? 0
    let floor = try fields.optional("rev_floor", "a whole number from 0 to 2^53", \.revision) ?? 0
    let last = try fields.optional("last_task", "a whole number from 0 to \(TaskID.highestNumber)") { value in
      value.revision.flatMap { $0 <= TaskID.highestNumber ? $0 : nil }
    }
    let values = try fields.required("tasks", "an array of tasks", \.array)
    var tasks: [FlowTask] = []
    tasks.reserveCapacity(values.count)
    for (index, value) in values.enumerated() {
      tasks.append(try task(from: value, at: ["tasks", .index(index)]))
    }
    var workflow = Workflow(
      project: project,
      created: created,
      revision: revision,
      tasks: tasks,
      revFloor: min(floor, revision),
      unknown: fields.others(than: Self.workflowKeys)
    )
    workflow.noteGiven(taskNumber: last ?? 0)
    return workflow
  }

  /// Reads one task.
  func task(from value: JSONValue, at path: [JSONPathElement]) throws(DocumentFault) -> FlowTask {
    let fields = try DocumentFields(value, at: path, code: .invalidWorkflow)
    let ids = "1 to 64 bytes without white space or commas, such as \"T001\""
    return FlowTask(
      id: try fields.required("id", ids, \.taskID),
      name: try fields.required("name", "a string", \.string),
      status: try fields.required("status", "todo, doing, done or blocked", \.taskStatus),
      deps: try dependencies(fields, ids),
      rev: try fields.optional("rev", "a whole number from 1 to 2^53") { value in
        value.revision.flatMap { $0 >= 1 ? $0 : nil }
      } ?? 1,
      meta: try fields.optional("meta", "an object", \.object) ?? [:],
      unknown: fields.others(than: Self.taskKeys)
    )
  }

  private func dependencies(_ fields: DocumentFields, _ expected: String) throws(DocumentFault) -> [TaskID] {
    let values = try fields.optional("deps", "an array of task ids", \.array) ?? []
    var ids: [TaskID] = []
    for (index, value) in values.enumerated() {
      guard let id = value.taskID else {
        let path = fields.path + ["deps", .index(index)]
        throw DocumentFault(path, "is \(value.described), expected \(expected)", code: fields.code)
      }
      ids.append(id)
    }
    return ids
  }

  /// Says in which line of the file a rule between tasks is broken.
  private func placed(
    _ error: FlowError,
    in workflow: Workflow,
    _ bytes: [UInt8],
    file: String
  ) -> FlowError {
    var path: [JSONPathElement] = ["tasks"]
    let id =
      error.context["task"]
      ?? error.context["cycle"].flatMap { $0.split(separator: " ").first.map(String.init) }
    if let index = workflow.tasks.lastIndex(where: { $0.id.rawValue == id }) {
      path.append(.index(index))
      let dependency = workflow.tasks[index].deps.firstIndex { $0.rawValue == error.context["dep"] }
      if let dependency { path += ["deps", .index(dependency)] }
    }
    let line = JSONValue.locate(path: path, in: bytes)?.line ?? 1
    var context = error.context
    context["file"] = file
    context["line"] = String(line)
    let message = "\(file) line \(line): \(error.message)"
    return FlowError(error.code, message, hint: error.hint, context: context)
  }
}

extension JSONValue {
  var naturalInt: Int? { int.flatMap { $0 >= 0 ? $0 : nil } }
  /// A count that JSON readers of all languages keep exact, and that can still be counted up.
  var revision: Int? { naturalInt.flatMap { $0 <= 1 << 53 ? $0 : nil } }
  var positiveInt: Int? { int.flatMap { $0 >= 1 ? $0 : nil } }
  var timestamp: Timestamp? { string.flatMap(Timestamp.init(iso8601:)) }
  var taskID: TaskID? { string.flatMap { try? TaskID($0) } }
  fileprivate var taskStatus: TaskStatus? { string.flatMap(TaskStatus.init(rawValue:)) }
}
