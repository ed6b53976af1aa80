import FlowCore

/// What is wrong at one place of a JSON document, before it is known which file and line that is.
struct DocumentFault: Error {
  let code: FlowError.Code
  let path: [JSONPathElement]
  /// Follows the path in a sentence: `is missing`.
  let problem: String

  init(_ path: [JSONPathElement], _ problem: String, code: FlowError.Code) {
    self.code = code
    self.path = path
    self.problem = problem
  }

  /// The fault with the line that it stands in; where the place itself is missing, the line of what lacks it.
  func error(in bytes: [UInt8], file: String) -> FlowError {
    var place = path
    var location = JSONValue.locate(path: place, in: bytes)
    while location == nil, !place.isEmpty {
      place.removeLast()
      location = JSONValue.locate(path: place, in: bytes)
    }
    let line = location?.line ?? 1
    return FlowError(
      code,
      "\(file) line \(line): \(path.jsonPath) \(problem)",
      hint: code == .newerFormat ? "use a newer version of Flow" : "mend that line and try again",
      context: ["file": file, "line": String(line), "path": path.jsonPath]
    )
  }
}

extension JSONError {
  /// The error as users see it, with the file that it stands in.
  func error(file: String) -> FlowError {
    FlowError(
      .invalidJSON,
      "\(file) \(self)",
      hint: "mend that line and try again",
      context: ["file": file, "line": String(line), "column": String(column)]
    )
  }
}

/// The members of an object, read with checks whose faults name the place.
struct DocumentFields {
  let members: JSONObject
  let path: [JSONPathElement]
  let code: FlowError.Code

  init(_ value: JSONValue, at path: [JSONPathElement], code: FlowError.Code) throws(DocumentFault) {
    guard let members = value.object else {
      throw DocumentFault(path, "is \(value.described), expected an object", code: code)
    }
    self.members = members
    self.path = path
    self.code = code
  }

  /// A member that must be there.
  func required<Value>(
    _ key: String,
    _ expected: String,
    _ read: (JSONValue) -> Value?
  ) throws(DocumentFault) -> Value {
    guard let value = try optional(key, expected, read) else {
      throw fault(key, members.contains(key: key) ? "is null, expected \(expected)" : "is missing")
    }
    return value
  }

  /// A member that may be missing or null.
  func optional<Value>(
    _ key: String,
    _ expected: String,
    _ read: (JSONValue) -> Value?
  ) throws(DocumentFault) -> Value? {
    guard let found = members[key], !found.isNull else { return nil }
    guard let value = read(found) else {
      throw fault(key, "is \(found.described), expected \(expected)")
    }
    return value
  }

  func fault(_ key: String, _ problem: String) -> DocumentFault {
    DocumentFault(path + [.key(key)], problem, code: code)
  }

  /// The members that are not among these, in their order.
  func others(than known: [String]) -> JSONObject {
    var rest = JSONObject()
    for (key, value) in members where !known.contains(where: { $0.utf8.elementsEqual(key.utf8) }) {
      rest[key] = value
    }
    return rest
  }
}

extension JSONValue {
  /// The value in an error message: short ones as written, long ones by their kind.
  var described: String {
    switch self {
    case .null, .bool: serialized()
    case .number(let number): number.text.excerpt(limit: 40)
    case .string(let text): "\"\(text.excerpt(limit: 60))\""
    case .array: "an array"
    case .object: "an object"
    }
  }
}
