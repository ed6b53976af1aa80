import FlowCore
import FlowProjects
import Testing

@Suite(.timeLimit(.minutes(15))) struct `A plan as a template` {
  private let folder: ProjectsFolder
  private let workspace: Workspace

  init() throws {
    folder = try ProjectsFolder()
    workspace = folder.workspace()
  }

  private func name(_ text: String) throws -> ProjectName { try ProjectName(text) }

  private static let plan = #"""
    {"project":"base","revision":9,"stage":"two","tasks":[
    {"id":"T001","name":"수집","status":"done","rev":4,"meta":{"owner":"jun","tags":["csv"],"reason":"r"},"colour":"red"},
    {"id":"T002","name":"정제","status":"doing","deps":["T001"],"meta":{"lease_until":"2030-01-01T00:00:00Z","n":1.50}},
    {"id":"T003","name":"발표","status":"blocked","deps":["T001","T002"],"meta":{"reason":"law"}}]}
    """#

  private func check(_ project: FlowProject) async throws {
    let workflow = try await project.workflow()
    #expect(workflow.revision == 1 && workflow.created == StillClock.time && workflow.unknown.isEmpty)
    #expect(workflow.tasks.map(\.id.rawValue) == ["T001", "T002", "T003"])
    #expect(workflow.tasks.allSatisfy { $0.status == .todo && $0.rev == 1 })
    #expect(workflow.tasks.map { $0.deps.map(\.rawValue) } == [[], ["T001"], ["T001", "T002"]])
    #expect(
      workflow.tasks.map(\.meta) == [["tags": ["csv"]], ["n": .number(JSONNumber(text: "1.50")!)], [:]]
    )
    #expect(workflow.tasks[0].unknown == ["colour": "red"])
    let history = try await project.history(limit: 10)
    #expect(history.map(\.event) == [.createProject])
    #expect(history.first?.detail["after"]?["tasks"]?.array?.count == 3)
    #expect(try await project.findings().isEmpty)
    #expect(try await workspace.activeName() == project.name)
  }

  @Test func `gives its tasks to a new project, all still to be done`() async throws {
    try folder.write(Self.plan, to: "projects/base/workflow.json")
    let before = try folder.text("projects/base/workflow.json")
    try await check(workspace.newProject(name("copy"), template: .project(name("base"))))
    #expect(try folder.text("projects/base/workflow.json") == before)
  }

  @Test func `may be a file anywhere`() async throws {
    try folder.write(Self.plan, to: "templates/plan.json")
    try await check(workspace.newProject(name("copy"), template: .file("\(folder.path)/templates/plan.json")))
  }

  @Test(arguments: [
    ("{", FlowError.Code.invalidJSON, "line 1"), ("[]", .invalidWorkflow, "line 1"),
    (
      "{\"project\":\"p\",\n\"tasks\":[{\"id\":\"A\",\"name\":\"x\",\"status\":\"todo\",\n\"deps\":[\"B\"]}]}",
      .unknownDependency, "line 3"
    ),
    (
      "{\"project\":\"p\",\n\"tasks\":[{\"id\":\"A\",\"name\":\"x\",\"status\":\"todo\",\"deps\":[\"A\"]}]}",
      .taskCycle, "line 2"
    ),
    (
      "{\"project\":\"p\",\n\"tasks\":[{\"id\":\"A\",\"name\":\"x\",\"status\":\"open\"}]}", .invalidWorkflow,
      "line 2"
    ),
    ("{\"schema\":99,\"project\":\"p\",\"tasks\":[]}", .newerFormat, "line 1"),
  ]) func `that is wrong is refused with its place`(plan: String, code: FlowError.Code, place: String)
    async throws
  {
    try folder.write(plan, to: "plan.json")
    let path = "\(folder.path)/plan.json"
    let error = try await flowError(code) {
      try await workspace.newProject(name("copy"), template: .file(path))
    }
    #expect(
      error.message.hasPrefix("\(path) \(place)") || error.message.hasPrefix("\(path): \(place)"),
      "\(error)"
    )
    #expect(!folder.exists("projects/copy"))
  }

  @Test func `that is not there makes no project`() async throws {
    _ = try await workspace.newProject(name("demo"))
    _ = try await flowError(.projectNotFound) {
      try await workspace.newProject(name("copy"), template: .project(name("nope")))
    }
    _ = try await flowError(.fileNotFound) {
      try await workspace.newProject(name("copy"), template: .file("\(folder.path)/nope.json"))
    }
    _ = try await flowError(.projectExists) {
      try await workspace.newProject(name("demo"), template: .project(name("demo")))
    }
    #expect(try await workspace.listProjects().count == 1)
    #expect(try await workspace.activeName()?.rawValue == "demo")
  }
}
