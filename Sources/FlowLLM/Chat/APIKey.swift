import FlowCore

/// The secret that an endpoint knows us by.
///
/// It leaves this type in a request's header only.
struct APIKey: Sendable {
  private let secret: String

  /// Takes a key as a variable of the environment holds it.
  ///
  /// Nil for what no header can carry: anything but visible ASCII (RFC 9110 section 5.5; a line feed would start
  /// another header), and for nothing at all.
  init?(_ text: String) {
    guard !text.isEmpty, text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else { return nil }
    secret = text
  }

  /// The value for a header.
  func header(_ prefix: String = "") -> String { prefix + secret }

  /// A shorter key is a word that local servers are given because they want one, such as `test`, and is no secret.
  private static let shortest = 12

  /// An answer without the key.
  ///
  /// A key that is a word stays: an answer may have that word, and would be damaged.
  func redacted(fromAnswer text: String) -> String {
    secret.utf8.count < APIKey.shortest ? text : redacted(from: text)
  }

  /// A text without the key: endpoints repeat what they were sent, in errors above all.
  func redacted(from text: String) -> String {
    guard text.utf8.count >= secret.utf8.count else { return text }
    return text.split(separator: secret, omittingEmptySubsequences: false).joined(separator: "[key]")
  }
}

extension APIKey: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  var description: String { "[key]" }
  var debugDescription: String { "[key]" }
  /// Without children, so that `dump` shows nothing either.
  var customMirror: Mirror { Mirror(self, children: []) }
}
