extension JSONError: CustomStringConvertible {
  /// The place and the reason: `line 3, column 14: duplicate key "id"`.
  public var description: String { "\(location): \(reason)" }
}

extension JSONError.Reason: CustomStringConvertible {
  /// What is wrong and what was expected; excerpts are short and free of control characters.
  public var description: String {
    switch self {
    case .unexpectedCharacter(let scalar, let expected):
      "unexpected \(excerpt(scalar)), expected \(expected)"
    case .unexpectedEnd(let expected):
      "unexpected end of the document, expected \(expected)"
    case .trailingContent(let scalar):
      "unexpected \(excerpt(scalar)) after the end of the document"
    case .duplicateKey(let key):
      "duplicate key \(excerpt(key))"
    case .leadingZero:
      "a number must not begin with a zero that digits follow"
    case .controlCharacter(let scalar):
      "unescaped control character \(excerpt(scalar)) in a string"
    case .invalidEscape(let scalar):
      "invalid escape of \(excerpt(scalar)), expected \(JSONError.Expectation.escape) behind the backslash"
    case .loneSurrogate(let unit):
      "lone surrogate \\u\(hexadecimal(UInt32(unit))), expected a surrogate pair"
    case .illFormedUTF8(let byte):
      "ill-formed UTF-8 at byte 0x\(hexadecimal(UInt32(byte), digits: 2))"
    case .tooDeep(let limit):
      "arrays and objects are nested deeper than \(limit)"
    case .tooLarge(let limit):
      "the document is larger than \(limit) bytes"
    }
  }
}

extension JSONError.Expectation: CustomStringConvertible {
  /// The expectation in words.
  public var description: String {
    switch self {
    case .value: "a value"
    case .valueOrEndOfArray: "a value or \"]\""
    case .commaOrEndOfArray: "\",\" or \"]\""
    case .key: "a key in double quotes"
    case .keyOrEndOfObject: "a key in double quotes or \"}\""
    case .colon: "\":\""
    case .commaOrEndOfObject: "\",\" or \"}\""
    case .literal(let literal): "\"\(literal)\""
    case .digit: "a digit"
    case .hexadecimalDigit: "a hexadecimal digit"
    case .escape: "one of \" \\ / b f n r t u"
    case .endOfString: "a closing quotation mark"
    }
  }
}

/// How many scalars of a document an error quotes at most.
private let excerptLimit = 40

private func excerpt(_ text: String) -> String {
  var quoted = "\""
  for scalar in text.unicodeScalars.prefix(excerptLimit) {
    if isPlain(scalar) {
      quoted.unicodeScalars.append(scalar)
    } else {
      quoted += "<U+\(hexadecimal(scalar.value))>"
    }
  }
  return quoted + (text.unicodeScalars.count > excerptLimit ? "…\"" : "\"")
}

private func excerpt(_ scalar: Unicode.Scalar) -> String {
  isPlain(scalar) ? "\"\(scalar)\"" : "U+\(hexadecimal(scalar.value))"
}

/// Whether a scalar can be shown as it is: it neither moves the cursor, nor turns the direction of
/// the text around, nor vanishes.
private func isPlain(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.properties.generalCategory {
  case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate, .unassigned: false
  default: true
  }
}

private func hexadecimal(_ value: UInt32, digits: Int = 4) -> String {
  let text = String(value, radix: 16, uppercase: true)
  return String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
}
