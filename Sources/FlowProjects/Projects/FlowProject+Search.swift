public import FlowCore
public import FlowMemory

extension FlowProject {
  /// The archived steps that answer a query best, by their scores.
  ///
  /// - Throws: `argument.invalid` for an empty query or a limit outside `MemoryContext.searchLimits`.
  public func search(
    _ query: String,
    limit: Int = 10,
    now: Timestamp? = nil
  ) async throws(FlowError) -> [SearchHit] {
    try await open().memory.search(query, limit: limit, now: now)
  }
}
