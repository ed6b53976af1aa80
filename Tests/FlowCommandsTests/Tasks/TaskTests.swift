import FlowCore
import FlowTestSupport
import Testing

@Suite(.timeLimit(.minutes(15)))
struct `Tasks at the command line` {
  @Test func `ids count up and are never given twice`() async throws {
    let root = try await TemporaryRoot(project: "demo")
    #expect(try await root.text("add-task", "one") == "T001\n")
    #expect(try await root.text("add-task", "two") == "T002\n")
    #expect(try await root.text("add-task", "far", "--id", "T041") == "T041\n")
    #expect(try await root.text("add-task", "own", "--id", "수집") == "수집\n")
    #expect(try await root.text("add-task", "next") == "T042\n")
    let file = try root.folder.json("projects/demo/workflow.json")
    #expect(file["tasks"]?.texts("id") == ["T001", "T002", "T041", "수집", "T042"])
  }

  @Test func `keep all that they were given`() async throws {
    let root = try await TemporaryRoot(project: "demo")
    try await root.text("add-task", "first")
    let task = try await root.data(
      "add-task",
      "데이터 정제",
      "--dep",
      "T001",
      "--owner",
      "jun",
      "--tag",
      "csv",
      "--tag",
      "원본",
      "--priority=-3",
      "--meta",
      "rows=1204",
      "--meta",
      "note=a=b",
      "--status",
      "blocked"
    )
    #expect(task["id"] == "T002")
    #expect(task["name"] == "데이터 정제")
    #expect(task["status"] == "blocked")
    #expect(task["deps"] == ["T001"])
    #expect(task["meta"]?["owner"] == "jun")
    #expect(task["meta"]?["tags"] == ["csv", "원본"])
    #expect(task["meta"]?["priority"] == -3)
    #expect(task["meta"]?["rows"] == 1204)
    #expect(task["meta"]?["note"] == "a=b")
    #expect(try await root.data("task", "show", "T002") == task)
  }

  @Test func `a dependency that does not exist is refused`() async throws {
    let root = try await TemporaryRoot(project: "demo")
    try await root.text("add-task", "one")
    let error = try await root.expectFailure(
      ["task", "update", "T001", "--add-dep", "T777"],
      exit: 65,
      "task.unknown_dep"
    )
    #expect(error["message"]?.string?.contains("T777") == true)
    #expect(try await root.data("status")["revision"] == 2)
  }

  @Test func `a cycle is refused and spelled out`() async throws {
    let root = try await TemporaryRoot(project: "demo")
    try await root.text("add-task", "a")
    try await root.text("add-task", "b", "--dep", "T001")
    try await root.text("add-task", "c", "--dep", "T002")
    let before = try root.folder.bytes("projects/demo/workflow.json")
    let error = try await root.expectFailure(
      ["task", "update", "T001", "--add-dep", "T003"],
      exit: 65,
      "task.cycle"
    )
    #expect(error["message"]?.string?.contains("T001 -> T003 -> T002 -> T001") == true)
    #expect(try root.folder.bytes("projects/demo/workflow.json") == before)
  }

  @Test func `several are changed together or not at all`() async throws {
    let root = try await TemporaryRoot(project: "demo")
    for name in ["a", "b", "c"] { try await root.text("add-task", name) }
    try await root.expectFailure(["done", "T001", "T002", "T009"], exit: 66, "task.not_found")
    #expect(try await root.data("task", "list")["tasks"]?.texts("status") == ["todo", "todo", "todo"])
    let changed = try await root.data(
      "task",
      "update",
      "T003",
      "T001",
      "--status",
      "doing",
      "--owner",
      "mina"
    )
    #expect(changed["tasks"]?.texts("id") == ["T003", "T001"])
    #expect(try await root.data("task", "list")["tasks"]?.texts("status") == ["doing", "todo", "doing"])
    // One change, one event.
    #expect(try await root.data("history")["events"]?.texts("event").last == "update_task")
    #expect(try await root.data("status")["revision"] == 5)
  }

  @Test func `go from todo to doing to done and back`() async throws {
    let root = try await TemporaryRoot(project: "demo")
    try await root.text("add-task", "a")
    for (command, status) in [("start", "doing"), ("done", "done"), ("reopen", "todo"), ("block", "blocked")]
    {
      try await root.text(command, "T001")
      #expect(try await root.data("task", "show", "T001")["status"]?.string == status)
    }
  }

  @Test func `a reason to be blocked stands while it blocks`() async throws {
    let root = try await TemporaryRoot(project: "demo")
    try await root.text("add-task", "deploy")
    try await root.text("block", "T001", "--reason", "the certificate has expired")
    #expect(try await root.data("task", "show", "T001")["meta"]?["reason"] == "the certificate has expired")
    #expect(try await root.text("context", "--query", "q").contains("blocked by the certificate has expired"))
    try await root.text("reopen", "T001")
    #expect(try await root.data("task", "show", "T001")["meta"]?["reason"] == nil)
  }

  @Test func `are ready once all that they need is done`() async throws {
    let root = try await TemporaryRoot(project: "demo")
    try await root.text("add-task", "a")
    try await root.text("add-task", "b")
    try await root.text("add-task", "c", "--dep", "T001", "--dep", "T002")
    func ready() async throws -> [String]? {
      try await root.data("task", "list", "--ready")["tasks"]?.texts("id")
    }
    #expect(try await ready() == ["T001", "T002"])
    #expect(try await root.data("task", "show", "T003")["waits_for"] == ["T001", "T002"])
    try await root.text("done", "T001")
    #expect(try await ready() == ["T002"])
    try await root.text("done", "T002")
    #expect(try await ready() == ["T003"])
    try await root.text("task", "update", "T003", "--rm-dep", "T001")
    #expect(try await root.data("task", "show", "T003")["deps"] == ["T002"])
    #expect(
      try await root.data("task", "list", "--status", "done")["tasks"]?.texts("id") == ["T001", "T002"]
    )
  }

  @Test func `starting one that waits is said, not refused`() async throws {
    let root = try await TemporaryRoot(project: "demo")
    try await root.text("add-task", "a")
    try await root.text("add-task", "b", "--dep", "T001")
    let outcome = try await root.flowctl(["start", "T002"]).expect(0)
    #expect(outcome.errors.contains("T001"))
  }

  @Test func `a change that changes nothing makes no event`() async throws {
    let root = try await TemporaryRoot(project: "demo")
    try await root.text("add-task", "a")
    let before = try root.snapshot()
    try await root.text("reopen", "T001")
    #expect(try root.snapshot() == before)
  }

  @Test func `the history tells who did what, in order`() async throws {
    var root = TemporaryRoot()
    root.environment["FLOW_USER"] = "jun"
    try await root.text("new", "demo")
    try await root.text("add-task", "a")
    root.environment["FLOW_USER"] = "mina"
    try await root.text("done", "T001")
    let events = try await root.data("history")["events"] ?? .null
    #expect(events.texts("event") == ["create_project", "add_task", "update_task"])
    #expect(events.texts("user") == ["jun", "jun", "mina"])
    #expect(events.numbers("seq") == [1, 2, 3])
    #expect(events.numbers("revision") == [1, 2, 3])
    #expect(try await root.data("history", "--limit", "1")["events"]?.numbers("seq") == [3])
    #expect(try root.folder.json("projects/demo/workflow_history.json").numbers("seq") == [1, 2, 3])
  }

  @Test func `a person's edit of the plan counts at once and is recorded`() async throws {
    let root = try await TemporaryRoot(project: "demo")
    try await root.text("add-task", "before")
    let file = "projects/demo/workflow.json"
    try root.folder.write(root.folder.text(file).replacing("before", with: "edited by hand"), to: file)
    #expect(try await root.data("task", "list")["tasks"]?.texts("name") == ["edited by hand"])
    try await root.text("add-task", "after")
    #expect(try await root.data("task", "list")["tasks"]?.texts("name") == ["edited by hand", "after"])
    #expect(try await root.data("history")["events"]?.texts("event").contains("external_edit") == true)
    try await root.text("doctor")
  }
}
