import FlowCore

/// The text of a message's content, which is a string, nothing, or a list of parts.
///
/// Parts that are no text leave a mark, such as `[image: image/png, 12 KB, not kept]`, and are named.
struct ContentText {
  /// The text; nil where the content is null, absent, or holds no part that leaves one.
  private(set) var text: String?
  /// The kinds of what was not carried over.
  private(set) var skipped: [String] = []

  /// Reads a content.
  ///
  /// - Parameter key: what the content is called, for errors.
  /// - Throws: a fault that names the key.
  init(_ content: JSONValue?, key: String) throws(MessageFault) {
    switch content {
    case nil, .null: break
    case .string(let string): text = string
    case .array(let parts):
      for (index, part) in parts.enumerated() { try add(part, key: "\(key)[\(index)]") }
    case .some(let other):
      throw MessageFault("\(key) is a \(other.kind), expected a string or a list of parts")
    }
  }

  init() {}

  private mutating func add(_ part: JSONValue, key: String) throws(MessageFault) {
    if let string = part.string { return append(string) }
    guard let members = part.object, let type = members["type"]?.string else {
      throw MessageFault(
        "\(key) is \(part.object == nil ? "a \(part.kind)" : "without a type"), expected a part"
      )
    }
    try add(members, type: type, key: key)
  }

  /// Adds a part of a list.
  mutating func add(_ part: JSONObject, type: String, key: String) throws(MessageFault) {
    switch type {
    case "text", "input_text", "output_text", "summary_text":
      append(try ContentText.string("text", in: part, key))
    case "refusal": append(try ContentText.string("refusal", in: part, key))
    case "thinking", "redacted_thinking", "reasoning", "reasoning_text": skipped.append("thinking")
    case "image", "image_url", "input_image": drop("image", part)
    case "audio", "input_audio": drop("audio", part)
    case "file", "input_file", "document": drop("file", part)
    default:
      skipped.append("part.\(type)")
      append("[\(type.excerpt(limit: 40)): not kept]")
    }
  }

  private mutating func drop(_ kind: String, _ part: JSONObject) {
    skipped.append(kind)
    append(MediaMark(kind, part).description)
  }

  /// Adds text on a line of its own.
  mutating func append(_ more: String) {
    guard let known = text, !known.isEmpty else { return text = more }
    text = known + (known.utf8.last == 0x0A ? "" : "\n") + more
  }

  private static func string(_ name: String, in part: JSONObject, _ key: String) throws(MessageFault)
    -> String
  {
    guard let value = part[name], let string = value.string else {
      throw MessageFault(
        "\(key).\(name) is \(part[name].map { "a \($0.kind)" } ?? "missing"), expected a string"
      )
    }
    return string
  }
}
