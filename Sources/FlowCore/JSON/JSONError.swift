/// Why and where a text is not a JSON document that Flow takes.
public struct JSONError: Error, Sendable, Hashable {
  /// What is wrong.
  public enum Reason: Sendable, Hashable {
    /// A character that cannot stand there.
    case unexpectedCharacter(Unicode.Scalar, expected: Expectation)
    /// The document ends too early.
    case unexpectedEnd(expected: Expectation)
    /// Something other than white space follows the document's value.
    case trailingContent(Unicode.Scalar)
    /// An object has the key twice; the place is that of the second.
    case duplicateKey(String)
    /// A number like `01`.
    case leadingZero
    /// A character below U+0020 stands in a string unescaped.
    case controlCharacter(Unicode.Scalar)
    /// A backslash is followed by a character that makes no escape.
    case invalidEscape(Unicode.Scalar)
    /// An escaped half of a surrogate pair without its other half: no Unicode text contains it.
    case loneSurrogate(UInt16)
    /// A byte that is not part of well-formed UTF-8 (Unicode 3.9, table 3-7).
    case illFormedUTF8(UInt8)
    /// Arrays and objects are nested beyond the limit.
    case tooDeep(limit: Int)
    /// The document has more bytes than the limit.
    case tooLarge(limit: Int)
  }

  /// What could have stood in the place.
  public enum Expectation: Sendable, Hashable {
    /// A value of any kind.
    case value
    /// A value or `]`.
    case valueOrEndOfArray
    /// `,` or `]`.
    case commaOrEndOfArray
    /// A key.
    case key
    /// A key or `}`.
    case keyOrEndOfObject
    /// `:`.
    case colon
    /// `,` or `}`.
    case commaOrEndOfObject
    /// The rest of `true`, `false` or `null`.
    case literal(String)
    /// A decimal digit.
    case digit
    /// One of the four hexadecimal digits of `\u`.
    case hexadecimalDigit
    /// A character that makes an escape.
    case escape
    /// The quotation mark that ends a string.
    case endOfString
  }

  /// What is wrong.
  public let reason: Reason

  /// Where it is wrong.
  public let location: JSONLocation

  /// An error at a place.
  public init(_ reason: Reason, at location: JSONLocation) {
    self.reason = reason
    self.location = location
  }

  /// The line, from 1.
  public var line: Int { location.line }

  /// The column, from 1, in Unicode scalars.
  public var column: Int { location.column }

  /// The distance from the start of the document in bytes.
  public var offset: Int { location.offset }
}
