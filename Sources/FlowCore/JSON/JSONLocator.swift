extension JSONValue {
  /// Where a value stands in the document it was read from, so that a check made on the parsed value
  /// can name the line: `line 7: tasks[2].status …`.
  ///
  /// - Returns: the place of the value's first character; nil if the path leads nowhere, or the bytes
  ///   are no document.
  public static func locate(
    path: [JSONPathElement],
    in bytes: some Collection<UInt8>
  ) -> JSONLocation? {
    withRawBytes(of: bytes) { buffer in
      var locator = JSONLocator(buffer)
      return locator.offset(of: path).map { JSONLocation(offset: $0, in: buffer) }
    }
  }

  /// Where a value stands in the document it was read from; `offset` counts UTF-8 bytes.
  public static func locate(path: [JSONPathElement], in text: String) -> JSONLocation? {
    locate(path: path, in: text.utf8)
  }
}

/// Follows a path through a document's text.
///
/// The document has been parsed before, so what lies beside the path is passed over by its brackets
/// and quotation marks alone. On anything else the answer may be wrong, but the scan still ends.
private struct JSONLocator {
  private var parser: JSONParser

  init(_ bytes: UnsafeRawBufferPointer) {
    parser = JSONParser(bytes, limits: .standard)
  }

  mutating func offset(of path: [JSONPathElement]) -> Int? {
    for element in path {
      let isFound =
        switch element {
        case .key(let key): enterObject(at: key)
        case .index(let index): enterArray(at: index)
        }
      guard isFound else { return nil }
    }
    parser.skipWhitespace()
    return parser.offset < parser.bytes.count ? parser.offset : nil
  }

  private mutating func enterObject(at wanted: String) -> Bool {
    guard take(UInt8(ascii: "{")) else { return false }
    while true {
      parser.skipWhitespace()
      guard parser.byte == UInt8(ascii: "\""), let key = try? parser.parseString(),
        take(UInt8(ascii: ":"))
      else { return false }
      if key.hasSameBytes(as: wanted) { return true }
      guard skipValue(), take(UInt8(ascii: ",")) else { return false }
    }
  }

  private mutating func enterArray(at wanted: Int) -> Bool {
    guard wanted >= 0, take(UInt8(ascii: "[")) else { return false }
    for _ in 0..<wanted {
      guard skipValue(), take(UInt8(ascii: ",")) else { return false }
    }
    parser.skipWhitespace()
    return parser.byte != UInt8(ascii: "]")
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    parser.skipWhitespace()
    guard parser.byte == byte else { return false }
    parser.offset += 1
    return true
  }

  /// Passes over one value; false if the document ends within it.
  private mutating func skipValue() -> Bool {
    var depth = 0
    while true {
      parser.skipWhitespace()
      guard parser.offset < parser.bytes.count else { return false }
      switch parser.byte {
      case UInt8(ascii: "["), UInt8(ascii: "{"):
        depth += 1
        parser.offset += 1
      case UInt8(ascii: "]"), UInt8(ascii: "}"):
        depth -= 1
        parser.offset += 1
      case UInt8(ascii: ","), UInt8(ascii: ":"):
        parser.offset += 1
        continue
      case UInt8(ascii: "\""):
        skipString()
      default:
        skipWord()
      }
      if depth <= 0 { return depth == 0 }
    }
  }

  private mutating func skipString() {
    parser.offset += 1
    while parser.offset < parser.bytes.count {
      switch parser.byte {
      case UInt8(ascii: "\""):
        parser.offset += 1
        return
      case UInt8(ascii: "\\"):
        parser.offset += 2
      default:
        // Stands on plain text, or on a control character that no document contains here.
        parser.offset += 1
        parser.skipPlainText()
      }
    }
  }

  /// Passes over a number or a literal.
  private mutating func skipWord() {
    while parser.offset < parser.bytes.count {
      switch parser.byte {
      case 0x20, 0x0A, 0x0D, 0x09, UInt8(ascii: ","), UInt8(ascii: "]"), UInt8(ascii: "}"): return
      default: parser.offset += 1
      }
    }
  }
}
