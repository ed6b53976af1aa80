import FlowCore
import FlowMemory
import FlowProjects
import Testing

@Suite(.timeLimit(.minutes(15))) struct `Workspace of projects` {
  private let folder: ProjectsFolder

  init() throws { folder = try ProjectsFolder() }

  private func name(_ text: String) throws -> ProjectName { try ProjectName(text) }

  @Test func `a new project is there, empty and active`() async throws {
    let workspace = folder.workspace()
    let project = try await workspace.newProject(name("데모 1"))
    #expect(project.name.rawValue == "데모 1")
    #expect(try await workspace.activeName() == project.name)
    #expect(try await workspace.currentProject().name == project.name)
    #expect(try folder.text("projects/.active") == "데모 1\n")
    let status = try await project.status()
    #expect(status.workflow.tasks.isEmpty && status.archive.steps == 0 && status.results == 0)
    let history = try await project.history(limit: 10)
    #expect(history.map(\.event) == [.createProject])
    #expect(history.first?.user == "tester" && history.first?.ts == StillClock.time)
  }

  @Test func `a name that is taken is refused and nothing changes`() async throws {
    let workspace = folder.workspace()
    _ = try await workspace.newProject(name("a"))
    _ = try await workspace.currentProject().addTask(NewTask(name: "kept"))
    _ = try await workspace.newProject(name("b"))
    let taken = try name("a")
    let error = try await flowError(.projectExists) { try await workspace.newProject(taken) }
    #expect(error.message.contains("'a'"))
    #expect(try await workspace.activeName()?.rawValue == "b")
    #expect(try await workspace.loadProject(taken).workflow().tasks.map(\.name) == ["kept"])
  }

  @Test func `composed and decomposed spellings are one project`() async throws {
    let workspace = folder.workspace()
    let (composed, decomposed) = (try name("caf\u{E9}"), try name("cafe\u{301}"))
    _ = try await workspace.newProject(decomposed)
    _ = try await flowError(.projectExists) { try await workspace.newProject(composed) }
    _ = try await workspace.loadProject(composed).addTask(NewTask(name: "one"))
    #expect(try await workspace.loadProject(decomposed).workflow().tasks.count == 1)
    #expect(
      try await workspace.switchProject(composed).name.rawValue.utf8.elementsEqual(decomposed.rawValue.utf8)
    )
    #expect(try await workspace.listProjects().count == 1)
  }

  @Test func `the list is in the order of bytes and holds projects only`() async throws {
    let workspace = folder.workspace()
    #expect(try await workspace.listProjects().isEmpty)
    let names = ["b", "B", "가", "a", "é", "a-1", "10", "9"]
    for text in names { _ = try await workspace.newProject(name(text)) }
    try folder.write("x", to: "projects/no-project/notes.txt")
    try folder.write("x", to: "projects/file")
    try folder.write(#"{"project":"by-hand","tasks":[]}"#, to: "projects/by-hand/workflow.json")
    let listed = try await workspace.listProjects().map(\.rawValue)
    #expect(listed == ["10", "9", "B", "a", "a-1", "b", "by-hand", "é", "가"])
  }

  @Test func `a folder with a short plan is a project`() async throws {
    let plan = #"{"project":"p","tasks":[{"id":"T001","name":"데이터 수집","status":"todo"}]}"#
    try folder.write(plan, to: "projects/p/workflow.json")
    let project = try await folder.workspace().loadProject(name("p"))
    #expect(try await project.workflow().tasks.map(\.name) == ["데이터 수집"])
    try await project.memoryUpdate(Step(role: .user, content: "hello"))
    #expect(try await project.status().archive.steps == 1)
  }

  @Test func `a project that is not there is named with those there are`() async throws {
    let workspace = folder.workspace()
    let missing = try name("nope")
    let none = try await flowError(.projectNotFound) { try await workspace.loadProject(missing) }
    #expect(none.message.contains("'nope'") && none.message.contains("none yet"))
    _ = try await workspace.newProject(name("demo"))
    for attempt in [workspace.loadProject, workspace.switchProject] {
      let error = try await flowError(.projectNotFound) { try await attempt(missing) }
      #expect(error.message.contains("demo"))
    }
    _ = try await flowError(.projectNotFound) { try await workspace.removeProject(missing) }
    #expect(try await workspace.activeName()?.rawValue == "demo")
  }

  @Test func `without an active project there is a clear error`() async throws {
    let workspace = folder.workspace()
    _ = try await flowError(.noActiveProject) { try await workspace.currentProject() }
  }

  @Test func `the project that was chosen by name beats the active one`() async throws {
    _ = try await folder.workspace().newProject(name("one"))
    _ = try await folder.workspace().newProject(name("two"))
    let chosen = folder.workspace(project: try name("one"))
    #expect(try await chosen.currentProject().name.rawValue == "one")
    #expect(try await folder.workspace().currentProject().name.rawValue == "two")
  }

  @Test func `switching saves what people read of the one before`() async throws {
    var config = FlowConfig()
    config.memory = MemoryLimits(shortTermSteps: 4, keepSteps: 2)
    let workspace = folder.workspace(config)
    let first = try await workspace.newProject(name("first"))
    for number in 0..<8 {
      let text = "The build of part \(number) failed since the certificate of the mirror had expired."
      try await first.memoryUpdate(Step(role: .user, content: text))
    }
    _ = try await workspace.newProject(name("second"))
    _ = try await workspace.switchProject(name("first"))
    let path = "projects/first/cache/memory_cache.md"
    let rendered = try folder.text(path)
    #expect(rendered.contains("<!-- flow m1-"))
    try folder.write("", to: path)
    _ = try await workspace.switchProject(name("second"))
    #expect(try folder.text(path).contains("<!-- flow m1-"))
    #expect(try await workspace.activeName()?.rawValue == "second")
  }

  @Test func `a removed project is gone with all that it held`() async throws {
    let workspace = folder.workspace()
    for text in ["kept", "gone"] { _ = try await workspace.newProject(name(text)) }
    try await workspace.currentProject().memoryUpdate(Step(role: .user, content: "x"))
    try await workspace.removeProject(name("gone"))
    #expect(!folder.exists("projects/gone"))
    #expect(try await workspace.listProjects().map(\.rawValue) == ["kept"])
    #expect(try await workspace.activeName() == nil)
    let again = try await workspace.newProject(name("gone"))
    #expect(try await again.status().archive.steps == 0)
    try await workspace.removeProject(name("kept"))
    #expect(try await workspace.activeName()?.rawValue == "gone")
  }
}

/// What stands for the whole process, so one after the other.
@Suite(.serialized, .timeLimit(.minutes(15))) struct `Active project of the process` {
  private let folder: ProjectsFolder

  init() throws { folder = try ProjectsFolder() }

  @Test func `the five lines of a program work`() async throws {
    folder.workspace().activate()
    _ = try await flowError(.noActiveProject) { try await fp() }
    try await newProject("demo")
    let task = try await fp().addTask(NewTask(name: "collect"))
    #expect(task.id.rawValue == "T001")
    try await fp().memoryUpdate(Step(role: .user, content: "Where were we?"))
    try await fp().cacheSet("key", "value", task: task.id)
    #expect(try await fp().cacheGet("key")?.value == "value")
    let context = try await fp().memoryRetrieve(ContextRequest(query: "collect?", budget: 500))
    #expect(context.text.contains("- T001 ready: collect\n") && context.tokens <= 500)
    #expect(context.verbatimSteps == [StepID(1)])
  }

  @Test func `switching changes what fp() is, loading does not`() async throws {
    folder.workspace().activate()
    try await newProject("one")
    try await newProject("two")
    #expect(try await fp().name.rawValue == "two")
    #expect(try await loadProject("one").name.rawValue == "one")
    #expect(try await fp().name.rawValue == "two")
    try await switchProject("one")
    #expect(try await fp().name.rawValue == "one")
    #expect(try await listProjects() == ["one", "two"])
    _ = try await flowError(.projectNotFound) { try await switchProject("three") }
    _ = try await flowError(.projectExists) { try await newProject("one") }
    _ = try await flowError(.invalidProjectName) { try await newProject("../up") }
    #expect(try await fp().name.rawValue == "one")
  }

  @Test func `another workspace brings its own active project`() async throws {
    folder.workspace().activate()
    try await newProject("here")
    let other = try ProjectsFolder()
    other.workspace().activate()
    _ = try await flowError(.noActiveProject) { try await fp() }
    #expect(try await listProjects().isEmpty)
    folder.workspace().activate()
    #expect(try await fp().name.rawValue == "here")
  }
}
