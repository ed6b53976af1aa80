import FlowCore

extension HistoryEvent {
  /// The event as it stands in a line of workflow_history.json.
  var json: JSONValue {
    [
      "seq": .number(JSONNumber(seq)),
      "ts": .string(ts.description),
      "event": .string(event.rawValue),
      "user": .string(user),
      "revision": .number(JSONNumber(revision)),
      "sha256": .string(sha256),
      "detail": detail,
    ]
  }

  /// Reads an event; nil if this is none.
  init?(json: JSONValue) {
    guard let seq = json["seq"]?.positiveInt, let ts = json["ts"]?.timestamp,
      let event = json["event"]?.string, let user = json["user"]?.string,
      let revision = json["revision"]?.naturalInt, let sha256 = json["sha256"]?.string
    else { return nil }
    self.init(
      seq: seq,
      ts: ts,
      event: Kind(rawValue: event),
      user: user,
      revision: revision,
      sha256: sha256,
      detail: json["detail"] ?? .null
    )
  }
}
