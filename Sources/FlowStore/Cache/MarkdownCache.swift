public import FlowCore

/// Texts by key as the sections of cache/memory_cache.md, for people to read and edit.
///
/// A value is a section's text (a string). `meta` holds its `title`, its `version`, who made it (`by`) and, on
/// reading, whether a person `modified` the text since. The file says no times: `created` is when it was last
/// written, and `task` and `expires` are not kept.
public struct MarkdownCache: CacheStore {
  static let fileName = "cache/memory_cache.md"

  let cacheFolder: String
  private let lock: ProjectLock
  let readers = BlockingQueue("flow.memory-cache.read")
  private let writers = BlockingQueue("flow.memory-cache.write")

  /// The cache of the project in `folder`; `lockTimeout` bounds the wait for others.
  public init(folder: String, project: ProjectName, lockTimeout: Duration = .seconds(10)) {
    cacheFolder = "\(folder)/cache"
    lock = ProjectLock(folder: folder, project: project, timeout: lockTimeout)
  }

  /// Whether a file's bytes hold a section that can be read.
  package static func hasSections(_ bytes: [UInt8]) -> Bool {
    (try? MemoryDocument(bytes))?.sections.isEmpty == false
  }

  /// Makes the file where there is none.
  package func create() async throws(FlowError) {
    let (path, folder, lock) = (path, cacheFolder, lock)
    return try await writers.run { () throws(FlowError) in
      try lock.withLock { () throws(FlowError) in
        guard try RegularFile.read(path) == nil else { return }
        try Folder.create(folder)
        try AtomicFile.write(MemoryDocument().bytes, to: path)
      }
    }
  }

  public func get(_ key: String) async throws(FlowError) -> CachedResult? {
    try await entries().first { $0.key.utf8.elementsEqual(key.utf8) }
  }

  /// Writes sections, each in place of the one under its key; of what cannot be read a copy is kept, see `setAside`.
  ///
  /// - Throws: `argument.invalid` for a value that is no string; nothing is written then.
  public func set(_ entries: [CachedResult]) async throws(FlowError) {
    var sections: [MemorySection] = []
    for entry in entries { sections.append(try MemorySection(entry)) }
    let new = sections
    guard !new.isEmpty else { return }
    try await change { document in
      for section in new {
        document.sections.removeAll { $0.key.utf8.elementsEqual(section.key.utf8) }
        document.sections.append(section)
      }
      document.sort()
    }
  }

  public func remove(_ keys: [String]) async throws(FlowError) -> [String] {
    guard !keys.isEmpty else { return [] }
    return try await change { document in
      keys.filter { key in
        let count = document.sections.count
        document.sections.removeAll { $0.key.utf8.elementsEqual(key.utf8) }
        return document.sections.count < count
      }
    }
  }

  /// The sections in their order.
  ///
  /// What cannot be read is left out; `faults` names it.
  public func entries() async throws(FlowError) -> [CachedResult] {
    let (document, modified, _) = try await read()
    return document.sections.map { $0.entry(created: modified) }
  }

  public func clear() async throws(FlowError) -> Int {
    try await change { document in
      defer { document.sections = [] }
      return document.sections.map(\.key)
    }.count
  }

  /// What in the file cannot be read, with its lines.
  public func faults() async throws(FlowError) -> [Finding] {
    try await read().document.faults.map(\.finding)
  }

  /// What is wrong with the file, or worth knowing about it.
  public func findings() async -> [Finding] {
    do throws(FlowError) {
      return try await faults() + copies().map(\.finding)
    } catch {
      return [Finding(error, file: Self.fileName)]
    }
  }

  var path: String { "\(cacheFolder)/memory_cache.md" }

  /// The document, when it was written, and the state that it was read from.
  func read() async throws(FlowError) -> (document: MemoryDocument, modified: Timestamp, stamp: ContentStamp?)
  {
    let path = path
    return try await readers.run { () throws(FlowError) in
      var stamp = ContentStamp(ofFile: path)
      // Each further round means that somebody wrote the file meanwhile.
      for _ in 0..<MarkdownCache.rounds {
        let bytes = try RegularFile.read(path)
        let later = ContentStamp(ofFile: path)
        if later == stamp {
          let document = try bytes.map { bytes throws(FlowError) in try MemoryDocument(bytes) }
          let modified = RegularFile.modified(path) ?? Timestamp(milliseconds: 0)
          return (document ?? MemoryDocument(), modified, stamp)
        }
        stamp = later
      }
      throw MarkdownCache.restless
    }
  }

  /// Reads the file under the lock, changes it, and writes it if that made a difference.
  ///
  /// Editors take no lock: where the file was changed since it was read, all is done again.
  func change<Value: Sendable>(
    _ body: @escaping @Sendable (inout MemoryDocument) -> Value
  ) async throws(FlowError) -> Value {
    let (path, folder, lock) = (path, cacheFolder, lock)
    return try await writers.run { () throws(FlowError) in
      try lock.withLock { () throws(FlowError) in
        for _ in 0..<MarkdownCache.rounds {
          let stamp = ContentStamp(ofFile: path)
          let old = try RegularFile.read(path)
          var document =
            try old.map { bytes throws(FlowError) in try MemoryDocument(bytes) } ?? MemoryDocument()
          let sections = document.sections
          let result = body(&document)
          guard document.sections != sections || document.hasLooseText else { return result }
          try Folder.create(folder)
          AtomicFile.removeLeftovers(in: folder)
          if document.hasLooseText, let old { try MarkdownCache.setAside(old, of: path) }
          let isWritten = try AtomicFile.write(document.bytes, to: path) {
            ContentStamp(ofFile: path) == stamp
          }
          if isWritten { return result }
        }
        throw MarkdownCache.restless
      }
    }
  }

  private static let rounds = 16

  private static let restless = FlowError(
    .revisionConflict,
    "\(fileName) changes faster than it can be read and written",
    hint: "try again",
    context: ["file": fileName]
  )
}
