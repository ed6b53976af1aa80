/// Atoms: what runs of letters, digits and signs are.
extension IdentifierPass {
  mutating func readAtom(from start: Int) -> Int {
    if line.isEmpty {
      line.isEmpty = false
      line.firstAtom = start
    }
    let barred = start < splitEnd ? splitBits : 0
    var bits: UInt16 = 0
    var end = start
    while end < bytes.count {
      let trait = traits[Int(bytes[end])]
      if trait != 0 {
        guard trait & barred == 0 else { break }
        bits |= trait
        end += 1
      } else if bytes[end] >= 0x80, let length = spacedLetter(at: end) {
        bits |= ByteTraits.long
        end += length
      } else {
        break
      }
    }
    if bits == ByteTraits.lower {
      readLowerWord(start, end)
      return end
    }
    // `projects/대기질/workflow.json`
    if bits & ByteTraits.slash != 0, bytes.byte(at: end) >= 0xE1, bytes[end - 1] == UInt8(ascii: "/"),
      let found = readEastAsianPath(from: start)
    {
      return found
    }
    if end == start {
      endAtom(start, start + 1)
      return start + 1
    }
    return readMixedAtom(start, end, bits)
  }

  /// Lets an atom that is no whole be read again from `start`, ending at each sign of a kind.
  ///
  /// Each reading bars one more kind of sign, so no byte is read more often than there are kinds.
  mutating func split(from start: Int, to end: Int, at sign: UInt16) -> Int {
    splitBits = start < splitEnd ? splitBits | sign : sign
    splitEnd = max(splitEnd, end)
    return start
  }

  private mutating func readMixedAtom(_ start: Int, _ end: Int, _ bits: UInt16) -> Int {
    let core = trimmed(start, end)
    defer { if closesBold(core, end) { line.isMarked = false } }
    if core.isEmpty {
      if bytes[start] == UInt8(ascii: "#"), start == line.firstAtom { line.isHeading = true }
      if bits & (ByteTraits.dot | ByteTraits.colon) != 0 { startsSentence = true }
      return end
    }
    // `**Bold` begins a heading or an item, as a rule.
    if bytes[start] == UInt8(ascii: "*"), core.lowerBound > start {
      startsSentence = true
      if core.lowerBound > start + 1 { line.isMarked = true }
    }
    if start == line.firstAtom, core.lowerBound == start { markTool(core) }
    var inner = bits
    if core.count < end - start { inner = joinedTraits(core) }
    let wordTraits = ByteTraits.letter | ByteTraits.apostrophe | ByteTraits.hyphen | ByteTraits.long
    if inner & ~wordTraits == 0, bytes[core.lowerBound] != UInt8(ascii: "-") {
      readWord(core, inner)
    } else {
      let next = readCode(core, inner)
      if next < core.upperBound { return next }
      if next > core.upperBound { return max(next, end) }
      startsSentence = false
    }
    endAtom(core.upperBound, end)
    return end
  }

  /// What the signs behind an atom's core say of the next word.
  private mutating func endAtom(_ coreEnd: Int, _ end: Int) {
    guard coreEnd < end else { return }
    for index in coreEnd..<end where bytes[index] == UInt8(ascii: ".") || bytes[index] == UInt8(ascii: ":") {
      startsSentence = !(bytes[index] == UInt8(ascii: ".") && names.isAbbreviated(at: coreEnd))
      return
    }
  }

  /// The atom without the signs around it that are punctuation or markup.
  private func trimmed(_ start: Int, _ end: Int) -> Range<Int> {
    var first = start
    var last = end
    while last > first {
      switch bytes[last - 1] {
      case UInt8(ascii: "."), UInt8(ascii: ":"), UInt8(ascii: "'"), UInt8(ascii: "~"), UInt8(ascii: "#"),
        UInt8(ascii: "$"), UInt8(ascii: "@"), UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "\\"):
        last -= 1
        continue
      case UInt8(ascii: "*"):
        // `src/*` is a pattern, `word*` is emphasis.
        guard last - 1 > first, bytes[last - 2] == UInt8(ascii: "/") else {
          last -= 1
          continue
        }
      default: break
      }
      break
    }
    while first < last {
      let next = bytes.byte(at: first + 1)
      switch bytes[first] {
      case UInt8(ascii: "'"), UInt8(ascii: ":"), UInt8(ascii: "%"), UInt8(ascii: "+"):
        first += 1
        continue
      case UInt8(ascii: "*"):
        let isPattern =
          next == UInt8(ascii: ".") || next == UInt8(ascii: "/")
          || next == UInt8(ascii: "*") && bytes.byte(at: first + 2) == UInt8(ascii: "/")
        guard isPattern else {
          first += 1
          continue
        }
      case UInt8(ascii: "_"):
        // `_word_` is emphasis, `__init__` and `_private` are names.
        guard next != UInt8(ascii: "_"), bytes[last - 1] == UInt8(ascii: "_") else { break }
        first += 1
        last -= 1
        continue
      case UInt8(ascii: "~"):
        guard next == UInt8(ascii: "/") else {
          first += 1
          continue
        }
      case UInt8(ascii: "-"):
        guard next == UInt8(ascii: "-"), ASCII.isLetter(bytes.byte(at: first + 2)) else {
          first += 1
          continue
        }
      case UInt8(ascii: "."):
        // Dots before a word are an ellipsis, unless they begin a path.
        guard
          next == UInt8(ascii: "/") || next == UInt8(ascii: ".") && bytes.byte(at: first + 2) == 0x2F
            || ASCII.isLetter(next) && first == start
        else {
          first += 1
          continue
        }
      default: break
      }
      break
    }
    return first..<max(first, last)
  }

  func joinedTraits(_ range: Range<Int>) -> UInt16 {
    var bits: UInt16 = 0
    for index in range { bits |= bytes[index] < 0x80 ? traits[Int(bytes[index])] : ByteTraits.long }
    return bits
  }

  // MARK: Words

  mutating func readLowerWord(_ start: Int, _ end: Int) {
    var key = EnglishLexicon.Key()
    if end - start <= 16 {
      for index in start..<end { key.append(bytes[index]) }
    }
    let number = end - start <= 12 ? Int(lexicon.number(of: key)) : 0
    let classes = lexicon.classes[number]
    if classes.rawValue != 0 { markDate(classes, start) }
    if start == line.firstAtom { markTool(start..<end) }
    if names.isOpen { names.bridge(start, end, key) }
    let value = classes.has([.number, .vague]) ? lexicon.values[number] : 0
    let isNumber = value > 1 && !classes.has(.vague) || number == 0 && NumberWords.isNumber(key)
    lastWord = Word(start: start, end: end, key: key, classes: classes)
    if end - start > 3 { names.addLowers(1) }
    startsSentence = false
    if isNumber { readNumberWord(start, end) }
  }

  mutating func readWord(_ core: Range<Int>, _ bits: UInt16) {
    let stem = stem(of: core)
    guard bits & (ByteTraits.upper | ByteTraits.long) != 0 else {
      if stem.count == core.count, bits & ByteTraits.hyphen == 0 || !readHyphenated(core) {
        readLowerWord(stem.lowerBound, stem.upperBound)
      } else if stem.count < core.count {
        readLowerWord(stem.lowerBound, stem.upperBound)
        // "Two's" counts nothing, and nothing follows a word that ends in an apostrophe.
        lastWord.end = core.upperBound
      }
      return
    }
    readCapitalWord(stem, core, bits)
  }

  /// Whether bold letters end behind an atom: `word**`, `**`.
  private func closesBold(_ core: Range<Int>, _ end: Int) -> Bool {
    line.isMarked && core.upperBound + 1 < end && bytes[core.upperBound..<end].contains(UInt8(ascii: "*"))
  }

  private mutating func markTool(_ range: Range<Int>) {
    if range.count <= 12, IdentifierWords.tools.contains(key(range)) { line.tool = range }
  }

  /// The key of a short run of bytes as they are.
  func key(_ range: Range<Int>) -> EnglishLexicon.Key {
    var key = EnglishLexicon.Key()
    for index in range { key.append(bytes[index]) }
    return key
  }

  /// The word without `'s` and other clitics: a capital after the apostrophe belongs to the name (O'Brien).
  private func stem(of core: Range<Int>) -> Range<Int> {
    for index in core where bytes[index] == UInt8(ascii: "'") {
      guard ASCII.isUpper(bytes.byte(at: index + 1)), index + 1 < core.upperBound else {
        return core.lowerBound..<index
      }
    }
    return core
  }

  /// Whether a word in lower case is one of several joined by hyphens; "twenty-five" is read here.
  private mutating func readHyphenated(_ core: Range<Int>) -> Bool {
    readNumberWord(core.lowerBound, core.upperBound)
    startsSentence = false
    lastWord = Word(start: core.lowerBound, end: core.upperBound)
    return true
  }

  /// Words of dates let the line be lexed for the date reader.
  func isDateWord(_ classes: WordClass, after last: WordClass) -> Bool {
    if classes.has([
      .month, .ambiguousMonth, .shortMonth, .weekday, .shortWeekday, .season, .relativeDay, .ago, .daySpan,
      .relativeUnit,
    ]) {
      return true
    }
    return classes.has(.unit) && last.has(.modifier)
  }

  private mutating func markDate(_ classes: WordClass, _ start: Int) {
    if isDateWord(classes, after: lastWord.end + 1 == start ? lastWord.classes : []) { line.hasDate = true }
  }
}
