public import FlowCore

/// The features of every candidate of a query, for learning their weights and for looking closely.
public struct RecallFeatureTable: Sendable {
  /// The names of the columns.
  public let names: [String]
  /// The candidates, ascending.
  public let steps: [StepID]
  /// The tokens of each candidate's content.
  public let tokens: [Int]
  /// For each candidate its features, in the order of the names.
  public let rows: [[Double]]
}

extension MemoryContext {
  /// As `retrieve`, with other weights than the learnt ones, by name of feature: for measuring weights on questions
  /// that they were not learnt from.
  public func retrieve(
    _ request: ContextRequest,
    recallWeights: [String: Double]
  ) async throws(FlowError) -> Context {
    let weights = RecallFeature.allCases.map { ($0, recallWeights[$0.name] ?? 0) }
    return try await retrieve(
      request,
      beside: Surroundings(),
      weights: RecallWeights(Dictionary(uniqueKeysWithValues: weights))
    )
  }

  /// What recall knows of each candidate of a query, before any weight; `now` as in `retrieve`.
  public func recallFeatures(
    of query: String,
    now: Timestamp? = nil
  ) async throws(FlowError) -> RecallFeatureTable {
    try await rebuildIndexIfOutdated()
    return try await archive.read { memory throws(FlowError) in
      let newest = try memory.steps.steps(StepQuery(last: 1)).last?.ts
      let evidence = try RecallGatherer(memory: memory)
        .gather(query, now: now ?? newest ?? Timestamp(milliseconds: 0))
      let ranker = RecallRanker(evidence: evidence)
      return RecallFeatureTable(
        names: RecallFeature.allCases.map(\.name),
        steps: evidence.table.profiles.map(\.id),
        tokens: evidence.table.profiles.map(\.tokens),
        rows: evidence.table.profiles.indices.map(ranker.features)
      )
    }
  }
}
