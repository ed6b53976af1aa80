/// Whether a text is a question by its end or its beginning.
enum Interrogatives {
  static func isQuestion(_ text: String, _ words: TimeTokens) -> Bool {
    let closing = text.unicodeScalars.reversed().prefix(64)
    let last = closing.first { !$0.properties.isWhitespace && !"\"'”’)]」』）*_".unicodeScalars.contains($0) }
    if last == "?" || last == "？" { return true }
    if last == "!" || last == "！" { return false }
    return beginsAsQuestion(words) || endsAsQuestion(closing)
  }

  private static func beginsAsQuestion(_ text: TimeTokens) -> Bool {
    guard let first = text.tokens.first else { return false }
    let next = text.classes(1)
    if first.classes.has(.interrogative) {
      guard first.word != 0 else { return first.before != .text }
      if first.classes.has(.when) && first.end - first.start == 4 { return next.has(.auxiliary) }
      // "What a day", "how I wish", "what I need is" are none.
      return !next.has([.article, .subject, .firstPerson])
    }
    guard first.classes.has(.auxiliary), text.tokens.count > 1, text.tokens[1].isAdjacent else {
      return false
    }
    return next.has([.subject, .firstPerson, .secondPerson])
  }

  /// The closing particles of questions: 吗, 呢; か; -까, -나요, -니.
  private static func endsAsQuestion(_ reversed: some Sequence<Unicode.Scalar>) -> Bool {
    let letters = reversed.drop { scalar in
      scalar.properties.isWhitespace || ScalarClass(scalar) == .separator
    }
    var end = letters.makeIterator()
    guard let last = end.next() else { return false }
    let before = end.next()
    switch last {
    case "吗", "嗎", "呢", "까": return true
    case "か": return before == "す" || before == "う" || before == "た" || before == "の"
    case "요": return before == "나" || before == "까" || before == "가"
    default: return false
    }
  }
}
