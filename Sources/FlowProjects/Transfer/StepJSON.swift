public import FlowCore

extension Step {
  /// Reads a step as import takes it; only `role` and `content` are required.
  ///
  /// `id` is passed over, since the archive counts its own; keys that Flow does not know are kept in `meta`.
  ///
  /// - Throws: `step.invalid`, naming the key.
  public init(json: JSONValue) throws(FlowError) {
    guard let object = json.object else {
      throw Step.fault("a step is an object, not a \(json.kind)")
    }
    guard let roleName = object["role"]?.string, let role = Role(rawValue: roleName) else {
      let found = object["role"].map { $0.serialized(.compact).excerpt(limit: 40) } ?? "missing"
      throw Step.fault("role is \(found), expected \(Role.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    guard let content = object["content"]?.string else {
      throw Step.fault("content is \(object["content"]?.kind ?? "missing"), expected a string")
    }
    self.init(role: role, content: content)
    ref = try Step.text("ref", in: object)
    name = try Step.text("name", in: object)
    if let text = try Step.text("ts", in: object) {
      guard let time = Timestamp(iso8601: text) else {
        throw Step.fault("ts is \(text.quotedExcerpt), expected RFC 3339 such as 2024-04-12T08:15:20Z")
      }
      ts = time
    }
    if let id = try Step.text("task", in: object) { task = try TaskID(id) }
    if let value = object["pinned"], !value.isNull {
      guard let flag = value.bool else {
        throw Step.fault("pinned is a \(value.kind), expected true or false")
      }
      pinned = flag
    }
    if let value = object["meta"], !value.isNull {
      guard let members = value.object else {
        throw Step.fault("meta is a \(value.kind), expected an object")
      }
      meta = members
    }
    for (key, value) in object where !Step.knownKeys.contains(key) && meta[key] == nil { meta[key] = value }
  }

  private static let knownKeys: Set<String> = [
    "id", "ref", "ts", "role", "name", "task", "content", "pinned", "meta",
  ]

  private static func text(_ key: String, in object: JSONObject) throws(FlowError) -> String? {
    guard let value = object[key], !value.isNull else { return nil }
    guard let text = value.string else { throw fault("\(key) is a \(value.kind), expected a string") }
    return text
  }

  private static func fault(_ problem: String) -> FlowError {
    FlowError(.invalidStep, problem, hint: "see 'Steps as JSONL' in docs/formats.md")
  }
}

extension ArchivedStep {
  /// The step as export writes it.
  public var json: JSONValue {
    .object([
      "id": .number(JSONNumber(id.rawValue)),
      "ref": step.ref.map(JSONValue.string) ?? .null,
      "ts": .string(ts.description),
      "role": .string(step.role.rawValue),
      "name": step.name.map(JSONValue.string) ?? .null,
      "task": step.task.map { .string($0.rawValue) } ?? .null,
      "content": .string(step.content),
      "pinned": .bool(step.pinned),
      "meta": .object(step.meta),
    ])
  }
}
