import FlowCore
import FlowTestSupport
import Testing

@Suite(.timeLimit(.minutes(15)))
struct `Claims at the command line` {
  /// A project with tasks a, b and so on, of which each needs those before it that are named behind `<`.
  private func root(_ tasks: [String]) async throws -> TemporaryRoot {
    var root = try await TemporaryRoot(project: "demo")
    root.environment["FLOW_USER"] = "jun"
    for task in tasks {
      try await root.flowctl(["add-task"] + task.split(separator: " ").map(String.init)).expect(0)
    }
    return root
  }

  @Test func `the next task is told with its reasons`() async throws {
    let root = try await root(["a", "b", "c --dep T002", "d --priority 3", "e --dep T003"])
    let one = try await root.flowctl(["task", "next", "--json"]).expect(0)
    #expect(try one.envelope["kind"] == "task")
    #expect(try one.data["id"] == "T004")
    #expect(try one.data["unblocks"] == 0)
    #expect(try one.data["ready"] == true)
    #expect(try one.data["revision"] == 6)
    let several = try await root.flowctl(["task", "next", "--limit", "2", "--json"]).expect(0)
    #expect(try several.envelope["kind"] == "tasks")
    #expect(try several.data["revision"] == 6)
    #expect(try several.data["tasks"]?.texts("id") == ["T004", "T002"])
    #expect(try several.data["tasks"]?.numbers("unblocks") == [0, 2])
    #expect(
      try await root.text("task", "next", "--limit", "9") == """
        ID    PRIORITY  UNBLOCKS  TASK  OWNER
        T004  3         0         d
        T002  0         2         b
        T001  0         0         a

        """
    )
    #expect(try await root.data("status")["ready"] == ["T004", "T002", "T001"])
  }

  @Test func `where none is ready, it says why`() async throws {
    let root = try await root([])
    try await root.expectFailure(["task", "next"], exit: 66, "task.none_ready")
    for task in ["a --status doing", "b --status blocked", "c --dep T001"] {
      try await root.flowctl(["add-task"] + task.split(separator: " ").map(String.init)).expect(0)
    }
    for command in [["task", "next"], ["task", "next", "--limit", "3"], ["task", "claim"]] {
      let error = try await root.expectFailure(command, exit: 66, "task.none_ready")
      #expect(error["message"] == "no task is ready: 1 doing, 1 blocked, 1 waiting")
      #expect(error["context"] == ["blocked": "1", "doing": "1", "done": "0", "waiting": "1"])
    }
  }

  @Test func `a claim is printed, listed and recorded`() async throws {
    let root = try await root(["a", "b --dep T001"])
    let task = try await root.data("task", "claim", "--lease", "3000")
    #expect(task["id"] == "T001")
    #expect(task["status"] == "doing")
    #expect(task["meta"]?["owner"] == "jun")
    #expect(task["revision"] == 4)
    let end = try #require(task["meta"]?["lease_until"]?.string)
    let lease = try #require(Timestamp(iso8601: end))
    #expect(try await root.text("task", "list").contains("Z  a     jun"))
    #expect(try await root.text("task", "list").contains("doing until "))
    #expect(try await root.text("task", "list").contains("\(lease.clockTime)Z"))
    #expect(try await root.text("status").contains("doing until "))
    #expect(try await root.text("task", "show", "T001").contains("status     doing, claimed until \(end)\n"))
    #expect(try await root.data("history")["events"]?.texts("event").last == "claim_task")
    let renewed = try await root.data("task", "claim", "T001", "--renew", "--lease", "0")
    #expect(renewed["meta"] == ["owner": "jun"])
    #expect(!(try await root.text("task", "list").contains("until")))
    #expect(try await root.text("done", "T001") == "T001 done: a\n")
    #expect(try await root.data("task", "show", "T001")["meta"] == ["owner": "jun"])
    let text = try await root.text("task", "claim", "--owner", "agent-2", "--lease", "0")
    #expect(text == "T002 claimed by agent-2: b\n")
  }

  @Test func `a claimed task is refused, with owner and lease`() async throws {
    let root = try await root(["a", "b --dep T001"])
    let end = try await root.data("task", "claim", "T001", "--owner", "one")["meta"]?["lease_until"]?.string
    for owner in ["one", "two"] {
      let error = try await root.expectFailure(
        ["task", "claim", "T001", "--owner", owner],
        exit: 75,
        "task.claimed"
      )
      #expect(error["context"]?["owner"] == "one")
      #expect(error["context"]?["lease_until"]?.string == end)
      #expect(error["message"]?.string?.contains("claimed by 'one' until \(end!)") == true)
    }
    let waiting = try await root.expectFailure(["task", "claim", "T002"], exit: 75, "task.not_ready")
    #expect(waiting["context"]?["waits_for"] == "T001")
    try await root.expectFailure(
      ["task", "claim", "T001", "--renew", "--owner", "two"],
      exit: 75,
      "task.not_held"
    )
    #expect(try await root.data("status")["revision"] == 4)
  }

  @Test func `eight processes at once get different tasks`() async throws {
    let root = try await root(["a", "b", "c", "d", "e"])
    let outcomes = try await withThrowingTaskGroup(of: FlowctlProcess.Outcome.self) { group in
      for _ in 0..<8 {
        group.addTask { try await root.start(["task", "claim", "--owner", "same", "--json"]).outcome() }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    let taken = try outcomes.filter { $0.exitCode == 0 }.map { try #require(try $0.data["id"]?.string) }
    #expect(taken.sorted() == ["T001", "T002", "T003", "T004", "T005"])
    let refused = outcomes.filter { $0.exitCode != 0 }
    #expect(refused.count == 3)
    for outcome in refused {
      #expect(outcome.exitCode == 66, "\(outcome)")
      #expect(try outcome.error["code"] == "task.none_ready")
    }
    let events = try await root.data("history")["events"] ?? .null
    #expect(events.texts("event").count { $0 == "claim_task" } == 5)
    #expect(try await root.data("doctor")["findings"] == [])
  }

  @Test func `eight processes that name one task: one gets it`() async throws {
    let root = try await root(["a"])
    let codes = try await withThrowingTaskGroup(of: CInt?.self) { group in
      for number in 0..<8 {
        group.addTask {
          try await root.start(["task", "claim", "T001", "--owner", "\(number)"]).outcome().exitCode
        }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(codes.count { $0 == 0 } == 1, "\(codes)")
    #expect(codes.count { $0 == 75 } == 7, "\(codes)")
  }

  @Test func `a lease that has run out frees the task, and the next change says so`() async throws {
    let root = try await root(["a"])
    try await root.text("task", "claim", "--lease", "1")
    try await Task.sleep(for: .milliseconds(1050))
    let before = try root.snapshot()
    #expect(try await root.data("task", "next")["id"] == "T001")
    #expect(try await root.data("task", "show", "T001")["meta"] == [:])
    #expect(try await root.data("task", "list", "--ready")["tasks"]?.texts("status") == ["todo"])
    #expect(try await root.data("graph")["ready"] == ["T001"])
    #expect(try await root.text("context", "--query", "q").contains("- T001 ready: a"))
    // SQLite may move what its log holds into the database whenever it is opened.
    for (name, bytes) in try root.snapshot() where !name.hasSuffix("memory.sqlite") {
      #expect(bytes == before[name], "\(name) changed")
    }
    try await root.text("task", "claim", "--owner", "two")
    let events = try await root.data("history")["events"] ?? .null
    #expect(events.texts("event").suffix(3) == ["claim_task", "expire_lease", "claim_task"])
  }

  @Test func `the lease comes from the configuration`() async throws {
    var root = try await root(["a", "b"])
    root.environment["FLOW_TASKS_LEASE_SECONDS"] = "0"
    #expect(try await root.data("task", "claim")["meta"] == ["owner": "jun"])
    try root.folder.write(#"{"tasks":{"leaseSeconds":100000}}"#, to: "config.json")
    root.environment["FLOW_TASKS_LEASE_SECONDS"] = nil
    try await root.text("task", "claim")
    // More than a day away, so with its day.
    #expect(try await root.text("task", "list").contains(/T002  doing until \d{4}-\d\d-\d\d \d\d:\d\dZ  b/))
  }
}
