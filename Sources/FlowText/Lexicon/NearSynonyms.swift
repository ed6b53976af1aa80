/// Words that conversations use for one another: `buy`, `purchase` and `order`; `error` and `failure`.
///
/// Every word of a group finds the others. Groups are small, and a word of several meanings stands only in
/// the group of its common one: see `docs/lexicon.md`.
public enum NearSynonyms {
  static let tables = [
    verbs, nouns, adjectives, technical, spellings, korean,
  ].map(LexiconTable.init)

  /// For each term of a query, the terms of the words that may stand for it.
  ///
  /// - Parameter queryTerms: terms as `TermAnalyzer.queryTerms(in:)` gives them.
  /// - Returns: in the order of the query; `related` holds terms of the index, each once in all, and none
  ///   of the query's own.
  public static func related(to queryTerms: [String]) -> [(term: String, related: [String])] {
    guard !queryTerms.isEmpty else { return [] }
    var search = LexiconSearch(queryTerms: queryTerms)
    for table in tables { search.search(table) }
    return search.findings()
  }
}
