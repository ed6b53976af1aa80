/// Marks that quote: `" "`, `“ ”`, `‘ ’`, `「 」`, `『 』`, `《 》`, `〈 〉`.
enum QuotationMarks {
  static let longest = 120

  /// For each kind of mark, the place up to which no closing one was found: the bytes before it need no second look.
  struct Unclosed {
    var places = [Int](repeating: -1, count: 8)
  }

  /// What closes a quotation that opens at a place, and its number among the marks.
  static func closing(_ bytes: UnsafeBufferPointer<UInt8>, at start: Int) -> (mark: [UInt8], kind: Int)? {
    if bytes[start] == UInt8(ascii: "\"") { return (straight, 0) }
    guard bytes[start] >= 0xE2 else { return nil }
    switch bytes.scalar(at: start).scalar {
    case "“": return (closers[0], 1)
    case "‘": return (closers[1], 2)
    case "「": return (closers[2], 3)
    case "『": return (closers[3], 4)
    case "《": return (closers[4], 5)
    case "〈": return (closers[5], 6)
    default: return nil
    }
  }

  private static let straight = [UInt8(ascii: "\"")]
  private static let closers = ["”", "’", "」", "』", "》", "〉"].map { Array($0.utf8) }
}

/// Quotations and text in back-ticks.
extension IdentifierPass {
  /// Finds the end of a quotation on the same line; what stands inside is read on by the pass.
  mutating func readQuotation(at start: Int, opening length: Int) {
    line.isEmpty = false
    guard let (mark, kind) = QuotationMarks.closing(bytes, at: start),
      opens(at: start, length, isStraight: kind == 0)
    else { return }
    let first = start + length
    let limit = min(bytes.count, first + QuotationMarks.longest)
    // A mark that nothing closes is looked at once, however many stand in a row.
    guard unclosed.places[kind] < limit else { return }
    var index = max(first, unclosed.places[kind])
    while index < limit, bytes[index] != 0x0A {
      if bytes[index] == mark[0], bytes[index...].starts(with: mark), closes(at: index, mark.count) {
        if kind == 0 { closingQuote = index }
        return appendQuotation(first..<index, end: index + mark.count, isStraight: kind == 0)
      }
      index += 1
    }
    unclosed.places[kind] = index
  }

  private func opens(at start: Int, _ length: Int, isStraight: Bool) -> Bool {
    let next = bytes.byte(at: start + length)
    guard next > 0x20 else { return false }
    guard isStraight else { return true }
    let before = bytes.byte(at: start - 1)
    return before < 0x80 && !ASCII.isAlphanumeric(before) && !".,!?".utf8.contains(before)
  }

  /// `’` between letters is an apostrophe.
  private func closes(at place: Int, _ length: Int) -> Bool {
    !(length == 3 && bytes[place] == 0xE2 && bytes[place + 2] == 0x99
      && ASCII.isLetter(bytes.byte(at: place + 3)))
  }

  private mutating func appendQuotation(_ content: Range<Int>, end: Int, isStraight: Bool) {
    var range = bytes.trimmed(content)
    while let last = range.last, ".,;:!?".utf8.contains(bytes[last]) { range = range.lowerBound..<last }
    // Numbers and timestamps are found as what they are.
    let letters = range.count { ASCII.isLetter(bytes[$0]) || bytes[$0] >= 0x80 }
    guard letters > 1, letters * 4 > range.count else {
      return
    }
    // A key of JSON names no fact.
    let next = bytes.byte(at: end)
    if isStraight, next == UInt8(ascii: ":") { return }
    let isWord = range.allSatisfy { ASCII.isLower(bytes[$0]) || bytes[$0] == UInt8(ascii: "_") }
    let weight = isWord ? IdentifierWeights.quotedWord : IdentifierWeights.quotation
    append(.container(.quoted, range, weight))
  }

  // MARK: Back-ticks

  /// Text in back-ticks is a command or a name of code; a fence of them is neither.
  mutating func readBackTicks(at start: Int) -> Int {
    var first = start
    while bytes.byte(at: first) == UInt8(ascii: "`") { first += 1 }
    let length = first - start
    guard length < 3 else { return first }
    let limit = min(bytes.count, first + 200)
    guard unclosed.places[7] < limit else { return first }
    var end = max(first, unclosed.places[7])
    while end < limit, bytes[end] != 0x0A, bytes[end] != UInt8(ascii: "`") { end += 1 }
    guard end < limit, bytes[end] == UInt8(ascii: "`") else {
      unclosed.places[7] = end
      return first
    }
    let range = bytes.trimmed(first..<end)
    if range.count > 1, range.contains(where: { ASCII.isLetter(bytes[$0]) }) {
      append(.container(backTickKind(range).0, range, backTickKind(range).1))
      unclosed.places[0] = max(unclosed.places[0], end)
    }
    // The closing mark opens nothing.
    closingBackTick = end
    return first
  }

  private func backTickKind(_ range: Range<Int>) -> (Identifier.Kind, Int) {
    guard range.contains(where: { bytes[$0] == 0x20 }) else { return (.id, IdentifierWeights.codeName) }
    let word = range.prefix { bytes[$0] > 0x20 }
    let tool = EnglishLexicon.Key(String(decoding: bytes[word.lowerBound..<word.upperBound], as: UTF8.self))
    let isTool = IdentifierWords.tools.contains(tool)
    return (.command, isTool ? IdentifierWeights.command : IdentifierWeights.codeText)
  }
}
