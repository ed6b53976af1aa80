/// What kind of secret stood in a masked place.
///
/// The names are stable: they stand in the masked text and in receipts.
public enum MaskKind: String, Sendable, CaseIterable, Comparable {
  /// The value of an `Authorization` header, or what follows `Bearer`.
  case authorization
  /// A key or token in the form of a known provider, or a value whose name says key.
  case apiKey = "api_key"
  case cookie
  /// A JSON Web Token (RFC 7519).
  case jwt
  case password
  /// A match of a configured pattern.
  case pattern
  /// A PEM block (RFC 7468) with a private key, its first and last line included.
  case privateKey = "private_key"
  /// A value whose name says secret or credentials.
  case secret
  /// A value whose name says token.
  case token

  public static func < (left: MaskKind, right: MaskKind) -> Bool { left.rawValue < right.rawValue }

  /// What stands in the text instead of the secret: `[masked api_key]`.
  public var mark: String { "[masked \(rawValue)]" }
}

/// A place that was masked.
public struct Mask: Sendable, Hashable {
  public let kind: MaskKind
  /// UTF-8 offsets in the text before masking.
  public let range: Range<Int>

  package init(kind: MaskKind, range: Range<Int>) {
    self.kind = kind
    self.range = range
  }
}

/// A text as it may leave the machine.
public struct RedactedText: Sendable, Hashable {
  public let text: String
  /// In the order of the text, without overlaps.
  public let masks: [Mask]

  /// How many places of each kind were masked.
  public var counts: [MaskKind: Int] {
    masks.reduce(into: [:]) { $0[$1.kind, default: 0] += 1 }
  }

  package init(text: String, masks: [Mask]) {
    self.text = text
    self.masks = masks
  }
}
