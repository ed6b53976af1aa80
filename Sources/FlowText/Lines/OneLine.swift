/// Puts untrusted text on one line, where a line break could let it pose as a line of Flow's own.
package enum OneLine {
  /// The text with every run of white space and control characters as one space, none at the ends.
  package static func folded(_ text: some StringProtocol) -> String {
    var result = String.UnicodeScalarView()
    var hasGap = false
    for scalar in text.unicodeScalars {
      if breaksLine(scalar) || scalar.properties.isWhitespace || scalar.value < 0x20 {
        hasGap = true
        continue
      }
      if hasGap, !result.isEmpty { result.append(" ") }
      hasGap = false
      result.append(scalar)
    }
    return String(result)
  }

  /// A speaker's or a task's name, folded and at most 80 characters long.
  package static func name(_ text: String) -> String {
    let line = folded(text)
    return line.count <= 80 ? line : "\(line.prefix(80))…"
  }

  /// Whether some reader of the prompt may start a new line at this character.
  package static func breaksLine(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x0A...0x0D, 0x1C...0x1E, 0x85, 0x2028, 0x2029: true
    default: false
    }
  }
}
