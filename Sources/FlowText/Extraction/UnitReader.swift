// From a source to units.
//
// Sentences are cut further, for a summary of a few sentences has room for the half that tells something:
// - What opens a sentence and says nothing goes: greetings, interjections, a name that is called ("Wow, Ana!"),
//   "by the way", and so does a name called at its end.
// - A long sentence is cut into clauses before a conjunction behind a comma or a dash; Korean, where the verb's ending is
//   the conjunction, behind that; Chinese and Japanese behind their commas.
// - An aside in square brackets ("[image: a chart]") is a unit of its own.
// What remains is verbatim: units are ranges of words of the source, in order, and none is made up.

/// Cuts the parts of a source into units.
struct UnitReader {
  private(set) var result: ExtractUnits
  private var line = 0

  /// The least bytes of a sentence that is cut into clauses.
  private static let longClause = 60
  /// The least words, or bytes of a script without spaces, of a clause.
  private static let fewestWords = 4
  private static let fewestBytes = 36

  /// Whether any word with a capital may be a name that is called, where the speakers are not known.
  private let callsAnyone: Bool

  init(speakers: [String], callsAnyone: Bool = false, count: @escaping (String) -> Int) {
    self.callsAnyone = callsAnyone
    result = ExtractUnits(count: count)
    for speaker in speakers {
      speaker.utf8.withContiguousStorageIfAvailable { bytes in
        for word in Words(bytes, 0..<bytes.count) {
          let number = result.table.number(of: UnsafeBufferPointer(rebasing: bytes[word.range]))
          for term in result.table.terms[result.table.words[number].terms] { note(speaker: Int(term)) }
        }
      }
    }
  }

  private mutating func note(speaker term: Int) {
    while result.isSpeaker.count <= term { result.isSpeaker.append(false) }
    result.isSpeaker[term] = true
  }

  // MARK: Prose and talk

  mutating func readProse(_ bytes: UnsafeBufferPointer<UInt8>, part: Int) {
    let sentences = SentenceSplitter.ranges(in: bytes)
    var end = 0
    for (index, sentence) in sentences.enumerated() {
      if bytes[end..<sentence.lowerBound].contains(where: { $0 == 0x0A || $0 == 0x0D }) || index == 0 {
        line += 1
      }
      end = sentence.upperBound
      let first = result.words.count
      append(bytes, sentence)
      cut(
        first..<result.words.count,
        part,
        place: index * 1000 / sentences.count,
        isWhole: sentence.count < Self.longClause
      )
    }
  }

  // MARK: Output of tools

  /// Lines of output: each a line of the summary, or all joined in one where a line has a label to pay for.
  mutating func readOutput(_ bytes: UnsafeBufferPointer<UInt8>, part: Int, joins: Bool) {
    line += 1
    for output in OutputShape.lines(in: bytes) {
      if !joins { line += 1 }
      let first = result.words.count
      append(bytes, output.range)
      guard result.words.count > first else { continue }
      var unit = ExtractUnit(
        part: part,
        line: line,
        words: first..<result.words.count,
        isContiguous: false,
        place: 0,
        shape: output.score
      )
      unit.note = output.note
      unit.isCut = output.isCut
      result.units.append(unit)
    }
  }

  private mutating func append(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) {
    for word in Words(bytes, range) {
      let number = result.table.number(of: UnsafeBufferPointer(rebasing: bytes[word.range]))
      result.words.append(UInt32(number) << 1 | (word.isGlued ? 1 : 0))
    }
  }

  /// Makes units of the words of one sentence.
  private mutating func cut(_ sentence: Range<Int>, _ part: Int, place: Int, isWhole: Bool) {
    var start = afterOpening(sentence)
    let end = beforeCall(start..<sentence.upperBound)
    guard start < end else { return }
    var isContiguous = false
    func unit(_ words: Range<Int>) -> ExtractUnit {
      ExtractUnit(part: part, line: line, words: words, isContiguous: isContiguous, place: place)
    }
    var bytes = 0
    for index in (start..<end).dropLast() {
      bytes += result.word(index).text.count
      let isAside = opensAside(index + 1, end) || closesAside(index, start)
      guard isAside || !isWhole && isLongEnough(start..<(index + 1), bytes) && endsClause(index, start, end)
      else {
        continue
      }
      result.units.append(unit(start..<(index + 1)))
      isContiguous = true
      start = index + 1
      bytes = 0
    }
    result.units.append(unit(start..<end))
  }

  private func isLongEnough(_ words: Range<Int>, _ bytes: Int) -> Bool {
    words.count >= Self.fewestWords || bytes >= Self.fewestBytes
  }

  private func traits(_ index: Int) -> WordTraits { result.word(index).traits }

  /// Whether a clause of its own begins behind a word.
  private func endsClause(_ index: Int, _ start: Int, _ end: Int) -> Bool {
    let this = traits(index)
    let next = traits(index + 1)
    var rest = 0
    for word in (index + 1)..<min(end, index + 1 + Self.fewestWords) { rest += result.word(word).text.count }
    guard end - index - 1 >= Self.fewestWords || rest >= Self.fewestBytes else { return false }
    if this.has(WordTraits.wideComma | WordTraits.connective) { return true }
    if this.has(WordTraits.dash) { return true }
    return this.has(WordTraits.comma) && next.has(WordTraits.joins)
  }

  private func opensAside(_ index: Int, _ end: Int) -> Bool {
    guard traits(index).has(WordTraits.opensBracket) else { return false }
    return (index..<end).contains { traits($0).has(WordTraits.closesBracket) }
  }

  private func closesAside(_ index: Int, _ start: Int) -> Bool {
    traits(index).has(WordTraits.closesBracket) && traits(start).has(WordTraits.opensBracket)
  }

  // MARK: What says nothing

  /// The place behind greetings, interjections, names called and words that only connect.
  private func afterOpening(_ sentence: Range<Int>) -> Int {
    var start = sentence.lowerBound
    while start < sentence.upperBound {
      let left = sentence.upperBound - start
      let first = traits(start)
      let pause = WordTraits.comma | WordTraits.stop | WordTraits.dash
      if first.has(WordTraits.courtesy) || isName(start) {
        if first.has(pause) || left == 1 {
          start += 1
          continue
        }
        // "Hey Mel!", "Thank you,"
        let second = traits(start + 1)
        if first.has(WordTraits.courtesy), second.has(pause) || left == 2,
          second.has(WordTraits.capital | WordTraits.courtesy | WordTraits.secondPerson)
        {
          start += 2
          continue
        }
      }
      if let set = openingPhrase(start, sentence.upperBound) {
        start += set
        continue
      }
      guard first.has(WordTraits.opener), left > Self.fewestWords else { break }
      start += 1
    }
    return start
  }

  /// The words of "by the way," and its like.
  private func openingPhrase(_ start: Int, _ end: Int) -> Int? {
    for phrase in Self.openingPhrases where start + phrase.count < end {
      let isHere = phrase.indices.allSatisfy { offset in
        let text = result.table.text(of: Int(result.words[start + offset] >> 1))
        let rest = text.dropFirst(phrase[offset].count)
        return text.count >= phrase[offset].count && zip(text, phrase[offset]).allSatisfy { $0 | 0x20 == $1 }
          && (rest.isEmpty || offset == phrase.count - 1 && rest.elementsEqual([UInt8(ascii: ",")]))
      }
      if isHere { return phrase.count }
    }
    return nil
  }

  private static let openingPhrases: [[[UInt8]]] = [
    "by the way", "in fact", "of course", "for sure", "i mean", "you know", "to be honest", "as you know",
  ].map { $0.split(separator: " ").map { Array($0.utf8) } }

  /// The place before a speaker's name that is called at the end, as in "See you, Ana".
  private func beforeCall(_ sentence: Range<Int>) -> Int {
    guard sentence.count > 2 else { return sentence.upperBound }
    let last = sentence.upperBound - 1
    let isCalled =
      isName(last) && traits(last - 1).has(WordTraits.comma) && !traits(last).has(WordTraits.question)
    return isCalled ? last : sentence.upperBound
  }

  private func isName(_ index: Int) -> Bool {
    let word = result.word(index)
    guard word.terms.count == 1, word.traits.has(WordTraits.capital) else { return false }
    if callsAnyone { return true }
    let term = Int(result.table.terms[word.terms.lowerBound])
    return term < result.isSpeaker.count && result.isSpeaker[term]
  }
}
