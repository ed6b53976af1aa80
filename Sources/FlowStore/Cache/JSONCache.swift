public import FlowCore

/// Results by key in cache/results_cache.json; large values lie beside it, each in a file named by its SHA-256.
///
/// Several caches, in several processes, may work on one project: changes are made under the project's lock,
/// reading takes none.
public struct JSONCache: CacheStore {
  private let files: ResultFiles
  private let lock: ProjectLock
  private let readers = BlockingQueue("flow.results.read")
  private let writers = BlockingQueue("flow.results.write")

  /// The cache of the project in `folder`; `lockTimeout` bounds the wait for others.
  public init(folder: String, project: ProjectName, lockTimeout: Duration = .seconds(10)) {
    files = ResultFiles(folder: "\(folder)/cache")
    lock = ProjectLock(folder: folder, project: project, timeout: lockTimeout)
  }

  /// Makes the file where there is none.
  package func create() async throws(FlowError) {
    let (files, lock) = (files, lock)
    return try await writers.run { () throws(FlowError) in
      try lock.withLock { () throws(FlowError) in try files.create() }
    }
  }

  /// The entry under a key, or nil.
  ///
  /// - Throws: `json.invalid` or `storage.corrupt` with the place, where a file was damaged.
  public func get(_ key: String) async throws(FlowError) -> CachedResult? {
    let files = files
    return try await readers.run { () throws(FlowError) in try files.entry(key) }
  }

  public func set(_ entries: [CachedResult]) async throws(FlowError) {
    let (files, lock) = (files, lock)
    return try await writers.run { () throws(FlowError) in
      try lock.withLock { () throws(FlowError) in try files.set(entries) }
    }
  }

  public func remove(_ keys: [String]) async throws(FlowError) -> [String] {
    let (files, lock) = (files, lock)
    return try await writers.run { () throws(FlowError) in
      try lock.withLock { () throws(FlowError) in try files.remove(keys) }
    }
  }

  /// All entries, those first that were first stored.
  ///
  /// What is damaged is left out; `findings` names it.
  public func entries() async throws(FlowError) -> [CachedResult] {
    let files = files
    return try await readers.run { () throws(FlowError) in try files.entries() }
  }

  /// The keys of all entries that have not expired; their values are not read.
  package func keys(freshAt time: Timestamp) async throws(FlowError) -> [String] {
    let files = files
    return try await readers.run { () throws(FlowError) in try files.keys(freshAt: time) }
  }

  public func clear() async throws(FlowError) -> Int {
    let (files, lock) = (files, lock)
    return try await writers.run { () throws(FlowError) in
      try lock.withLock { () throws(FlowError) in try files.clear() }
    }
  }

  /// Merges the two sides of a merge that is not finished; of two results under one key the newer one stays.
  ///
  /// - Returns: what was done, a sentence for each.
  package func mend() async throws(FlowError) -> [String] {
    let (files, lock) = (files, lock)
    return try await writers.run { () throws(FlowError) in
      try lock.withLock { () throws(FlowError) in try files.mend() }
    }
  }

  /// What is wrong with the cache's files, or worth knowing about them.
  public func findings() async -> [Finding] {
    let files = files
    return await readers.run { files.findings() }
  }
}
