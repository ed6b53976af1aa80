// Names are capitalised words inside a sentence, joined where they follow one another: "New York",
// "Bank of America", "John F. Kennedy".
//
// The capital that begins a sentence says nothing. Such a word is held back until the paragraph ends, and is a name
// if the paragraph has it as one elsewhere, or if it labels two of its lines ("Caroline: …"), as speakers do.
// Where every word of some length has a capital, as in titles, a capital says little: the weight is that of a
// common word.

/// The names of a paragraph as they are read.
struct NameRuns {
  struct Word {
    var range: Range<Int>
    var key: EnglishLexicon.Key
    var startsSentence = false
    /// All letters are capitals.
    var isAcronym = false
    /// A capital follows a small letter inside: iPhone, GitHub.
    var isHumped = false
    /// A plain word of the language, to judge by its small form.
    var isCommon = false
    /// A colon follows, as after the speaker's name.
    var isLabel = false
    /// It stands in a heading or in bold letters, where capitals say little.
    var isMarked = false
    /// Nothing stands before it on its line.
    var isLineHead = false
  }

  private struct Run {
    var first: Word
    var end: Int
    var words = 1
    var acronyms = 0
    /// It ends in initials such as J.K without their last full stop.
    var isInitials = false
    var isLabel = false
    var find: IdentifierFind?
  }

  private static let article = EnglishLexicon.Key("the")
  private var run: Run?
  /// The end of a small word such as "of" right behind the open run.
  private var bridgeEnd = -1
  private var runs: [Run] = []
  /// Words with a capital, and long ones without, since the sentence began.
  private var capitals = 0
  private var lowers = 0
  private var firstOfSegment = 0
  private var held: [Run] = []
  private var known: Set<EnglishLexicon.Key> = []
  private var labels: [EnglishLexicon.Key: Int] = [:]

  @inline(__always)
  var isOpen: Bool { run != nil }

  /// A small word behind an open run: part of the name if another capital follows.
  mutating func bridge(_ start: Int, _ end: Int, _ key: EnglishLexicon.Key) {
    guard let run else { return }
    let isAdjacent = start == run.end + 1 || start == bridgeEnd + 1
    // "Lord of the Rings"
    let isArticle = bridgeEnd > run.end && key == Self.article
    if isAdjacent, isArticle || IdentifierWords.particles.contains(key) {
      bridgeEnd = end
    } else {
      close()
    }
  }

  var hasRuns: Bool { run != nil || !runs.isEmpty }

  mutating func clearSegment() {
    capitals = 0
    lowers = 0
  }

  mutating func addLowers(_ count: Int) { lowers += count }

  /// Whether a full stop at a place belongs to a title or an initial.
  func isAbbreviated(at end: Int) -> Bool {
    guard let run, run.end == end else { return false }
    let last = run.words == 1 ? run.first.range : lastRange
    return last.count == 1 || last.count == 3 && run.isInitials
      || run.words == 1 && IdentifierWords.titles.contains(run.first.key)
  }

  private var lastRange = 0..<0

  /// A capitalised word; `bytes` are those of the text.
  mutating func add(_ word: Word, _ bytes: UnsafeBufferPointer<UInt8>) {
    if word.startsSentence { endSegment() }
    capitals += 1
    if var run {
      let gap = word.range.lowerBound
      let last = bridgeEnd > run.end ? bridgeEnd : run.end
      let isNext = gap == last + 1 && bytes[last] == 0x20
      let isPastStop = gap == last + 2 && bytes[last] == UInt8(ascii: ".") && isAbbreviated(at: last)
      if !word.startsSentence, isNext || isPastStop, run.words < 8 {
        run.end = word.range.upperBound
        run.words += 1
        run.acronyms += word.isAcronym ? 1 : 0
        run.isLabel = word.isLabel
        run.isInitials = isInitials(word, bytes)
        self.run = run
        bridgeEnd = -1
        lastRange = word.range
        return
      }
    }
    close()
    run = Run(
      first: word,
      end: word.range.upperBound,
      acronyms: word.isAcronym ? 1 : 0,
      isInitials: isInitials(word, bytes),
      isLabel: word.isLabel
    )
    lastRange = word.range
  }

  private func isInitials(_ word: Word, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    word.range.count == 3 && bytes[word.range.lowerBound + 1] == UInt8(ascii: ".")
  }

  /// A capitalised word that is none of a name: it may stand within one ("Lord Of The Rings").
  mutating func addFunctionWord(_ range: Range<Int>, startsSentence: Bool) {
    if startsSentence { endSegment() }
    capitals += 1
    guard let run, range.lowerBound == run.end + 1 || range.lowerBound == bridgeEnd + 1 else {
      return close()
    }
    bridgeEnd = range.upperBound
  }

  /// Nothing that follows belongs to the open run.
  mutating func close() {
    bridgeEnd = -1
    guard let closed = run else { return }
    run = nil
    runs.append(closed)
  }

  private mutating func endSegment() {
    close()
    let isTitle = capitals > 3 && lowers == 0
    capitals = 0
    lowers = 0
    for index in firstOfSegment..<runs.count { runs[index].find = Self.find(runs[index], isTitle: isTitle) }
    firstOfSegment = runs.count
  }

  /// Decides on the names of a line.
  mutating func endLine(isCode: Bool, into finds: inout [IdentifierFind]) {
    endSegment()
    for run in runs {
      guard let find = run.find, !isCode || find.kind == .id else { continue }
      let isSure =
        !run.first.startsSentence || find.kind == .id || run.words > 1 && !run.isLabel
        || run.first.isAcronym && run.words == 1 && !run.isLabel
      if isSure {
        finds.append(find)
        if find.weight > IdentifierWeights.commonName { known.insert(run.first.key) }
      } else if !run.isLabel || run.first.isLineHead || run.words == 1 {
        held.append(run)
        if run.isLabel, run.first.isLineHead, !run.first.isCommon { labels[run.first.key, default: 0] += 1 }
      }
    }
    runs.removeAll(keepingCapacity: true)
    firstOfSegment = 0
  }

  /// Decides on the words that were held back.
  mutating func endParagraph(into finds: inout [IdentifierFind]) {
    for run in held where known.contains(run.first.key) || labels[run.first.key, default: 0] > 1 {
      if let find = run.find { finds.append(find) }
    }
    guard !held.isEmpty || !known.isEmpty else { return }
    held.removeAll(keepingCapacity: true)
    known.removeAll(keepingCapacity: true)
    labels.removeAll(keepingCapacity: true)
  }

  private static func find(_ run: Run, isTitle: Bool) -> IdentifierFind? {
    let start = run.first.range.lowerBound
    if run.words == 1 {
      if IdentifierWords.titles.contains(run.first.key) || run.end - start < 2 { return nil }
      if run.first.isHumped { return IdentifierFind(.id, start, run.end, IdentifierWeights.codeName) }
      if run.first.isAcronym { return IdentifierFind(.name, start, run.end, IdentifierWeights.acronym) }
      let isPlain = isTitle || run.first.isCommon || run.first.isMarked
      return IdentifierFind(
        .name,
        start,
        run.end,
        isPlain ? IdentifierWeights.commonName : IdentifierWeights.name
      )
    }
    // Shouting.
    if run.words > 2, run.acronyms == run.words { return nil }
    let weight =
      run.acronyms == run.words
      ? IdentifierWeights.acronym
      : isTitle || run.first.isMarked
        ? IdentifierWeights.commonName : IdentifierWeights.fullName
    return IdentifierFind(.name, start, run.end, weight)
  }
}
