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
  /// Runs what blocks, such as opening files.
  let queue = BlockingQueue("flow.workspace")

  private var lockTimeout: Duration { .milliseconds(Int64(config.lockTimeoutSeconds * 1000)) }

  func workflowStore(folder: String, project: ProjectName) -> WorkflowFileStore {
    WorkflowFileStore(folder: folder, project: project, clock: clock, lockTimeout: lockTimeout)
  }

  func resultsCache(folder: String, project: ProjectName) -> JSONCache {
    JSONCache(folder: folder, project: project, lockTimeout: lockTimeout)
  }

  func markdownCache(folder: String, project: ProjectName) -> MarkdownCache {
    MarkdownCache(folder: folder, project: project, lockTimeout: lockTimeout)
  }

  func archive(folder: String) throws(FlowError) -> MemoryDatabase {
    try MemoryDatabase(path: archivePath(folder), lockTimeout: config.lockTimeoutSeconds)
  }

  func hasArchive(folder: String) -> Bool {
    RegularFile.exists(archivePath(folder))
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

  private func archivePath(_ folder: String) -> String { "\(folder)/memory.sqlite" }

  func lock(_ folder: String, _ project: ProjectName) -> ProjectLock {
    ProjectLock(folder: folder, project: project, timeout: lockTimeout)
  }
}
