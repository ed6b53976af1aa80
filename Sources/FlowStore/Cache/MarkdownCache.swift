public import FlowCore

/// Texts by key as the sections of cache/memory_cache.md, for people to read and edit.
///
/// A value is a section's text (a string). `meta` holds its `title`, its `version`, who made it (`by`) and, on
/// reading, whether a person `modified` the text since. The file says no times: `created` is when it was last
/// written, and `task` and `expires` are not kept.
public struct MarkdownCache: CacheStore {
  static let fileName = "cache/memory_cache.md"

  private let cacheFolder: String
  private let lock: ProjectLock
  private let readers = BlockingQueue("flow.memory-cache.read")
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

  /// Writes sections, each in place of the one under its key; sections that cannot be read are dropped.
  ///
  /// - Throws: `argument.invalid` for a value that is no string; nothing is written then.
  public func set(_ entries: [CachedResult]) async throws(FlowError) {
    var sections: [MemorySection] = []
    for entry in entries { sections.append(try MemorySection(entry)) }
    let new = sections
    guard !new.isEmpty else { return }
    _ = try await change { document in
      for section in new {
        document.sections.removeAll { $0.key.utf8.elementsEqual(section.key.utf8) }
        document.sections.append(section)
      }
      document.sort()
      return []
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
    let (document, modified) = try await read()
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
    try await read().document.faults.map { fault in
      Finding(
        file: Self.fileName,
        line: fault.line,
        problem: fault.problem,
        remedy: fault.remedy,
        isError: fault.isError
      )
    }
  }

  /// What is wrong with the file, or worth knowing about it.
  public func findings() async -> [Finding] {
    do throws(FlowError) {
      let edited = try await read().document.sections.filter(\.isModified).map { section in
        Finding(
          file: Self.fileName,
          line: section.line,
          problem: "the section \(section.key.quotedExcerpt) was edited by hand",
          remedy: "the edit is kept and never overwritten, though prompts show the archive's version",
          isError: false
        )
      }
      return try await faults() + edited
    } catch {
      return [Finding(error, file: Self.fileName)]
    }
  }

  private var path: String { "\(cacheFolder)/memory_cache.md" }

  private func read() async throws(FlowError) -> (document: MemoryDocument, modified: Timestamp) {
    let path = path
    return try await readers.run { () throws(FlowError) in
      guard let bytes = try RegularFile.read(path) else {
        return (MemoryDocument(), Timestamp(milliseconds: 0))
      }
      return (try MemoryDocument(bytes), RegularFile.modified(path) ?? Timestamp(milliseconds: 0))
    }
  }

  private func change(
    _ body: @escaping @Sendable (inout MemoryDocument) -> [String]
  ) async throws(FlowError) -> [String] {
    let (path, folder, lock) = (path, cacheFolder, lock)
    return try await writers.run { () throws(FlowError) in
      try lock.withLock { () throws(FlowError) in
        let old = try RegularFile.read(path)
        var document =
          try old.map { bytes throws(FlowError) in try MemoryDocument(bytes) } ?? MemoryDocument()
        let sections = document.sections
        let result = body(&document)
        if document.sections != sections || document.faults.contains(where: \.isError) {
          try Folder.create(folder)
          AtomicFile.removeLeftovers(in: folder)
          try AtomicFile.write(document.bytes, to: path)
        }
        return result
      }
    }
  }
}
