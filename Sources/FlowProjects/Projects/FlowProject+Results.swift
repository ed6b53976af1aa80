public import FlowCore

extension FlowProject {
  /// The most bytes of UTF-8 in a result's key.
  private static let maximumKeyBytes = 512

  /// Keeps a value under a key, in place of what stood there.
  ///
  /// - Parameters:
  ///   - task: the task that made it; its prompt and those of tasks that depend on it show the result.
  ///   - timeToLive: seconds after which it no longer counts; nil for never.
  public func cacheSet(
    _ key: String,
    _ value: JSONValue,
    task: TaskID? = nil,
    timeToLive: Int? = nil
  ) async throws(FlowError) {
    try FlowProject.check(key)
    if let task { _ = try await planInForce().index(of: task) }
    if let timeToLive, timeToLive < 1 || timeToLive > 100 * 366 * 86_400 {
      throw FlowError(
        .invalidArgument,
        "a time to live of \(timeToLive) seconds cannot be used",
        hint: "give 1 second to 100 years"
      )
    }
    let created = now
    let result = CachedResult(
      key: key,
      value: value,
      task: task,
      created: created,
      expires: timeToLive.map(created.advanced(seconds:))
    )
    try await results.set(result)
    await installedHooks().tell(.cacheSet, event: "cache_set", .result(result))
  }

  /// The result under a key, or nil where there is none that still counts.
  public func cacheGet(_ key: String) async throws(FlowError) -> CachedResult? {
    try FlowProject.check(key)
    try refuseMissingFolder()
    let now = self.now
    return try await results.get(key).flatMap { $0.isFresh(at: now) ? $0 : nil }
  }

  /// All results that still count, by key.
  public func cacheEntries() async throws(FlowError) -> [CachedResult] {
    try refuseMissingFolder()
    let now = self.now
    return try await results.entries().filter { $0.isFresh(at: now) }
  }

  /// Takes results away and says which there were.
  public func cacheRemove(_ keys: [String]) async throws(FlowError) -> [String] {
    for key in keys { try FlowProject.check(key) }
    return try await results.remove(keys)
  }

  /// Those of the keys that `cacheRemove` would take away: also of results that have expired but are still kept.
  public func cacheKeys(of keys: [String]) async throws(FlowError) -> [String] {
    for key in keys { try FlowProject.check(key) }
    // By bytes, as the store tells keys apart, and each once.
    var present = Set(try await results.entries().map { Array($0.key.utf8) })
    return keys.filter { present.remove(Array($0.utf8)) != nil }
  }

  /// Takes all results away and says how many there were.
  public func cacheClear() async throws(FlowError) -> Int {
    try await results.clear()
  }

  private static func check(_ key: String) throws(FlowError) {
    guard !key.isEmpty, key.utf8.count <= maximumKeyBytes,
      !key.unicodeScalars.contains(where: \.isUnsafeToPrint)
    else {
      throw FlowError(
        .invalidArgument,
        "the key \(key.quotedExcerpt) cannot be used",
        hint: "use 1 to \(maximumKeyBytes) bytes without control characters"
      )
    }
  }
}
