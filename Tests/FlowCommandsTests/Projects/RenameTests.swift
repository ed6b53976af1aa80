import FlowCore
import FlowTestSupport
import Testing

@Suite(.timeLimit(.minutes(15)))
struct `Renaming at the command line` {
  @Test(arguments: ["대기질", "東京 タワー", "a b.c_d-e", "🚀", String(repeating: "x", count: 100)])
  func `gives a project another name`(name: String) async throws {
    let root = try await TemporaryRoot(project: "demo")
    try await root.text("add-task", "a task")
    try await root.text("add-step", "a step")
    let data = try await root.data("rename", "demo", name)
    #expect(data["name"]?.string == name && data["old_name"] == "demo" && data["renamed"] == true)
    #expect(data["folder"]?.string == root.folder("projects/\(name)"))
    #expect(root.folder.names(in: "projects") == [".active", name])
    #expect(try root.folder.text("projects/.active") == "\(name)\n")
    let status = try await root.data("status")
    #expect(status["project"]?.string == name && status["memory"]?["steps"] == 1)
    #expect(status["tasks"]?.texts("name") == ["a task"])
    #expect(try root.folder.json("projects/\(name)/workflow.json")["project"]?.string == name)
    #expect(try await root.text("history").contains("demo → \(name)"))
    #expect(try await root.data("doctor")["findings"] == [])
    try await root.expectFailure(["status", "--project", "demo"], exit: 66, "project.not_found")
  }

  @Test func `says first what would be renamed`() async throws {
    let root = try await TemporaryRoot(project: "demo")
    let before = try root.snapshot()
    let data = try await root.data("rename", "demo", "new", "--dry-run")
    #expect(data["renamed"] == false && data["folder"]?.string == root.folder("projects/new"))
    #expect(
      try await root.text("rename", "demo", "new", "--dry-run").hasPrefix("would rename project demo to new")
    )
    #expect(try root.snapshot() == before)
  }

  @Test(arguments: [
    ("demo", 75, "project.exists"), ("two", 75, "project.exists"), ("notes", 75, "project.exists"),
    ("../x", 65, "project.name_invalid"), (".x", 65, "project.name_invalid"),
    ("", 65, "project.name_invalid"),
  ]) func `refuses what cannot be a name here`(name: String, exit: CInt, code: String) async throws {
    let root = try await TemporaryRoot(project: "two")
    try await root.text("new", "demo")
    try root.folder.write("x", to: "projects/notes/x")
    let before = try root.snapshot()
    try await root.expectFailure(["rename", "demo", name], exit: exit, code)
    try await root.expectFailure(["rename", "demo", name, "--dry-run"], exit: exit, code)
    #expect(try root.snapshot() == before)
  }

  @Test func `by many processes at once is done by one`() async throws {
    let root = try await TemporaryRoot(project: "demo")
    try await root.text("add-task", "kept")
    let codes = try await outcomes(of: (1...6).map { ["rename", "demo", "n\($0)"] }, in: root)
    #expect(codes.count { $0 == 0 } == 1 && codes.count { $0 == 66 } == 5, "\(codes)")
    #expect(root.folder.names(in: "projects").count == 2)
    let data = try await root.data("status")
    #expect(data["tasks"]?.texts("name") == ["kept"] && data["revision"] == 3)
  }

  @Test func `of two projects to one name loses neither`() async throws {
    let root = TemporaryRoot()
    for name in ["a", "b", "c", "d"] { try await root.text("new", name) }
    let codes = try await outcomes(of: ["a", "b", "c", "d"].map { ["rename", $0, "same"] }, in: root)
    #expect(codes.count { $0 == 0 } == 1 && codes.count { $0 == 75 } == 3, "\(codes)")
    #expect(root.folder.names(in: "projects").count == 5)
    for project in try await root.data("ls")["projects"]?.texts("name") ?? [] {
      #expect(try await root.data("doctor", "--project", project)["errors"] == 0)
    }
  }

  @Test func `while others write loses nothing that was acknowledged, and brings no folder back`()
    async throws
  {
    let root = try await TemporaryRoot(project: "demo")
    let lines = (1...12).map { ["--project", "demo", "add-task", "task \($0)"] }
    let codes = try await outcomes(of: lines + [["rename", "demo", "new"]] + lines, in: root)
    #expect(codes[lines.count] == 0)
    #expect(codes.allSatisfy { $0 == 0 || $0 == 66 }, "\(codes)")
    #expect(root.folder.names(in: "projects") == [".active", "new"])
    let tasks = try await root.data("task", "list")["tasks"]?.array ?? []
    #expect(tasks.count == codes.count { $0 == 0 } - 1)
    #expect(try await root.data("doctor")["findings"] == [])
  }

  @Test func `a template is a project's name or a file's path`() async throws {
    let root = try await TemporaryRoot(project: "base")
    try await root.text("add-task", "one", "--owner", "jun", "--tag", "csv")
    try await root.text("done", "T001")
    let made = try await root.data("new", "copy", "--template", "base")
    #expect(made["tasks"] == 1)
    let task = try await root.data("task", "show", "T001")
    #expect(task["status"] == "todo" && task["meta"] == ["tags": ["csv"]] && task["rev"] == 1)
    #expect(
      try await root.text("new", "by-path", "--template", "projects/base/workflow.json").contains("1 tasks")
    )
    try root.folder.write("{", to: "plan.json")
    try await root.expectFailure(["new", "x", "--template", "plan.json"], exit: 65, "json.invalid")
    try await root.expectFailure(["new", "x", "--template", "nope.json"], exit: 66, "file.not_found")
    try await root.expectFailure(["new", "x", "--template", "nope"], exit: 66, "project.not_found")
    try await root.expectFailure(["new", "x", "--template", ".."], exit: 65, "project.name_invalid")
    #expect(!root.folder.exists("projects/x"))
  }

  /// Starts all of them at once, and gives back their exit codes in the same order.
  private func outcomes(of lines: [[String]], in root: TemporaryRoot) async throws -> [CInt?] {
    let processes = try lines.map { try root.start($0) }
    var codes: [CInt?] = []
    for process in processes { codes.append(try await process.outcome().exitCode) }
    return codes
  }
}
