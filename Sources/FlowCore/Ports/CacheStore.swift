/// A place for results by key.
///
/// Every change is durable when the call returns. Expired entries are the caller's to judge: a store has no
/// clock.
public protocol CacheStore: Sendable {
  /// The entry under a key, or nil.
  func get(_ key: String) async throws(FlowError) -> CachedResult?
  /// Stores all of these in one durable change, each in place of what stood under its key.
  func set(_ entries: [CachedResult]) async throws(FlowError)
  /// Takes entries away and says which keys there were.
  func remove(_ keys: [String]) async throws(FlowError) -> [String]
  /// All entries in the store's own order.
  func entries() async throws(FlowError) -> [CachedResult]
  /// Takes all entries away and says how many there were.
  func clear() async throws(FlowError) -> Int
}

extension CacheStore {
  /// Whether there is an entry under a key.
  public func exists(_ key: String) async throws(FlowError) -> Bool {
    try await get(key) != nil
  }

  /// Stores one entry.
  public func set(_ entry: CachedResult) async throws(FlowError) {
    try await set([entry])
  }
}
