// What a tool put out is read by its shape, not as sentences.
//
// A line's shape says how much it tells: an error and a result before a warning, these before a record of a log, that
// before a frame of a stack or a test that passed. Nothing stands twice: lines that differ in their numbers only are
// kept once, with how many there were. Of a diff the names of the files stay, with the lines added and removed; of a
// stack the message and the nearest frame of one's own; of JSON its keys with plain values (`JSONShape`).
// The words looked for are those that compilers, test runners, shells and loggers use; each line is read once.

/// A line of a tool's output, or a piece of one, that a summary may take.
struct OutputLine {
  var range: Range<Int>
  /// How much it tells by its shape, in thousandths; an ordinary line has 600.
  var score: Int
  /// What is said behind it: how often it came, how much of a file changed.
  var note = ""
  /// Its end was cut off.
  var isCut = false
}

/// Reads the output of tools.
struct OutputShape {
  private let bytes: UnsafeBufferPointer<UInt8>
  private var lines: [OutputLine] = []
  private var repeats: [Int] = []
  /// The lines seen, by the hash of what they say without numbers.
  private var seen: [UInt64: Int] = [:]
  private var diffFile: Int?
  private var added = 0
  private var removed = 0
  private var isStack = false
  private var lastFrame: Int?

  private static let shortestRuler = 3
  /// The most bytes of one line.
  static let longestLine = 300

  static func lines(in bytes: UnsafeBufferPointer<UInt8>) -> [OutputLine] {
    if JSONShape.isJSON(bytes) { return JSONShape.lines(in: bytes) }
    var shape = OutputShape(bytes)
    shape.read()
    return shape.lines
  }

  private init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  private mutating func read() {
    var start = 0
    while start < bytes.count {
      var end = start
      while end < bytes.count, bytes[end] != 0x0A, bytes[end] != 0x0D { end += 1 }
      let line = bytes.trimmed(start..<end)
      if !line.isEmpty { read(line, indent: line.lowerBound - start) }
      start = end + 1
    }
    closeDiff()
    closeStack()
    // A tool says first what it does, and last what came of it.
    if let first = lines.indices.first { lines[first].score = max(lines[first].score, 1000) }
    if let last = lines.indices.last { lines[last].score = max(lines[last].score, 1400) }
    for (index, count) in repeats.enumerated() where count > 1 { lines[index].note = "(×\(count))" }
  }

  private mutating func read(_ line: Range<Int>, indent: Int) {
    let words = OutputWords(bytes, line)
    if readDiff(line, words) { return }
    if readStack(line, words) { return }
    guard words.hasLetterOrDigit else { return }
    let line = undecorated(line)
    let hash = words.hash
    if let known = seen[hash] {
      repeats[known] += 1
      return
    }
    seen[hash] = lines.count
    append(line, score: words.score)
  }

  /// The line without the rulers at its ends: `===== 2 failed =====`.
  private func undecorated(_ line: Range<Int>) -> Range<Int> {
    func isRuler(_ byte: UInt8) -> Bool {
      switch byte {
      case UInt8(ascii: "="), UInt8(ascii: "-"), UInt8(ascii: "*"), UInt8(ascii: "_"), UInt8(ascii: "~"),
        UInt8(ascii: "#"):
        true
      default: false
      }
    }
    var start = line.lowerBound
    while start < line.upperBound, isRuler(bytes[start]) { start += 1 }
    if start - line.lowerBound < Self.shortestRuler || bytes.byte(at: start) != 0x20 {
      start = line.lowerBound
    }
    var end = line.upperBound
    while end > start, isRuler(bytes[end - 1]) { end -= 1 }
    if line.upperBound - end < Self.shortestRuler || end == start || bytes[end - 1] != 0x20 {
      end = line.upperBound
    }
    return bytes.trimmed(start..<end)
  }

  private mutating func append(_ line: Range<Int>, score: Int) {
    var line = line
    let isCut = line.count > Self.longestLine
    if isCut {
      var end = line.lowerBound + Self.longestLine
      while end > line.lowerBound, bytes[end] & 0xC0 == 0x80 { end -= 1 }
      line = bytes.trimmed(line.lowerBound..<end)
    }
    lines.append(OutputLine(range: line, score: score, isCut: isCut))
    repeats.append(1)
  }

  private func has(_ text: StaticString, at place: Int) -> Bool {
    let count = text.utf8CodeUnitCount
    guard place >= 0, place + count <= bytes.count else { return false }
    for offset in 0..<count where bytes[place + offset] != text.utf8Start[offset] { return false }
    return true
  }

  /// Whether a line is a record of a log or a message of a tool, and no prose.
  static func isRecord(_ bytes: UnsafeBufferPointer<UInt8>, _ line: Range<Int>) -> Bool {
    var index = line.lowerBound
    while index < line.upperBound, bytes[index] == UInt8(ascii: "[") { index += 1 }
    let digits = index
    while index < line.upperBound, ASCII.isDigit(bytes[index]) { index += 1 }
    // A date or a clock time at the beginning.
    let isTimed = index - digits >= 2 && (bytes.byte(at: index) == 0x2D || bytes.byte(at: index) == 0x3A)
    let words = OutputWords(bytes, line)
    return isTimed && ASCII.isDigit(bytes.byte(at: index + 1)) || words.hasPlace || words.startsWithLevel
  }

  // MARK: Diffs

  /// Whether the line is part of a diff and dealt with.
  private mutating func readDiff(_ line: Range<Int>, _ words: OutputWords) -> Bool {
    if has("diff --git ", at: line.lowerBound) || has("--- a/", at: line.lowerBound) && diffFile == nil {
      closeDiff()
      diffFile = lines.count
      append(line, score: 1600)
      return true
    }
    guard let file = diffFile else { return false }
    if has("+++ ", at: line.lowerBound) {
      // The new name alone says it shorter.
      if !has("+++ /dev/null", at: line.lowerBound) {
        let start = line.lowerBound + (has("+++ b/", at: line.lowerBound) ? 6 : 4)
        lines[file].range = start..<line.upperBound
      }
      return true
    }
    if has("--- ", at: line.lowerBound) || has("index ", at: line.lowerBound)
      || has("@@ ", at: line.lowerBound)
    {
      return true
    }
    let isAtStart = line.lowerBound == 0 || bytes[line.lowerBound - 1] == 0x0A
    guard isAtStart else { return true }
    switch bytes[line.lowerBound] {
    case UInt8(ascii: "+"): added += 1
    case UInt8(ascii: "-"): removed += 1
    case UInt8(ascii: "\\"): return true
    default:
      closeDiff()
      return false
    }
    guard words.hasLetterOrDigit else { return true }
    append(line, score: 500)
    return true
  }

  private mutating func closeDiff() {
    if let file = diffFile, added + removed > 0 { lines[file].note = "(+\(added) -\(removed))" }
    diffFile = nil
    added = 0
    removed = 0
  }

  // MARK: Stacks

  private mutating func readStack(_ line: Range<Int>, _ words: OutputWords) -> Bool {
    if has("Traceback (most recent call last)", at: line.lowerBound) {
      isStack = true
      return true
    }
    let isPython = has("File \"", at: line.lowerBound)
    guard
      isPython || has("at ", at: line.lowerBound) && words.hasPlace
        || has("#", at: line.lowerBound) && words.isFrame
    else {
      // Below a frame of Python stands its line of code.
      if isStack, lastFrame != nil, !words.hasColon { return true }
      if isStack { closeStack() }
      return false
    }
    isStack = isPython
    guard !words.isForeign else { return true }
    if isPython {
      // The call that failed stands last.
      if let last = lastFrame { lines[last].score = 200 }
      lastFrame = lines.count
      append(line, score: 1200)
    } else {
      append(line, score: lastFrame == nil ? 1200 : 200)
      lastFrame = lastFrame ?? lines.count - 1
    }
    return true
  }

  private mutating func closeStack() {
    isStack = false
    lastFrame = nil
  }
}
