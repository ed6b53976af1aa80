import FlowCore
import FlowText

/// A query as recall sees it: what it is about, and whom it names.
struct RecallQuery: Sendable {
  /// Distinct, in the order of the query; without the words that only ask and without speakers' names.
  let terms: [String]
  /// The speakers that the query names, where it names just one; naming both parties says nothing.
  let speaker: String?

  /// The most terms that are looked up, the first ones: a query may be a whole document.
  static let maximumTerms = 200

  /// Analyses a query against the speakers of the archive.
  init(_ query: String, speakers: [String: Int]) {
    let analyzer = TermAnalyzer()
    let asked = analyzer.queryTerms(in: query)
    // A query that only asks ("what is that?") is still better served by its plain words than by none.
    let candidates = Array(
      (asked.isEmpty ? analyzer.terms(in: query).distinct() : asked).prefix(Self.maximumTerms)
    )
    let all = Set(candidates)
    // A person's first name suffices: "Caroline" for "Caroline Smith".
    let named = speakers.keys.sorted().filter { speaker in
      guard let first = analyzer.terms(in: speaker).first else { return false }
      return Step.Role(rawValue: speaker) == nil && all.contains(first)
    }
    let namedTerms = Set(named.flatMap { analyzer.terms(in: $0) })
    let rest = candidates.filter { !namedTerms.contains($0) }
    // "What does Caroline do?" leaves nothing but the name, which is then what it is about.
    terms = rest.isEmpty ? candidates : rest
    speaker = named.count == 1 ? named.first : nil
  }
}

extension [String] {
  /// Each once, in the order of first standing.
  func distinct() -> [String] {
    var seen: Set<String> = []
    return filter { seen.insert($0).inserted }
  }
}
