/// Whether one full stop ends a sentence, by the word before it and the letter after it.
struct FullStop {
  private let word: String
  private let isFirstWord: Bool
  private let next: Unicode.Scalar
  private let nextWord: [UInt8]
  private static let longestWord = 24

  init(_ bytes: UnsafeBufferPointer<UInt8>, at stop: Int, sentence: Int, next: Int, limit: Int) {
    var start = stop
    while start > sentence, stop - start < Self.longestWord,
      ASCII.isAlphanumeric(bytes[start - 1]) || bytes[start - 1] == UInt8(ascii: ".")
        || bytes[start - 1] >= 0x80
    {
      start -= 1
    }
    word = String(decoding: bytes[start..<stop], as: UTF8.self)
    isFirstWord = bytes.skippingWhiteSpace(from: sentence, to: stop) == start
    self.next = bytes.scalar(at: next).scalar
    var end = next
    while end < limit, end - next < 11, ASCII.isLetter(bytes[end]) { end += 1 }
    nextWord = bytes[next..<end].map { $0 | 0x20 }
  }

  func endsSentence(hasSpace: Bool, isClosed: Bool) -> Bool {
    guard hasSpace else { return isKoreanEnding && (0xAC00...0xD7A3).contains(next.value) }
    if isFirstWord, word.utf8.allSatisfy(ASCII.isDigit) || word.utf8.count == 1 { return false }
    let lowercased = word.lowercased()
    let isLower = next.properties.isLowercase
    if Self.beforeNames.contains(lowercased) { return false }
    if Self.beforeNumbers.contains(lowercased) { return !isLower && !isDigit }
    if isInitials { return startsWithFunctionWord }
    if Self.anywhere.contains(lowercased) { return !isLower && !isDigit }
    // Careless writers begin sentences in lowercase; a short word may be an abbreviation not known here,
    // unless it is a function word.
    guard isLower else { return true }
    return !isClosed && (word.unicodeScalars.count > 3 || StopWords.contains(Array(lowercased.utf8)))
  }

  private var isDigit: Bool { next.properties.numericType != nil }

  /// `J`, `U.S`, `e.g`: single letters between full stops.
  private var isInitials: Bool {
    guard word != "I" else { return false }
    let parts = word.split(separator: ".", omittingEmptySubsequences: false)
    return !parts.isEmpty && parts.allSatisfy { $0.utf8.count == 1 && $0.utf8.allSatisfy(ASCII.isLetter) }
  }

  /// After `U.S.`, a capital may begin a name or a sentence; a function word begins a sentence.
  private var startsWithFunctionWord: Bool {
    !next.properties.isLowercase && StopWords.contains(nextWord)
  }

  /// The last syllable of a Korean sentence in the plain, polite or noun-ending style.
  private var isKoreanEnding: Bool {
    guard let last = word.unicodeScalars.last else { return false }
    return "다요죠까음임함됨".unicodeScalars.contains(last)
  }

  /// Titles and the like: a name follows, never a new sentence.
  private static let beforeNames: Set<String> = [
    "mr", "mrs", "ms", "mx", "dr", "prof", "st", "sen", "rep", "gov", "gen", "col", "capt", "cmdr", "lt",
    "sgt", "rev", "hon", "pres", "supt", "mt", "ft", "vs", "e.g", "i.e", "cf", "viz", "al",
  ]

  /// Before a number they are abbreviations; before anything else they are words.
  private static let beforeNumbers: Set<String> = [
    "no", "nos", "fig", "figs", "eq", "eqs", "sec", "ch", "vol", "pp", "p", "art", "ver", "approx", "ca",
    "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "rev",
  ]

  /// Abbreviations that often end a sentence: one begins only with a capital.
  private static let anywhere: Set<String> = [
    "etc", "a.m", "p.m", "inc", "ltd", "co", "corp", "llc", "jr", "sr", "ph.d", "m.d", "b.a", "m.a",
    "dept", "est", "min", "max", "avg", "ed", "eds", "ave", "blvd", "rd", "mon", "tue", "wed", "thu", "fri",
    "sat", "sun", "hrs", "hr", "sq",
  ]
}
