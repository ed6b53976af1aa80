/// Masks secrets in a text before it leaves the machine.
public struct TextMask: Sendable {
  /// A text with its secrets masked, and how many of each kind there were.
  public typealias Masked = (text: String, counts: [String: Int])

  private let body: @Sendable (String) -> Masked

  public init(_ body: @escaping @Sendable (String) -> Masked) { self.body = body }

  /// Leaves everything as it is.
  public static let none = TextMask { ($0, [:]) }

  func callAsFunction(_ text: String) -> Masked { body(text) }
}
