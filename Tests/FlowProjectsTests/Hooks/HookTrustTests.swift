import FlowCore
import Foundation
import Testing

@testable import FlowProjects

@Suite(.timeLimit(.minutes(5)))
struct `Whose hooks run` {
  let folder: ProjectsFolder
  let remarks = Ledger<String>()

  init() throws { folder = try ProjectsFolder() }

  private func workspace() -> Workspace { folder.workspace(folder.hooks(remarks: remarks)) }

  /// A project with a hook of its own that refuses everything.
  private func demo() async throws -> FlowProject {
    let project = try await workspace().newProject(ProjectName("demo"))
    try folder.install("echo no >&2; exit 1", as: "projects/demo/hooks/before_save")
    return project
  }

  private func trust() async throws {
    let workspace = workspace()
    try await workspace.trust(workspace.hooks(of: ProjectName("demo")))
  }

  /// Adds a task, and says whether the project's hook was asked.
  private func isAsked(_ project: FlowProject) async throws -> Bool {
    do {
      _ = try await project.addTask(NewTask(name: "a"))
      return false
    } catch {
      #expect(error.code == .hookVetoed)
      return true
    }
  }

  @Test func `a project's do not until they are trusted, and a remark says so once`() async throws {
    let project = try await demo()
    try folder.install("exit 0", as: "projects/demo/hooks/after_add_task")
    #expect(try await !isAsked(project))
    #expect(try await !isAsked(project))
    #expect(
      remarks.entries == [
        "the hooks of project 'demo' do not run: they are not trusted; look at them, then run `flowctl trust demo`"
      ]
    )
    try await trust()
    #expect(try await isAsked(project))
    #expect(try await workspace().revokeTrust(of: project.name))
    #expect(try await !workspace().revokeTrust(of: project.name))
    #expect(try await !isAsked(project))
  }

  /// What changes a folder of hooks.
  static let changes: [(name: String, change: @Sendable (ProjectsFolder) throws -> Void)] = [
    (
      "another text",
      { try $0.overwrite("#!/bin/sh\necho no >&2; exit 2\n", in: "projects/demo/hooks/before_save") }
    ),
    ("a new hook", { try $0.install("exit 0", as: "projects/demo/hooks/after_step") }),
    ("a file beside it", { try $0.write("x", to: "projects/demo/hooks/lib.sh") }),
    ("a file below it", { try $0.write("x", to: "projects/demo/hooks/lib/util.sh") }),
    (
      "an empty folder",
      {
        try $0.write("x", to: "projects/demo/hooks/lib/x"); try $0.remove("projects/demo/hooks/lib/x")
      }
    ),
    ("a file that became executable", { try $0.install("echo data", as: "projects/demo/hooks/data") }),
    ("a link", { try $0.link("projects/demo/hooks/away", to: "/etc/passwd") }),
  ]

  @Test(arguments: changes.indices) func `one that changed is not trusted`(index: Int) async throws {
    let project = try await demo()
    try folder.install("echo data", as: "projects/demo/hooks/data", mode: 0o644)
    try await trust()
    #expect(try await isAsked(project))
    try Self.changes[index].change(folder)
    #expect(try await !isAsked(project), "\(Self.changes[index].name)")
    #expect(remarks.entries.last?.contains("they have changed since they were trusted") == true)
    #expect(try await workspace().trustedFolders().map(\.isCurrent) == [false])
    try await trust()
    #expect(try await isAsked(project))
  }

  @Test func `trust does not follow a project that is moved or copied`() async throws {
    _ = try await demo()
    try await trust()
    try folder.move("projects/demo", to: "projects/other")
    let other = try await workspace().loadProject(ProjectName("other"))
    #expect(try await !isAsked(other))
    #expect(remarks.entries.last?.contains("'other' do not run: they are not trusted") == true)
    // Another project in its place has another content.
    let anew = try await demo()
    try folder.install("exit 1", as: "projects/demo/hooks/before_save")
    #expect(try await !isAsked(anew))
  }

  @Test func `trust holds for the folder that a link leads to`() async throws {
    _ = try await demo()
    try folder.move("projects/demo", to: "projects/other")
    try folder.link("projects/demo", to: "other")
    try await trust()
    let trusted = try await workspace().trustedFolders()
    #expect(trusted.map { $0.folder.hasSuffix("/other") } == [true])
    for name in ["demo", "other"] {
      #expect(try await isAsked(workspace().loadProject(ProjectName(name))))
    }
  }

  @Test(arguments: [
    ("not json", "line 1"), ("{}", "'schema' is missing"), (#"{"schema":1}"#, "'projects' is missing"),
    (#"{"schema":1,"projects":{"/x":{"hooks":"short","since":"2024-04-12T08:15:20Z"}}}"#, "'/x'"),
    (#"{"schema":2,"projects":{}}"#, "newer"),
  ]) func `a damaged file of trust trusts nobody`(text: String, words: String) async throws {
    let project = try await demo()
    try await trust()
    try folder.overwrite(text, in: "config/trusted.json")
    #expect(try await !isAsked(project))
    #expect(remarks.entries.last?.contains(words) == true, "\(remarks.entries)")
    await #expect(throws: FlowError.self) { try await workspace().trustedFolders() }
    await #expect(throws: FlowError.self) { try await trust() }
    await #expect(throws: FlowError.self) { _ = try await workspace().revokeTrust(of: project.name) }
    #expect(try folder.text("config/trusted.json") == text)
  }

  @Test func `a file of trust that others can write trusts nobody`() async throws {
    let project = try await demo()
    try await trust()
    try folder.setMode(0o666, of: "config/trusted.json")
    #expect(try await !isAsked(project))
    #expect(remarks.entries.last?.contains("others than its owner can write it") == true)
  }

  @Test func `the file of trust lies in a folder that only its owner sees`() async throws {
    _ = try await demo()
    try await trust()
    #expect(try folder.mode(of: "config") == 0o700)
    let json = try JSONValue(parsing: folder.text("config/trusted.json"))
    #expect(json["schema"] == 1)
    #expect(json["projects"]?.object?.keys.map { $0.hasSuffix("/projects/demo") } == [true])
  }

  @Test func `projects are trusted side by side`() async throws {
    let workspace = workspace()
    for name in ["a", "b"] {
      _ = try await workspace.newProject(ProjectName(name))
      try folder.install("exit 1", as: "projects/\(name)/hooks/before_save")
      try await workspace.trust(workspace.hooks(of: ProjectName(name)))
    }
    #expect(try await workspace.trustedFolders().map(\.isCurrent) == [true, true])
    #expect(try await workspace.revokeTrust(of: ProjectName("a")))
    #expect(try await workspace.trustedFolders().map { $0.folder.hasSuffix("/b") } == [true])
    #expect(try await workspace.hooks(of: ProjectName("a")).trust == .untrusted)
    #expect(try await workspace.hooks(of: ProjectName("b")).trust == .trusted)
  }

  @Test func `trust of a project that is gone can be taken back`() async throws {
    let project = try await demo()
    try await trust()
    try await workspace().removeProject(project.name)
    #expect(try await workspace().trustedFolders().map(\.isCurrent) == [false])
    #expect(try await workspace().revokeTrust(of: project.name))
    #expect(try await workspace().trustedFolders() == [])
  }

  /// What keeps a hook of the root from running, and what a remark and `doctor` say of it.
  static let obstacles: [(words: String, make: @Sendable (ProjectsFolder) throws -> Void)] = [
    ("not executable", { try $0.setMode(0o644, of: "projects/hooks/before_save") }),
    ("others than its owner can write it", { try $0.setMode(0o775, of: "projects/hooks/before_save") }),
    ("others than its owner can write it", { try $0.setMode(0o757, of: "projects/hooks/before_save") }),
    ("others than its owner can write it", { try $0.setMode(0o777, of: "projects/hooks") }),
    (
      "a link to a file outside",
      {
        try $0.move("projects/hooks/before_save", to: "projects/away")
        try $0.link("projects/hooks/before_save", to: "../away")
      }
    ),
    (
      "leads nowhere",
      {
        try $0.remove("projects/hooks/before_save")
        try $0.link("projects/hooks/before_save", to: "nothing")
      }
    ),
    (
      "not a file",
      {
        try $0.remove("projects/hooks/before_save")
        try $0.write("", to: "projects/hooks/before_save/x")
      }
    ),
    (
      "not a folder",
      {
        try $0.move("projects/hooks", to: "elsewhere")
        try $0.link("projects/hooks", to: "../elsewhere")
      }
    ),
  ]

  @Test(arguments: obstacles.indices)
  func `a file that could be somebody else's does not run, and is named`(index: Int) async throws {
    let project = try await workspace().newProject(ProjectName("demo"))
    try folder.install("exit 1", as: "projects/hooks/before_save")
    #expect(try await isAsked(project))
    let (words, make) = Self.obstacles[index]
    try make(folder)
    #expect(try await !isAsked(project))
    #expect(remarks.count == 1)
    #expect(remarks.entries.first?.contains(words) == true, "\(remarks.entries)")
    let findings = try await project.findings()
    #expect(findings.map(\.isError) == [false])
    #expect(findings.first?.problem.contains(words) == true, "\(findings)")
    #expect(findings.first?.file.hasPrefix("../hooks") == true)
  }

  @Test func `a link to another hook of the folder runs`() async throws {
    let project = try await workspace().newProject(ProjectName("demo"))
    try folder.install("exit 1", as: "projects/hooks/check.sh")
    try folder.link("projects/hooks/before_save", to: "check.sh")
    #expect(try await isAsked(project))
    #expect(remarks.entries == [])
  }

  @Test func `doctor names hooks that no event calls, and projects that are not trusted`() async throws {
    let project = try await demo()
    for name in ["before_add_task", "after_step.sh", "after_paint_task", "lib.sh"] {
      try folder.install("exit 0", as: "projects/hooks/\(name)")
    }
    let findings = try await project.findings()
    #expect(findings.map(\.file) == ["../hooks/after_step.sh", "../hooks/before_add_task", "hooks"])
    #expect(findings.allSatisfy { !$0.isError })
    #expect(findings.last?.problem.contains("flowctl trust demo") == true)
    try await trust()
    #expect(try await project.findings().count == 2)
  }

  @Test func `a folder too large to be looked at cannot be trusted`() async throws {
    _ = try await demo()
    for number in 0..<1001 { try folder.write("", to: "projects/demo/hooks/data/\(number)") }
    let error = try await flowError(.readFailed) { try await trust() }
    #expect(error.message.contains("too much"))
  }

  @Test func `a project without hooks cannot be trusted`() async throws {
    _ = try await workspace().newProject(ProjectName("demo"))
    try await flowError(.fileNotFound) { try await trust() }
    #expect(!folder.exists("config/trusted.json"))
  }

  @Test func `what is trusted is what was looked at`() async throws {
    let project = try await demo()
    let workspace = workspace()
    let seen = try await workspace.hooks(of: project.name)
    #expect(seen.hooks.map(\.name) == ["before_save"] && seen.trust == .untrusted)
    try folder.install("echo evil >&2; exit 1", as: "projects/demo/hooks/before_save")
    try await workspace.trust(seen)
    #expect(try await !isAsked(project))
  }
}

extension ProjectsFolder {
  fileprivate func link(_ name: String, to target: String) throws {
    try FileManager.default.createSymbolicLink(atPath: "\(path)/\(name)", withDestinationPath: target)
  }

  fileprivate func remove(_ name: String) throws {
    try FileManager.default.removeItem(atPath: "\(path)/\(name)")
  }

  fileprivate func setMode(_ mode: Int, of name: String) throws {
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: "\(path)/\(name)")
  }

  fileprivate func mode(of name: String) throws -> Int? {
    try FileManager.default.attributesOfItem(atPath: "\(path)/\(name)")[.posixPermissions] as? Int
  }
}
