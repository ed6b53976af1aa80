import FlowCore

/// What the index knows about a query: the postings of its terms, and the steps around them.
struct RecallEvidence: Sendable {
  let query: RecallQuery
  /// In the order of the query's terms.
  let postings: [PostingList]
  /// The numbers of the speakers whom the query names.
  let speakers: Set<Int>
  /// The candidates, ascending: the steps that hold a term, those around them, and the newest.
  let profiles: [StepProfile]
  /// The sittings of the candidates.
  let sittings: [Int: SittingProfile]
  let figures: ArchiveFigures
}

/// Reads the evidence for a query from the index.
struct RecallGatherer {
  /// The most steps that are looked at closely, those with the rarest terms first.
  static let maximumMatches = 4000
  /// How far relevance spreads from a step to those around it.
  static let reach = 3
  /// The newest steps are candidates even when no word of theirs matches.
  static let newest = 400

  let memory: any MemoryTransaction

  func gather(_ text: String) throws(FlowError) -> RecallEvidence {
    let figures = try memory.steps.figures()
    let speakers = try memory.steps.speakers()
    let named = speakers.compactMap { speaker in speaker.name.map { ($0, speaker.steps) } }
    let query = RecallQuery(text, speakers: Dictionary(named, uniquingKeysWith: +))
    let postings = try memory.recall.postings(of: query.terms)

    var candidates: Set<StepID> = []
    for list in postings.sorted(by: { $0.count < $1.count }) {
      list.forEach { step, _ in
        if candidates.count < RecallGatherer.maximumMatches { candidates.insert(StepID(step)) }
      }
    }
    let matched = candidates
    let newest = figures.newest ?? StepID(0)
    for step in matched {
      let around = step.advanced(by: -RecallGatherer.reach)...step.advanced(by: RecallGatherer.reach)
      candidates.formUnion(around.clamped(to: StepID(1)...max(StepID(1), newest)))
    }
    if newest.rawValue > 0 {
      candidates.formUnion(StepID(max(1, newest.rawValue - RecallGatherer.newest + 1))...newest)
    }
    let profiles = try memory.recall.profiles(of: candidates.sorted())
    let sittings = try memory.recall.sittings(Set(profiles.map(\.sitting)).sorted())
    return RecallEvidence(
      query: query,
      postings: postings,
      speakers: Set(speakers.filter { $0.name != nil && $0.name == query.speaker }.map(\.number)),
      profiles: profiles,
      sittings: sittings,
      figures: figures
    )
  }
}
