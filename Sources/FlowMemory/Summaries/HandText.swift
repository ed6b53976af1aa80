import FlowCore
import FlowText

// A person may write anything into a section of memory_cache.md; a summary is a list of bullets, each one line with the
// steps that say it. So list items become bullets, with the lines that belong to them; so does other text, a paragraph a
// bullet. An anchor at the end, `[s3-4]`, is the bullet's source where it lies within the summary; a bullet without one,
// or with one that lies elsewhere and so stays in the text, may come from any of the summary's steps.
//
// What holds: no word is lost; the text that Flow renders of bullets gives these bullets back.

/// The text of a summary as a person wrote it.
struct HandText {
  /// Texts of more bytes are no summaries.
  static let maximumBytes = 64 << 10

  /// A line of a summary, without its weight.
  struct Line: Equatable {
    let text: String
    let source: ClosedRange<StepID>

    init(text: String, source: ClosedRange<StepID>) {
      self.text = text
      self.source = source
    }

    init(_ bullet: Summary.Bullet) {
      self.init(text: bullet.text, source: bullet.source)
    }

    static func == (left: Line, right: Line) -> Bool {
      left.source == right.source && left.text.utf8.elementsEqual(right.text.utf8)
    }
  }

  /// The steps that the summary covers.
  private let range: ClosedRange<StepID>
  private var lines: [Line] = []
  private var open: Block?

  /// What becomes a bullet, while it is read.
  private struct Block {
    var parts: [Substring]
    /// Whether indented text below a blank line still belongs to it.
    let isItem: Bool
    /// Whether it ends with its line.
    let isHeading: Bool
    var isAfterBlank = false
  }

  private init(range: ClosedRange<StepID>) {
    self.range = range
  }

  /// The bullets of a text about these steps.
  static func lines(in text: String, about range: ClosedRange<StepID>) -> [Line] {
    var reader = HandText(range: range)
    for line in text.split(omittingEmptySubsequences: false, whereSeparator: { $0 == "\n" || $0 == "\r\n" }) {
      reader.read(line)
    }
    reader.close()
    return reader.lines
  }

  private mutating func read(_ line: Substring) {
    let content = line.drop { $0 == " " || $0 == "\t" }
    if OneLine.folded(content).isEmpty {
      open?.isAfterBlank = true
    } else if HandText.isRule(content) {
      close()
    } else if let item = HandText.item(content) {
      begin(item, isItem: true)
    } else if HandText.isHeading(content) {
      begin(content, isHeading: true)
    } else if let block = open, continues(block, HandText.indentation(of: line)) {
      open?.parts.append(content)
      open?.isAfterBlank = false
    } else {
      begin(content)
    }
  }

  /// Whether text that begins no block of its own belongs to the one before it.
  ///
  /// Indented text below an item does. Other text does as in Markdown, but not below an anchor, which ends a bullet.
  private func continues(_ block: Block, _ indentation: Int) -> Bool {
    if block.isHeading { return false }
    if block.isItem, indentation >= 2 { return true }
    return !block.isAfterBlank && block.parts.last.flatMap { anchored(OneLine.folded($0)) } == nil
  }

  private mutating func begin(_ content: Substring, isItem: Bool = false, isHeading: Bool = false) {
    close()
    open = Block(parts: [content], isItem: isItem, isHeading: isHeading)
  }

  private mutating func close() {
    guard let block = open else { return }
    open = nil
    var parts = block.parts.map(OneLine.folded)
    var source: ClosedRange<StepID>?
    for place in parts.indices.reversed() {
      guard let (text, steps) = anchored(parts[place]) else { continue }
      parts[place] = text
      source = steps
      break
    }
    let text = parts.filter { !$0.isEmpty }.joined(separator: " ")
    if !text.isEmpty { lines.append(Line(text: text, source: source ?? range)) }
  }

  /// A text that ends with the anchor of steps of the summary, as text and steps; an anchor alone is a text.
  private func anchored(_ text: String) -> (text: String, steps: ClosedRange<StepID>)? {
    guard text.last == "]", let start = text.lastIndex(of: "["),
      case .steps(let steps)? = Anchor(String(text[text.index(after: start)...].dropLast())),
      range.contains(steps.lowerBound), range.contains(steps.upperBound)
    else { return nil }
    let rest = OneLine.folded(text[..<start])
    return rest.isEmpty ? nil : (rest, steps)
  }
}

extension HandText {
  /// What an item of a list says; a number in front of it stays, as it may tell an order.
  private static func item(_ content: Substring) -> Substring? {
    if let mark = content.first, "-*+•".contains(mark), content.dropFirst().first?.isWhitespace ?? true {
      return content.dropFirst()
    }
    let digits = content.prefix { $0.isASCII && $0.isNumber }
    let rest = content.dropFirst(digits.count)
    guard (1...9).contains(digits.count), rest.first == "." || rest.first == ")",
      rest.dropFirst().first?.isWhitespace == true
    else { return nil }
    return content
  }

  private static func isHeading(_ content: Substring) -> Bool {
    let marks = content.prefix { $0 == "#" }
    return (1...6).contains(marks.count) && content.dropFirst(marks.count).first?.isWhitespace == true
  }

  /// Whether a line only parts others, or underlines a heading.
  private static func isRule(_ content: Substring) -> Bool {
    let marks = content.filter { !$0.isWhitespace }
    guard let mark = marks.first, marks.count >= 3, "-*_=".contains(mark) else { return false }
    return marks.allSatisfy { $0 == mark }
  }

  private static func indentation(of line: Substring) -> Int {
    line.prefix { $0 == " " || $0 == "\t" }.reduce(0) { $0 + ($1 == "\t" ? 4 : 1) }
  }
}
