public import FlowCore
import FlowStore

/// A folder of projects, one of which may be active.
///
///     let workspace = Workspace(root: "projects")
///     workspace.activate()
///     try await newProject("demo")
///     try await fp().addTask(NewTask(name: "collect the data"))
public struct Workspace: Sendable {
  /// The folder that holds the projects; it is made with the first one.
  public let root: String
  let wiring: Wiring
  /// The project that was asked for by name, which beats the active one.
  let chosen: ProjectName?

  /// The file within the root that names the active project.
  static let activeFileName = ".active"

  /// A workspace over a folder.
  ///
  /// - Parameters:
  ///   - project: the project to work with, whatever is active on disk.
  ///   - user: who is named in the history.
  ///   - isBrief: whether the process does one thing and ends; one connection then serves all.
  ///   - hooks: what runs beside changes.
  ///   - variable: looks up the variable that holds the key of the configured model, when one is asked; by default, in
  ///     the process's environment.
  public init(
    root: String,
    config: FlowConfig = FlowConfig(),
    project: ProjectName? = nil,
    user: String = "library",
    clock: any FlowClock = SystemClock(),
    isBrief: Bool = false,
    hooks: Hooks = Hooks(),
    variable: @escaping @Sendable (String) -> String? = EnvironmentVariable.value
  ) {
    self.root = root
    chosen = project
    let prompts = config.promptsDirectory ?? "\(Folder.parent(of: root))/Prompts"
    wiring = Wiring(
      config: config,
      clock: clock,
      user: user,
      promptsDirectory: prompts,
      isBrief: isBrief,
      hooks: HookRunner(hooks: hooks, limits: config.hooks, root: root, user: user),
      models: ModelAccess(config: config, promptsDirectory: prompts, variable: variable)
    )
  }

  /// The same workspace with another project chosen.
  func choosing(_ project: ProjectName) -> Workspace {
    Workspace(root: root, chosen: project, wiring: wiring)
  }

  private init(root: String, chosen: ProjectName, wiring: Wiring) {
    self.root = root
    self.chosen = chosen
    self.wiring = wiring
  }

  func folder(of name: ProjectName) -> String { "\(root)/\(name.rawValue)" }

  func project(_ name: ProjectName) -> FlowProject {
    FlowProject(name: name, folder: folder(of: name), config: wiring.config, wiring: wiring)
  }
}

extension Workspace {
  /// Makes a project, with the tasks of a template if one is given, and makes it the active one.
  ///
  /// - Throws: `project.exists`, `project.name_invalid`, `storage.write_failed`; what is wrong with the template.
  public func newProject(
    _ name: ProjectName,
    template: PlanTemplate? = nil
  ) async throws(FlowError) -> FlowProject {
    try name.refuseReserved()
    try await refuseTaken(name)
    let tasks = try await tasks(of: template, for: name)
    let folder = folder(of: name)
    try await wiring.queue.run { [root] () throws(FlowError) in
      try Folder.create(root)
      try Folder.create(folder)
    }
    let workflow = try await wiring.workflowStore(folder: folder, project: name)
      .create(user: wiring.user, tasks: tasks)
    let project = project(name)
    try await project.completeFiles()
    try await setActive(name)
    let kind = HistoryEvent.Kind.createProject
    await project.installedHooks().tell(
      Hooks.After(kind),
      event: kind.rawValue,
      .tasks(before: [], after: workflow.tasks, revision: workflow.revision)
    )
    return project
  }

  /// Opens a project, and makes those of its files that are missing.
  ///
  /// - Throws: `project.not_found`, naming those there are; what its files say that is wrong.
  public func loadProject(_ name: ProjectName) async throws(FlowError) -> FlowProject {
    let project = project(try await spelling(of: name))
    try await wiring.queue.run { [root] () throws(FlowError) in
      try ProjectBoundary.check(project.folder, in: root)
    }
    // Reading must work where nothing can be written; what needs a file that is missing says so itself.
    try? await project.completeFiles()
    return project
  }

  /// The name as its folder has it: another spelling of the same characters finds it too.
  func spelling(of name: ProjectName) async throws(FlowError) -> ProjectName {
    let folder = folder(of: name)
    if await wiring.queue.run({ Workspace.isProject(folder) }) { return name }
    let names = try await listProjects()
    if let found = names.first(where: { $0.rawValue == name.rawValue }) { return found }
    let known = names.prefix(8).map(\.rawValue).joined(separator: ", ")
    throw FlowError(
      .projectNotFound,
      "there is no project \(name.rawValue.quotedExcerpt) in \(root)"
        + (names.isEmpty ? "; there are none yet" : "; there are: \(known)"),
      hint: "`flowctl new` makes one",
      context: ["project": name.rawValue]
    )
  }

  /// Saves the active project and makes another one active.
  ///
  /// - Throws: `project.not_found`.
  public func switchProject(_ name: ProjectName) async throws(FlowError) -> FlowProject {
    let next = try await loadProject(name)
    if let active = try await activeName(), active != next.name, let current = try? await loadProject(active)
    {
      // What cannot be saved here is written at the project's next roll-up; it must not keep anyone in it.
      try? await current.save()
    }
    try await setActive(next.name)
    return next
  }

  /// The names of all projects, in the order of their bytes.
  public func listProjects() async throws(FlowError) -> [ProjectName] {
    await wiring.queue.run { [root] in
      Folder.names(in: root).compactMap { name -> ProjectName? in
        guard let name = try? ProjectName(name), Workspace.isProject("\(root)/\(name.rawValue)") else {
          return nil
        }
        return name
      }
      .sorted { $0.rawValue.utf8.lexicographicallyPrecedes($1.rawValue.utf8) }
    }
  }

  /// The project to work with: the one that was chosen by name, else the active one.
  ///
  /// - Throws: `project.none_active`, `project.not_found`.
  public func currentProject() async throws(FlowError) -> FlowProject {
    if let chosen { return try await loadProject(chosen) }
    guard let active = try await activeName() else {
      throw FlowError(
        .noActiveProject,
        "no project is active in \(root)",
        hint:
          "`flowctl new NAME` makes one, `flowctl switch NAME` chooses one, --project NAME names one for a call"
      )
    }
    return try await loadProject(active)
  }

  /// Removes a project and all that it holds.
  ///
  /// - Throws: `project.not_found`, `project.locked`, `storage.write_failed`.
  public func removeProject(_ name: ProjectName) async throws(FlowError) {
    let project = try await loadProject(name)
    let wasActive = try await activeName() == project.name
    try await wiring.queue.run { [wiring, root] () throws(FlowError) in
      try wiring.lock(project.folder, project.name).withLock { () throws(FlowError) in
        // Renamed first: from then on it is gone as a whole, even if the rest is cut short.
        try Folder.remove(project.folder, movingTo: "\(root)/.removed-\(project.name.rawValue)")
      }
    }
    if wasActive { try await clearActive() }
    forgetActiveProject(named: project.name, in: root)
  }

  /// The name that `switch` chose, or nil.
  public func activeName() async throws(FlowError) -> ProjectName? {
    let path = "\(root)/\(Workspace.activeFileName)"
    let bytes = try await wiring.queue.run { () throws(FlowError) in try RegularFile.read(path, limit: 4096) }
    guard let bytes else { return nil }
    let text = String(decoding: bytes.prefix { $0 != 0x0A }, as: UTF8.self)
    return text.isEmpty ? nil : try ProjectName(text)
  }

  func setActive(_ name: ProjectName) async throws(FlowError) {
    let path = "\(root)/\(Workspace.activeFileName)"
    try await wiring.queue.run { () throws(FlowError) in
      try AtomicFile.write(Array("\(name.rawValue)\n".utf8), to: path)
    }
  }

  private func clearActive() async throws(FlowError) {
    let path = "\(root)/\(Workspace.activeFileName)"
    try await wiring.queue.run { () throws(FlowError) in try AtomicFile.write([], to: path) }
  }

  /// Whether a folder is a project: it has a plan, or a history to rebuild one from.
  private static func isProject(_ folder: String) -> Bool {
    RegularFile.exists("\(folder)/workflow.json") || RegularFile.exists("\(folder)/workflow_history.json")
  }
}
