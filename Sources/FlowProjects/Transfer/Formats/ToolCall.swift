import FlowCore

/// A call of a tool, as a transcript tells it.
struct ToolCall {
  let id: String?
  let name: String
  /// As written: a string that should hold JSON, or JSON.
  let arguments: JSONValue

  /// The call as people, search and summaries read it.
  ///
  /// `name(arguments)`, the arguments as written. Where they hold escapes, which hide line breaks and quotation marks,
  /// each of their values stands on lines of its own instead, without escapes.
  var text: String {
    let written = arguments.string ?? arguments.serialized(.compact)
    guard written.utf8.contains(UInt8(ascii: "\\")),
      let members = (arguments.object ?? (try? JSONValue(parsing: written))?.object), !members.isEmpty
    else { return "\(name)(\(written))" }
    var text = "\(name)(\n"
    for (key, value) in members {
      guard let string = value.string else {
        text += "\(key): \(value.serialized(.compact))\n"
        continue
      }
      text += string.utf8.contains(0x0A) ? "\(key):\n\(string)" : "\(key): \(string)"
      if text.utf8.last != 0x0A { text += "\n" }
    }
    return text + ")"
  }

  /// The call as `meta.tool_calls` keeps it, arguments as written.
  var json: JSONValue {
    var members: JSONObject = [:]
    if let id { members["id"] = .string(id) }
    members["name"] = .string(name)
    members["arguments"] = arguments
    return .object(members)
  }
}

extension Step {
  /// What an assistant said and the calls that it made with it, as one step.
  init(saying text: String, calls: [ToolCall]) {
    var paragraphs = calls.map(\.text)
    if !text.isEmpty || calls.isEmpty { paragraphs.insert(text, at: 0) }
    self.init(role: .assistant, content: paragraphs.joined(separator: "\n"))
    if !calls.isEmpty { meta["tool_calls"] = .array(calls.map(\.json)) }
  }
}
