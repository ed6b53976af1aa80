import FlowCore

/// How one family of endpoints is spoken to.
///
/// Values only: nothing is sent here.
protocol ChatDialect: Sendable {
  /// Where requests go, from the base address as people write it: with or without `/v1`, a slash, or the last path.
  func endpoint(under base: EndpointURL) -> EndpointURL
  /// Headers beside the type of the content.
  func headers(_ key: APIKey?) -> [(name: String, value: String)]
  /// The body of a request; the same request gives the same bytes, so that caches of prompts can match.
  ///
  /// No sampling fields: several models refuse them, even at their defaults.
  func body(_ request: ChatRequest, model: String, bound: TokenField) -> JSONValue
  /// Whether the field that bounds the answer has two names.
  var hasTokenField: Bool { get }
  /// What a reply says; nil where it has no shape of an answer.
  func reading(of reply: JSONObject) -> ChatReading?
  /// What a reply charges for; nil where it does not say so in full.
  func usage(of reply: JSONObject) -> TokenUsage?
}

/// What a reply says, before it is judged.
struct ChatReading: Sendable {
  enum Ending: Sendable, Equatable {
    case finished
    /// The bound on its tokens was reached, as the reply names it.
    case truncated(String)
    /// It would not answer; why, where it says so.
    case refused(String?)
    /// It wants something else than to answer.
    case diverted(String)
  }

  var text: String
  var ending: Ending
}

extension EndpointURL {
  /// The path as it stands, without slashes at its end; empty where there is none.
  var trimmedPath: String {
    let afterScheme = text.firstRange(of: "://").map { text[$0.upperBound...] } ?? text[...]
    guard let slash = afterScheme.firstIndex(of: "/") else { return "" }
    var path = afterScheme[slash...].prefix { $0 != "?" }
    while path.last == "/" { path.removeLast() }
    return String(path)
  }
}

/// A number of tokens as an endpoint says it; what cannot be one counts as not said.
func tokenCount(_ value: JSONValue?) -> Int? {
  guard let count = value?.int, (0...1_000_000_000).contains(count) else { return nil }
  return count
}
