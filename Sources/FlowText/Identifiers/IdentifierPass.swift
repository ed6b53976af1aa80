// One pass over the UTF-8 bytes.
//
// The text is read atom by atom: the longest runs of letters, digits and the signs that identifiers are made of
// (`ByteTraits`). The traits of an atom's bytes, joined, say which rules can apply at all, so that a plain word
// costs one look-up in the lexicon and nothing else. Numbers are read from their first digit and may go on past
// their atom: `1,204`, `3.5 GB`, `12만 원`.
//
// What needs more than an atom is decided where its line ends: dates of words (only lines that hold a word of
// dates are lexed for `DateReader`), names (their neighbours say whether they are names), command lines.
// Where a paragraph ends, overlapping finds are resolved. Nothing is carried over an empty line, so paragraphs
// are read the same whatever stands around them.
//
// Every rule looks back and ahead by a bounded number of bytes, so time is linear in the text.

/// The state of one pass.
struct IdentifierPass {
  /// The word before, as far as the rules of numbers and names ask for it.
  struct Word {
    var start = -2
    var end = -2
    var key = EnglishLexicon.Key()
    var classes: WordClass = []
    /// A capital inside a sentence.
    var isCapital = false
  }

  let bytes: UnsafeBufferPointer<UInt8>
  let traits = ByteTraits.table
  let lexicon = EnglishLexicon.shared
  var finds: [IdentifierFind] = []
  var names = NameRuns()
  var lastWord = Word()
  /// The next word begins a sentence, an item or a quotation: its capital says nothing.
  var startsSentence = true
  var line = IdentifierLine()
  /// Where the finds of the paragraph begin.
  private var paragraph = 0
  /// No closing mark of a kind stands between the place looked from and this one.
  var unclosed = QuotationMarks.Unclosed()
  /// The back-tick that closes the text in back-ticks which is being read.
  var closingBackTick = -1
  /// Signs that end an atom before `splitEnd`: the atom they joined is none.
  var splitBits: UInt16 = 0
  var splitEnd = 0
  /// No path with East Asian letters begins before this place.
  var pathlessEnd = 0
  var closingQuote = -1

  init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  mutating func read() {
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      if byte == 0x20 {
        index += 1
      } else if traits[Int(byte)] != 0 {
        index = readAtom(from: index)
      } else if byte >= 0x80 {
        index = readLong(from: index)
      } else {
        index = readSeparator(byte, at: index)
      }
    }
    endLine(at: bytes.count)
    endParagraph()
  }

  mutating func append(_ find: IdentifierFind) { finds.append(find) }

  private mutating func readSeparator(_ byte: UInt8, at index: Int) -> Int {
    switch byte {
    case 0x0A:
      endLine(at: index)
      if line.isEmpty { endParagraph() }
      line = IdentifierLine(start: index + 1, firstFind: finds.count)
      startsSentence = true
    case UInt8(ascii: "!"), UInt8(ascii: "?"), UInt8(ascii: "|"), UInt8(ascii: ">"): startsSentence = true
    case UInt8(ascii: "\""), UInt8(ascii: "`"):
      line.isEmpty = false
      startsSentence = true
      if byte == UInt8(ascii: "`") { return index == closingBackTick ? index + 1 : readBackTicks(at: index) }
      if index != closingQuote { readQuotation(at: index, opening: 1) }
    case 0x09, 0x0D: break
    case TermScanner.escape: return index + TermScanner.controlSequence(bytes, at: index)
    default: line.isEmpty = false
    }
    return index + 1
  }

  // MARK: Lines and paragraphs

  private mutating func endLine(at end: Int) {
    defer { lastWord = Word() }
    guard !line.isEmpty else { return }
    readCommandLine(to: end)
    endNames(ofLineTo: end)
    if line.hasDate { readDates(in: line.start..<end) }
  }

  private mutating func endParagraph() {
    names.endParagraph(into: &finds)
    IdentifierOverlaps.resolve(&finds, from: paragraph)
    paragraph = finds.count
  }

  // MARK: Scalars outside ASCII

  private mutating func readLong(from start: Int) -> Int {
    let (scalar, length) = bytes.scalar(at: start)
    switch scalar.value {
    case 0x3041...0x3096, 0x30A1...0x30FA, 0x4E00...0x9FFF, 0xAC00...0xD7A3:
      return readEastAsian(from: start, scalar)
    // General punctuation, CJK punctuation and full-width forms.
    case 0x2010...0x205E, 0x20A0...0x20CF, 0x3000...0x3004, 0x3008...0x3020, 0xFF01...0xFF0F, 0xFF1A...0xFF20,
      0xFFE0...0xFFE6, 0xA0...0xA9:
      return readSign(scalar, length, at: start)
    default: break
    }
    switch ScalarClass(scalar) {
    case .spaced: return readAtom(from: start)
    case .hangul, .unspaced: return readEastAsian(from: start, scalar)
    case .mark, .ignorable: return start + length
    case .separator: return readSign(scalar, length, at: start)
    }
  }

  private mutating func readSign(_ scalar: Unicode.Scalar, _ length: Int, at start: Int) -> Int {
    switch scalar {
    case "\u{A0}", "\u{2000}"..."\u{200A}", "\u{202F}", "\u{205F}", "\u{3000}", "\u{1680}", "\u{85}":
      return start + length
    case "\u{2028}", "\u{2029}", "。", "！", "？", "…", "｡", "：": startsSentence = true
    case "“", "‘", "「", "『", "《", "〈":
      startsSentence = true
      readQuotation(at: start, opening: length)
    case "€", "£", "¥", "￥", "₩", "￦":
      if ASCII.isDigit(bytes.byte(at: start + length)) {
        return readMoney(from: start, digits: start + length)
      }
    default: break
    }
    line.isEmpty = false
    return start + length
  }

  /// Whether a letter outside ASCII belongs to a word of a spaced script, and its length.
  @inline(never)
  func spacedLetter(at index: Int) -> Int? {
    let (scalar, length) = bytes.scalar(at: index)
    switch ScalarClass(scalar) {
    case .spaced, .mark, .ignorable: return length
    default: return nil
    }
  }
}

/// What is known of the line that is being read.
struct IdentifierLine {
  var start = 0
  /// The finds of the line begin here.
  var firstFind = 0
  var isEmpty = true
  /// Where its first atom stands.
  var firstAtom = -1
  /// A word of dates stands in the line.
  var hasDate = false
  var isHeading = false
  /// What is being read stands in bold letters.
  var isMarked = false
  /// The line begins with the name of a tool.
  var tool: Range<Int>?
}
