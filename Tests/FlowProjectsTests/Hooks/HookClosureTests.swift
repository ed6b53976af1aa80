import FlowCore
import Testing

@testable import FlowProjects

@Suite(.timeLimit(.minutes(5)))
struct `Hooks as closures` {
  let folder: ProjectsFolder

  init() throws { folder = try ProjectsFolder() }

  @Test func `before a change they see what it would do, after it what it did`() async throws {
    let events = Ledger<HookEvent>()
    var hooks = folder.hooks()
    hooks.before(.save) { events.note($0) }
    hooks.after(.addTask) { events.note($0) }
    hooks.after(.updateTask) { events.note($0) }
    let project = try await folder.workspace(hooks).newProject(ProjectName("demo"))
    _ = try await project.addTask(NewTask(name: "collect"))
    _ = try await project.updateTasks([TaskID("T001")], TaskChange(status: .doing))

    let told = events.entries
    #expect(told.map(\.hook) == ["before_save", "after_add_task", "before_save", "after_update_task"])
    #expect(told.map(\.event) == ["add_task", "add_task", "update_task", "update_task"])
    #expect(told.map { $0.json["revision"]?.int } == [1, 2, 2, 3])
    #expect(told.map { $0.tasks.before.map(\.status) } == [[], [], [.todo], [.todo]])
    #expect(told.map { $0.tasks.after.map(\.status) } == [[.todo], [.todo], [.doing], [.doing]])
    #expect(told.map { $0.tasks.after.map(\.rev) } == [[1], [1], [2], [2]])
    #expect(told[2].tasks.after == told[3].tasks.after)
    #expect(told.allSatisfy { $0.user == "tester" && $0.folder == project.folder })
  }

  @Test func `a change that changes nothing calls none`() async throws {
    let events = Ledger<String>()
    var hooks = folder.hooks()
    hooks.before(.save) { events.note($0.event) }
    hooks.after(.updateTask) { events.note($0.event) }
    let project = try await folder.workspace(hooks).newProject(ProjectName("demo"))
    _ = try await project.addTask(NewTask(name: "collect"))
    _ = try await project.updateTasks([TaskID("T001")], TaskChange(status: .todo))
    #expect(events.entries == ["add_task"])
  }

  @Test func `a change that breaks a rule is refused before they are asked`() async throws {
    let events = Ledger<String>()
    var hooks = folder.hooks()
    hooks.before(.save) { events.note($0.event) }
    let project = try await folder.workspace(hooks).newProject(ProjectName("demo"))
    try await flowError(.unknownDependency) {
      _ = try await project.addTask(NewTask(name: "late", deps: [TaskID("T099")]))
    }
    #expect(events.count == 0)
  }

  @Test func `what one throws before a change refuses it`() async throws {
    var hooks = folder.hooks()
    hooks.before(.save) { event in
      for task in event.tasks.after where task.owner == nil {
        throw Refusal(description: "\(task.id) has\n no owner\u{1B}[31m")
      }
    }
    hooks.after(.addTask) { _ in Issue.record("nothing was added") }
    let project = try await folder.workspace(hooks).newProject(ProjectName("demo"))
    let error = try await flowError(.hookVetoed) { _ = try await project.addTask(NewTask(name: "collect")) }
    #expect(error.message == "a hook before_save refused this: T001 has no owner\\u{1b}[31m")
    #expect(error.context["hook"] == "before_save")
    #expect(try await project.workflow().revision == 1)
    #expect(try await project.history(limit: 10).count == 1)
  }

  @Test func `an error of Flow's is passed on as it is, and the next is not asked`() async throws {
    var hooks = folder.hooks()
    hooks.before(.save) { _ in throw FlowError(.invalidTask, "not like this") }
    hooks.before(.save) { _ in Issue.record("the first one refused") }
    let project = try await folder.workspace(hooks).newProject(ProjectName("demo"))
    let error = try await flowError(.invalidTask) { _ = try await project.addTask(NewTask(name: "a")) }
    #expect(error == FlowError(.invalidTask, "not like this"))
  }

  @Test func `what one throws after a change is a remark`() async throws {
    let remarks = Ledger<String>()
    let told = Ledger<String>()
    var hooks = folder.hooks(remarks: remarks)
    hooks.after(.addTask) { _ in throw Refusal(description: "too late") }
    hooks.after(.addTask) { told.note($0.hook) }
    let project = try await folder.workspace(hooks).newProject(ProjectName("demo"))
    #expect(try await project.addTask(NewTask(name: "a")).id.rawValue == "T001")
    #expect(remarks.entries == ["a hook after_add_task failed: too late"])
    #expect(told.entries == ["after_add_task"])
  }

  @Test func `what they change calls none`() async throws {
    let asked = Ledger<String>()
    let reference = Ledger<FlowProject>()
    var hooks = folder.hooks()
    hooks.before(.save) { asked.note($0.event) }
    hooks.after(.addTask) { _ in _ = try await reference.entries[0].addTask(NewTask(name: "more")) }
    let project = try await folder.workspace(hooks).newProject(ProjectName("demo"))
    reference.note(project)
    _ = try await project.addTask(NewTask(name: "a"))
    #expect(try await project.workflow().tasks.map(\.name) == ["a", "more"])
    #expect(asked.entries == ["add_task"])
  }

  @Test func `steps can be refused, and are told with what they got in the archive`() async throws {
    let events = Ledger<HookEvent>()
    var hooks = folder.hooks()
    hooks.before(.step) { event in
      events.note(event)
      if event.step?.content.contains("sk-") == true { throw Refusal(description: "that is a key") }
    }
    hooks.after(.step) { events.note($0) }
    let project = try await folder.workspace(hooks).newProject(ProjectName("demo"))
    let error = try await flowError(.hookVetoed) {
      _ = try await project.memoryUpdate(Step(role: .user, content: "it is sk-123"))
    }
    #expect(error.message.contains("that is a key"))
    for _ in 0..<2 {
      _ = try await project.memoryUpdate(Step(ref: "r1", role: .user, content: "the deploy failed"))
    }
    #expect(events.entries.map(\.hook) == ["before_step", "before_step", "after_step", "before_step"])
    let (before, after) = (events.entries[1].json["step"], events.entries[2].json["step"])
    #expect(before?["id"] == .null && before?["ts"] == .null && before?["ref"] == "r1")
    #expect(after?["id"] == 1 && after?["ts"]?.string == StillClock.time.description)
    #expect(after?["content"] == "the deploy failed")
    #expect(try await project.steps(StepQuery()).count == 1)
  }

  @Test func `a step that breaks a rule is refused before they are asked`() async throws {
    var hooks = folder.hooks()
    hooks.before(.step) { _ in Issue.record("there is no such step") }
    let project = try await folder.workspace(hooks).newProject(ProjectName("demo"))
    try await flowError(.invalidStep) {
      _ = try await project.memoryUpdate(Step(ref: "", role: .user, content: "x"))
    }
  }

  @Test func `roll-ups, results and forgotten steps are told`() async throws {
    let events = Ledger<HookEvent>()
    var hooks = folder.hooks()
    for point in [Hooks.After.rollUp, .cacheSet, Hooks.After(.forgetStep)] {
      hooks.after(point) { events.note($0) }
    }
    let project = try await folder.workspace(hooks).newProject(ProjectName("demo"))
    for number in 1...11 {
      _ = try await project.memoryUpdate(
        Step(role: .user, content: "The secret of day \(number) is \(number).")
      )
    }
    try await project.cacheSet("build/report", ["rows": 1204], timeToLive: 60)
    _ = try await project.forget([StepID(2)], reason: "a key")
    #expect(events.entries.map(\.event) == ["roll_up", "cache_set", "forget_step"])
    #expect(events.entries[0].json["summaries"] == ["m1-6"])
    #expect(events.entries[1].json["result"]?["key"] == "build/report")
    #expect(events.entries[1].json["result"]?["value"] == ["rows": 1204])
    #expect(events.entries[1].json["result"]?["expires"]?.string?.hasSuffix("08:16:20Z") == true)
    #expect(events.entries[2].json["facts"] == ["steps": [2], "reason": "a key"])
    #expect(events.entries[2].json["tasks"] == ["before": [], "after": []])
    #expect(!events.entries[2].json.serialized().contains("secret"))
  }

  @Test func `each kind of event has its hook, also one that Flow does not know`() async throws {
    let events = Ledger<HookEvent>()
    var hooks = folder.hooks()
    let kind = HistoryEvent.Kind(rawValue: "paint_task")
    for kind in [.createProject, kind] { hooks.after(Hooks.After(kind)) { events.note($0) } }
    let project = try await folder.workspace(hooks).newProject(ProjectName("demo"))
    _ = try await project.changePlan { workflow throws(FlowError) in
      workflow.tasks.append(FlowTask(id: TaskID(number: 7), name: "fence"))
      return kind
    }
    #expect(events.entries.map(\.hook) == ["after_create_project", "after_paint_task"])
    #expect(events.entries.map { $0.json["revision"]?.int } == [1, 2])
    #expect(events.entries[1].tasks.after.map(\.name) == ["fence"])
  }

  @Test func `an edit by hand is told with the change that records it`() async throws {
    let events = Ledger<HookEvent>()
    var hooks = folder.hooks()
    for kind in [HistoryEvent.Kind.externalEdit, .addTask] {
      hooks.after(Hooks.After(kind)) { events.note($0) }
    }
    let project = try await folder.workspace(hooks).newProject(ProjectName("demo"))
    _ = try await project.addTask(NewTask(name: "before", meta: ["owner": "jun"]))
    let file = "projects/demo/workflow.json"
    try folder.write(folder.text(file).replacing("before", with: "by hand"), to: file)
    _ = try await project.addTask(NewTask(name: "after"))
    #expect(events.entries.map(\.event) == ["add_task", "external_edit", "add_task"])
    #expect(events.entries.map { $0.json["revision"]?.int } == [2, 3, 4])
    #expect(events.entries[1].tasks.before.map(\.name) == ["before"])
    #expect(events.entries[1].tasks.after.map(\.name) == ["by hand"])
    #expect(events.entries[1].tasks.after.map(\.owner) == ["jun"])
    #expect(events.entries[2].tasks.before.isEmpty)
    // It is told once.
    _ = try await project.addTask(NewTask(name: "last"))
    #expect(events.entries.map(\.event).count { $0 == "external_edit" } == 1)
  }

  @Test func `a plan that is adopted is told`() async throws {
    let events = Ledger<HookEvent>()
    var hooks = folder.hooks()
    hooks.after(Hooks.After(.adoptProject)) { events.note($0) }
    try folder.write(
      #"{"project":"demo","tasks":[{"id":"T001","name":"a","status":"todo"}]}"#,
      to: "projects/demo/workflow.json"
    )
    let project = try await folder.workspace(hooks).loadProject(ProjectName("demo"))
    _ = try await project.addTask(NewTask(name: "b"))
    #expect(events.entries.map(\.event) == ["adopt_project"])
    #expect(events.entries.first?.tasks.after.map(\.name) == ["a"])
  }

  @Test func `another name of a project is told, and an edit by hand before it`() async throws {
    let events = Ledger<HookEvent>()
    var hooks = folder.hooks()
    for kind in [HistoryEvent.Kind.externalEdit, .renameProject] {
      hooks.after(Hooks.After(kind)) { events.note($0) }
    }
    let workspace = folder.workspace(hooks)
    let project = try await workspace.newProject(ProjectName("demo"))
    _ = try await project.addTask(NewTask(name: "before"))
    let file = "projects/demo/workflow.json"
    try folder.overwrite(folder.text(file).replacing("before", with: "by hand"), in: file)
    _ = try await workspace.renameProject(ProjectName("demo"), to: ProjectName("other"))
    #expect(events.entries.map(\.event) == ["external_edit", "rename_project"])
    #expect(events.entries.map(\.project.rawValue) == ["other", "other"])
    #expect(events.entries.map { $0.json["revision"]?.int } == [3, 4])
    #expect(events.entries.last?.facts["from"] == "demo")
  }

  @Test func `an edit of the readable memory is told once it is adopted`() async throws {
    let events = Ledger<HookEvent>()
    var hooks = folder.hooks()
    hooks.after(Hooks.After(.editSummary)) { events.note($0) }
    let project = try await folder.workspace(hooks).newProject(ProjectName("demo"))
    for number in 1...11 {
      let text =
        "The export of day \(number) wrote \(number)04 rows, and the mirror was reached at the first attempt."
      _ = try await project.memoryUpdate(Step(role: .user, content: text))
    }
    let file = "projects/demo/cache/memory_cache.md"
    try folder.overwrite(folder.text(file) + "- Written by hand. [s1]\n", in: file)
    #expect(try await !project.mend().isEmpty)
    #expect(events.entries.map(\.hook) == ["after_edit_summary"])
    #expect(events.entries.first?.facts["summary"] == "m1-6")
    _ = try await project.mend()
    #expect(events.count == 1)
  }

  @Test func `a project cannot have the name of the folder of hooks`() async throws {
    for name in ["hooks", "Hooks"] {
      let error = try await flowError(.invalidProjectName) {
        _ = try await folder.workspace(folder.hooks()).newProject(ProjectName(name))
      }
      #expect(error.message.contains(name))
    }
    #expect(!folder.exists("projects/hooks"))
  }
}
