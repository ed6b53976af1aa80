/// The lines of a Markdown file, without being misled by how an editor ends them.
struct MarkdownLines {
  private let content: [UInt8]
  /// Where each line begins, and where the last one ends.
  private var starts: [Int]

  init(_ bytes: [UInt8]) {
    content = Self.hasWindowsEnds(bytes) ? Self.withoutCarriageReturns(bytes) : bytes
    starts = [0]
    for (index, byte) in content.enumerated() where byte == UInt8(ascii: "\n") { starts.append(index + 1) }
    if starts.last != content.count { starts.append(content.count) }
  }

  var count: Int { starts.count - 1 }
  var isEmpty: Bool { count == 0 }
  var indices: Range<Int> { 0..<count }

  /// Some lines with their line feeds.
  func bytes(_ range: Range<Int>) -> [UInt8] {
    guard range.lowerBound < count else { return [] }
    return Array(content[starts[range.lowerBound]..<starts[range.upperBound]])
  }

  /// A line without white space at its end.
  func text(_ index: Int) -> String {
    let line = content[starts[index]..<starts[index + 1]]
    let end = line.lastIndex { $0 != 0x20 && !(0x09...0x0D).contains($0) }
    return String(decoding: line[..<(end.map { $0 + 1 } ?? line.startIndex)], as: UTF8.self)
  }

  /// Whether a section begins here: a heading, directly followed by a comment of Flow's.
  func isSectionHead(at index: Int) -> Bool {
    index + 1 < count && isHeading(at: index) && isComment(at: index + 1)
  }

  /// Whether a line is a heading of a section's level.
  func isHeading(at index: Int) -> Bool { begins(index, with: "## ") }

  /// Whether a line begins as a section's comment does.
  func isComment(at index: Int) -> Bool { begins(index, with: MemorySection.commentStart) }

  /// Whether a line is one that git puts around what two branches wrote.
  func isConflictMark(at index: Int) -> Bool {
    ["<<<<<<< ", "||||||| ", ">>>>>>> "].contains { begins(index, with: $0) }
  }

  /// The first line that is not UTF-8; nil where all are.
  var firstNotUTF8: Int? {
    guard String(validating: content, as: UTF8.self) == nil else { return nil }
    return indices.first { String(validating: content[starts[$0]..<starts[$0 + 1]], as: UTF8.self) == nil }
  }

  private func begins(_ index: Int, with start: String) -> Bool {
    content[starts[index]..<starts[index + 1]].starts(with: start.utf8)
  }

  /// Whether an editor of Windows wrote the file.
  ///
  /// Only the ends of Flow's own lines tell: a text may hold any bytes.
  private static func hasWindowsEnds(_ bytes: [UInt8]) -> Bool {
    guard bytes.contains(UInt8(ascii: "\r")) else { return false }
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    return zip(lines, lines.dropFirst()).contains { heading, comment in
      heading.starts(with: "## ".utf8) && comment.starts(with: MemorySection.commentStart.utf8)
        && comment.last == UInt8(ascii: "\r")
    }
  }

  private static func withoutCarriageReturns(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    for (index, byte) in bytes.enumerated() {
      let endsLine =
        byte == UInt8(ascii: "\r") && index + 1 < bytes.count && bytes[index + 1] == UInt8(ascii: "\n")
      if !endsLine { result.append(byte) }
    }
    return result
  }
}
