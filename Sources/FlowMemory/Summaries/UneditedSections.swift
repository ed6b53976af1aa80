import FlowCore

/// Summaries in a store that nobody edits, such as a cache of results.
struct UneditedSections: EditableSections {
  let store: any CacheStore

  func stamp() -> ContentStamp? { nil }

  func sections() async throws(FlowError) -> SectionList {
    let sections = try await store.entries().map { entry in
      ReadableSection(
        key: entry.key,
        title: entry.meta["title"]?.string ?? "",
        version: entry.meta["version"]?.int ?? 0,
        by: entry.meta["by"]?.string ?? "",
        text: entry.value.string ?? "",
        isModified: false,
        line: 0
      )
    }
    return SectionList(sections: sections, stamp: nil, isSettled: true, hasLooseText: false)
  }

  func apply(_ changes: [SectionChange]) async throws(FlowError) -> [String] {
    let new = changes.compactMap(\.after)
    if !new.isEmpty { try await store.set(new) }
    let old = changes.filter { $0.after == nil }.map(\.key)
    if !old.isEmpty { _ = try await store.remove(old) }
    return []
  }

  func get(_ key: String) async throws(FlowError) -> CachedResult? { try await store.get(key) }
  func set(_ entries: [CachedResult]) async throws(FlowError) { try await store.set(entries) }
  func remove(_ keys: [String]) async throws(FlowError) -> [String] { try await store.remove(keys) }
  func entries() async throws(FlowError) -> [CachedResult] { try await store.entries() }
  func clear() async throws(FlowError) -> Int { try await store.clear() }
}
