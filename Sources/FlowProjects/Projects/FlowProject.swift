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
  private let opened = Mutex<Opened?>(nil)

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
      return opened
    }
    try refuseMissingFolder()
    // One after the other on the queue, so that two callers do not open it twice.
    return try await wiring.queue.run { [self] () throws(FlowError) in
      if let opened = opened.withLock({ $0 }) { return opened }
      try refuseLostArchive()
      let archive = try wiring.archive(folder: folder)
      let memory = wiring.memory(archive: archive, folder: folder, project: name)
      let fresh = Opened(archive: archive, memory: memory, identity: wiring.archiveIdentity(folder: folder))
      opened.withLock { $0 = fresh }
      return fresh
    }
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
    if missing.contains(.archive), missing.contains(.summaries) { _ = try await open() }
    if missing.contains(.summaries) {
      try await wiring.markdownCache(folder: folder, project: name).create()
    }
  }

  /// Starting an archive from nothing beside summaries of another one would give their steps' ids away again.
  private func refuseLostArchive() throws(FlowError) {
    guard !wiring.hasArchive(folder: folder), try wiring.tellsOfSteps(folder: folder) else { return }
    throw FlowError(
      .corruptStorage,
      "memory.sqlite is missing or empty in \(folder), though cache/memory_cache.md tells of archived steps",
      hint: "bring memory.sqlite back, or move cache/memory_cache.md away to start with an empty memory"
    )
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
    guard wiring.hasArchive(folder: folder) else { return }
    if let failure = try await renderMemory().failure { throw failure }
  }
}
