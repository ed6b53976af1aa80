import FlowCore
import FlowText

/// Reads the bullets of a model's answer: `- text [s3]`, `- text [s3-4]`.
///
/// Answers are read as models write them: a fence around all, a first line that announces the bullets, other marks,
/// bullets over several lines, anchors such as `[s3, s5]` or `(s3–s5)`. What is no bullet after that is a fault.
struct BulletAnswer {
  /// The most characters of a bullet.
  private static let longest = 1000

  /// The steps that were asked about.
  let range: ClosedRange<StepID>

  func bullets(in answer: String) throws(AnswerFault) -> [Summary.Bullet] {
    var bullets: [Summary.Bullet] = []
    for item in try items(in: answer) { bullets.append(try bullet(item)) }
    guard !bullets.isEmpty else {
      throw AnswerFault(kind: .nothing, sentence: "It had no bullets.")
    }
    // In the order of the steps; models are asked for that, and prompts rely on it.
    return bullets.enumerated()
      .sorted { ($0.element.source.lowerBound, $0.offset) < ($1.element.source.lowerBound, $1.offset) }
      .map(\.element)
  }

  // MARK: Lines

  /// The texts of the bullets, each on one line.
  private func items(in answer: String) throws(AnswerFault) -> [String] {
    var items: [String] = []
    var isAfterBlank = false
    for line in BulletAnswer.unfenced(answer) {
      let content = OneLine.folded(line)
      guard !content.isEmpty else {
        isAfterBlank = true
        continue
      }
      if let item = BulletAnswer.item(content) {
        items.append(item)
      } else if !items.isEmpty, !isAfterBlank, line.first == " " || line.first == "\t" {
        items[items.count - 1] += " " + content
      } else if items.isEmpty, content.hasSuffix(":") {
        continue
      } else {
        throw AnswerFault(
          kind: .prose,
          sentence: "This line was no bullet: \"\(content.excerpt(limit: 80))\"."
        )
      }
      isAfterBlank = false
    }
    return items
  }

  /// The lines of an answer, without a fence around all of them.
  private static func unfenced(_ answer: String) -> [Substring] {
    var lines = answer.split(omittingEmptySubsequences: false) {
      $0.unicodeScalars.contains(where: OneLine.breaksLine)
    }[...]
    func isBlank(_ line: Substring) -> Bool { line.allSatisfy(\.isWhitespace) }
    lines = lines.drop(while: isBlank)
    while let last = lines.last, isBlank(last) { lines.removeLast() }
    if lines.count >= 2, lines.first?.hasPrefix("```") == true, lines.last?.hasPrefix("```") == true {
      lines = lines.dropFirst().dropLast()
    }
    return Array(lines)
  }

  private static func item(_ content: String) -> String? {
    for mark in ["- ", "* ", "• ", "– "] where content.hasPrefix(mark) {
      return OneLine.folded(content.dropFirst(mark.count))
    }
    return nil
  }

  // MARK: Anchors

  private func bullet(_ item: String) throws(AnswerFault) -> Summary.Bullet {
    guard let (text, anchor) = BulletAnswer.anchored(item) else {
      throw AnswerFault(
        kind: .noAnchor,
        sentence:
          "This bullet did not end with the number of its record in brackets: \"\(item.excerpt(limit: 80))\"."
      )
    }
    guard range.contains(anchor.lowerBound), range.contains(anchor.upperBound) else {
      throw AnswerFault(
        kind: .foreignAnchor,
        sentence:
          "[\(Anchor.steps(anchor))] is not among the records \(Anchor.steps(range)) that you were given."
      )
    }
    guard !text.isEmpty else {
      throw AnswerFault(kind: .nothing, sentence: "A bullet had no text.")
    }
    guard text.count <= BulletAnswer.longest else {
      throw AnswerFault(
        kind: .tooLong,
        sentence: "A bullet had more than \(BulletAnswer.longest) characters."
      )
    }
    return Summary.Bullet(text: text, source: anchor, weight: 0)
  }

  /// A text and the steps named at its end.
  private static func anchored(_ item: String) -> (text: String, steps: ClosedRange<StepID>)? {
    var line = item[...]
    while let last = line.last, last == "." || last == "。" || last == " " { line.removeLast() }
    let pairs: [Character: Character] = ["]": "[", ")": "("]
    guard let close = line.last, let open = pairs[close], let start = line.lastIndex(of: open) else {
      return nil
    }
    var steps: ClosedRange<StepID>?
    for part in line[line.index(after: start)...].dropLast().split(whereSeparator: { $0 == "," || $0 == ";" })
    {
      guard let range = BulletAnswer.steps(part) else { return nil }
      steps =
        steps.map { min($0.lowerBound, range.lowerBound)...max($0.upperBound, range.upperBound) } ?? range
    }
    var text = OneLine.folded(line[..<start])
    // Several anchors in a row: the text ends before the first.
    if let steps, let (rest, before) = anchored(text) {
      text = rest
      return (text, min(steps.lowerBound, before.lowerBound)...max(steps.upperBound, before.upperBound))
    }
    return steps.map { (text, $0) }
  }

  /// Reads `s3`, `s3-4`, `s3-s4`, with any dash.
  private static func steps(_ text: Substring) -> ClosedRange<StepID>? {
    let numbers = text.split(whereSeparator: { "-–—".contains($0) }).map { part in
      part.drop { $0 == " " || $0 == "s" || $0 == "S" }.prefix { $0 != " " }
    }
    guard text.drop(while: { $0 == " " }).first.map({ $0 == "s" || $0 == "S" }) == true,
      let first = numbers.first.flatMap({ Int($0) }), let last = numbers.last.flatMap({ Int($0) }),
      numbers.count <= 2, first >= 1, first <= last
    else { return nil }
    return StepID(first)...StepID(last)
  }
}
