/// Turns text into the terms of a recall index; documents and queries pass through the same rules.
///
/// - English: lowercase, clitics (`'s`, `'ll`, `n't`) off, function words dropped, Snowball stems
///   (of the base form where a form is irregular: `went` is `go`).
///   Other words in scripts with spaces: lowercase (NFC), whole; a word with Latin diacritics also gives
///   its plain form, so `café` is found by `cafe`.
/// - Hangul: bigrams of syllables within a run (a syllable on its own stands alone). Han, Kana and the
///   South-East Asian scripts without spaces: bigrams of characters.
/// - Identifiers: the whole and its parts. The whole is written without hyphens, underscores and humps,
///   so `snake_case`, `snake-case` and `snakeCase` meet; points, slashes, `@` and `:` stay, and so does
///   a hyphen between digits (`2024-04-12`). Every segment of a path or an e-mail address counts too.
/// - Control sequences of a terminal (`ESC [31m`) are passed over.
/// - Numbers lose their grouping commas: `1,204` is `1204`. `v1.2.3` is `1.2.3`.
/// - A term of more than 64 bytes becomes its first 48 bytes (or fewer, never cutting a character)
///   followed by the FNV-1a hash of all of it in 16 hexadecimal digits.
///
/// Time and memory are linear in the text, whatever it holds.
public struct TermAnalyzer: Sendable {
  /// Grows whenever some text would give other terms than before: an index stores it and is rebuilt.
  public static let version = 3

  public init() {}

  /// The terms of a text in order, with repeats, function words left out.
  public func terms(in text: String) -> [String] {
    var scanner = TermScanner()
    scanner.scan(text)
    return scanner.terms
  }

  /// The distinct terms of a text with their counts, in the order of their UTF-8 bytes.
  ///
  /// The counts add up to the length of the text in terms.
  public func frequencies(in text: String) -> [(term: String, count: Int)] {
    var counts: [String: Int] = [:]
    for term in terms(in: text) { counts[term, default: 0] += 1 }
    return
      counts
      .map { (term: $0.key, count: $0.value) }
      .sorted { $0.term.utf8.lexicographicallyPrecedes($1.term.utf8) }
  }

  /// The distinct terms of a query in order, without the words that only ask.
  ///
  /// "How long", "what kind of", 언제 or 为什么 say what sort of answer is wanted, not what it is about.
  public func queryTerms(in query: String) -> [String] {
    var seen: Set<String> = []
    return terms(in: QuestionWords.removed(from: query)).filter { seen.insert($0).inserted }
  }
}
