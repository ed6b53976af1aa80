import FlowCore
import FlowText

// The problem: a query touches a few hundred steps of an archive that may hold a million, and the step that
// answers it may hold none of its words.
//
// The design: the steps with the best words are selected (see `CandidateSelector`), and with them come those around
// them, more of those around the very best, the newest, those of the days that the query names, and the standing rules and preferences. All that is
// read after that is about these candidates. Archives of up to `exhaustiveSteps` steps are ranked whole.
//
// What holds: the candidates of a query depend on the archive alone; related terms and common ones may select, but
// a step is scored by everything that it holds.

/// Reads what the index knows about a query.
struct RecallGatherer {
  /// `wholeThrough`, unless it is given.
  static let exhaustiveSteps = 2500
  /// `selection`, unless it is given.
  static let selected = 1500
  /// How far relevance spreads from a step to those around it.
  static let reach = 2
  /// Of how many of the best the sitting around comes with them, and how far.
  static let best = 24
  static let reachOfBest = 20
  /// How many of the newest steps are candidates even where no word matches.
  static let newest = 200
  /// How many of the newest rules and of the newest preferences are.
  static let newestMarked = 200
  /// How many steps of the days that the query names are.
  static let ofDays = 1000
  /// What a related term counts for in the selection, against one of the query's own, in percent.
  private static let relatedPercent = 40

  let memory: any MemoryTransaction
  /// Archives up to this size are ranked whole.
  let wholeThrough: Int
  /// How many steps are selected by their words in others.
  let selection: Int

  init(
    memory: any MemoryTransaction,
    wholeThrough: Int = RecallGatherer.exhaustiveSteps,
    selection: Int = RecallGatherer.selected
  ) {
    self.memory = memory
    self.wholeThrough = wholeThrough
    self.selection = selection
  }

  func gather(_ text: String, now: Timestamp) throws(FlowError) -> RecallEvidence {
    let figures = try memory.steps.figures()
    let speakers = try memory.steps.speakers()
    let query = RecallQuery(text, speakers: speakers.compactMap(\.name), today: now.daysSinceEpoch)
    let lists = try lists(for: query)
    let ids = try candidates(for: query, lists, figures: figures)
    let profiles = try memory.recall.profiles(of: ids)
    let table = CandidateTable(
      profiles: profiles,
      sittings: try memory.steps.sittings(Set(profiles.map(\.sitting)).sorted())
    )
    let words = WordColumns(lists, in: table, figures: figures)
    let byNumber = Dictionary(speakers.map { ($0.number, $0) }, uniquingKeysWith: { first, _ in first })
    let secondPass = SecondPass(query: query, table: table, words: words, speakers: byNumber)
    return RecallEvidence(
      query: query,
      table: table,
      words: words,
      secondPass: try secondPass.columns(from: memory, figures: figures),
      speakers: byNumber
    )
  }

  /// All postings in one look-up.
  private func lists(for query: RecallQuery) throws(FlowError) -> RecallLists {
    var wanted = query.terms
    var places: [String: Int] = [:]
    for (index, term) in wanted.enumerated() { places[term] = index }
    for term in query.members.joined() where places[term] == nil {
      places[term] = wanted.count
      wanted.append(term)
    }
    for term in query.synonyms.joined() where places[term] == nil {
      places[term] = wanted.count
      wanted.append(term)
    }
    let found = try memory.recall.postings(of: wanted)
    let lookUp = { (terms: [String]) in terms.compactMap { places[$0].map { found[$0] } } }
    return RecallLists(
      terms: Array(found.prefix(query.terms.count)),
      members: query.members.map(lookUp),
      synonyms: query.synonyms.map(lookUp)
    )
  }

  private func candidates(
    for query: RecallQuery,
    _ lists: RecallLists,
    figures: ArchiveFigures
  ) throws(FlowError) -> [StepID] {
    guard let newest = figures.newest?.rawValue, newest > 0 else { return [] }
    guard newest > wholeThrough else { return (1...newest).map(StepID.init) }
    let selector = CandidateSelector(limit: selection)
    var ids: [Int] = []
    let found = selector.select(searchTerms(lists, steps: figures.steps))
    for step in found.steps {
      ids += max(1, step - RecallGatherer.reach)...min(newest, step + RecallGatherer.reach)
    }
    for step in found.best(RecallGatherer.best) {
      ids += max(1, step - RecallGatherer.reachOfBest)...min(newest, step + RecallGatherer.reachOfBest)
    }
    ids += (max(1, newest - RecallGatherer.newest + 1)...newest)
    for list in try memory.recall.postings(of: [IndexTerm.rule, IndexTerm.preference]) {
      ids += list.postings.suffix(RecallGatherer.newestMarked).lazy.map(\.step)
    }
    let days = try days(of: query, newest: newest)
    for list in try memory.recall.postings(of: days.map(IndexTerm.day)) {
      ids += list.postings.prefix(max(0, RecallGatherer.ofDays / max(1, days.count))).lazy.map(\.step)
    }
    // Runs that ascend and overlap: sorting them is cheaper than a set.
    ids.sort()
    var last = 0
    return ids.compactMap { id in
      defer { last = id }
      return id == last ? nil : StepID(id)
    }
  }

  /// The query's terms and those related to them; a term that is both counts as the query's own.
  private func searchTerms(_ lists: RecallLists, steps: Int) -> [SearchTerm] {
    let fixed = { (list: PostingList) in
      Int((TermSaturation.rarity(count: list.count, among: steps) * 1000).rounded())
    }
    let own = lists.terms.map { SearchTerm(list: $0, rarity: fixed($0)) }
    let related = (lists.members + lists.synonyms).joined().filter { $0.count > 0 }.map {
      SearchTerm(list: $0, rarity: fixed($0) * RecallGatherer.relatedPercent / 100)
    }
    // The sum of all must stay below 2³¹ / 255: some 600 terms of the highest rarity.
    var room = Int(Int32.max) / 255
    return (own + related).filter { term in
      room -= term.rarity
      return room >= 0
    }
  }

  /// The days that the query names and that lie in the archive's time, at most a year of them.
  private func days(of query: RecallQuery, newest: Int) throws(FlowError) -> [Int] {
    guard !query.dates.isEmpty else { return [] }
    // An archive restored from its readable form does not begin with step 1.
    let oldest = try memory.steps.steps(StepQuery(first: 1)).map(\.id)
    let ends = try memory.recall.profiles(of: oldest + [StepID(newest)]).map(\.ts.daysSinceEpoch)
    guard let first = ends.min(), let last = ends.max() else { return [] }
    var days: Set<Int> = []
    for span in query.dates {
      // A span of every year is looked for in each year of the archive, a month before and behind it.
      for anchor in stride(from: first, through: last + 365, by: 365) {
        let range = span.range(nearest: min(anchor, last)).clamped(to: first...last)
        guard range.count < 3 || span.contains(range.lowerBound) else { continue }
        for day in range where days.count < 366 { days.insert(day) }
      }
    }
    return days.sorted()
  }
}
