public import FlowCore
import FlowText

extension MemoryContext {
  /// How many hits one search may ask for.
  public static let searchLimits = 1...1000

  /// The archived steps that answer a query best, by their scores alone: what recall would draw on, before a budget
  /// weighs them against their tokens.
  ///
  /// - Parameters:
  ///   - limit: the most hits, 1 to 1000.
  ///   - now: the time that the query's words refer to, as in a `ContextRequest`.
  /// - Throws: `argument.invalid` for a query without anything to look for, or a limit out of range.
  public func search(
    _ query: String,
    limit: Int = 10,
    now: Timestamp? = nil
  ) async throws(FlowError) -> [SearchHit] {
    guard !query.allSatisfy(\.isWhitespace) else {
      throw FlowError(.invalidArgument, "the query is empty", hint: "say what to look for")
    }
    guard MemoryContext.searchLimits.contains(limit) else {
      throw FlowError(
        .invalidArgument,
        "a limit of \(limit) hits cannot be used",
        hint: "give \(MemoryContext.searchLimits.lowerBound) to \(MemoryContext.searchLimits.upperBound)"
      )
    }
    try await rebuildIndexIfOutdated()
    return try await archive.read { memory throws(FlowError) in
      guard let newest = try memory.steps.steps(StepQuery(last: 1)).last else { return [] }
      let evidence = try RecallGatherer(memory: memory).gather(query, now: now ?? newest.ts)
      let ranking = Ranking(evidence)
      let best = ranking.steps.filter { evidence.isHit($0.index) }
        .sorted { ($0.relevance, $1.profile.id) > ($1.relevance, $0.profile.id) }
      let terms = MemoryContext.terms(of: query)
      var hits: [SearchHit] = []
      for ranked in best.prefix(limit) {
        guard let step = try memory.steps.step(ranked.profile.id) else { continue }
        hits.append(
          SearchHit(
            step: step,
            score: ranked.relevance,
            parts: ranking.relevanceParts(of: ranked).map { SearchHit.Part(name: $0.name, value: $0.value) },
            snippet: Snippet(of: step.step.content, terms: terms)
          )
        )
      }
      return hits
    }
  }

  private static func terms(of query: String) -> Set<String> {
    let analyzer = TermAnalyzer()
    let asked = analyzer.queryTerms(in: query)
    return Set(asked.isEmpty ? analyzer.terms(in: query) : asked)
  }
}
