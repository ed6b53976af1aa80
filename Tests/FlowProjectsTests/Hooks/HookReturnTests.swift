import FlowCore
import Testing

@testable import FlowProjects

/// Changes that bring an earlier state back, and files that someone broke.
@Suite(.timeLimit(.minutes(5)))
struct `Hooks and earlier states of the plan` {
  let folder: ProjectsFolder
  let events = Ledger<HookEvent>()
  private let file = "projects/demo/workflow.json"

  init() throws { folder = try ProjectsFolder() }

  /// A project with one task, which is done, whose hooks note what they get.
  private func demo(refusing kind: HistoryEvent.Kind? = nil) async throws -> FlowProject {
    var quiet = folder.hooks()
    quiet.runsExecutables = false
    let before = try await folder.workspace(quiet).newProject(ProjectName("demo"))
    _ = try await before.addTask(NewTask(name: "a"))
    _ = try await before.updateTasks([TaskID("T001")], TaskChange(status: .done))
    var hooks = folder.hooks()
    hooks.before(.save) { [events] event in
      events.note(event)
      if event.event == kind?.rawValue { throw Refusal(description: "no way back") }
    }
    for kind in [HistoryEvent.Kind.rollback, .restore, .merge] {
      hooks.after(Hooks.After(kind)) { [events] in events.note($0) }
    }
    return try await folder.workspace(hooks).loadProject(ProjectName("demo"))
  }

  @Test func `a way back is asked for and told like any change`() async throws {
    let project = try await demo()
    _ = try await project.rollback(to: 2)
    #expect(events.entries.map(\.hook) == ["before_save", "after_rollback"])
    #expect(events.entries.map { $0.tasks.before.map(\.rev) } == [[2], [2]])
    #expect(events.entries.map { $0.tasks.after.map(\.rev) } == [[1], [1]])
    #expect(events.entries.map { $0.tasks.after.map(\.status) } == [[.todo], [.todo]])
    #expect(events.entries.map { $0.json["revision"]?.int } == [3, 4])
    #expect(events.entries.map { $0.json["facts"] } == [["to": 2], ["to": 2]])
    // What is changed after that counts on from the plan's revision, and hooks are told so before.
    _ = try await project.updateTasks([TaskID("T001")], TaskChange(status: .doing))
    #expect(try await events.entries.last?.tasks.after == project.workflow().tasks)
  }

  @Test func `a way back that is refused changes nothing`() async throws {
    let project = try await demo(refusing: .rollback)
    let error = try await flowError(.hookVetoed) { _ = try await project.rollback(to: 2) }
    #expect(error.message.contains("no way back"))
    #expect(try await project.workflow().tasks.map(\.status) == [.done])
    #expect(try await project.history(limit: 10).count == 3)
  }

  @Test func `a file that someone broke is an error before they are asked`() async throws {
    let project = try await demo()
    try folder.overwrite("{", in: file)
    try await flowError(.invalidJSON) { _ = try await project.addTask(NewTask(name: "b")) }
    #expect(events.count == 0)
    #expect(try folder.text(file) == "{")
  }

  @Test func `a broken file is replaced by the state in force, which needs no one's leave`() async throws {
    let project = try await demo(refusing: .restore)
    let good = try folder.text(file)
    try folder.overwrite("{", in: file)
    _ = try await project.restore(nil)
    #expect(try folder.text(file) == good)
    #expect(events.count == 0)
  }

  @Test func `a broken file that an earlier state would replace stands where that is refused`() async throws {
    let project = try await demo(refusing: .rollback)
    try folder.overwrite("{", in: file)
    try await flowError(.hookVetoed) { _ = try await project.rollback(to: 2) }
    #expect(try folder.text(file) == "{")
  }

  @Test func `two branches that became one plan are told`() async throws {
    let project = try await demo()
    let log = "projects/demo/workflow_history.json"
    let (plan, common) = try (folder.text(file), folder.text(log))
    _ = try await project.addTask(NewTask(name: "ours"))
    let (ourPlan, ours) = try (folder.text(file), folder.text(log))
    try folder.overwrite(plan, in: file)
    try folder.overwrite(common, in: log)
    _ = try await project.addTask(NewTask(name: "theirs"))
    let theirs = try folder.text(log)
    let rows = common.split(separator: "\n").count - 1
    let start = ours.split(separator: "\n").prefix(rows).joined(separator: "\n")
    let ends = [ours, theirs].map { $0.split(separator: "\n").dropFirst(rows).joined(separator: "\n") }
    try folder.overwrite(
      "\(start)\n<<<<<<< HEAD\n\(ends[0])\n=======\n\(ends[1])\n>>>>>>> other\n",
      in: log
    )
    try folder.overwrite(ourPlan, in: file)
    let known = events.count
    #expect(try await !project.mend().isEmpty)
    #expect(events.entries.dropFirst(known).map(\.hook) == ["after_merge"])
    #expect(events.entries.last?.tasks.after.map(\.name).contains("theirs") == true)
    _ = try await project.mend()
    #expect(events.count == known + 1)
  }
}
