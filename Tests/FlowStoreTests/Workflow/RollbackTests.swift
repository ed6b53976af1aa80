import FlowCore
import Glibc
import RandomSupport
import Testing

@testable import FlowStore

@Suite struct `Going back` {
  /// Puts the tasks back as they were after an event, as `flowctl rollback` does.
  private func rollback(_ fixture: WorkflowFixture, to seq: Int) async throws -> Workflow {
    let then = try await fixture.store.plan(after: seq)
    return try await fixture.store.change(user: "jun") { plan in
      plan.tasks = then.tasks
      plan.created = then.created
      plan.unknown = then.unknown
      return .rollback
    }
  }

  @Test(arguments: [11, 12, 13, 14, 15, 16] as [UInt64])
  func `any row of changes, rolled back to any point, is as it was then`(seed: UInt64) async throws {
    var generator = SeededRandom(seed: seed)
    let fixture = try WorkflowFixture()
    var states = [try await fixture.store.create(user: "jun")]
    for round in 0..<60 {
      let state: Workflow
      if round % 5 == 4 {
        let seq = Int.random(in: 1...states.count, using: &generator)
        state = try await rollback(fixture, to: seq)
        #expect(state.tasks == states[seq - 1].tasks, "seed \(seed), round \(round), to \(seq)")
        #expect(state.unknown == states[seq - 1].unknown)
        #expect(state.revision == states.count + 1)
      } else {
        let edit = RandomEdit(&generator)
        state = try await fixture.store.change(user: "jun") { workflow in
          edit.apply(to: &workflow)
          return .updateTask
        }
      }
      states.append(state)
    }
    for (index, state) in states.enumerated() {
      #expect(try await fixture.store.plan(after: index + 1) == state, "seed \(seed), event \(index + 1)")
    }
    // Without the file and the backups, from the history alone.
    unlink(fixture.folder("workflow.json"))
    try Folder.remove(fixture.folder("backups"), movingTo: fixture.folder("gone"))
    #expect(try await fixture.store.load() == states.last)
    #expect(await fixture.store.findings().allSatisfy { !$0.isError })
  }

  @Test func `a task's revision is never given to two states of it`() async throws {
    let fixture = try WorkflowFixture()
    _ = try await fixture.store.create(user: "jun")
    try await fixture.add("T001")
    var seen: [Int: TaskStatus] = [1: .todo]
    func note(_ workflow: Workflow) {
      for task in workflow.tasks {
        #expect(seen[task.rev] == nil || seen[task.rev] == task.status, "revision \(task.rev)")
        seen[task.rev] = task.status
      }
    }
    for status in [TaskStatus.doing, .blocked, .done] { note(try await fixture.set("T001", status)) }
    note(try await rollback(fixture, to: 3))
    #expect(try await fixture.store.load().tasks[0].rev == 2)
    for status in [TaskStatus.done, .todo] { note(try await fixture.set("T001", status)) }
    note(try await rollback(fixture, to: 1))
    // The same id again is another task.
    let added = try await fixture.add("T001")
    #expect(seen[added.tasks[0].rev] == nil)
  }

  @Test func `there is no event that was never there`() async throws {
    let fixture = try WorkflowFixture()
    _ = try await fixture.store.create(user: "jun")
    for seq in [0, -1, 2, .max] {
      let error = await expectFlowError(.eventNotFound) { try await fixture.store.plan(after: seq) }
      #expect(error?.context["last"] == "1")
    }
  }

  @Test func `a state before damage can be had, one behind it cannot`() async throws {
    let fixture = try WorkflowFixture()
    _ = try await fixture.store.create(user: "jun")
    for number in 1...5 { try await fixture.add("T\(number)") }
    let whole = try await fixture.store.load()
    let broken = try fixture.folder.text("workflow_history.json")
      .replacing(#"{"seq":4,"#, with: #"{"seq":oops,"#)
    try fixture.folder.write(broken, to: "workflow_history.json")
    #expect(try await fixture.store.plan(after: 3).tasks.count == 2)
    await expectFlowError(.eventNotFound) { try await fixture.store.plan(after: 4) }
    // A backup tells the state behind the damage; without it no one knows.
    #expect(try await fixture.store.plan(after: 6) == whole)
    try Folder.remove(fixture.folder("backups"), movingTo: fixture.folder("gone"))
    unlink(fixture.folder("workflow.json"))
    await expectFlowError(.invalidHistory) { try await fixture.store.plan(after: 6) }
  }

  @Test func `a long history is not read to tell what was edited`() async throws {
    let fixture = try WorkflowFixture()
    _ = try await fixture.store.create(user: "jun")
    for number in 1...3 { try await fixture.add("T00\(number)") }
    // All before the last event is lost, and still the edit is told from the state before it.
    let lines = try fixture.folder.text("workflow_history.json").split(separator: "\n").map(String.init)
    try fixture.folder.write("[\n" + lines[3...].joined(separator: "\n") + "\n", to: "workflow_history.json")
    let text = try fixture.folder.text("workflow.json")
    try fixture.folder.write(
      text.replacing("a task", with: "edited", maxReplacements: 1),
      to: "workflow.json"
    )
    let workflow = try await fixture.set("T003", .done)
    #expect(workflow.tasks.map(\.name) == ["edited", "a task", "a task"])
    #expect(workflow.tasks.map(\.rev) == [2, 1, 2])
    #expect(try await fixture.history().map(\.event).suffix(2) == [.externalEdit, .updateTask])
  }
}

@Suite struct `Backups of the plan` {
  @Test func `the newest states stay, as they were written`() async throws {
    let fixture = try WorkflowFixture()
    let store = WorkflowFileStore(folder: fixture.folder.path, project: fixture.project, backupsKept: 3)
    _ = try await store.create(user: "jun")
    var files: [String] = []
    for number in 1...6 {
      files.append(try fixture.folder.text("workflow.json"))
      let id = TaskID(number: number)
      _ = try await store.change(user: "jun") { plan in
        plan.tasks.append(FlowTask(id: id, name: "n"))
        return .addTask
      }
    }
    let backups = try await store.backups()
    #expect(backups.map(\.revision) == [6, 5, 4])
    #expect(try backups.map { try fixture.folder.text("backups/\($0.name)") } == files.suffix(3).reversed())
    #expect(try await store.plan(inFile: backups[1].name).tasks.count == 4)
    #expect(try await store.plan(inFile: fixture.folder("workflow.json")).tasks.count == 6)
  }

  @Test func `none are kept where none are wanted`() async throws {
    let fixture = try WorkflowFixture()
    let store = WorkflowFileStore(folder: fixture.folder.path, project: fixture.project, backupsKept: 0)
    _ = try await store.create(user: "jun")
    _ = try await store.change(user: "jun") { plan in
      plan.unknown["a"] = 1
      return .updateTask
    }
    #expect(!fixture.folder.exists("backups"))
  }

  @Test func `a backup left by a change that was cut short is made anew`() async throws {
    let fixture = try WorkflowFixture()
    _ = try await fixture.store.create(user: "jun")
    try Folder.create(fixture.folder("backups"))
    // The same file under both names, then edited in place.
    link(fixture.folder("workflow.json"), fixture.folder("backups/workflow-000001.json"))
    try await fixture.add("T001")
    #expect(try await fixture.store.plan(inFile: "workflow-000001.json").tasks.isEmpty)
  }

  @Test(arguments: ["../workflow.json", "/etc/passwd", "nothing.json", ".lock", "..", "a\0b"])
  func `what is no backup is refused`(name: String) async throws {
    let fixture = try WorkflowFixture()
    _ = try await fixture.store.create(user: "jun")
    await #expect(throws: FlowError.self) { try await fixture.store.plan(inFile: name) }
  }

  @Test func `a file that is wrong is named with its place`() async throws {
    let fixture = try WorkflowFixture()
    _ = try await fixture.store.create(user: "jun")
    try await fixture.add("T001")
    try fixture.folder.write("{\"project\":\"demo\",\n\"tasks\":3}", to: "backups/workflow-000001.json")
    let error = await expectFlowError(.invalidWorkflow) {
      try await fixture.store.plan(inFile: "workflow-000001.json")
    }
    #expect(error?.message == "backups/workflow-000001.json line 2: tasks is 3, expected an array of tasks")
  }
}
