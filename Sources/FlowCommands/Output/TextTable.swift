/// A table in plain text: columns padded to their widest cell, with Hangul, Han and Kana two columns wide.
struct TextTable {
  let header: [String]
  let rows: [[String]]

  /// The table, each line ended by a newline.
  var text: String {
    let lines = [header] + rows
    let widths = header.indices.map { column in lines.map { TextTable.width($0[column]) }.max() ?? 0 }
    return lines.map { line in
      var text = ""
      for (column, cell) in line.enumerated() {
        text += cell
        if column < line.count - 1 {
          text += String(repeating: " ", count: widths[column] - TextTable.width(cell) + 2)
        }
      }
      while text.hasSuffix(" ") { text.removeLast() }
      return text + "\n"
    }
    .joined()
  }

  /// The columns that a text takes in a terminal (Unicode Standard Annex #11, wide and fullwidth).
  static func width(_ text: String) -> Int {
    if text.utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) { return text.utf8.count }
    return text.unicodeScalars.reduce(0) { width, scalar in
      switch scalar.properties.generalCategory {
      case .nonspacingMark, .enclosingMark, .format, .control: width
      default: width + (isWide(scalar) ? 2 : 1)
      }
    }
  }

  private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF,
      0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F,
      0x1F900...0x1F9FF, 0x20000...0x3FFFD:
      true
    default: false
    }
  }
}
