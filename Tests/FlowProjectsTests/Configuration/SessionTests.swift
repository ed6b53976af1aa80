import FlowCore
import Testing

@testable import FlowProjects

@Suite(.timeLimit(.minutes(15))) struct `Start of a session` {
  private let folder: ProjectsFolder

  init() throws { folder = try ProjectsFolder() }

  private func start(
    project: String? = nil,
    root: String? = nil,
    config: String? = nil,
    _ environment: [String: String] = [:],
    in place: String = ""
  ) async throws -> Session {
    try await Session.start(
      Session.Options(
        project: project,
        root: root,
        config: config,
        environment: environment,
        currentFolder: folder.path + place
      )
    )
  }

  @Test func `the root is the option, the variable, the configured, the nearest used, or the one here`()
    async throws
  {
    #expect(try await start().workspace.root == "\(folder.path)/projects")
    try folder.write("", to: "projects/.active")
    try folder.write("", to: "a/b/c/notes")
    try folder.write("", to: "a/projects/unused")
    #expect(try await start(in: "/a/b/c").workspace.root == folder.root)
    try folder.write(#"{"projectsRoot": "configured"}"#, to: "config.json")
    #expect(try await start(in: "/a/b/c").workspace.root == "\(folder.path)/configured")
    let variable = ["FLOW_ROOT": "by-variable"]
    #expect(try await start(variable).workspace.root == "\(folder.path)/by-variable")
    #expect(try await start(root: "by-option/", variable).workspace.root == "\(folder.path)/by-option")
    #expect(try await start(root: "/absolute", variable).workspace.root == "/absolute")
    #expect(try await start(["FLOW_ROOT": ""]).workspace.root == "\(folder.path)/configured")
  }

  @Test func `a path in a file means from that file, one in a variable from here`() async throws {
    let json = #"{"projectsRoot": "data", "promptsDirectory": "prompts"}"#
    try folder.write(json, to: "etc/flow.json")
    try folder.write("", to: "desk/notes")
    let file = try await start(config: "../etc/flow.json", in: "/desk")
    #expect(file.workspace.root == "\(folder.path)/desk/../etc/data")
    #expect(file.config.promptsDirectory == "\(folder.path)/desk/../etc/prompts")
    let variables = ["FLOW_PROJECTS_ROOT": "mine", "FLOW_PROMPTS_DIRECTORY": "own"]
    let set = try await start(config: "../etc/flow.json", variables, in: "/desk")
    #expect(set.workspace.root == "\(folder.path)/desk/mine")
    #expect(set.config.promptsDirectory == "\(folder.path)/desk/own")
  }

  @Test func `the configuration beside the root is read, a named one must be there`() async throws {
    try folder.write(#"{"context": {"budget": 77}}"#, to: "config.json")
    #expect(try await start().config.budget == 77)
    #expect(try await start(["FLOW_CONTEXT_BUDGET": "88"]).config.budget == 88)
    #expect(try await start(root: "elsewhere/projects").config.budget == 4000)
    let error = try await flowError(.fileNotFound) { try await start(config: "missing.json") }
    #expect(error.message.hasPrefix("there is no configuration"))
  }

  @Test func `the project is the option's, the variable's, or the active one`() async throws {
    let workspace = folder.workspace()
    for text in ["one", "two", "three"] { _ = try await workspace.newProject(try ProjectName(text)) }
    func current(_ project: String? = nil, _ environment: [String: String] = [:]) async throws -> String {
      try await start(project: project, environment).workspace.currentProject().name.rawValue
    }
    #expect(try await current() == "three")
    #expect(try await current(nil, ["FLOW_PROJECT": "two"]) == "two")
    #expect(try await current("one", ["FLOW_PROJECT": "two"]) == "one")
    #expect(try await current(nil, ["FLOW_PROJECT": ""]) == "three")
    _ = try await flowError(.invalidProjectName) { try await current("../one") }
    _ = try await flowError(.projectNotFound) { try await current("four") }
  }

  @Test func `the history names the user of the environment`() async throws {
    let session = try await start(["USER": "login", "FLOW_USER": "jun"])
    let project = try await session.workspace.newProject(try ProjectName("p"))
    #expect(try await project.history(limit: 1).first?.user == "jun")
  }

  @Test func `the report says where the root, the project and each key come from`() async throws {
    try folder.write("", to: "projects/.active")
    try folder.write("{\n\"memory\": {\"shortTermSteps\": 20,\n\"keepSteps\": 7}}", to: "config.json")
    let environment = ["FLOW_MEMORY_KEEP_STEPS": "8", "FLOW_PROJECT": "mine", "FLOW_CONTEXT_BUDGET": ""]
    let report = try await start(environment).report()
    #expect(report.file == "\(folder.path)/config.json")
    #expect(report.root == folder.root && report.rootOrigin == .found)
    #expect(report.project?.rawValue == "mine" && report.projectOrigin == .variable("FLOW_PROJECT"))
    #expect(report.settings.map(\.name) == ConfigKey.all.map(\.name))
    let origins = Dictionary(uniqueKeysWithValues: report.settings.map { ($0.name, $0.origin) })
    #expect(origins["memory.shortTermSteps"] == .file(line: 2))
    #expect(origins["memory.keepSteps"] == .variable("FLOW_MEMORY_KEEP_STEPS"))
    #expect(origins.count { $1 != .standard } == 2)
    let values = Dictionary(uniqueKeysWithValues: report.settings.map { ($0.name, $0.value) })
    #expect(values["memory.shortTermSteps"] == 20 && values["memory.keepSteps"] == 8)
    #expect(values["context.budget"] == 4000 && values["projectsRoot"] == .null)
  }

  @Test func `the report tells options, variables, files and defaults of the root apart`() async throws {
    func root(_ option: String? = nil, _ environment: [String: String] = [:]) async throws -> ConfigOrigin {
      try await start(root: option, environment).report().rootOrigin
    }
    #expect(try await root() == .standard)
    #expect(try await root("there", ["FLOW_ROOT": "x"]) == .option("--root"))
    #expect(try await root(nil, ["FLOW_ROOT": "x", "FLOW_PROJECTS_ROOT": "y"]) == .variable("FLOW_ROOT"))
    #expect(try await root(nil, ["FLOW_PROJECTS_ROOT": "y"]) == .variable("FLOW_PROJECTS_ROOT"))
    try folder.write("{\n\n\"projectsRoot\": \"data\"}", to: "config.json")
    #expect(try await root() == .file(line: 3))
    let report = try await start().report()
    #expect(report.project == nil && report.projectOrigin == .standard)
    #expect(report.settings.first?.value == .string("\(folder.path)/data"))
  }
}
