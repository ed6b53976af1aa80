// Reads a document in one pass over its bytes.
//
// The parser holds the open arrays and objects on a stack of its own instead of calling itself, so
// depth costs heap only and a megabyte of "[" is an error like any other. `offset` stands on the
// next byte that is not yet taken; a byte behind the end reads as 0, which no JSON token contains,
// so one comparison tells a token from both the end and a wrong character, and only the failing
// path asks which of the two it was.
//
// Errors name the first fault in the document: before any other fault is reported, what lies before
// it is checked for ill-formed UTF-8 (see `failure`).
struct JSONParser {
  /// An array or object whose end is not read yet.
  private struct Container {
    let isObject: Bool
    var elements: [JSONValue] = []
    /// The last member's value is a placeholder until that value is complete.
    var members = JSONObject()
  }

  let bytes: UnsafeRawBufferPointer
  let limits: JSONLimits
  var offset: Int
  /// The bytes of a string with escapes, kept between strings for its capacity.
  var unescaped: [UInt8] = []
  private var open: [Container] = []

  init(_ bytes: UnsafeRawBufferPointer, limits: JSONLimits) {
    self.bytes = bytes
    self.limits = limits
    offset = bytes.byteOrderMarkEnd
  }

  /// Reads the whole document.
  mutating func parseDocument() throws(JSONError) -> JSONValue {
    guard bytes.count <= limits.maximumBytes else {
      throw JSONError(.tooLarge(limit: limits.maximumBytes), at: JSONLocation(offset: 0, in: bytes))
    }
    var completed: JSONValue?
    while true {
      guard let value = completed else {
        completed = try beginValue()
        continue
      }
      guard !open.isEmpty else {
        try expectEndOfDocument()
        return value
      }
      completed = try addToContainer(value)
    }
  }

  /// Reads a value; nil if it is an array or object that has been opened and is not empty.
  private mutating func beginValue() throws(JSONError) -> JSONValue? {
    skipWhitespace()
    switch byte {
    case UInt8(ascii: "\""):
      return .string(try parseString())
    case UInt8(ascii: "-"), 0x30...0x39:
      return .number(try parseNumber())
    case UInt8(ascii: "{"):
      return try openObject()
    case UInt8(ascii: "["):
      return try openArray()
    case UInt8(ascii: "t"):
      try expectLiteral("true")
      return .bool(true)
    case UInt8(ascii: "f"):
      try expectLiteral("false")
      return .bool(false)
    case UInt8(ascii: "n"):
      try expectLiteral("null")
      return .null
    default:
      let isFirstElement = open.last.map { !$0.isObject && $0.elements.isEmpty } ?? false
      throw unexpected(expected: isFirstElement ? .valueOrEndOfArray : .value)
    }
  }

  private mutating func openArray() throws(JSONError) -> JSONValue? {
    try checkDepth()
    offset += 1
    skipWhitespace()
    if byte == UInt8(ascii: "]") {
      offset += 1
      return .array([])
    }
    open.append(Container(isObject: false))
    return nil
  }

  private mutating func openObject() throws(JSONError) -> JSONValue? {
    try checkDepth()
    offset += 1
    skipWhitespace()
    if byte == UInt8(ascii: "}") {
      offset += 1
      return .object(JSONObject())
    }
    open.append(Container(isObject: true))
    try parseKey(expected: .keyOrEndOfObject)
    return nil
  }

  private func checkDepth() throws(JSONError) {
    guard open.count < limits.maximumDepth else {
      throw failure(.tooDeep(limit: limits.maximumDepth), at: offset)
    }
  }

  /// Reads a key and its colon, and adds the member with a placeholder for its value.
  private mutating func parseKey(expected: JSONError.Expectation) throws(JSONError) {
    guard byte == UInt8(ascii: "\"") else { throw unexpected(expected: expected) }
    let start = offset
    let key = try parseString()
    guard open[open.count - 1].members.appendIfAbsent(key, .null) else {
      throw failure(.duplicateKey(key), at: start)
    }
    skipWhitespace()
    guard byte == UInt8(ascii: ":") else { throw unexpected(expected: .colon) }
    offset += 1
  }

  /// Adds a complete value to the innermost container; the container itself, if it ends there.
  private mutating func addToContainer(_ value: JSONValue) throws(JSONError) -> JSONValue? {
    let innermost = open.count - 1
    let isObject = open[innermost].isObject
    if isObject {
      open[innermost].members.setLast(value)
    } else {
      open[innermost].elements.append(value)
    }
    skipWhitespace()
    switch byte {
    case UInt8(ascii: ","):
      offset += 1
      if isObject {
        skipWhitespace()
        try parseKey(expected: .key)
      }
      return nil
    case UInt8(ascii: "}") where isObject:
      offset += 1
      return .object(open.removeLast().members)
    case UInt8(ascii: "]") where !isObject:
      offset += 1
      return .array(open.removeLast().elements)
    default:
      throw unexpected(expected: isObject ? .commaOrEndOfObject : .commaOrEndOfArray)
    }
  }

  private mutating func parseNumber() throws(JSONError) -> JSONNumber {
    let scan = JSONNumberScan(bytes, from: offset)
    switch scan.fault {
    case .leadingZero:
      throw failure(.leadingZero, at: scan.end)
    case .missingDigit:
      offset = scan.end
      throw unexpected(expected: .digit)
    case nil:
      defer { offset = scan.end }
      return JSONNumber(checked: text(offset..<scan.end))
    }
  }

  private mutating func expectLiteral(_ literal: StaticString) throws(JSONError) {
    for position in 0..<literal.utf8CodeUnitCount {
      guard byte == literal.utf8Start[position] else {
        throw unexpected(expected: .literal(literal.description))
      }
      offset += 1
    }
  }

  private mutating func expectEndOfDocument() throws(JSONError) {
    skipWhitespace()
    guard offset < bytes.count else { return }
    throw failure(atScalar: offset) { .trailingContent($0) }
  }
}

extension JSONParser {
  /// The next byte; 0 at the end.
  @inline(__always)
  var byte: UInt8 { offset < bytes.count ? bytes[offset] : 0 }

  /// A range of bytes that are known to be ASCII.
  func text(_ range: Range<Int>) -> String {
    // The standard library has its fast path for buffers of bytes, not for raw ones.
    UnsafeRawBufferPointer(rebasing: bytes[range]).withMemoryRebound(to: UInt8.self) {
      String(decoding: $0, as: UTF8.self)
    }
  }

  @inline(__always)
  mutating func skipWhitespace() {
    while true {
      switch byte {
      case 0x20, 0x0A, 0x0D, 0x09: offset += 1
      default: return
      }
    }
  }

  /// The error for whatever stands at `offset`, or for nothing standing there.
  func unexpected(expected: JSONError.Expectation) -> JSONError {
    guard offset < bytes.count else { return failure(.unexpectedEnd(expected: expected), at: offset) }
    return failure(atScalar: offset) { .unexpectedCharacter($0, expected: expected) }
  }

  /// The error about a character; about its bytes, if they make none.
  func failure(atScalar offset: Int, reason: (Unicode.Scalar) -> JSONError.Reason) -> JSONError {
    guard let (scalar, _) = bytes.scalar(at: offset) else {
      return failure(.illFormedUTF8(bytes[offset]), at: offset)
    }
    return failure(reason(scalar), at: offset)
  }

  /// The error at a place, unless ill-formed UTF-8 comes before it.
  func failure(_ reason: JSONError.Reason, at offset: Int) -> JSONError {
    if let illFormed = bytes.firstIllFormedUTF8(before: offset) {
      return JSONError(.illFormedUTF8(bytes[illFormed]), at: JSONLocation(offset: illFormed, in: bytes))
    }
    return JSONError(reason, at: JSONLocation(offset: offset, in: bytes))
  }
}
