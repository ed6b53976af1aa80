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
  func open() async throws(FlowError) -> Opened {
    if let opened = opened.withLock({ $0 }) { return opened }
    // One after the other on the queue, so that two callers do not open it twice.
    return try await wiring.queue.run { [self] () throws(FlowError) in
      if let opened = opened.withLock({ $0 }) { return opened }
      let archive = try wiring.archive(folder: folder)
      let memory = wiring.memory(archive: archive, folder: folder, project: name)
      let fresh = Opened(archive: archive, memory: memory)
      opened.withLock { $0 = fresh }
      return fresh
    }
  }

  /// The time that time-outs are judged by.
  var now: Timestamp { wiring.clock.now() }

  /// Brings the files that people read up to date. Everything else is durable as soon as it is acknowledged.
  public func save() async throws(FlowError) {
    guard wiring.hasArchive(folder: folder) else { return }
    try await open().memory.renderSummaries()
  }
}
