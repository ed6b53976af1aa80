import FlowCore
import FlowProjects
import FlowTestSupport
import Testing

@Suite(.timeLimit(.minutes(15))) struct `Changes of tasks` {
  private let folder: ProjectsFolder
  private let project: FlowProject

  init() async throws {
    folder = try ProjectsFolder()
    project = try await folder.workspace().newProject(ProjectName("p"))
  }

  private func ids(_ texts: String...) throws -> [TaskID] { try texts.map { try TaskID($0) } }

  @Test func `a drawn id is one that is free, and does not count`() async throws {
    var new = NewTask(name: "a")
    new.drawsID = true
    let drawn = try await project.addTask(new).id
    #expect(drawn.rawValue.wholeMatch(of: /T-[0-9a-z]{10}/) != nil)
    #expect(try await project.addTask(new).id != drawn)
    #expect(try await project.addTask(NewTask(name: "b")).id.rawValue == "T001")
    new.id = try TaskID("own")
    #expect(try await project.addTask(new).id.rawValue == "own")
  }

  @Test func `the receipt shows the plan as it is then`() async throws {
    let added = try await project.apply(.add(NewTask(name: "a")))
    #expect(added.tasks.map(\.id.rawValue) == ["T001"] && added.workflow.revision == 2)
    let changed = try await project.apply(.update(ids("T001"), TaskChange(status: .doing)))
    #expect(changed.tasks.map(\.rev) == [2])
    #expect(changed.tasks == changed.workflow.tasks)
    #expect(try await project.workflow() == changed.workflow)
    let unchanged = try await project.apply(.update(ids("T001"), TaskChange(status: .doing)))
    #expect(unchanged.workflow == changed.workflow)
    let removed = try await project.apply(.remove(ids("T001"), cascade: false))
    #expect(removed.tasks == changed.tasks)
    #expect(removed.workflow.tasks.isEmpty && removed.workflow.revision == 4)
    let kinds = try await project.history(limit: 9).map(\.event)
    #expect(kinds == [.createProject, .addTask, .updateTask, .removeTask])
  }

  @Test func `of an older plan are refused, and name the revision`() async throws {
    _ = try await project.addTask(NewTask(name: "a"))
    let seen = PlanExpectation(revision: 1)
    let edits: [TaskEdit] = [
      .add(NewTask(name: "b")), .update(try ids("T001"), TaskChange(name: "c")),
      .remove(try ids("T001"), cascade: true), .claim(try project.claim()),
    ]
    for edit in edits {
      let error = try await flowError(.revisionConflict) { try await project.apply(edit, if: seen) }
      #expect(error.context["revision"] == "2")
      _ = try await flowError(.revisionConflict) { try await project.preview(edit, if: seen) }
    }
    #expect(try await project.workflow().revision == 2)
    let current = PlanExpectation(revision: 2)
    #expect(try await project.apply(edits[0], if: current).workflow.revision == 3)
  }

  @Test func `of an older task are refused, and name its rev`() async throws {
    for name in ["a", "b"] { _ = try await project.addTask(NewTask(name: name)) }
    _ = try await project.updateTasks(ids("T001"), TaskChange(name: "c"))
    let edits: [TaskEdit] = [
      .update(try ids("T001"), TaskChange(name: "d")), .remove(try ids("T001"), cascade: false),
    ]
    for edit in edits {
      let error = try await flowError(.revisionConflict) {
        try await project.apply(edit, if: PlanExpectation(rev: 1))
      }
      #expect(error.context == ["task": "T001", "rev": "2"])
    }
    #expect(try await project.workflow().revision == 4)
    _ = try await project.apply(edits[0], if: PlanExpectation(rev: 2))
    _ = try await project.apply(edits[1], if: PlanExpectation(revision: 5, rev: 3))
    #expect(try await project.workflow().tasks.map(\.id.rawValue) == ["T002"])
  }

  @Test func `a rev can be expected of one task only`() async throws {
    for name in ["a", "b"] { _ = try await project.addTask(NewTask(name: name)) }
    let edits: [TaskEdit] = [
      .update(try ids("T001", "T002"), TaskChange(status: .done)), .add(NewTask(name: "c")),
    ]
    for edit in edits {
      _ = try await flowError(.invalidArgument) {
        try await project.apply(edit, if: PlanExpectation(rev: 1))
      }
    }
    #expect(try await project.workflow().revision == 3)
  }

  @Test func `a preview tells the same and changes nothing`() async throws {
    _ = try await project.addTask(NewTask(name: "a"))
    _ = try await project.addTask(NewTask(name: "b", deps: ids("T001")))
    let before = try folder.text("projects/p/workflow.json")
    let edit = TaskEdit.remove(try ids("T001"), cascade: true)
    let preview = try await project.preview(edit)
    _ = try await flowError(.taskNeeded) {
      try await project.preview(.remove(ids("T001"), cascade: false))
    }
    _ = try await flowError(.unknownDependency) {
      try await project.preview(.add(NewTask(name: "c", deps: ids("T009"))))
    }
    #expect(try folder.text("projects/p/workflow.json") == before)
    #expect(try await project.apply(edit).tasks == preview.tasks)
    #expect(preview.tasks.map(\.id.rawValue) == ["T001", "T002"])
  }

  @Test func `many are changed at once, in the order in which they were named`() async throws {
    for number in 0..<20 { _ = try await project.addTask(NewTask(name: "task \(number)")) }
    let named = (1...20).reversed().map { TaskID(number: $0) }
    #expect(try await project.updateTasks(named, TaskChange(status: .done)).map(\.id) == named)
    #expect(try await project.workflow().tasks.allSatisfy { $0.status == .done && $0.rev == 2 })
  }
}
