import FlowCore

/// A line of a Claude Code session.
struct ClaudeCodeLine {
  /// Its own id.
  private(set) var uuid: String?
  private(set) var time: Timestamp?
  /// The sub-agent's id, where it is one's.
  private(set) var agent: String?
  /// Whether someone says something in it.
  private(set) var isMessage = false
  /// Whether a sub-agent wrote it.
  private(set) var isSidechain = false
  /// What it says, without refs, times and names.
  private(set) var steps: [Step] = []
  private(set) var calls: [ToolCall] = []
  /// The kinds of what was not carried over.
  private(set) var skipped: [String] = []

  /// Reads a line.
  ///
  /// - Throws: a fault that names the key.
  init(_ value: JSONValue) throws(MessageFault) {
    guard let object = value.object else { throw MessageFault("a line is an object, not a \(value.kind)") }
    guard let type = object["type"]?.string else {
      throw MessageFault(
        "type is \(object["type"]?.kind ?? "missing"), expected a string: is this a session of Claude Code?"
      )
    }
    uuid = try ClaudeCodeLine.text("uuid", of: object)
    isSidechain = object["isSidechain"]?.bool ?? false
    if isSidechain { agent = try ClaudeCodeLine.text("agentId", of: object) }
    switch type {
    case "user", "assistant":
      isMessage = true
      guard let kind = ClaudeCodeLine.machinery(object) else {
        time = try ClaudeCodeLine.time(of: object)
        try readMessage(object, isAssistant: type == "assistant")
        return
      }
      skipped.append(kind)
    case "attachment":
      try readAttachment(object)
    case "system", "progress":
      let detail = object["subtype"]?.string ?? object["data"]?["type"]?.string
      skipped.append(detail.map { "\(type).\($0)" } ?? type)
    default:
      skipped.append(type)
    }
  }

  /// What a message is where nobody said it: put in by the program for the model to read.
  private static func machinery(_ object: JSONObject) -> String? {
    if object["isCompactSummary"]?.bool == true { return "compact_summary" }
    if object["isMeta"]?.bool == true { return "meta" }
    if object["isApiErrorMessage"]?.bool == true { return "api_error" }
    return nil
  }

  private mutating func readMessage(_ object: JSONObject, isAssistant: Bool) throws(MessageFault) {
    guard let message = object["message"]?.object else {
      throw MessageFault("message is \(object["message"]?.kind ?? "missing"), expected an object")
    }
    switch message["content"] {
    case .string(let text):
      steps = [Step(role: isAssistant ? .assistant : .user, content: text)]
    case .array(let blocks):
      if isAssistant { try readAssistant(blocks) } else { try readUser(blocks) }
    case nil, .null:
      break
    case .some(let other):
      throw MessageFault("message.content is a \(other.kind), expected a string or a list of blocks")
    }
    if steps.isEmpty, skipped.isEmpty { skipped.append("empty") }
    // What the tool gave the program, in a form of its own; the result beside it is what the model read.
    if let result = object["toolUseResult"], !result.isEmptyOrNull { skipped.append("tool_use_result") }
  }

  /// A message that a person queued while the agent was at work stands in no line of its own but here.
  private mutating func readAttachment(_ object: JSONObject) throws(MessageFault) {
    let attachment = object["attachment"]?.object ?? [:]
    let type = attachment["type"]?.string
    guard type == "queued_command", ["prompt", nil].contains(attachment["commandMode"]?.string) else {
      skipped.append(type.map { "attachment.\($0)" } ?? "attachment")
      return
    }
    isMessage = true
    time = try ClaudeCodeLine.time(of: object)
    let prompt = try ContentText(attachment["prompt"], key: "attachment.prompt")
    skipped += prompt.skipped
    if let text = prompt.text { steps = [Step(role: .user, content: text)] }
  }

  // MARK: Blocks

  private mutating func readAssistant(_ blocks: [JSONValue]) throws(MessageFault) {
    var content = ContentText()
    for (index, block) in blocks.enumerated() {
      let key = "message.content[\(index)]"
      let (members, type) = try ClaudeCodeLine.block(block, key)
      switch type {
      case "tool_use", "server_tool_use", "mcp_tool_use":
        guard let name = members["name"]?.string else { throw MessageFault("\(key).name is missing") }
        let id = try ClaudeCodeLine.text("id", of: members)
        calls.append(ToolCall(id: id, name: name, arguments: members["input"] ?? [:]))
      default:
        try content.add(members, type: type, key: key)
      }
    }
    skipped += content.skipped
    guard content.text != nil || !calls.isEmpty else { return }
    steps = [Step(saying: content.text ?? "", calls: calls)]
  }

  /// Results are steps of their own, what stands between them is the user's.
  private mutating func readUser(_ blocks: [JSONValue]) throws(MessageFault) {
    var content = ContentText()
    for (index, block) in blocks.enumerated() {
      let key = "message.content[\(index)]"
      let (members, type) = try ClaudeCodeLine.block(block, key)
      guard type == "tool_result" else {
        try content.add(members, type: type, key: key)
        continue
      }
      finish(&content)
      try readResult(members, key)
    }
    finish(&content)
  }

  private mutating func finish(_ content: inout ContentText) {
    skipped += content.skipped
    if let text = content.text { steps.append(Step(role: .user, content: text)) }
    content = ContentText()
  }

  private mutating func readResult(_ block: JSONObject, _ key: String) throws(MessageFault) {
    let content = try ContentText(block["content"], key: "\(key).content")
    skipped += content.skipped
    // An empty result is one all the same: its call is answered.
    var step = Step(role: .tool, content: content.text ?? "")
    if let id = try ClaudeCodeLine.text("tool_use_id", of: block) { step.meta["tool_call_id"] = .string(id) }
    if block["is_error"]?.bool == true { step.meta["is_error"] = true }
    // What was too long for the model lies in a file beside the session.
    if step.content.hasPrefix("<persisted-output>") { skipped.append("persisted_output") }
    steps.append(step)
  }

  private static func block(_ value: JSONValue, _ key: String) throws(MessageFault) -> (JSONObject, String) {
    if let text = value.string { return (["text": .string(text)], "text") }
    guard let members = value.object else {
      throw MessageFault("\(key) is a \(value.kind), expected a block")
    }
    guard let type = members["type"]?.string else { throw MessageFault("\(key) has no type") }
    return (members, type)
  }

  // MARK: Values

  private static func text(_ key: String, of object: JSONObject) throws(MessageFault) -> String? {
    guard let value = object[key], !value.isNull else { return nil }
    guard let text = value.string else { throw MessageFault("\(key) is a \(value.kind), expected a string") }
    return text.isEmpty ? nil : text
  }

  private static func time(of object: JSONObject) throws(MessageFault) -> Timestamp? {
    guard let text = try text("timestamp", of: object) else { return nil }
    guard let time = Timestamp(iso8601: text) else {
      throw MessageFault("timestamp is \(text.quotedExcerpt), expected RFC 3339 such as 2024-04-12T08:15:20Z")
    }
    return time
  }
}
