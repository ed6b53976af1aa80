public import FlowCore
import FlowMemory
import FlowStore
import Synchronization

/// One project: its plan, its memory and its cached results, over the stores in its folder.
///
/// A value that may be shared; what is behind it is opened at first use, so that a command pays only for what it
/// touches.
public final class FlowProject: Sendable {
  public let name: ProjectName
  /// Where its files lie.
  public let folder: String
  /// The configuration it works with.
  public let config: FlowConfig
  let wiring: Wiring
  let workflows: any WorkflowStore
  let results: any CacheStore
  /// What a model works on beside updates.
  let upgrades = BackgroundUpgrades()
  private let opened = Mutex<Opened?>(nil)
  /// Whether the archive of this project is known to hold what the readable memory tells of.
  private let isRestored = Mutex(false)

  /// The memory with the database behind it.
  struct Opened: Sendable {
    let archive: any MemoryArchive
    let memory: MemoryContext
    /// Which file it is, wherever that lies by now.
    let identity: FileIdentity?
  }

  init(name: ProjectName, folder: String, config: FlowConfig, wiring: Wiring) {
    self.name = name
    self.folder = folder
    self.config = config
    self.wiring = wiring
    workflows = wiring.workflowStore(folder: folder, project: name)
    results = wiring.resultsCache(folder: folder, project: name)
  }

  /// Opens the memory database at first use.
  ///
  /// - Throws: `project.not_found` where the project was renamed or removed since it was opened.
  func open() async throws(FlowError) -> Opened {
    if let opened = opened.withLock({ $0 }) {
      guard opened.identity == wiring.archiveIdentity(folder: folder) else { throw gone }
      return try await restored(opened)
    }
    try refuseMissingFolder()
    // One after the other on the queue, so that two callers do not open it twice.
    let fresh = try await wiring.queue.run { [self] () throws(FlowError) in
      if let opened = opened.withLock({ $0 }) { return opened }
      let archive = try wiring.archive(folder: folder)
      let memory = wiring.memory(archive: archive, folder: folder, project: name)
      let fresh = Opened(archive: archive, memory: memory, identity: wiring.archiveIdentity(folder: folder))
      opened.withLock { $0 = fresh }
      return fresh
    }
    return try await restored(fresh)
  }

  /// Sees to it that an archive which holds nothing has what the readable memory tells of, before anything is done
  /// with it: whoever came first would give the ids of its steps away again.
  private func restored(_ opened: Opened) async throws(FlowError) -> Opened {
    guard !isRestored.withLock({ $0 }) else { return opened }
    let roots = try await opened.memory.restoreSummaries()
    isRestored.withLock { $0 = true }
    guard let last = roots.last else { return opened }
    wiring.hooks.remarkOnce(
      "memory.sqlite of \(name) was not here: \(roots.count) summaries come from cache/memory_cache.md; "
        + "the steps s1-\(last.last.rawValue) are not here verbatim"
    )
    try await record(
      .restoreSummaries,
      ["summaries": .array(roots.map { .string($0.description) }), "file": "cache/memory_cache.md"]
    )
    return opened
  }

  /// Makes those of the project's files that are missing: a folder with only a short workflow.json is a project.
  func completeFiles() async throws(FlowError) {
    let missing = wiring.missingFiles(folder: folder)
    if missing.contains(.history) {
      let adopted = try await wiring.workflowStore(folder: folder, project: name).adopt(user: wiring.user)
      if let adopted { await tell(installedHooks(), of: adopted) }
    }
    if missing.contains(.results) {
      try await wiring.resultsCache(folder: folder, project: name).create()
    }
    if missing.contains(.archive) { _ = try await open() }
    if missing.contains(.summaries) {
      try await wiring.markdownCache(folder: folder, project: name).create()
    }
  }

  /// A project that was renamed or removed since it was opened must not look like an empty one.
  ///
  /// - Throws: `project.not_found`.
  func refuseMissingFolder() throws(FlowError) {
    guard Folder.exists(folder) else { throw gone }
  }

  private var gone: FlowError {
    FlowError(
      .projectNotFound,
      "there is no project \(name.rawValue.quotedExcerpt) any more: it was renamed or removed since it was opened",
      hint: "`flowctl ls` lists the projects; open it again by its present name",
      context: ["project": name.rawValue]
    )
  }

  /// The time that time-outs are judged by.
  var now: Timestamp { wiring.clock.now() }

  /// Adopts what people edited in the files that they read, and brings these files up to date.
  ///
  /// Everything else is durable as soon as it is acknowledged.
  public func save() async throws(FlowError) {
    try refuseMissingFolder()
    guard try wiring.hasMemory(folder: folder) else { return }
    if let failure = try await renderMemory().failure { throw failure }
  }
}
