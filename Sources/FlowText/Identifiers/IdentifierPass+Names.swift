/// Capitalised words.
extension IdentifierPass {
  mutating func readCapitalWord(_ stem: Range<Int>, _ core: Range<Int>, _ bits: UInt16) {
    let isStart = startsSentence
    startsSentence = false
    var key = EnglishLexicon.Key()
    var word = NameRuns.Word(range: stem, key: key)
    var uppers = 0
    for index in stem {
      let byte = bytes[index]
      key.append(ASCII.isUpper(byte) ? byte | 0x20 : byte)
      guard ASCII.isUpper(byte) else { continue }
      uppers += 1
      if index > stem.lowerBound, ASCII.isLower(bytes[index - 1]) { word.isHumped = true }
    }
    let number = stem.count <= 12 ? Int(lexicon.number(of: key)) : 0
    let classes = lexicon.classes[number]
    let isCapital = beginsWithCapital(stem)
    let before = lastWord
    lastWord = Word(
      start: stem.lowerBound,
      end: core.upperBound,
      key: key,
      classes: classes,
      isCapital: isCapital && !isStart
    )
    if isDateWord(classes, after: before.end + 1 == stem.lowerBound ? before.classes : []) {
      line.hasDate = true
    }
    guard isCapital || word.isHumped, isFreeStanding(core) else { return names.close() }
    if uppers == 2, bytes[stem.lowerBound] == UInt8(ascii: "M"),
      bytes.byte(at: stem.lowerBound + 1) == UInt8(ascii: "c")
    {
      word.isHumped = false
    }
    word.key = key
    word.startsSentence = isStart
    word.isMarked = line.isMarked || line.isHeading
    word.isLineHead = stem.lowerBound == line.firstAtom
    word.isAcronym = uppers == stem.count && stem.count > 1
    word.isLabel = bytes.byte(at: core.upperBound) == UInt8(ascii: ":") && stem.count == core.count
    if isFunctionWord(stem, key, number, classes, isStart: isStart, isAcronym: word.isAcronym) {
      return names.addFunctionWord(stem, startsSentence: isStart)
    }
    // A capital letter alone is an initial, or part of a name: "Plan B".
    if stem.count == 1, !names.isOpen, bytes.byte(at: stem.upperBound) != UInt8(ascii: ".") { return }
    if word.isAcronym, stem.count > 6 { return names.close() }
    word.isCommon =
      number != 0 && !classes.has(.shortMonth) || IdentifierWords.labels.contains(key)
      || IdentifierWords.openers.contains(key)
    names.add(word, bytes)
    if stem.count < core.count { names.close() }
  }

  private func beginsWithCapital(_ word: Range<Int>) -> Bool {
    let first = bytes[word.lowerBound]
    if first < 0x80 { return ASCII.isUpper(first) }
    return bytes.scalar(at: word.lowerBound).scalar.properties.isUppercase
  }

  /// A call, a tag or an assignment is code, not a name in prose.
  private func isFreeStanding(_ core: Range<Int>) -> Bool {
    switch bytes.byte(at: core.upperBound) {
    case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "="), UInt8(ascii: "<"), UInt8(ascii: "{"),
      UInt8(ascii: ">"):
      return false
    default: break
    }
    switch bytes.byte(at: core.lowerBound - 1) {
    case UInt8(ascii: "<"), UInt8(ascii: "="), UInt8(ascii: "&"), UInt8(ascii: "{"), UInt8(ascii: "^"):
      return false
    default: return true
    }
  }

  private func isFunctionWord(
    _ stem: Range<Int>,
    _ key: EnglishLexicon.Key,
    _ number: Int,
    _ classes: WordClass,
    isStart: Bool,
    isAcronym: Bool
  ) -> Bool {
    if isAcronym, stem.count > 1 {
      return IdentifierWords.shouted.contains(key) || isStart && classes.rawValue != 0
        || classes.has([.clockMark]) || stem.count > 2 && isStopWord(stem)
    }
    if classes.has([.month, .weekday, .shortWeekday]) || IdentifierWords.interjections.contains(key) {
      return true
    }
    if classes.has(.shortMonth) { return false }
    // "March 15" is a date, "April" alone is one only to the date reader.
    if classes.has(.ambiguousMonth) { return isStart || ASCII.isDigit(bytes.byte(at: stem.upperBound + 1)) }
    if isStart, number != 0 || IdentifierWords.openers.contains(key) || isGerund(stem) { return true }
    if classes.has([
      .firstPerson, .secondPerson, .article, .subject, .greeting, .preposition, .interrogative, .number,
      .relativeDay, .please, .ruleAdverb,
    ]) {
      return true
    }
    return classes.has(.auxiliary) ? stem.count < 4 : isStopWord(stem)
  }

  /// "Visiting Paris" at the head of a sentence names Paris.
  private func isGerund(_ word: Range<Int>) -> Bool {
    word.count > 5 && bytes.byte(at: word.upperBound) == 0x20
      && bytes[word.upperBound - 3..<word.upperBound].elementsEqual("ing".utf8)
  }

  private func isStopWord(_ word: Range<Int>) -> Bool {
    word.count <= 10 && StopWords.contains(word.map { bytes[$0] | 0x20 })
  }

  // MARK: Lines

  mutating func endNames(ofLineTo end: Int) {
    guard names.hasRuns else { return names.clearSegment() }
    names.endLine(isCode: isCodeLine(line.start..<end), into: &finds)
  }

  /// Lines of code by their last sign, by their first word, or by an assignment.
  private func isCodeLine(_ range: Range<Int>) -> Bool {
    let line = bytes.trimmed(range)
    guard !line.isEmpty else { return false }
    switch bytes[line.upperBound - 1] {
    case UInt8(ascii: ";"), UInt8(ascii: "{"): return true
    case UInt8(ascii: "}"), UInt8(ascii: ")"), UInt8(ascii: ":"), UInt8(ascii: ","), UInt8(ascii: "\\"):
      if line.lowerBound - range.lowerBound >= 2, bytes[line.lowerBound] != UInt8(ascii: "-") { return true }
    default: break
    }
    var key = EnglishLexicon.Key()
    var index = line.lowerBound
    while index < line.upperBound, index - line.lowerBound < 12, ASCII.isLower(bytes[index]) {
      key.append(bytes[index])
      index += 1
    }
    return index > line.lowerBound && IdentifierWords.codeStarts.contains(key)
      && index < line.upperBound && bytes[index] == 0x20 && looksLikeStatement(index..<line.upperBound)
  }

  /// "import Foundation", "from x import y", "class A: …", but not "from now on we meet in Lisbon".
  private func looksLikeStatement(_ rest: Range<Int>) -> Bool {
    var words = 0
    for index in rest.prefix(80) {
      switch bytes[index] {
      case UInt8(ascii: "("), UInt8(ascii: "="), UInt8(ascii: "{"), UInt8(ascii: "["): return true
      case 0x20: words += 1
      default: break
      }
    }
    return words < 5
  }
}
