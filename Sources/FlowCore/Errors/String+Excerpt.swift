extension String {
  /// The text in quotes for an error message: at most 60 characters, control characters made visible.
  public var quotedExcerpt: String {
    "'\(excerpt(limit: 60))'"
  }

  /// The first `limit` characters, control and bidirectional characters made visible as `\u{…}`.
  public func excerpt(limit: Int) -> String {
    // Nearly all names and ids; asking Unicode for each character costs more than all else that is done with them.
    if utf8.count <= limit, utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) { return self }
    var result = ""
    var count = 0
    for scalar in unicodeScalars {
      if count == limit { return result + "…" }
      if scalar.isUnsafeToPrint {
        result += "\\u{\(String(scalar.value, radix: 16))}"
      } else {
        result.unicodeScalars.append(scalar)
      }
      count += 1
    }
    return result
  }
}

extension Unicode.Scalar {
  /// Whether a terminal might take this for an order, or show what follows in another place.
  public var isUnsafeToPrint: Bool {
    if value < 0x7F { return value < 0x20 }
    switch properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator: return true
    case .format: return properties.isBidiControl
    default: return false
    }
  }
}
