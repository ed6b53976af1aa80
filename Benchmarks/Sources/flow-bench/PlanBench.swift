import FlowCore
import FlowProjects
import Glibc

/// How long changes of a plan take in a process that lives, beside the disk writes that their order needs.
///
/// The write order of a change is: append the event to the history, fdatasync; write workflow.json to a temporary file,
/// fsync; rename, fsync the folder. These three waits, with as many bytes, are measured in the same round and folder.
struct PlanBench {
  let root: String
  /// Projects whose task T001 is changed in each round, such as one with a short history and one with a long one.
  let changed: [String]
  /// The project that gets a task in each round.
  let growing: String
  let rounds: Int

  func json() async throws -> String {
    let workspace = Workspace(root: root)
    var projects: [FlowProject] = []
    for name in changed { projects.append(try await workspace.loadProject(ProjectName(name))) }
    let adding = try await workspace.loadProject(ProjectName(growing))
    let id = try TaskID("T001")
    var changes = [[Double]](repeating: [], count: changed.count)
    var additions: [Double] = []
    var syncs: [Double] = []
    for round in 0..<rounds {
      for (index, project) in projects.enumerated() {
        let change = TaskChange(status: round % 2 == 0 ? .doing : .todo)
        let start = ContinuousClock.now
        _ = try await project.updateTasks([id], change)
        changes[index].append(milliseconds(since: start))
      }
      let start = ContinuousClock.now
      _ = try await adding.addTask(NewTask(name: "task of round \(round)"))
      additions.append(milliseconds(since: start))
      syncs.append(try writes(in: adding.folder, bytes: size(of: "\(adding.folder)/workflow.json")))
    }
    func list(_ values: [Double]) -> String { "[\(values.map { "\($0)" }.joined(separator: ","))]" }
    let byProject = changes.map(list).joined(separator: ",")
    return #"{"changes_ms":[\#(byProject)],"add_task_ms":\#(list(additions)),"syncs_ms":\#(list(syncs))}"#
  }

  private func milliseconds(since start: ContinuousClock.Instant) -> Double {
    let time = (ContinuousClock.now - start).components
    return Double(time.seconds) * 1e3 + Double(time.attoseconds) * 1e-15
  }

  private func size(of path: String) -> Int {
    var status = stat()
    return stat(path, &status) == 0 ? Int(status.st_size) : 0
  }

  /// The three writes and their waits, and nothing else.
  private func writes(in folder: String, bytes: Int) throws -> Double {
    let event = [UInt8](repeating: 0x78, count: 400)
    let file = [UInt8](repeating: 0x78, count: bytes)
    let start = ContinuousClock.now
    let log = open("\(folder)/.bench-log", O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
    let temporary = open("\(folder)/.bench-new", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    let directory = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard log >= 0, temporary >= 0, directory >= 0 else { throw WriteFault() }
    defer {
      close(log)
      close(temporary)
      close(directory)
    }
    guard write(log, event, event.count) == event.count, fdatasync(log) == 0,
      write(temporary, file, file.count) == file.count, fsync(temporary) == 0,
      rename("\(folder)/.bench-new", "\(folder)/.bench-plan") == 0, fsync(directory) == 0
    else { throw WriteFault() }
    return milliseconds(since: start)
  }

  private struct WriteFault: Error {}
}
