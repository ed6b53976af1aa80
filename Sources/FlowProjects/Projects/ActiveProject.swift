public import FlowCore
import Synchronization

/// The workspace last activated: what the free functions below work on.
private let activeWorkspace = Mutex<Workspace?>(nil)
/// The project of that workspace that was last made, loaded or switched to.
private let activeProject = Mutex<FlowProject?>(nil)

extension Workspace {
  /// Makes this the workspace of `fp()` and the other free functions, for the whole process.
  public func activate() {
    activeWorkspace.withLock { $0 = self }
    activeProject.withLock { $0 = nil }
  }

  fileprivate static func current() throws(FlowError) -> Workspace {
    guard let workspace = activeWorkspace.withLock({ $0 }) else {
      throw FlowError(
        .noActiveProject,
        "no workspace is active",
        hint: "call `Workspace(root: \"projects\").activate()` first"
      )
    }
    return workspace
  }
}

/// Lets go of a project that was removed or renamed, so that `fp()` does not hand it out again.
func forgetActiveProject(named name: ProjectName, in root: String) {
  activeProject.withLock { project in
    if project?.folder == "\(root)/\(name.rawValue)" { project = nil }
  }
}

/// The active project of the workspace last activated.
///
/// - Throws: `project.none_active` if there is none.
public func fp() async throws(FlowError) -> FlowProject {
  if let project = activeProject.withLock({ $0 }) { return project }
  let project = try await Workspace.current().currentProject()
  activeProject.withLock { $0 = project }
  return project
}

/// Makes a project in the active workspace, with the tasks of a template if one is given, and makes it the active one.
///
/// - Throws: `project.exists`, `project.name_invalid`, `storage.write_failed`; what is wrong with the template.
@discardableResult
public func newProject(_ name: String, template: PlanTemplate? = nil) async throws(FlowError) -> FlowProject {
  let project = try await Workspace.current().newProject(ProjectName(name), template: template)
  activeProject.withLock { $0 = project }
  return project
}

/// Opens a project of the active workspace, without making it the active one.
///
/// - Throws: `project.not_found`.
public func loadProject(_ name: String) async throws(FlowError) -> FlowProject {
  try await Workspace.current().loadProject(ProjectName(name))
}

/// Saves the active project and makes another one active.
///
/// - Throws: `project.not_found`.
@discardableResult
public func switchProject(_ name: String) async throws(FlowError) -> FlowProject {
  let project = try await Workspace.current().switchProject(ProjectName(name))
  activeProject.withLock { $0 = project }
  return project
}

/// The names of the projects in the active workspace.
public func listProjects() async throws(FlowError) -> [String] {
  try await Workspace.current().listProjects().map(\.rawValue)
}
