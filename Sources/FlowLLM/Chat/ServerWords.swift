import FlowCore

/// What an endpoint sent, made fit for messages: without the key, short, and without characters that a terminal obeys.
///
/// Every text of an endpoint that is shown or kept passes through here.
struct ServerWords: Sendable {
  private let key: APIKey?

  init(hiding key: APIKey?) { self.key = key }

  /// A text without the key, otherwise whole.
  func redacted(_ text: String) -> String { key?.redacted(from: text) ?? text }

  /// What a model answered, without the key.
  func answer(_ text: String) -> String { key?.redacted(fromAnswer: text) ?? text }

  /// The beginning of a text, on one line.
  func excerpt(_ text: String, limit: Int = 200) -> String {
    // Hidden before it is cut: half of a key at the cut would not be found.
    redacted(text).split(whereSeparator: \.isNewline).joined(separator: " ").excerpt(limit: limit)
  }

  func quoted(_ text: String, limit: Int = 200) -> String { "'\(excerpt(text, limit: limit))'" }

  /// What a body looks like, for a message: its type, and how it begins.
  func sketch(of response: HTTPResponse) -> String {
    let type = response.header("content-type").map { excerpt($0, limit: 60) } ?? "no content type"
    guard !response.body.isEmpty else { return "\(type), without a body" }
    // Wide enough that a key that begins within what is shown is hidden whole.
    let text = String(decoding: response.body.prefix(8192), as: UTF8.self)
    // JSON that could not be read still may hold the key, written with escapes.
    let plain = Self.unescaped(text)
    let shown = redacted(plain) == plain ? text : plain
    return "\(type), beginning \(quoted(shown, limit: 80))"
  }

  /// A text in which JSON's escapes of visible ASCII stand for themselves.
  private static func unescaped(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "\\")) else { return text }
    var result = ""
    var rest = text.unicodeScalars[...]
    while let first = rest.popFirst() {
      guard first == "\\", let next = rest.first else {
        result.unicodeScalars.append(first)
        continue
      }
      let hexadecimal = String(String.UnicodeScalarView(rest.dropFirst().prefix(4)))
      if next == "u", let value = UInt8(hexadecimal, radix: 16), (0x21...0x7E).contains(value) {
        result.unicodeScalars.append(Unicode.Scalar(value))
        rest = rest.dropFirst(5)
      } else if next == "/" || next == "\"" || next == "\\" {
        result.unicodeScalars.append(next)
        rest = rest.dropFirst()
      } else {
        result.unicodeScalars.append(first)
      }
    }
    return result
  }
}
