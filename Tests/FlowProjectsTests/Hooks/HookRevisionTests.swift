import FlowCore
import Testing

@testable import FlowProjects

/// The plan changes while its hooks run: what they agreed to is what is written, or they are asked again.
@Suite(.timeLimit(.minutes(5)))
struct `Plans that change under their hooks` {
  let folder: ProjectsFolder

  init() throws { folder = try ProjectsFolder() }

  /// A project whose hooks let `meddle` change it first, with the number of the attempt.
  private func project(
    _ asked: Ledger<HookEvent>,
    _ meddle: @escaping @Sendable (Int, FlowProject) async throws -> Void
  ) async throws -> FlowProject {
    let other = try await folder.workspace(folder.hooks()).newProject(ProjectName("demo"))
    _ = try await other.addTask(NewTask(name: "first"))
    var hooks = folder.hooks()
    hooks.before(.save) { event in
      asked.note(event)
      try await meddle(asked.count, other)
    }
    return try await folder.workspace(hooks).loadProject(ProjectName("demo"))
  }

  @Test func `a change from elsewhere has the hooks asked about what it makes of theirs`() async throws {
    let asked = Ledger<HookEvent>()
    let project = try await project(asked) { attempt, other in
      if attempt == 1 { _ = try await other.addTask(NewTask(name: "theirs")) }
    }
    let task = try await project.addTask(NewTask(name: "ours"))
    #expect(task.id.rawValue == "T003")
    #expect(asked.entries.map { $0.tasks.after.map(\.id.rawValue) } == [["T002"], ["T003"]])
    #expect(asked.entries.map { $0.json["revision"]?.int } == [2, 3])
    #expect(try await project.workflow().tasks.map(\.name) == ["first", "theirs", "ours"])
  }

  @Test func `a plan that changes each time is given up after eight`() async throws {
    let asked = Ledger<HookEvent>()
    let project = try await project(asked) { attempt, other in
      _ = try await other.addTask(NewTask(name: "theirs \(attempt)"))
    }
    try await flowError(.revisionConflict) { _ = try await project.addTask(NewTask(name: "ours")) }
    #expect(asked.count == 8)
    #expect(try await project.workflow().tasks.count == 9)
  }

  @Test func `a caller that named a revision is told at once`() async throws {
    let asked = Ledger<HookEvent>()
    let project = try await project(asked) { _, other in
      _ = try await other.addTask(NewTask(name: "theirs"))
    }
    for (revision, count) in [(1, 0), (2, 1)] {
      let error = try await flowError(.revisionConflict) {
        _ = try await project.changePlan(expecting: revision) { workflow throws(FlowError) in
          workflow.tasks.removeAll()
          return .updateTask
        }
      }
      #expect(error.context["revision"] == "\(2 + count)")
      #expect(asked.count == count)
    }
    #expect(try await project.workflow().tasks.map(\.name) == ["first", "theirs"])
  }

  @Test func `a second edit by hand is not lost, though it has the revision of the first`() async throws {
    let asked = Ledger<HookEvent>()
    let (folder, file) = (folder, "projects/demo/workflow.json")
    let project = try await project(asked) { attempt, _ in
      guard attempt == 1 else { return }
      try folder.write(folder.text(file).replacing("edited once", with: "edited twice"), to: file)
    }
    try folder.write(folder.text(file).replacing("first", with: "edited once"), to: file)
    _ = try await project.addTask(NewTask(name: "ours"))
    #expect(asked.entries.map { $0.json["revision"]?.int } == [3, 3])
    #expect(try await project.workflow().tasks.map(\.name) == ["edited twice", "ours"])
  }

  @Test func `what the hooks saw is what is written`() async throws {
    let asked = Ledger<HookEvent>()
    let project = try await project(asked) { _, _ in }
    let calls = Ledger<Int>()
    _ = try await project.changePlan { workflow throws(FlowError) in
      calls.note(1)
      workflow.tasks[0].meta["decided"] = .number(JSONNumber(calls.count))
      return .updateTask
    }
    let written = try await project.workflow().tasks
    #expect(asked.entries.last?.tasks.after == written)
    #expect(written.first?.meta["decided"] == 1)
  }

  @Test func `many that change a plan with hooks at once all get through`() async throws {
    var hooks = folder.hooks()
    hooks.before(.save) { _ in await Task.yield() }
    let project = try await folder.workspace(hooks).newProject(ProjectName("demo"))
    // Each round one of them is first, so at most seven rounds are lost.
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<8 {
        group.addTask { _ = try await project.addTask(NewTask(name: "task \(number)")) }
      }
      try await group.waitForAll()
    }
    let workflow = try await project.workflow()
    #expect(workflow.revision == 9)
    #expect(Set(workflow.tasks.map(\.id)).count == 8)
    #expect(Set(workflow.tasks.map(\.name)).count == 8)
  }
}
