import FlowCore

/// A chat message or response item as a step.
struct OpenAIMessage {
  /// Its own id.
  private(set) var id: String?
  /// Nil where nothing of it can be carried over.
  private(set) var step: Step?
  private(set) var calls: [ToolCall] = []
  /// The kinds of what was not carried over.
  private(set) var skipped: [String] = []

  /// Reads a message, or an item that stands in its place.
  ///
  /// - Throws: a fault that names the key.
  init(_ value: JSONValue) throws(MessageFault) {
    guard let object = value.object else { throw MessageFault("a message is an object, not a \(value.kind)") }
    switch object["id"] {
    case .string(let text) where !text.isEmpty: id = text
    case .number(let number): id = number.text
    default: id = nil
    }
    let type = object["type"]?.string ?? "message"
    if object.contains(key: "role") {
      try readMessage(object)
    } else {
      try readItem(object, type: type)
    }
    if step != nil { try keepRest(of: object) }
  }

  // MARK: Chat messages

  private mutating func readMessage(_ object: JSONObject) throws(MessageFault) {
    let role = object["role"]?.string
    let content = try ContentText(object["content"], key: "content")
    skipped += content.skipped
    switch role {
    case "system", "developer", "user":
      guard let text = content.text else { return skipped.append("empty") }
      var said = Step(role: role == "user" ? .user : .system, content: text)
      if role == "developer" { said.meta["role"] = "developer" }
      step = said
    case "assistant":
      try readAssistant(object, content)
    case "tool", "function":
      // An empty result is one all the same: its call is answered.
      step = OpenAIMessage.result(content, of: try text("tool_call_id", of: object))
    default:
      let found = object["role"].map { $0.serialized(.compact).excerpt(limit: 40) } ?? "missing"
      throw MessageFault("role is \(found), expected system, developer, user, assistant, tool or function")
    }
    let name = try text("name", of: object)
    step?.name = name
  }

  private mutating func readAssistant(_ object: JSONObject, _ content: ContentText) throws(MessageFault) {
    var content = content
    let refusal = try text("refusal", of: object)
    if let refusal { content.append(refusal) }
    if let list = object["tool_calls"], !list.isNull {
      guard let elements = list.array else {
        throw MessageFault("tool_calls is a \(list.kind), expected a list")
      }
      for (index, element) in elements.enumerated() {
        calls.append(try call(element, id: element["id"], key: "tool_calls[\(index)]"))
      }
    }
    if let legacy = object["function_call"], !legacy.isNull {
      calls.append(try call(["function": legacy], id: nil, key: "function_call"))
    }
    guard content.text != nil || !calls.isEmpty else { return skipped.append("empty") }
    step = Step(saying: content.text ?? "", calls: calls)
    if refusal != nil { step?.meta["refusal"] = true }
  }

  private func call(_ element: JSONValue, id: JSONValue?, key: String) throws(MessageFault) -> ToolCall {
    // A custom tool takes any text in the place of arguments.
    guard let function = (element["function"] ?? element["custom"])?.object else {
      throw MessageFault("\(key) has no function")
    }
    return try OpenAIMessage.call(function, id: id, key: key)
  }

  private static func call(_ object: JSONObject, id: JSONValue?, key: String) throws(MessageFault) -> ToolCall
  {
    guard let name = object["name"]?.string else {
      throw MessageFault("\(key) has no name")
    }
    if let id, !id.isNull, id.string == nil {
      throw MessageFault("\(key).id is a \(id.kind), expected a string")
    }
    return ToolCall(
      id: id?.string,
      name: name,
      arguments: object["arguments"] ?? object["input"] ?? .string("")
    )
  }

  // MARK: Response items

  private mutating func readItem(_ object: JSONObject, type: String) throws(MessageFault) {
    switch type {
    case "function_call", "custom_tool_call":
      let call = try OpenAIMessage.call(object, id: object["call_id"], key: type)
      calls = [call]
      step = Step(saying: "", calls: calls)
    case "function_call_output", "custom_tool_call_output":
      let output = try ContentText(object["output"], key: "output")
      skipped += output.skipped
      step = OpenAIMessage.result(output, of: try text("call_id", of: object))
    case "reasoning": skipped.append("thinking")
    case "message": throw MessageFault("role is missing, expected system, developer, user or assistant")
    default: skipped.append("item.\(type)")
    }
  }

  private static func result(_ content: ContentText, of call: String?) -> Step {
    var step = Step(role: .tool, content: content.text ?? "")
    if let call { step.meta["tool_call_id"] = .string(call) }
    return step
  }

  // MARK: What is beside them

  private func text(_ key: String, of object: JSONObject) throws(MessageFault) -> String? {
    guard let value = object[key], !value.isEmptyOrNull else { return nil }
    guard let text = value.string else { throw MessageFault("\(key) is a \(value.kind), expected a string") }
    return text
  }

  /// Keeps what else the message says: its time, and in meta what is short; the rest is named.
  private mutating func keepRest(of object: JSONObject) throws(MessageFault) {
    for (key, value) in object where !OpenAIMessage.known.contains(key) && !value.isEmptyOrNull {
      if OpenAIMessage.timeKeys.contains(key), step?.ts == nil, let time = OpenAIMessage.time(value) {
        step?.ts = time
      } else if OpenAIMessage.thinkingKeys.contains(key) {
        skipped.append("thinking")
      } else if value.serialized(.compact).utf8.count <= OpenAIMessage.metaBytes, step?.meta[key] == nil {
        step?.meta[key] = value
      } else {
        skipped.append("key.\(key)")
      }
    }
  }

  private static func time(_ value: JSONValue) -> Timestamp? {
    if let text = value.string { return Timestamp(iso8601: text) }
    guard let seconds = value.int, let milliseconds = Optional(seconds.multipliedReportingOverflow(by: 1000)),
      !milliseconds.overflow
    else { return nil }
    let time = Timestamp(milliseconds: Int64(milliseconds.partialValue))
    return Timestamp.range.contains(time) ? time : nil
  }

  private static let known: Set<String> = [
    "role", "content", "type", "id", "name", "tool_calls", "tool_call_id", "function_call", "refusal",
    "call_id",
    "arguments", "input", "output", "status",
  ]
  private static let timeKeys: Set<String> = ["timestamp", "created_at", "created"]
  private static let thinkingKeys: Set<String> = [
    "reasoning", "reasoning_content", "reasoning_details", "thinking",
  ]
  /// The most bytes of a key's value that meta keeps.
  private static let metaBytes = 1000
}
