import FlowCore
import FlowTestSupport
import Testing

@Suite(.timeLimit(.minutes(15)))
struct `Projects at the command line` {
  @Test(arguments: [
    "demo", "대기질", "東京 タワー", "Ω≈ç√", "проект-1", "مشروع", "a b.c_d-e", "🚀",
    "..x".replacing("..", with: "x.."),
    String(repeating: "x", count: 100),
  ])
  func `may have a name in any script`(name: String) async throws {
    let root = TemporaryRoot()
    let made = try await root.data("new", name)
    #expect(made["name"]?.string == name)
    #expect(root.folder.names(in: "projects").contains(name))
    #expect(try await root.data("status")["project"]?.string == name)
    #expect(try root.folder.json("projects/\(name)/workflow.json")["project"]?.string == name)
    try await root.text("add-step", "안녕", "--project", name)
    try await root.text("doctor")
    try await root.text("rm", name)
    #expect(!root.folder.names(in: "projects").contains(name))
  }

  @Test(arguments: [
    "../x", "/tmp/flow-absolute", ".", "..", ".hidden", "a/b", #"a\b"#, "", " ", " x", "x ", "a\nb", "a\tb",
    "\u{202E}x", "a\u{2028}b", String(repeating: "x", count: 101), String(repeating: "한", count: 34),
  ])
  func `may not have a name that leaves the root or hides`(name: String) async throws {
    let root = TemporaryRoot()
    let before = root.folder.files()
    try await root.expectFailure(["new", "--", name], exit: 65, "project.name_invalid")
    try await root.expectFailure(["switch", "--", name], exit: 65, "project.name_invalid")
    try await root.expectFailure(["rm", "--", name], exit: 65, "project.name_invalid")
    if !name.isEmpty {
      try await root.expectFailure(["status", "--project=\(name)"], exit: 65, "project.name_invalid")
    }
    #expect(root.folder.files() == before)
    #expect(root.folder.names() == ["projects"])
  }

  @Test func `a NUL character, which no argument can hold, is refused by the library`() {
    #expect(throws: FlowError.self) { try ProjectName("a\0b") }
  }

  @Test func `the newest is active until another one is chosen`() async throws {
    let root = TemporaryRoot()
    for name in ["one", "two", "three"] { try await root.text("new", name) }
    func active() async throws -> [String] {
      let projects = try await root.data("ls")["projects"]?.array ?? []
      #expect(projects.compactMap { $0["name"]?.string } == ["one", "three", "two"])
      return projects.filter { $0["active"] == true }.compactMap { $0["name"]?.string }
    }
    #expect(try await active() == ["three"])
    try await root.text("switch", "one")
    #expect(try await active() == ["one"])
    #expect(try root.folder.text("projects/.active") == "one\n")
    #expect(try await root.text("ls") == "* one\n  three\n  two\n")
  }

  @Test func `keep their tasks, steps and results apart`() async throws {
    let root = try await TemporaryRoot(project: "one")
    try await root.text("add-task", "task of one")
    try await root.text("add-step", "step of one")
    try await root.text("cache", "set", "k", "one")
    try await root.text("new", "two")
    #expect(try await root.data("task", "list")["tasks"]?.array?.isEmpty == true)
    #expect(try await root.data("steps")["steps"]?.array?.isEmpty == true)
    try await root.expectFailure(["cache", "get", "k"], exit: 66, "cache.not_found")
    #expect(try await root.text("add-step", "step of two") == "s1\n")
    #expect(try await !root.text("context", "--query", "step").contains("step of one"))
    try await root.text("switch", "one")
    #expect(try await root.data("steps")["steps"]?.texts("content") == ["step of one"])
  }

  @Test func `removing says first what would go`() async throws {
    let root = try await TemporaryRoot(project: "demo")
    try await root.text("add-step", "x")
    let before = root.folder.files()
    let dry = try await root.data("rm", "demo", "--dry-run")
    #expect(dry["removed"] == false)
    #expect(dry["folder"]?.string == root.folder("projects/demo"))
    #expect(root.folder.files() == before)
    #expect(try await root.data("rm", "demo")["removed"] == true)
    #expect(root.folder.files() == ["projects/.active"])
    try await root.expectFailure(["status"], exit: 66, "project.none_active")
    // The name is free again, and nothing of the old project comes back.
    try await root.text("new", "demo")
    #expect(try await root.data("status")["memory"]?["steps"] == 0)
  }

  @Test func `a name in two spellings is one project`() async throws {
    let composed = "caf\u{E9} 한글"
    let decomposed = "cafe\u{301} 한글"
    let root = try await TemporaryRoot(project: composed)
    try await root.text("add-task", "shared")
    try await root.expectFailure(["new", decomposed], exit: 75, "project.exists")
    #expect(root.folder.names(in: "projects").count == 2)
    #expect(
      try await root.data("task", "list", "--project", decomposed)["tasks"]?.texts("name") == ["shared"]
    )
    try await root.text("switch", decomposed)
    #expect(try await root.data("ls")["projects"]?[0]?["active"] == true)
    try await root.text("doctor")
  }

  @Test func `a folder with only a short plan is a project`() async throws {
    let root = TemporaryRoot()
    let plan = #"{"project":"short","tasks":[{"id":"T001","name":"데이터 수집","status":"done"}]}"#
    try root.folder.write(plan, to: "projects/short/workflow.json")
    try await root.text("switch", "short")
    #expect(try await root.data("task", "list")["tasks"]?.texts("name") == ["데이터 수집"])
    #expect(try await root.text("add-step", "hello") == "s1\n")
    #expect(try await root.text("add-task", "next", "--dep", "T001") == "T002\n")
    #expect(try await root.text("context", "--query", "수집").contains("데이터 수집") == false)
    #expect(try await root.text("context", "--query", "hello").contains("T002"))
    try await root.text("cache", "set", "k", "1")
    #expect(try await root.data("doctor")["errors"] == 0)
  }

  @Test func `status counts what there is`() async throws {
    let root = try await TemporaryRoot(project: "demo")
    try await root.text("add-task", "one")
    try await root.text("add-task", "two", "--dep", "T001")
    try await root.text("start", "T001")
    try await root.text("add-step", "kept", "--pin")
    try await root.text("cache", "set", "k", "v")
    let status = try await root.data("status")
    #expect(status["counts"]?["doing"] == 1)
    #expect(status["counts"]?["todo"] == 1)
    #expect(status["ready"]?.array?.isEmpty == true)
    #expect(status["memory"]?["steps"] == 1)
    #expect(status["memory"]?["pinned_steps"] == 1)
    #expect(status["cache"]?["results"] == 1)
    let text = try await root.text("status")
    for part in ["T001", "T002", "1 steps", "1 pinned", "1 results"] {
      #expect(text.contains(part), "\(part)")
    }
  }
}
