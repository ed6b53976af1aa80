import FlowCore
import FlowMemory
import FlowProjects
import Testing

@Suite(.timeLimit(.minutes(15))) struct `A project that is renamed` {
  private let folder: ProjectsFolder
  private let workspace: Workspace

  init() throws {
    folder = try ProjectsFolder()
    workspace = folder.workspace()
  }

  private func name(_ text: String) throws -> ProjectName { try ProjectName(text) }

  /// A project with a task, a step and a result.
  private func demo() async throws -> FlowProject {
    let project = try await workspace.newProject(name("demo"))
    _ = try await project.addTask(NewTask(name: "kept"))
    try await project.memoryUpdate(Step(role: .user, content: "hello"))
    try await project.cacheSet("k", "v")
    return project
  }

  @Test func `keeps all it holds, stays active, and its history says so`() async throws {
    _ = try await demo()
    let renamed = try await workspace.renameProject(name("demo"), to: name("데모"))
    #expect(renamed.name.rawValue == "데모" && renamed.folder == "\(folder.root)/데모")
    #expect(!folder.exists("projects/demo"))
    #expect(try await workspace.activeName() == renamed.name)
    #expect(try await renamed.workflow().tasks.map(\.name) == ["kept"])
    #expect(try await renamed.steps(StepQuery()).map(\.step.content) == ["hello"])
    #expect(try await renamed.cacheGet("k")?.value == "v")
    let event = try #require(try await renamed.history(limit: 1).first)
    #expect(event.event == .renameProject && event.revision == 3 && event.user == "tester")
    #expect(event.detail["before"] == ["tasks": []])
    #expect(event.detail["after"] == ["tasks": [], "from": "demo", "project": "데모"])
    #expect(try JSONValue(parsing: folder.text("projects/데모/workflow.json"))["project"] == "데모")
    #expect(try await renamed.findings().isEmpty)
    _ = try await renamed.addTask(NewTask(name: "next"))
    #expect(try await renamed.workflow().revision == 4)
  }

  @Test func `does not become active if it was not`() async throws {
    _ = try await demo()
    let other = try await workspace.newProject(name("other"))
    try await workspace.renameProject(name("demo"), to: name("new"))
    #expect(try await workspace.activeName() == other.name)
  }

  @Test func `may not take a name that is taken, in whatever spelling`() async throws {
    _ = try await demo()
    _ = try await workspace.newProject(name("caf\u{E9}"))
    try folder.write("x", to: "projects/notes/x.txt")
    try folder.write("x", to: "projects/file")
    let history = try folder.text("projects/demo/workflow_history.json")
    for taken in ["demo", "caf\u{E9}", "cafe\u{301}", "notes", "file"] {
      let error = try await flowError(.projectExists) {
        try await workspace.renameProject(name("demo"), to: name(taken))
      }
      #expect(error.message.contains(taken) || taken.utf8.count == 6, "\(error)")
    }
    let twin = try await flowError(.projectExists) {
      try await workspace.renameProject(name("caf\u{E9}"), to: name("cafe\u{301}"))
    }
    #expect(twin.message.hasSuffix("has that name already"))
    _ = try await flowError(.projectNotFound) {
      try await workspace.renameProject(name("nope"), to: name("x"))
    }
    #expect(try folder.text("projects/demo/workflow_history.json") == history)
    #expect(try folder.text("projects/notes/x.txt") == "x")
    #expect(try await workspace.listProjects().map(\.rawValue) == ["caf\u{E9}", "demo"])
  }

  @Test func `is found by another spelling of its old name`() async throws {
    _ = try await workspace.newProject(name("cafe\u{301}"))
    let renamed = try await workspace.renameProject(name("caf\u{E9}"), to: name("tea"))
    #expect(renamed.name.rawValue == "tea")
    #expect(try await workspace.activeName() == renamed.name)
    #expect(try await workspace.listProjects().count == 1)
  }

  @Test func `is an error to whoever still has it open, and no folder comes back`() async throws {
    let old = try await demo()
    try await workspace.renameProject(name("demo"), to: name("new"))
    let attempts: [(String, () async throws -> Void)] = [
      ("plan", { _ = try await old.workflow() }),
      ("task", { _ = try await old.addTask(NewTask(name: "lost")) }),
      ("step", { try await old.memoryUpdate(Step(role: .user, content: "lost")) }),
      ("context", { _ = try await old.memoryRetrieve(ContextRequest(query: "q", budget: 500)) }),
      ("steps", { _ = try await old.steps(StepQuery()) }),
      ("set", { try await old.cacheSet("k2", "lost") }),
      ("get", { _ = try await old.cacheGet("k") }),
      ("list", { _ = try await old.cacheEntries() }),
      ("status", { _ = try await old.status() }),
      ("save", { try await old.save() }),
    ]
    for (what, attempt) in attempts {
      let error = try await flowError(.projectNotFound) { try await attempt() }
      #expect(error.message.contains("'demo'"), "\(what): \(error)")
    }
    #expect(!folder.exists("projects/demo"))
    // Nor is a project that comes in its place taken for it.
    let again = try await workspace.newProject(name("demo"))
    try await again.memoryUpdate(Step(role: .user, content: "another"))
    _ = try await flowError(.projectNotFound) {
      try await old.memoryUpdate(Step(role: .user, content: "lost"))
    }
    #expect(try await again.steps(StepQuery()).map(\.step.content) == ["another"])
    let renamed = try await workspace.loadProject(name("new"))
    #expect(try await renamed.steps(StepQuery()).map(\.step.content) == ["hello"])
  }

  @Test func `is whole after a crash between the move and what follows`() async throws {
    _ = try await demo()
    try folder.move("projects/demo", to: "projects/new")
    let project = try await workspace.loadProject(name("new"))
    #expect(try await project.workflow().project.rawValue == "new")
    #expect(try await project.findings().allSatisfy { !$0.isError })
    let missing = try await flowError(.projectNotFound) { try await workspace.currentProject() }
    #expect(missing.message.contains("there are: new"))
    _ = try await workspace.switchProject(name("new"))
    _ = try await project.addTask(NewTask(name: "next"))
    #expect(try JSONValue(parsing: folder.text("projects/new/workflow.json"))["project"] == "new")
    #expect(try await project.workflow().tasks.map(\.name) == ["kept", "next"])
  }

  @Test func `with a plan that is broken or cannot be recorded keeps its name`() async throws {
    _ = try await demo()
    let plan = try folder.text("projects/demo/workflow.json")
    try folder.write("{", to: "projects/demo/workflow.json")
    _ = try await flowError(.invalidJSON) { try await workspace.renameProject(name("demo"), to: name("new")) }
    #expect(try folder.text("projects/demo/workflow.json") == "{")
    try folder.write(plan, to: "projects/demo/workflow.json")
    let history = try folder.text("projects/demo/workflow_history.json")
    try folder.write(history + "\nnot ours", to: "projects/demo/workflow_history.json")
    _ = try await flowError(.invalidHistory) {
      try await workspace.renameProject(name("demo"), to: name("new"))
    }
    #expect(folder.exists("projects/demo/memory.sqlite") && !folder.exists("projects/new"))
    #expect(try folder.text("projects/demo/workflow.json") == plan)
    #expect(try await workspace.activeName()?.rawValue == "demo")
  }

  @Test func `with an edit that no one recorded records it first`() async throws {
    _ = try await demo()
    let plan = try folder.text("projects/demo/workflow.json").replacing("kept", with: "edited")
    try folder.write(plan, to: "projects/demo/workflow.json")
    let renamed = try await workspace.renameProject(name("demo"), to: name("new"))
    #expect(try await renamed.history(limit: 2).map(\.event) == [.externalEdit, .renameProject])
    #expect(try await renamed.workflow().tasks.map(\.name) == ["edited"])
  }

  @Test func `of many at once one wins`() async throws {
    _ = try await demo()
    let workspace = self.workspace
    let names = try (1...8).map { try name("n\($0)") }
    let old = try name("demo")
    let codes = await withTaskGroup(of: FlowError.Code?.self) { group in
      for new in names {
        group.addTask {
          do throws(FlowError) {
            try await workspace.renameProject(old, to: new)
            return nil
          } catch { return error.code }
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(codes.count { $0 == nil } == 1 && codes.count { $0 == .projectNotFound } == 7, "\(codes)")
    #expect(try await workspace.listProjects().count == 1)
  }
}
