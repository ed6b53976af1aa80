/// What a general word stands for: the particular words that an answer to it may hold.
///
/// "Which *instruments* does she play?" is answered by a step that says `violin`. A head finds the members
/// of its field; a member finds neither its head nor its siblings, since who asks for a guitar does not
/// mean a violin. The tables are taxonomies: see `docs/lexicon.md`.
public enum SemanticFields {
  static let tables = [
    people, nature, food, home, leisure, places, body, life, society, work, engineering, operations, korean,
    koreanLife,
  ].map(LexiconTable.init)

  /// For each term of a query that heads a field, the terms of the field's members.
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
