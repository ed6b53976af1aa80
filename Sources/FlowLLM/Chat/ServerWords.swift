import FlowCore

/// What an endpoint sent, made fit for messages: without the key, short, and without characters that a terminal obeys.
///
/// Every text of an endpoint that is shown or kept passes through here.
struct ServerWords: Sendable {
  private let key: APIKey?

  init(hiding key: APIKey?) { self.key = key }

  /// A text without the key, otherwise whole.
  func redacted(_ text: String) -> String { key?.redacted(from: text) ?? text }

  /// The beginning of a text, on one line.
  func excerpt(_ text: String, limit: Int = 200) -> String {
    // Hidden before it is cut: half of a key at the cut would not be found.
    redacted(text).excerpt(limit: limit)
  }

  func quoted(_ text: String, limit: Int = 200) -> String { "'\(excerpt(text, limit: limit))'" }

  /// What a body looks like, for a message: its type, and how it begins.
  func sketch(of response: HTTPResponse) -> String {
    let type = response.header("content-type").map { excerpt($0, limit: 60) } ?? "no content type"
    guard !response.body.isEmpty else { return "\(type), without a body" }
    // Wide enough that a key that begins within what is shown is hidden whole.
    let text = String(decoding: response.body.prefix(8192), as: UTF8.self)
    return "\(type), beginning \(quoted(text, limit: 80))"
  }
}
