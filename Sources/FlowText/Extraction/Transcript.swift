/// A text read as a talk, if it is one: "Ana: …" before its lines.
public enum Transcript {
  private static let longestLabel = 40

  /// The parts of a text: one for each labelled line and the lines behind it, or the whole text as one of prose.
  ///
  /// A talk has labels before at least half of its lines, and some label more than once.
  public static func parts(of text: String) -> [ExtractPart] {
    let lines = text.split(whereSeparator: \.isNewline)
    var labels: [Substring?] = []
    var times: [Substring: Int] = [:]
    for line in lines {
      let label = label(of: line)
      labels.append(label)
      if let label { times[label, default: 0] += 1 }
    }
    let labelled = labels.count { $0 != nil }
    guard labelled * 2 >= lines.count, labelled > times.count else {
      return text.isEmpty ? [] : [ExtractPart(label: nil, text: text)]
    }
    var parts: [ExtractPart] = []
    for (line, label) in zip(lines, labels) {
      if let label {
        parts.append(ExtractPart(label: String(label), text: String(line.dropFirst(label.count + 1))))
      } else if let last = parts.popLast() {
        parts.append(ExtractPart(label: last.label, text: "\(last.text)\n\(line)"))
      } else {
        parts.append(ExtractPart(label: nil, text: String(line)))
      }
    }
    return parts
  }

  /// The label of a line: up to four words and a colon with a space behind it.
  private static func label(of line: Substring) -> Substring? {
    guard let colon = line.utf8.prefix(longestLabel).firstIndex(of: UInt8(ascii: ":")) else { return nil }
    let label = line[..<colon]
    guard let first = label.unicodeScalars.first, first.properties.isAlphabetic,
      line[colon...].dropFirst().first?.isWhitespace == true,
      label.utf8.count(where: { $0 == 0x20 }) < 4
    else { return nil }
    return label
  }
}
