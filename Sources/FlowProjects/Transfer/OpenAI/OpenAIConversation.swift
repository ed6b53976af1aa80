import FlowCore

/// The messages of an object that holds a conversation, or of a list of messages within a list.
struct OpenAIConversation {
  /// What tells it from others that begin alike.
  let id: String?
  let messages: [JSONValue]
  /// Kinds of what stands beside the messages.
  private(set) var skipped: [String] = []

  /// Reads a request, an answer, or both: `messages`; `choices`; `instructions`, `input` and `output`.
  ///
  /// - Throws: a fault where it holds none of them, or one of another kind.
  init(_ value: JSONValue) throws(MessageFault) {
    if let list = value.array {
      id = nil
      messages = list
      return
    }
    guard let object = value.object else {
      throw MessageFault("a \(value.kind) is neither a message nor a conversation")
    }
    var messages: [JSONValue] = []
    if let instructions = object["instructions"], !instructions.isNull {
      messages.append(["role": "system", "content": instructions])
    }
    for key in ["messages", "input", "output"] {
      guard let value = object[key], !value.isNull else { continue }
      if key == "input", value.string != nil {
        messages.append(["role": "user", "content": value])
      } else if let list = value.array {
        messages += list
      } else {
        throw MessageFault("\(key) is a \(value.kind), expected a list of messages")
      }
    }
    if let choices = object["choices"]?.array {
      // The first choice is the answer that was taken; the others were never part of the conversation.
      if let message = choices.first?["message"] { messages.append(message) }
      for _ in choices.dropFirst() { skipped.append("choice") }
    }
    guard OpenAIConversation.contents.contains(where: object.contains(key:)) else {
      throw MessageFault(
        "an object without role, type, messages, input, output or choices is neither a message nor a conversation"
      )
    }
    // Beside an answer stands the answer's id.
    id = object.contains(key: "choices") || object.contains(key: "output") ? nil : object["id"]?.string
    self.messages = messages
    for (key, value) in object where !OpenAIConversation.known.contains(key) && !value.isEmptyOrNull {
      skipped.append("conversation.\(key)")
    }
  }

  private static let contents = ["messages", "input", "output", "choices"]
  private static let known = Set(contents + ["instructions", "id", "object"])
}

extension JSONValue {
  /// Whether nothing stands there: null, or an empty string, list or object.
  var isEmptyOrNull: Bool {
    switch self {
    case .null: true
    case .string(let string): string.isEmpty
    case .array(let elements): elements.isEmpty
    case .object(let members): members.isEmpty
    case .bool, .number: false
    }
  }
}
