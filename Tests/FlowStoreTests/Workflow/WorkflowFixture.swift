import FlowCore

@testable import FlowStore

/// A project in a folder of its own, with a clock that stands still.
struct WorkflowFixture: Sendable {
  struct StoppedClock: FlowClock {
    func now() -> Timestamp { Timestamp(milliseconds: 1_712_909_720_000) }
  }

  let folder: ScratchFolder
  let project: ProjectName

  init(_ name: String = "demo") throws {
    folder = try ScratchFolder()
    project = try ProjectName(name)
  }

  /// A new store on the folder, as another process would have.
  var store: WorkflowFileStore {
    WorkflowFileStore(folder: folder.path, project: project, clock: StoppedClock())
  }
  var codec: WorkflowCodec { WorkflowCodec(project: project) }
  var files: WorkflowFiles { WorkflowFiles(folder: folder.path, codec: codec) }

  @discardableResult
  func add(_ id: String, name: String = "a task", deps: [String] = []) async throws -> Workflow {
    let task = FlowTask(id: try TaskID(id), name: name, deps: try deps.map { try TaskID($0) })
    return try await store.change(user: "jun") { workflow in
      workflow.tasks.append(task)
      return .addTask
    }
  }

  @discardableResult
  func set(_ id: String, _ status: TaskStatus) async throws -> Workflow {
    let id = try TaskID(id)
    return try await store.change(user: "jun") { workflow throws(FlowError) in
      workflow.tasks[try workflow.index(of: id)].status = status
      return .updateTask
    }
  }

  func history() async throws -> [HistoryEvent] { try await store.history(limit: 1000) }
}
