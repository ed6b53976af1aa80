import FlowCore
import FlowText

/// A query as recall sees it: what it is about, whom it names, which days, and what sort of answer it wants.
struct RecallQuery: Sendable {
  /// Distinct, in the order of the query; without the words that only ask and without speakers' names.
  let terms: [String]
  /// For each of the terms, the terms of the fields that it heads: "instrument" finds "violin".
  let members: [[String]]
  /// For each of the terms, the terms that say nearly the same.
  let synonyms: [[String]]
  /// The speaker whom the query names, where it names just one; naming both parties says nothing.
  let speaker: String?
  /// The terms of all names of speakers, which tell nothing of what a step is about.
  let speakerTerms: Set<String>
  let kind: QuestionKind
  /// The query wants something done or advised now, rather than to know what was.
  let isRequest: Bool
  let dates: [DateSpan]

  /// The most terms that are looked up, the first ones: a query may be a whole document.
  static let maximumTerms = 200
  /// The most characters of a query that are read for dates and kinds.
  private static let maximumBytes = 4000

  /// Analyses a query against the names of the archive's speakers; `today` is the day that "yesterday" goes by, in
  /// days since 1970-01-01.
  init(_ query: String, speakers: [String], today: Int) {
    let analyzer = TermAnalyzer()
    let asked = analyzer.queryTerms(in: query)
    // A query that only asks ("what is that?") is still better served by its plain words than by none.
    let candidates = Array(
      (asked.isEmpty ? analyzer.terms(in: query).distinct() : asked).prefix(Self.maximumTerms)
    )
    let all = Set(candidates)
    // A person's first name suffices: "Caroline" for "Caroline Smith".
    let named = Set(speakers).sorted().filter { speaker in
      guard let first = analyzer.terms(in: speaker).first else { return false }
      return Step.Role(rawValue: speaker) == nil && all.contains(first)
    }
    speakerTerms = Set(speakers.flatMap { analyzer.terms(in: $0) })
    let namedTerms = Set(named.flatMap { analyzer.terms(in: $0) })
    let rest = candidates.filter { !namedTerms.contains($0) }
    // "What does Caroline do?" leaves nothing but the name, which is then what it is about.
    terms = rest.isEmpty ? candidates : rest
    members = RecallQuery.aligned(SemanticFields.related(to: terms), with: terms)
    synonyms = RecallQuery.aligned(NearSynonyms.related(to: terms), with: terms)
    speaker = named.count == 1 ? named.first : nil
    let beginning = query.utf8.count <= Self.maximumBytes ? query : String(query.prefix(Self.maximumBytes))
    kind = QuestionKind(of: beginning)
    isRequest = Requests.isRequest(beginning) && !kind.contains(.asksAboutAnswers)
    dates = DateExpressions.spans(in: beginning, today: today)
  }

  /// Whether the speaker is the one whom the query names.
  func names(_ speaker: Speaker) -> Bool { self.speaker != nil && speaker.name == self.speaker }

  private static func aligned(
    _ related: [(term: String, related: [String])],
    with terms: [String]
  ) -> [[String]] {
    let all = Set(terms)
    let byTerm = Dictionary(related.map { ($0.term, $0.related) }, uniquingKeysWith: { $0 + $1 })
    return terms.map { byTerm[$0]?.filter { !all.contains($0) } ?? [] }
  }
}

extension [String] {
  /// Each once, in the order of first standing.
  func distinct() -> [String] {
    var seen: Set<String> = []
    return filter { seen.insert($0).inserted }
  }
}
