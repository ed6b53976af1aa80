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
  /// The configuration that was read, if there was one.
  let file: ConfigFile?
  let environment: [String: String]
  let rootOrigin: ConfigOrigin
  /// The project that was asked for by name, and who asked.
  let chosen: (name: ProjectName, origin: ConfigOrigin)?

  /// What a caller may give; nil means not given.
  public struct Options: Sendable {
    public var project: String?
    public var root: String?
    public var config: String?
    public var environment: [String: String]
    public var currentFolder: String
    /// What runs beside changes; by default, the executables that the environment lets run.
    public var hooks: Hooks

    public init(
      project: String? = nil,
      root: String? = nil,
      config: String? = nil,
      environment: [String: String],
      currentFolder: String,
      hooks: Hooks? = nil
    ) {
      self.project = project
      self.root = root
      self.config = config
      self.environment = environment
      self.currentFolder = currentFolder
      self.hooks = hooks ?? Hooks(environment: environment)
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
    environment = options.environment
    let here = options.currentFolder
    let named: (String, ConfigOrigin)? =
      options.root.map { ($0, .option("--root")) }
      ?? environment["FLOW_ROOT"].nonEmpty.map { ($0, .variable("FLOW_ROOT")) }
    let found = named == nil ? Session.nearestRoot(from: here) : nil
    var (root, rootOrigin) = named ?? found.map { ($0, .found) } ?? ("projects", .standard)
    root = Session.absolute(root, from: here)

    let file = try Session.file(options, besideRoot: root)
    var config = try FlowConfig(file, environment)
    for key in ConfigKey.all where key.kind.isPath {
      guard let path = key.read(config).string else { continue }
      // A path in a file means from that file's folder; one in a variable, from here.
      let isInFile = key.value(in: environment) == nil
      let base = isInFile ? file.map { Folder.parent(of: $0.name) } : nil
      key.apply(.string(Session.absolute(path, from: base ?? here)), &config)
    }
    if named == nil, let configured = config.projectsRoot {
      root = configured
      rootOrigin = Session.origin(of: .projectsRoot, in: file, environment)
    }

    let asked: (String, ConfigOrigin)? =
      options.project.map { ($0, .option("--project")) }
      ?? environment["FLOW_PROJECT"].nonEmpty.map { ($0, .variable("FLOW_PROJECT")) }
    chosen = try asked.map { asked throws(FlowError) in (try ProjectName(asked.0), asked.1) }
    self.config = config
    self.file = file
    self.rootOrigin = rootOrigin
    workspace = Workspace(
      root: root,
      config: config,
      project: chosen?.name,
      user: environment["FLOW_USER"].nonEmpty ?? environment["USER"].nonEmpty ?? "unknown",
      isBrief: true,
      hooks: options.hooks,
      variable: { [environment] in environment[$0] }
    )
  }

  /// Where the value of a key comes from.
  static func origin(
    of key: ConfigKey,
    in file: ConfigFile?,
    _ environment: [String: String]
  ) -> ConfigOrigin {
    if key.value(in: environment) != nil { return .variable(key.variable) }
    return file?.line(of: key).map { .file(line: $0) } ?? .standard
  }

  /// The configuration that was named, else the one beside the root, if there is one.
  private static func file(_ options: Options, besideRoot root: String) throws(FlowError) -> ConfigFile? {
    let path =
      options.config.map { absolute($0, from: options.currentFolder) }
      ?? "\(Folder.parent(of: root))/config.json"
    if let bytes = try RegularFile.read(path) { return try ConfigFile(name: path, bytes: bytes) }
    guard options.config == nil else {
      throw FlowError(
        .fileNotFound,
        "there is no configuration \(path.quotedExcerpt)",
        hint: "check --config"
      )
    }
    return nil
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
