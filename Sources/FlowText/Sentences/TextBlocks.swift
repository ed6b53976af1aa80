// What a newline means.
//
// A line of code, a log record, a heading, a list item or a table row is one unit. Prose comes in two
// shapes: a paragraph a line (chat, Markdown), or wrapped at a fixed width (mail, commit messages), where a
// sentence runs over line ends. A line goes on into the next one only if both are prose of the same indent,
// the first is long, ends in the middle of a sentence, and the next begins with a lowercase letter.

/// A part of the text that no sentence crosses.
struct TextBlock {
  var range: Range<Int>
  /// Not to be split at sentence ends.
  var isUnit: Bool
}

/// Cuts text into blocks, line by line.
enum TextBlocks {
  private static let shortestWrap = 40

  static func blocks(in bytes: UnsafeBufferPointer<UInt8>) -> [TextBlock] {
    var blocks: [TextBlock] = []
    var fence: UInt8?
    var start = 0
    while start < bytes.count {
      var end = start
      while end < bytes.count, bytes[end] != 0x0A, bytes[end] != 0x0D { end += 1 }
      let line = bytes.trimmed(start..<end)
      let isIndented = line.lowerBound - start >= 4 || bytes[start] == 0x09
      start = end + 1
      guard !line.isEmpty else {
        // An empty block keeps the lines around it apart.
        blocks.append(TextBlock(range: line, isUnit: true))
        continue
      }
      if let mark = fenceMark(bytes, line), fence == nil || fence == mark {
        fence = fence == nil ? mark : nil
        blocks.append(TextBlock(range: line, isUnit: true))
      } else if fence != nil || isIndented || isUnit(bytes, line) {
        blocks.append(TextBlock(range: line, isUnit: true))
      } else if let last = blocks.last, !last.isUnit, isWrapped(bytes, last.range, line) {
        blocks[blocks.count - 1].range = last.range.lowerBound..<line.upperBound
      } else {
        blocks.append(TextBlock(range: line, isUnit: false))
      }
    }
    return blocks
  }

  /// The character of a Markdown fence, if the line opens or closes one.
  private static func fenceMark(_ bytes: UnsafeBufferPointer<UInt8>, _ line: Range<Int>) -> UInt8? {
    let mark = bytes[line.lowerBound]
    guard mark == UInt8(ascii: "`") || mark == UInt8(ascii: "~"), line.count >= 3,
      bytes[line.lowerBound + 1] == mark, bytes[line.lowerBound + 2] == mark
    else { return nil }
    return mark
  }

  // MARK: Lines that are units

  private static func isUnit(_ bytes: UnsafeBufferPointer<UInt8>, _ line: Range<Int>) -> Bool {
    let first = bytes[line.lowerBound]
    let second = bytes.byte(at: line.lowerBound + 1)
    switch first {
    case UInt8(ascii: "#"), UInt8(ascii: "|"), UInt8(ascii: "$"), UInt8(ascii: "{"), UInt8(ascii: "}"),
      UInt8(ascii: "<"):
      return true
    case UInt8(ascii: "-"), UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "/"):
      if second == 0x20 || second == first { return true }
    case 0x30...0x39: if startsItemOrRecord(bytes, line) { return true }
    default: break
    }
    switch bytes[line.upperBound - 1] {
    case UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: ";"): return true
    default: return isMostlySigns(bytes, line)
    }
  }

  /// `3. Item`, `12) item`, `2024-04-12 08:15:20 …`, `08:15:20.123 …`.
  private static func startsItemOrRecord(_ bytes: UnsafeBufferPointer<UInt8>, _ line: Range<Int>) -> Bool {
    var index = line.lowerBound
    while index < line.upperBound, ASCII.isDigit(bytes[index]) { index += 1 }
    let next = bytes.byte(at: index)
    switch next {
    case UInt8(ascii: "."), UInt8(ascii: ")"): return bytes.byte(at: index + 1) == 0x20
    case UInt8(ascii: "-"), UInt8(ascii: "/"), UInt8(ascii: ":"):
      return ASCII.isDigit(bytes.byte(at: index + 1)) && ASCII.isDigit(bytes.byte(at: index + 2))
    default: return false
    }
  }

  /// Whether fewer than two thirds of the bytes are letters and spaces: code, records, tables.
  private static func isMostlySigns(_ bytes: UnsafeBufferPointer<UInt8>, _ line: Range<Int>) -> Bool {
    var letters = 0
    for index in line where bytes[index] >= 0x80 || bytes[index] == 0x20 || ASCII.isLetter(bytes[index]) {
      letters += 1
    }
    return letters * 3 < line.count * 2
  }

  // MARK: Wrapped prose

  private static func isWrapped(
    _ bytes: UnsafeBufferPointer<UInt8>,
    _ block: Range<Int>,
    _ line: Range<Int>
  ) -> Bool {
    guard ASCII.isLower(bytes[line.lowerBound]) else { return false }
    let last = bytes[block.upperBound - 1]
    guard ASCII.isAlphanumeric(last) || last == UInt8(ascii: ",") || last == UInt8(ascii: "-") else {
      return false
    }
    var start = block.upperBound
    while start > block.lowerBound, bytes[start - 1] != 0x0A, block.upperBound - start < shortestWrap {
      start -= 1
    }
    // Exactly one line end lies between: an empty line made a block of its own.
    return block.upperBound - start >= shortestWrap
  }
}
