import FlowCore

/// The one shape of `--json`.
enum Envelope {
  /// `{"schema_version":1,"kind":"…","data":…}` and a newline.
  static func success(_ kind: String, _ data: JSONValue) -> String {
    JSONValue.object(["schema_version": 1, "kind": .string(kind), "data": data]).serialized(.compact) + "\n"
  }

  /// `{"schema_version":1,"kind":"error","error":{…}}` and a newline.
  static func failure(_ error: FlowError) -> String {
    var members: JSONObject = ["code": .string(error.code.rawValue), "message": .string(error.message)]
    members["hint"] = error.hint.map(JSONValue.string) ?? .null
    if !error.context.isEmpty {
      members["context"] = .object(
        JSONObject(
          uniqueKeysWithValues: error.context.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) }
        )
      )
    }
    return JSONValue.object(["schema_version": 1, "kind": "error", "error": .object(members)]).serialized(
      .compact
    ) + "\n"
  }
}
