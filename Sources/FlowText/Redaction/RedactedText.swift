/// What a masked place held.
///
/// Raw values are stable: they stand in the marks, in JSON and in receipts.
public enum MaskKind: String, Sendable, Hashable, CaseIterable {
  /// A key of a provider, known by its form, or a value whose name says key.
  case apiKey = "api_key"
  case token
  case password
  case secret
  /// A PEM block, or a value whose name says private key.
  case privateKey = "private_key"
  /// A JSON Web Token (RFC 7519).
  case jwt
  /// The credentials of an `Authorization` header.
  case authorization
  case cookie
  /// What a configured pattern matched.
  case pattern

  /// What stands in the text instead of the secret.
  public var mark: String { "[masked \(rawValue)]" }
}

/// One masked place of a text.
public struct Mask: Sendable, Hashable {
  public let kind: MaskKind
  /// The bytes of the source, in UTF-8, that the mark stands for.
  public let range: Range<Int>

  public init(kind: MaskKind, range: Range<Int>) {
    self.kind = kind
    self.range = range
  }
}

/// A text with its secrets masked.
public struct RedactedText: Sendable, Hashable {
  /// The source with a mark in the place of each mask and every other byte as it was.
  public let text: String
  /// In order; they do not overlap.
  public let masks: [Mask]

  public init(text: String, masks: [Mask]) {
    self.text = text
    self.masks = masks
  }

  /// How many places of each kind were masked; kinds that did not occur are left out.
  public var counts: [MaskKind: Int] { masks.reduce(into: [:]) { $0[$1.kind, default: 0] += 1 } }
}

/// Marks as they stand in a text that was masked before: no rule looks into one.
enum MaskMark {
  private static let marks = MaskKind.allCases.map { Array($0.mark.utf8) }
  private static let opening = Array("[masked ".utf8)

  /// The end of the mark that begins at a place.
  static func end(_ bytes: UnsafeBufferPointer<UInt8>, at start: Int) -> Int? {
    guard bytes.byte(at: start) == UInt8(ascii: "["), bytes.hasBytes(opening, at: start) else { return nil }
    return marks.first { bytes.hasBytes($0, at: start) }.map { start + $0.count }
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// Whether these bytes stand at a place.
  func hasBytes(_ wanted: [UInt8], at start: Int) -> Bool {
    guard start >= 0, start + wanted.count <= count else { return false }
    for offset in wanted.indices where self[start + offset] != wanted[offset] { return false }
    return true
  }

  /// Whether these small letters stand at a place, in either case.
  func hasLetters(_ wanted: [UInt8], at start: Int) -> Bool {
    guard start >= 0, start + wanted.count <= count else { return false }
    for offset in wanted.indices where ASCII.folded(self[start + offset]) != wanted[offset] { return false }
    return true
  }
}

extension ASCII {
  /// A capital as its small letter, any other byte as it is.
  static func folded(_ byte: UInt8) -> UInt8 { isUpper(byte) ? byte | 0x20 : byte }
  static func isHex(_ byte: UInt8) -> Bool { isDigit(byte) || (byte | 0x20) &- 0x61 < 6 }
  /// A space or a tab.
  static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
  /// A blank or the end of a line.
  static func isSpace(_ byte: UInt8) -> Bool { isBlank(byte) || byte == 0x0A || byte == 0x0D }
}
