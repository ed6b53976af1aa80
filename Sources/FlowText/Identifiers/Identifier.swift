/// A thing in a text that a summary must neither lose nor make up: a path, a number, a date, a name.
public struct Identifier: Sendable, Hashable {
  public enum Kind: String, Sendable, CaseIterable {
    case path, url, email, hash, version, id, command, quoted, date, time, number, name
  }

  public let kind: Kind
  /// As written, without the marks around it and without trailing punctuation.
  public let text: String
  /// For comparing: the same for all ways of writing the same thing (`docs/identifiers.md`).
  public let normal: String
  /// UTF-8 offsets in the text that was read.
  public let range: Range<Int>
  /// How much it tells, in thousandths: a rank by kind and form alone.
  public let weight: Int
  /// What tells it from others: two of one kind and one normal form are the same.
  public var key: String { "\(kind.rawValue) \(normal)" }

  package init(kind: Kind, text: String, normal: String, range: Range<Int>, weight: Int) {
    self.kind = kind
    self.text = text
    self.normal = normal
    self.range = range
    self.weight = weight
  }
}
