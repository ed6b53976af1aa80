import FlowCore
import FlowStore
import Synchronization

/// The memory databases that this process has open.
///
/// A process that ends at once leaves SQLite's log beside the file: nothing is lost, but whoever then copies the file
/// alone copies too little. So a command closes them before it ends.
public enum OpenArchives {
  private struct Reference {
    weak var archive: MemoryDatabase?
  }

  private static let references = Mutex<[Reference]>([])

  static func add(_ archive: MemoryDatabase) {
    references.withLock { references in
      references.removeAll { $0.archive == nil }
      references.append(Reference(archive: archive))
    }
  }

  /// Closes all of them; projects that are used afterwards fail.
  public static func closeAll() async {
    let archives = references.withLock { references in
      defer { references = [] }
      return references.compactMap(\.archive)
    }
    guard !archives.isEmpty else { return }
    await BlockingQueue("flow.close").run {
      for archive in archives { archive.close() }
    }
  }
}
