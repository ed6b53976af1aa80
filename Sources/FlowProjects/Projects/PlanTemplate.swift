public import FlowCore
import FlowStore

/// Where a new project's tasks come from.
///
/// They are taken over as still to be done: without owner, lease and reason, their dependencies and whatever else they
/// carry as they are.
public enum PlanTemplate: Sendable, Hashable {
  /// Another project of the same root.
  case project(ProjectName)
  /// A file such as a project's workflow.json.
  case file(String)
}

extension Workspace {
  /// The tasks that a new project of this name begins with.
  func tasks(of template: PlanTemplate?, for name: ProjectName) async throws(FlowError) -> [FlowTask] {
    let tasks: [FlowTask]
    switch template {
    case nil:
      return []
    case .project(let source):
      let source = try await spelling(of: source)
      tasks = try await wiring.workflowStore(folder: folder(of: source), project: source).load().tasks
    case .file(let path):
      tasks = try await wiring.queue.run { () throws(FlowError) in
        try WorkflowTemplate.tasks(inFile: path, for: name)
      }
    }
    return tasks.map(\.unstarted)
  }
}
