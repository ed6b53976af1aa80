/// Counts tokens as a model would.
public protocol Tokenizer: Sendable {
  /// The name that requests use, such as `o200k_base`.
  var name: String { get }
  /// Whether counts are the model's own; otherwise they are bounds from above.
  var isExact: Bool { get }
  /// The number of tokens.
  func count(_ text: String) -> Int
  /// The number of tokens, or nil as soon as it passes `limit`.
  func count(_ text: String, upTo limit: Int) -> Int?
  /// The longest beginning of the text, cut between characters, that has at most `limit` tokens.
  func prefix(of text: String, fitting limit: Int) -> Substring
}
