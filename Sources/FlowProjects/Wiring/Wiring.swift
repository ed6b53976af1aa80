import FlowCore
import FlowMemory
import FlowStore
import FlowText

/// The one place that names concrete stores: which files make up a project, and what reads them.
struct Wiring: Sendable {
  let config: FlowConfig
  let clock: any FlowClock
  /// Who is named in the history.
  let user: String
  /// Where edited templates lie; nil for the built-in ones.
  let promptsDirectory: String?
  /// Whether the process does one thing and ends, as a command does.
  let isBrief: Bool
  /// Runs what its owner wants to run beside changes.
  let hooks: HookRunner
  /// The configured model, if there is one.
  let models: ModelAccess
  /// Runs what blocks, such as opening files.
  let queue = BlockingQueue("flow.workspace")

  /// The same for what must not keep anyone waiting: locks are waited for 200 ms at most.
  var impatient: Wiring {
    var config = config
    config.lockTimeoutSeconds = min(config.lockTimeoutSeconds, 0.2)
    return Wiring(
      config: config,
      clock: clock,
      user: user,
      promptsDirectory: promptsDirectory,
      isBrief: true,
      hooks: hooks,
      models: models
    )
  }

  private var lockTimeout: Duration { .milliseconds(Int64(config.lockTimeoutSeconds * 1000)) }

  func workflowStore(folder: String, project: ProjectName) -> WorkflowFileStore {
    WorkflowFileStore(
      folder: folder,
      project: project,
      clock: clock,
      lockTimeout: lockTimeout,
      backupsKept: config.backupsKept
    )
  }

  func resultsCache(folder: String, project: ProjectName) -> JSONCache {
    JSONCache(folder: folder, project: project, lockTimeout: lockTimeout)
  }

  func markdownCache(folder: String, project: ProjectName) -> MarkdownCache {
    MarkdownCache(folder: folder, project: project, lockTimeout: lockTimeout)
  }

  func archive(folder: String) throws(FlowError) -> MemoryDatabase {
    let archive = try MemoryDatabase(
      path: path(of: .archive, in: folder),
      lockTimeout: config.lockTimeoutSeconds,
      connections: isBrief ? .one : .pool
    )
    OpenArchives.add(archive)
    return archive
  }

  /// Whether there is a memory database; an empty file is none, as SQLite would begin a new one in it.
  func hasArchive(folder: String) -> Bool {
    RegularFile.exists(path(of: .archive, in: folder)) && !RegularFile.isEmpty(path(of: .archive, in: folder))
  }

  /// Whether there is a memory, if only one to restore from its readable form.
  func hasMemory(folder: String) throws(FlowError) -> Bool {
    if hasArchive(folder: folder) { return true }
    return try tellsOfSteps(folder: folder)
  }

  /// Which file the memory database is now; nil where there is none.
  func archiveIdentity(folder: String) -> FileIdentity? {
    FileIdentity(of: path(of: .archive, in: folder))
  }

  /// The files of a project that `FlowProject.completeFiles` makes.
  enum File: CaseIterable {
    case history, results, summaries, archive
  }

  func missingFiles(folder: String) -> Set<File> {
    Set(File.allCases.filter { !RegularFile.exists(path(of: $0, in: folder)) })
  }

  /// Whether the readable memory has sections.
  private func tellsOfSteps(folder: String) throws(FlowError) -> Bool {
    guard let bytes = try RegularFile.read(path(of: .summaries, in: folder)) else { return false }
    return MarkdownCache.hasSections(bytes)
  }

  private func path(of file: File, in folder: String) -> String {
    switch file {
    case .history: "\(folder)/workflow_history.json"
    case .results: "\(folder)/cache/results_cache.json"
    case .summaries: "\(folder)/cache/memory_cache.md"
    case .archive: "\(folder)/memory.sqlite"
    }
  }

  func memory(archive: any MemoryArchive, folder: String, project: ProjectName) -> MemoryContext {
    MemoryContext(
      archive: archive,
      summaries: markdownCache(folder: folder, project: project),
      summarizer: TextRankSummarizer(tokenizer: BytePairTokenizer.o200kBase),
      limits: config.memory,
      defaults: config.context,
      clock: clock
    )
  }

  /// The first lines of a project's prompts.
  ///
  /// - Throws: `config.invalid` where the edited template cannot be read.
  func preamble(for project: ProjectName) async throws(FlowError) -> String {
    let directory = promptsDirectory
    let template = try await queue.run { () throws(FlowError) in
      guard let directory else { return try PreambleTemplate(PreambleTemplate.builtIn, file: "built-in") }
      let path = "\(directory)/\(PreambleTemplate.fileName)"
      guard let bytes = try RegularFile.read(path) else {
        return try PreambleTemplate(PreambleTemplate.builtIn, file: "built-in")
      }
      return try PreambleTemplate(String(decoding: bytes, as: UTF8.self), file: path)
    }
    return template.render(project: project)
  }

  func lock(_ folder: String, _ project: ProjectName) -> ProjectLock {
    ProjectLock(folder: folder, project: project, timeout: lockTimeout)
  }
}
