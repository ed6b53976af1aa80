/// A text read as what it looks like: a talk ("Ana: …" before its lines), the output of a tool, or prose.
public enum Transcript {
  private static let longestLabel = 40
  /// The lines that are looked at to tell output from prose.
  private static let sample = 200

  /// The parts of a text: one for each labelled line and the lines behind it, or the whole text as one.
  ///
  /// A talk has labels before at least half of its lines, and some label more than once.
  public static func parts(of text: String) -> [ExtractPart] {
    var text = text
    return text.withUTF8 { bytes in
      if let talk = talk(in: bytes) { return talk }
      let text = String(decoding: bytes, as: UTF8.self)
      guard !bytes.isEmpty else { return [] }
      return [ExtractPart(label: nil, kind: isOutput(bytes) ? .toolOutput : .talk, text: text)]
    }
  }

  private struct Line {
    let range: Range<Int>
    /// The end of the label, or nil.
    let label: Int?
  }

  private static func talk(in bytes: UnsafeBufferPointer<UInt8>) -> [ExtractPart]? {
    var lines: [Line] = []
    var start = 0
    while start < bytes.count {
      var end = start
      while end < bytes.count, bytes[end] != 0x0A, bytes[end] != 0x0D { end += 1 }
      if end > start { lines.append(Line(range: start..<end, label: labelEnd(bytes, start..<end))) }
      start = end + 1
    }
    let labelled = lines.count { $0.label != nil }
    guard labelled * 2 >= lines.count, labelled > 1 else { return nil }
    var labels: Set<String> = []
    var parts: [ExtractPart] = []
    var index = 0
    while index < lines.count {
      let line = lines[index]
      var end = line.range.upperBound
      index += 1
      while index < lines.count, lines[index].label == nil {
        end = lines[index].range.upperBound
        index += 1
      }
      let label = line.label.map { String(decoding: bytes[line.range.lowerBound..<$0], as: UTF8.self) }
      if let label { labels.insert(label) }
      let body = line.label.map { $0 + 1 } ?? line.range.lowerBound
      parts.append(ExtractPart(label: label, text: String(decoding: bytes[body..<end], as: UTF8.self)))
    }
    return labels.count < labelled ? parts : nil
  }

  /// The end of a line's label: up to four words, then a colon with a space behind it.
  private static func labelEnd(_ bytes: UnsafeBufferPointer<UInt8>, _ line: Range<Int>) -> Int? {
    var spaces = 0
    var index = line.lowerBound
    guard ASCII.isLetter(bytes[index]) || bytes[index] >= 0xC3 else { return nil }
    while index < min(line.upperBound, line.lowerBound + longestLabel), bytes[index] != UInt8(ascii: ":") {
      if bytes[index] == 0x20 { spaces += 1 }
      if bytes[index] == UInt8(ascii: ".") || bytes[index] == UInt8(ascii: ",") {
        // "Dr. Lee" may be a label, the end of a sentence not.
        guard index - line.lowerBound < 4 else { return nil }
      }
      index += 1
    }
    guard index + 1 < line.upperBound, bytes[index] == UInt8(ascii: ":"), bytes[index + 1] == 0x20, spaces < 4
    else {
      return nil
    }
    return index
  }

  /// Whether a text is what a tool put out: JSON, a diff, or lines most of which are records of a log.
  private static func isOutput(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    if JSONShape.isJSON(bytes) { return true }
    var lines = 0
    var records = 0
    var start = 0
    while start < bytes.count, lines < sample {
      var end = start
      while end < bytes.count, bytes[end] != 0x0A, bytes[end] != 0x0D { end += 1 }
      let line = bytes.trimmed(start..<end)
      start = end + 1
      guard !line.isEmpty else { continue }
      if bytes[line].starts(with: "diff --git ".utf8) || bytes[line].starts(with: "Traceback (most".utf8) {
        return true
      }
      lines += 1
      if OutputShape.isRecord(bytes, line) { records += 1 }
    }
    return lines > 2 && records * 2 > lines
  }
}
