/// From words to terms: what is dropped, stemmed, doubled and shortened.
extension TermScanner {
  static let longestTerm = 64
  private static let keptBytes = 48

  /// Appends the word in `word.bytes`, ASCII and lowercase, unless it is a function word.
  mutating func appendWord() {
    guard !StopWords.contains(word.bytes) else { return }
    if let lemma = IrregularForms.lemma(of: word.bytes) { word.load(lemma) }
    if word.bytes.count <= Self.longestTerm { word.stem() }
    append(word.bytes[...])
  }

  /// Appends a term as it is, shortened if it is too long.
  mutating func append(_ term: ArraySlice<UInt8>) {
    guard term.count > Self.longestTerm else {
      terms.append(String(decoding: term, as: UTF8.self))
      return
    }
    var end = term.startIndex + Self.keptBytes
    while end > term.startIndex, term[end] & 0xC0 == 0x80 { end -= 1 }
    let hash = String(Self.fnv1a(term), radix: 16)
    let padding = String(repeating: "0", count: 16 - hash.count)
    terms.append(String(decoding: term[..<end], as: UTF8.self) + padding + hash)
  }

  /// The 64-bit FNV-1a hash (Fowler, Noll, Vo): the same on every machine, unlike `Hasher`.
  private static func fnv1a(_ bytes: ArraySlice<UInt8>) -> UInt64 {
    bytes.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
  }

  /// Appends the whole, the segments and the words of `compound`.
  mutating func appendCompound() {
    let compound = compound
    guard let first = compound.words.first, let last = compound.words.last else { return }
    guard compound.words.count > 1 else { return appendSingle(first, of: compound) }
    let whole = first.range.lowerBound..<last.range.upperBound
    appendWhole(compound.bytes[whole])
    if compound.isOneNumber { return }
    appendSegments(of: compound)
    for word in compound.words { appendSingle(word, of: compound) }
  }

  /// Segments lie between slashes and at signs; only one of several words is a term of its own.
  private mutating func appendSegments(of compound: CompoundWord) {
    var start = 0
    for index in compound.words.indices {
      let isLast = index + 1 == compound.words.count
      guard isLast || compound.words[index + 1].opensSegment else { continue }
      let isWhole = start == 0 && isLast
      if index > start, !isWhole {
        let range = compound.words[start].range.lowerBound..<compound.words[index].range.upperBound
        appendWhole(compound.bytes[range])
      }
      start = index + 1
    }
  }

  /// One word of a compound, and its humps.
  private mutating func appendSingle(_ single: CompoundWord.Word, of compound: CompoundWord) {
    let bytes = compound.bytes[single.range]
    guard single.isASCII else { return appendMarked(bytes) }
    load(bytes)
    appendWord()
    guard single.humps.count > 0, bytes.count <= Self.longestTerm else { return }
    var start = single.range.lowerBound
    for end in compound.humps[single.humps] + [single.range.upperBound] {
      if end - start > 1 {
        load(compound.bytes[start..<end])
        appendWord()
      }
      start = end
    }
  }

  /// A word outside ASCII as it is, and, where it has Latin diacritics, without them and stemmed.
  private mutating func appendMarked(_ bytes: ArraySlice<UInt8>) {
    append(bytes)
    guard bytes.count <= Self.longestTerm else { return }
    let marked = String(decoding: bytes, as: UTF8.self)
    var plain = ""
    var hasMarks = false
    for scalar in marked.unicodeScalars {
      if let letter = scalar.isASCII ? nil : LatinMarks.plain(scalar) {
        plain += letter
        hasMarks = true
      } else {
        plain.unicodeScalars.append(scalar)
      }
    }
    guard hasMarks else { return }
    word.load(plain.utf8)
    if plain.utf8.allSatisfy({ $0 < 0x80 }) { word.stem() }
    append(word.bytes[...])
  }

  private mutating func appendWhole(_ bytes: ArraySlice<UInt8>) {
    guard bytes.count <= Self.longestTerm, bytes.allSatisfy(ASCII.isLower) else { return append(bytes) }
    load(bytes)
    word.stem()
    append(word.bytes[...])
  }

  private mutating func load(_ bytes: ArraySlice<UInt8>) {
    word.bytes.removeAll(keepingCapacity: true)
    word.bytes.append(contentsOf: bytes)
  }
}
