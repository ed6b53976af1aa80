public import FlowCore
import FlowStore

/// Where a command works: the root of projects, the configuration, and the project that was named.
///
/// The root is `--root`, else FLOW_ROOT, else the configuration's `projectsRoot`, else the nearest folder named
/// `projects` from here upwards that Flow has used (it holds `.active`), else `./projects`. The configuration is
/// `--config`, else `config.json` beside the root.
public struct Session: Sendable {
  public let workspace: Workspace
  public let config: FlowConfig

  /// What a caller may give; nil means not given.
  public struct Options: Sendable {
    public var project: String?
    public var root: String?
    public var config: String?
    public var environment: [String: String]
    public var currentFolder: String

    public init(
      project: String? = nil,
      root: String? = nil,
      config: String? = nil,
      environment: [String: String],
      currentFolder: String
    ) {
      self.project = project
      self.root = root
      self.config = config
      self.environment = environment
      self.currentFolder = currentFolder
    }
  }

  /// Finds the root and reads the configuration.
  ///
  /// - Throws: `config.invalid`, `file.not_found` for a named configuration, `project.name_invalid`.
  public static func start(_ options: Options) async throws(FlowError) -> Session {
    let queue = BlockingQueue("flow.session")
    return try await queue.run { () throws(FlowError) in try Session(options) }
  }

  private init(_ options: Options) throws(FlowError) {
    let environment = options.environment
    let named = options.root ?? environment["FLOW_ROOT"].nonEmpty
    var root =
      named ?? Session.nearestRoot(from: options.currentFolder) ?? "\(options.currentFolder)/projects"
    root = Session.absolute(root, from: options.currentFolder)

    let configPath = options.config.map { Session.absolute($0, from: options.currentFolder) }
    var file: (name: String, bytes: [UInt8])?
    if let configPath {
      guard let bytes = try RegularFile.read(configPath) else {
        throw FlowError(
          .fileNotFound,
          "there is no configuration \(configPath.quotedExcerpt)",
          hint: "check --config"
        )
      }
      file = (configPath, bytes)
    } else {
      let beside = "\(Folder.parent(of: root))/config.json"
      if let bytes = try RegularFile.read(beside) { file = (beside, bytes) }
    }
    var config = try FlowConfig.load(file: file, environment: environment)
    if named == nil, let configured = config.projectsRoot {
      // A path in a file means from that file's folder; one in a variable, from here.
      let base =
        environment["FLOW_PROJECTS_ROOT"].nonEmpty == nil ? file.map { Folder.parent(of: $0.name) } : nil
      root = Session.absolute(configured, from: base ?? options.currentFolder)
    }
    if let directory = config.promptsDirectory {
      let base =
        environment["FLOW_PROMPTS_DIRECTORY"].nonEmpty == nil
        ? file.map { Folder.parent(of: $0.name) } : nil
      config.promptsDirectory = Session.absolute(directory, from: base ?? options.currentFolder)
    }

    let projectName = options.project ?? environment["FLOW_PROJECT"].nonEmpty
    let project: ProjectName? = if let projectName { try ProjectName(projectName) } else { nil }
    self.config = config
    workspace = Workspace(
      root: root,
      config: config,
      project: project,
      user: environment["FLOW_USER"].nonEmpty ?? environment["USER"].nonEmpty ?? "unknown",
      isBrief: true
    )
  }

  private static func nearestRoot(from folder: String) -> String? {
    var here = folder
    while true {
      let candidate = here == "/" ? "/projects" : "\(here)/projects"
      if RegularFile.exists("\(candidate)/\(Workspace.activeFileName)") { return candidate }
      let parent = Folder.parent(of: here)
      if parent == here || here == "." { return nil }
      here = parent
    }
  }

  private static func absolute(_ path: String, from folder: String) -> String {
    var result = path.hasPrefix("/") ? path : "\(folder)/\(path)"
    while result.count > 1, result.hasSuffix("/") { result.removeLast() }
    return result
  }
}

extension Optional where Wrapped == String {
  /// Nil for an empty text: a variable that is set to nothing is not set.
  fileprivate var nonEmpty: String? {
    guard let self, !self.isEmpty else { return nil }
    return self
  }
}
