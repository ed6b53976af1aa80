// Cuts a text into the words, numbers and phrases that the rules of time, questions and marks look at.
//
// One pass over the UTF-8 bytes. English words are looked up in the lexicon, Hangul words by their beginning
// (particles and endings follow), Han and Kana by the longest phrase at each place. A token is made for every
// word of a spaced script, known or not; of the others only for what was found.
struct WordLexer {
  let bytes: UnsafeBufferPointer<UInt8>
  private(set) var tokens: [WordToken] = []
  private var before = WordToken.Separator.sentence {
    didSet { if before == .sentence { isNewSentence = true } }
  }
  private var isNewSentence = true
  private let lexicon = EnglishLexicon.shared
  private let hangul = PhraseTable.hangul
  private let unspaced = PhraseTable.unspaced

  private init(_ bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
    tokens.reserveCapacity(bytes.count / 5)
  }

  /// The tokens of a text in their order.
  static func tokens(in text: String) -> [WordToken] {
    var text = text
    return text.withUTF8 { tokens(in: $0) }
  }

  /// The tokens of UTF-8 bytes, with places among them.
  static func tokens(in bytes: UnsafeBufferPointer<UInt8>) -> [WordToken] {
    var lexer = WordLexer(bytes)
    lexer.read()
    lexer.joinPhrases()
    return lexer.tokens
  }

  private mutating func read() {
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      if byte == 0x20 {
        before = max(before, .space)
        index += 1
      } else if ASCII.isLetter(byte) {
        index = readWord(from: index)
      } else if ASCII.isDigit(byte) {
        index = readDigits(from: index)
      } else if byte < 0x80 {
        separate(by: byte, at: index)
        index += 1
      } else {
        index = readLong(from: index)
      }
    }
  }

  /// Makes one token of each set phrase; what its words say of persons and moods stays.
  private mutating func joinPhrases() {
    let kept: WordClass = [.firstPerson, .secondPerson, .negation, .auxiliary, .interrogative]
    var place = 0
    var index = 0
    while index < tokens.count {
      var token = tokens[index]
      index += 1
      if token.word != 0, let phrase = phrase(at: index - 1) {
        let last = index + phrase.words.count - 2
        token.classes.formIntersection(kept)
        while index <= last {
          token.classes.formUnion(tokens[index].classes.intersection(kept))
          index += 1
        }
        token.classes.formUnion(phrase.classes)
        // "Walk me through" does not speak of the one who asks.
        if phrase.classes.has(.overview) { token.classes.subtract(.firstPerson) }
        token.value = phrase.value
        token.end = tokens[last].end
      }
      tokens[place] = token
      place += 1
    }
    tokens.removeSubrange(place...)
  }

  private func phrase(at index: Int) -> EnglishLexicon.Phrase? {
    for phrase in lexicon.phrases[Int(tokens[index].word)] where index + phrase.words.count <= tokens.count {
      var offset = 1
      while offset < phrase.words.count, tokens[index + offset].word == phrase.words[offset],
        tokens[index + offset].before <= .hyphen
      {
        offset += 1
      }
      if offset == phrase.words.count { return phrase }
    }
    return nil
  }

  private mutating func append(
    _ start: Int,
    _ end: Int,
    _ classes: WordClass,
    _ value: Int = 0,
    isCapital: Bool = false,
    word: UInt16 = 0
  ) {
    tokens.append(
      WordToken(
        start: start,
        end: end,
        classes: classes,
        value: value,
        before: before,
        startsSentence: isNewSentence,
        isCapital: isCapital,
        word: word,
        isDigits: ASCII.isDigit(bytes[start])
      )
    )
    before = .none
    isNewSentence = false
  }

  private mutating func separate(by byte: UInt8, at index: Int) {
    switch byte {
    case UInt8(ascii: "\n"), UInt8(ascii: "!"), UInt8(ascii: "?"): before = .sentence
    case UInt8(ascii: "."):
      let next = bytes.byte(at: index + 1)
      before = next <= 0x20 || next == UInt8(ascii: "\"") ? .sentence : max(before, .mark)
    case UInt8(ascii: "-"): before = max(before, .hyphen)
    case UInt8(ascii: ","): before = max(before, .comma)
    case 0..<0x20: before = max(before, .space)
    default: before = max(before, .mark)
    }
  }

  // MARK: Words

  private mutating func readWord(from start: Int) -> Int {
    var key = EnglishLexicon.Key()
    var stem = key
    var index = start
    var isASCII = true
    var hasApostrophe = false
    while index < bytes.count {
      let byte = bytes[index]
      if ASCII.isLetter(byte) {
        key.append(byte | 0x20)
        index += 1
      } else if let length = apostrophe(at: index) {
        stem = key
        hasApostrophe = true
        key.append(UInt8(ascii: "'"))
        index += length
      } else if byte >= 0x80, case let (scalar, length) = bytes.scalar(at: index), isSpaced(scalar) {
        isASCII = false
        index += length
      } else if ASCII.isDigit(byte) || byte == UInt8(ascii: "_") {
        // An identifier, not a word.
        isASCII = false
        index += 1
      } else {
        break
      }
    }
    var number: UInt16 = 0
    if isASCII, index - start <= 18 {
      number = lexicon.number(of: key)
      if number == 0, hasApostrophe, bytes[index - 1] | 0x20 == UInt8(ascii: "s") {
        number = lexicon.number(of: stem)
      }
    }
    let isCapital = ASCII.isUpper(bytes[start])
    let place = Int(number)
    append(start, index, lexicon.classes[place], lexicon.values[place], isCapital: isCapital, word: number)
    return index
  }

  /// The length of an apostrophe between letters.
  private func apostrophe(at index: Int) -> Int? {
    let length: Int
    if bytes[index] == UInt8(ascii: "'") {
      length = 1
    } else if bytes[index] == 0xE2, bytes.byte(at: index + 1) == 0x80, bytes.byte(at: index + 2) == 0x99 {
      length = 3
    } else {
      return nil
    }
    return ASCII.isLetter(bytes.byte(at: index + length)) ? length : nil
  }

  private func isSpaced(_ scalar: Unicode.Scalar) -> Bool {
    let kind = ScalarClass(scalar)
    return kind == .spaced || kind == .mark || kind == .ignorable
  }

  // MARK: Digits

  private mutating func readDigits(from start: Int) -> Int {
    let reading = DigitsReader(bytes, from: start)
    append(start, reading.end, reading.classes, reading.value)
    return reading.end
  }

  // MARK: Scalars outside ASCII

  private mutating func readLong(from start: Int) -> Int {
    let (scalar, length) = bytes.scalar(at: start)
    switch ScalarClass(scalar) {
    case .hangul: return readHangul(from: start)
    case .unspaced: return readUnspaced(from: start, scalar, length)
    case .spaced:
      var end = start + length
      while end < bytes.count, bytes[end] >= 0x80 || ASCII.isAlphanumeric(bytes[end]) {
        let (next, length) = bytes.scalar(at: end)
        guard isSpaced(next) else { break }
        end += length
      }
      let isCapital = scalar.properties.isUppercase
      append(start, end, [], isCapital: isCapital)
      return end
    case .mark, .ignorable: return start + length
    case .separator:
      switch scalar {
      case "。", "！", "？", "…", "｡": before = .sentence
      case "，", "、": before = max(before, .comma)
      case "\u{3000}", "\u{A0}": before = max(before, .space)
      default: before = max(before, .mark)
      }
      return start + length
    }
  }

  private mutating func readHangul(from start: Int) -> Int {
    var end = start
    while end < bytes.count, bytes[end] >= 0xE1 {
      let (scalar, length) = bytes.scalar(at: end)
      guard ScalarClass(scalar) == .hangul else { break }
      end += length
    }
    var index = start
    while index < end {
      let first = bytes.scalar(at: index).scalar
      let last = tokens.last?.classes ?? []
      let adjacent = before <= .space
      let found = hangul.match(bytes, at: index, first: first) { entry in
        index + entry.text.count <= end
          && isTaken(entry.classes, after: last, isAdjacent: adjacent)
          && (entry.count > 1 || isLast(index + entry.text.count, end)
            || entry.classes.has([.modifier, .number]))
          && (!entry.classes.has(.wholeWord) || index + entry.text.count == end)
      }
      guard let found, !found.classes.has(.nothing) else { break }
      append(index, index + found.text.count, found.classes, found.value)
      index += found.text.count
    }
    if index < end {
      if KoreanEndings.isImperative(bytes, start: index, end: end) {
        append(index, end, .imperative)
      } else if index == start {
        append(index, end, [])
      }
    }
    return end
  }

  /// After a word of one syllable only particles may follow, else it begins some other word.
  private func isLast(_ place: Int, _ end: Int) -> Bool {
    place == end || KoreanEndings.isParticle(bytes, start: place, end: end)
  }

  private func isTaken(_ classes: WordClass, after last: WordClass, isAdjacent: Bool) -> Bool {
    if classes.has(.afterNumber) { return isAdjacent && last.has(.number) }
    if classes.has(.modified) { return isAdjacent && last.has([.number, .modifier]) }
    if classes.has(.afterUnit) {
      return isAdjacent && last.has([.unit, .daySuffix, .monthSuffix, .yearSuffix, .daySpan])
    }
    return true
  }

  private mutating func readUnspaced(from start: Int, _ scalar: Unicode.Scalar, _ length: Int) -> Int {
    let last = tokens.last?.classes ?? []
    let adjacent = before <= .space
    let found = unspaced.match(bytes, at: start, first: scalar) { entry in
      isTaken(entry.classes, after: last, isAdjacent: adjacent)
        && (entry.count > 1 || !entry.classes.has([.season, .dayPart, .timeAdverb])
          || !HanNumerals.hasHanNeighbour(bytes, start: start, end: start + length))
    }
    if let found {
      let end = start + found.text.count
      if found.classes.has(.link) { return end }
      if found.classes.has(.nothing) {
        before = .text
      } else {
        append(start, end, found.classes, found.value)
      }
      return end
    }
    if let (value, end) = HanNumerals.read(bytes, from: start) {
      append(start, end, .number, value)
      return end
    }
    before = .text
    return start + length
  }
}
