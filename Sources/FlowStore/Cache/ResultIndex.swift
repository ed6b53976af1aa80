import FlowCore

/// What results_cache.json holds: a record for each key, as found, so that unknown keys are kept.
struct ResultIndex: Sendable {
  static let fileName = "cache/results_cache.json"
  static let schema = 1

  /// Values may be as deep as the parser's standard allows, and stand in three more levels here.
  static let limits = JSONLimits(maximumDepth: JSONLimits.standard.maximumDepth + 8)

  private var document: JSONObject
  var records: JSONObject

  /// An index without records.
  init() {
    document = ["schema": .number(JSONNumber(Self.schema))]
    records = [:]
  }

  /// Reads the file's bytes.
  ///
  /// - Throws: `json.invalid`, `storage.corrupt` or `file.newer_format` with the line.
  init(_ bytes: [UInt8]) throws(FlowError) {
    let value: JSONValue
    do {
      value = try JSONValue(parsing: bytes, limits: Self.limits)
    } catch {
      throw ConflictMarks(in: bytes)?.error(file: Self.fileName) ?? error.error(file: Self.fileName)
    }
    do throws(DocumentFault) {
      let fields = try DocumentFields(value, at: [], code: .corruptStorage)
      let schema = try fields.optional("schema", "a whole number from 1", \.positiveInt) ?? 1
      guard schema <= Self.schema else {
        let problem = "is \(schema), but this version of Flow knows formats up to \(Self.schema)"
        throw DocumentFault(["schema"], problem, code: .newerFormat)
      }
      records = try fields.optional("entries", "an object", \.object) ?? [:]
      document = fields.members
    } catch {
      throw error.error(in: bytes, file: Self.fileName)
    }
  }

  /// The file's bytes: a record on a line, or on several where it is long.
  var bytes: [UInt8] {
    var document = document
    document["entries"] = .object(records)
    var bytes: [UInt8] = []
    JSONValue.object(document).write(to: &bytes, style: .document(inlineDepth: 2))
    bytes.append(UInt8(ascii: "\n"))
    return bytes
  }

  /// The blobs that records name.
  var blobs: Set<String> { Set(records.values.compactMap(\.blob)) }
}

/// One record of the index.
struct ResultRecord: Sendable {
  enum Content: Sendable {
    case value(JSONValue)
    /// The SHA-256 of the value's serialisation, which is also its file's name.
    case blob(String)
  }

  let content: Content
  let task: TaskID?
  let created: Timestamp
  let expires: Timestamp?
  let meta: JSONObject

  init(_ entry: CachedResult, content: Content) {
    self.content = content
    task = entry.task
    created = entry.created
    expires = entry.expires
    meta = entry.meta
  }

  /// Reads the record of a key.
  init(_ json: JSONValue, key: String) throws(DocumentFault) {
    let fields = try DocumentFields(json, at: ["entries", .key(key)], code: .corruptStorage)
    if let blob = try fields.optional("blob", "64 hexadecimal digits", \.blobName) {
      content = .blob(blob)
    } else if let value = fields.members["value"] {
      content = .value(value)
    } else {
      throw fields.fault("value", "is missing")
    }
    task = try fields.optional("task", "a task's id", \.taskID)
    created = try fields.required("created", "a time such as 2024-04-12T08:15:20Z", \.timestamp)
    expires = try fields.optional("expires", "a time such as 2024-04-12T08:15:20Z", \.timestamp)
    meta = try fields.optional("meta", "an object", \.object) ?? [:]
  }

  var json: JSONValue {
    var members = JSONObject()
    switch content {
    case .value(let value): members["value"] = value
    case .blob(let name): members["blob"] = .string(name)
    }
    if let task { members["task"] = .string(task.rawValue) }
    members["created"] = .string(created.description)
    if let expires { members["expires"] = .string(expires.description) }
    if !meta.isEmpty { members["meta"] = .object(meta) }
    return .object(members)
  }

  func entry(key: String, value: JSONValue) -> CachedResult {
    CachedResult(key: key, value: value, task: task, created: created, expires: expires, meta: meta)
  }
}

extension JSONValue {
  /// The name of a blob; nothing else may become part of a path.
  fileprivate var blobName: String? {
    string.flatMap { text in
      let isDigest = text.utf8.count == 64 && text.utf8.allSatisfy { "0123456789abcdef".utf8.contains($0) }
      return isDigest ? text : nil
    }
  }

  /// The blob that a record names.
  fileprivate var blob: String? { self["blob"]?.blobName }
}
