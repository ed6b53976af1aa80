/// The values of a JSON text that comes in pieces, one by one, without holding the text: those at the top, and in
/// the place of an array at the top its elements.
///
/// So `[{…},{…}]`, `{…}` on a line each, and one `{…}` over many lines all give the same objects. A value is handed
/// out as its bytes, which only a parser can tell to be JSON: here, brackets and strings are counted. Broken JSON is
/// handed out as soon as it is seen to be broken, or at the end of the text, for the parser to say what is wrong.
///
/// Append a piece, take values until there are none, append the next; after the last one call `finish`, and take the
/// values that are left.
public struct JSONValueBuffer: Sendable {
  /// A value's bytes and where it stands.
  public struct Element: Sendable, Hashable {
    /// The line that it begins on, from 1.
    public let line: Int
    /// Which element of its array it is, from 1; nil at the top.
    public let position: Int?
    public let bytes: ArraySlice<UInt8>
  }

  /// What stands where it cannot stand, between values.
  public struct Fault: Error, Sendable, Hashable {
    public let line: Int
    public let reason: JSONError.Reason
  }

  /// What may come between values.
  private enum Expectation {
    case valueAtTop, firstElement, element, separator
  }

  /// The value that is being read.
  private struct Partial {
    let line: Int
    var depth = 0
    var isInString = false
    var isEscaped = false
    var isScalar = false
  }

  private var bytes: [UInt8] = []
  /// Where the value begins that is being read, else where the next one is looked for.
  private var start = 0
  /// Up to where `bytes` is looked at.
  private var scanned = 0
  private var line = 1
  private var partial: Partial?
  private var expected = Expectation.valueAtTop
  /// How many elements of the open array were handed out.
  private var elements = 0
  private var isAtStart = true
  private var isFinished = false

  /// A buffer before the first value.
  public init() {}

  /// How many bytes of a value without an end are held.
  public var pendingBytes: Int { bytes.count - start }

  /// Adds a piece of the text; a byte order mark must stand whole in the first.
  public mutating func append(_ piece: [UInt8]) {
    bytes.removeSubrange(..<start)
    scanned -= start
    start = 0
    bytes += isAtStart && piece.starts(with: [0xEF, 0xBB, 0xBF]) ? piece.dropFirst(3) : piece[...]
    if !piece.isEmpty { isAtStart = false }
  }

  /// Says that no piece follows.
  public mutating func finish() { isFinished = true }

  /// The next value that is there as a whole, or broken.
  public mutating func next() throws(Fault) -> Element? {
    while scanned < bytes.count {
      if partial == nil {
        try readBetweenValues()
      } else if readValue() {
        return takeValue()
      }
    }
    guard isFinished else { return nil }
    if partial != nil { return takeValue() }
    switch expected {
    case .valueAtTop: return nil
    case .firstElement: throw Fault(line: line, reason: .unexpectedEnd(expected: .valueOrEndOfArray))
    case .element: throw Fault(line: line, reason: .unexpectedEnd(expected: .value))
    case .separator: throw Fault(line: line, reason: .unexpectedEnd(expected: .commaOrEndOfArray))
    }
  }

  /// Reads white space and punctuation up to where a value begins.
  private mutating func readBetweenValues() throws(Fault) {
    let byte = bytes[scanned]
    switch (byte, expected) {
    case (0x0A, _): line += 1
    case (0x20, _), (0x09, _), (0x0D, _): break
    case (UInt8(ascii: "["), .valueAtTop):
      expected = .firstElement
      elements = 0
    case (UInt8(ascii: "]"), .firstElement), (UInt8(ascii: "]"), .separator): expected = .valueAtTop
    case (UInt8(ascii: ","), .separator): expected = .element
    case (_, .separator): throw unexpected(byte, .commaOrEndOfArray)
    case (UInt8(ascii: ","), _), (UInt8(ascii: "]"), _), (UInt8(ascii: "}"), _), (UInt8(ascii: ":"), _):
      throw unexpected(byte, expected == .firstElement ? .valueOrEndOfArray : .value)
    default:
      start = scanned
      partial = Partial(line: line)
      return
    }
    scanned += 1
    start = scanned
  }

  private func unexpected(_ byte: UInt8, _ expected: JSONError.Expectation) -> Fault {
    guard byte < 0x80 else { return Fault(line: line, reason: .illFormedUTF8(byte)) }
    return Fault(line: line, reason: .unexpectedCharacter(Unicode.Scalar(byte), expected: expected))
  }

  /// Reads on in the value; true at its end, or where it is broken.
  private mutating func readValue() -> Bool {
    guard var value = partial else { return false }
    defer { partial = value }
    while scanned < bytes.count {
      let byte = bytes[scanned]
      if value.isInString {
        scanned += 1
        if value.isEscaped {
          value.isEscaped = false
        } else if byte == UInt8(ascii: "\\") {
          value.isEscaped = true
        } else if byte == UInt8(ascii: "\"") {
          value.isInString = false
          if value.depth == 0 { return true }
        } else if byte < 0x20 {
          return true
        }
        continue
      }
      switch byte {
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        if value.isScalar { return true }
        value.depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        if value.isScalar { return true }
        value.depth -= 1
        if value.depth == 0 {
          scanned += 1
          return true
        }
      case UInt8(ascii: "\""):
        if value.isScalar { return true }
        value.isInString = true
      case 0x20, 0x09, 0x0A, 0x0D, UInt8(ascii: ","), UInt8(ascii: ":"):
        if value.isScalar { return true }
        if byte == 0x0A { line += 1 }
      default:
        if value.depth == 0 { value.isScalar = true }
      }
      scanned += 1
    }
    return false
  }

  private mutating func takeValue() -> Element {
    let slice = bytes[start..<scanned]
    let first = partial?.line ?? line
    partial = nil
    start = scanned
    guard expected != .valueAtTop else { return Element(line: first, position: nil, bytes: slice) }
    expected = .separator
    elements += 1
    return Element(line: first, position: elements, bytes: slice)
  }
}
