import FlowCore
import FlowTestSupport
import Testing

@Suite(.timeLimit(.minutes(15)))
struct `Removal at the command line` {
  private func root() async throws -> TemporaryRoot {
    let root = try await TemporaryRoot(project: "demo")
    try await root.text("add-task", "a")
    try await root.text("add-task", "b", "--dep", "T001")
    try await root.text("add-task", "c", "--dep", "T002")
    try await root.text("add-task", "d")
    return root
  }

  @Test func `takes tasks away and tells of it`() async throws {
    let root = try await root()
    #expect(try await root.text("task", "rm", "T004", "T003") == "removed T003: c\nremoved T004: d\n")
    let removed = try await root.data("task", "rm", "T002")
    #expect(removed == ["revision": 7, "removed": ["T002"], "dry_run": false])
    #expect(try await root.data("task", "list")["tasks"]?.texts("id") == ["T001"])
    let events = try await root.data("history")["events"] ?? .null
    #expect(events.texts("event").suffix(2) == ["remove_task", "remove_task"])
    try await root.expectFailure(["task", "show", "T003"], exit: 66, "task.not_found")
    #expect(try await root.data("doctor")["findings"] == [])
  }

  @Test func `is refused while others need it`() async throws {
    let root = try await root()
    let before = try root.snapshot()
    for command in [["task", "rm", "T001", "T004"], ["task", "rm", "T001", "T004", "--dry-run"]] {
      let error = try await root.expectFailure(command, exit: 75, "task.needed")
      #expect(error["context"] == ["needed_by": "T002", "tasks": "T001"])
      #expect(error["hint"]?.string?.contains("--cascade") == true)
    }
    #expect(try root.snapshot() == before)
  }

  @Test func `with cascade takes those that need it, and says so before it is done`() async throws {
    let root = try await root()
    let before = try root.snapshot()
    let would = try await root.text("task", "rm", "T001", "--cascade", "--dry-run")
    #expect(would == "would remove T001: a\nwould remove T002: b\nwould remove T003: c\n")
    let data = try await root.data("task", "rm", "T001", "--cascade", "--dry-run")
    #expect(data == ["revision": 5, "removed": ["T001", "T002", "T003"], "dry_run": true])
    #expect(try root.snapshot() == before)
    #expect(
      try await root.text("task", "rm", "T001", "--cascade")
        == would.replacing("would remove", with: "removed")
    )
    #expect(try await root.data("task", "list")["tasks"]?.texts("id") == ["T004"])
  }

  @Test func `steps and results that name it stay`() async throws {
    let root = try await root()
    try await root.text("add-step", "said of d", "--task", "T004")
    try await root.text("cache", "set", "k", "v", "--task", "T004")
    try await root.text("task", "rm", "T004")
    #expect(try await root.data("steps")["steps"]?.texts("task") == ["T004"])
    #expect(try await root.data("cache", "get", "k")["task"] == "T004")
    try await root.text("context", "--query", "what was said of d?")
    #expect(try await root.data("doctor")["errors"] == 0)
  }
}

@Suite(.timeLimit(.minutes(15)))
struct `Expected revisions at the command line` {
  @Test func `a change of a plan that was changed is refused by every command`() async throws {
    let root = try await TemporaryRoot(project: "demo")
    for name in ["a", "b"] { try await root.text("add-task", name) }
    let commands = [
      ["add-task", "x"], ["task", "update", "T001", "--name", "y"], ["task", "rm", "T002"],
      ["task", "claim"],
      ["task", "rm", "T002", "--dry-run"], ["start", "T001"], ["done", "T001"], ["block", "T001"],
      ["reopen", "T001"],
    ]
    let before = try root.snapshot()
    for command in commands {
      let error = try await root.expectFailure(
        command + ["--if-revision", "2"],
        exit: 75,
        "revision.conflict"
      )
      #expect(error["context"]?["revision"] == "3", "\(command)")
    }
    #expect(try root.snapshot() == before)
    var revision = 3
    for command in commands where !command.contains("--dry-run") {
      let data = try await root.flowctl(command + ["--if-revision", "\(revision)", "--json"]).expect(0).data
      revision = try #require(data["revision"]?.int)
    }
    #expect(try await root.data("task", "list")["revision"]?.int == revision)
  }

  @Test func `a change of a task that was changed is refused`() async throws {
    let root = try await TemporaryRoot(project: "demo")
    for name in ["a", "b"] { try await root.text("add-task", name) }
    try await root.text("task", "update", "T001", "--name", "c")
    for command in [["task", "update", "T001", "--name", "d"], ["task", "rm", "T001"]] {
      let error = try await root.expectFailure(command + ["--if-rev", "1"], exit: 75, "revision.conflict")
      #expect(error["context"] == ["rev": "2", "task": "T001"])
    }
    // Another task's changes are no matter.
    try await root.text("task", "update", "T002", "--name", "e", "--if-rev", "1")
    try await root.text("task", "rm", "T001", "--if-rev", "2")
  }

  @Test func `of changes that saw the same plan one is done`() async throws {
    let root = try await TemporaryRoot(project: "demo")
    let codes = try await withThrowingTaskGroup(of: CInt?.self) { group in
      for number in 0..<6 {
        group.addTask {
          try await root.start(["add-task", "\(number)", "--if-revision", "1"]).outcome().exitCode
        }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(codes.count { $0 == 0 } == 1, "\(codes)")
    #expect(codes.count { $0 == 75 } == 5, "\(codes)")
  }

  @Test func `drawn ids meet in a merged plan`() async throws {
    let root = try await TemporaryRoot(project: "demo")
    let ids = try await [
      root.text("add-task", "a", "--id", "auto"), root.text("add-task", "b", "--id", "auto"),
      root.text("add-task", "c"),
    ]
    #expect(Set(ids).count == 3)
    #expect(ids[0].wholeMatch(of: /T-[0-9a-hjkmnp-tv-z]{10}\n/) != nil)
    #expect(ids[2] == "T001\n")
    #expect(try await root.data("task", "show", String(ids[0].dropLast()))["name"] == "a")
  }

  @Test func `a result's removal is told before it is done`() async throws {
    let root = try await TemporaryRoot(project: "demo")
    for key in ["k", "l"] { try await root.text("cache", "set", key, "v") }
    let before = try root.snapshot()
    #expect(
      try await root.text("cache", "rm", "k", "l", "x", "--dry-run") == "would remove k\nwould remove l\n"
    )
    #expect(
      try await root.data("cache", "rm", "k", "k", "--dry-run") == ["removed": ["k"], "dry_run": true]
    )
    try await root.expectFailure(["cache", "rm", "x", "--dry-run"], exit: 66, "cache.not_found")
    #expect(try root.snapshot() == before)
    #expect(try await root.data("cache", "rm", "k") == ["removed": ["k"], "dry_run": false])
  }
}
