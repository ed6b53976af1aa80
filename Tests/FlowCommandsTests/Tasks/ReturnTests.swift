import FlowCore
import FlowTestSupport
import Testing

@Suite(.timeLimit(.minutes(15)))
struct `Going back at the command line` {
  private func project() async throws -> TemporaryRoot {
    let root = try await TemporaryRoot(project: "demo")
    try await root.text("add-task", "first")
    try await root.text("add-task", "second", "--dep", "T001", "--owner", "jun")
    try await root.text("done", "T001")
    try await root.text("task", "update", "T002", "--name", "이름")
    return root
  }

  private func tasks(_ root: TemporaryRoot) async throws -> JSONValue {
    try #require(try await root.data("task", "list")["tasks"])
  }

  @Test func `rollback puts the tasks back as they were, and can be rolled back`() async throws {
    let root = try await project()
    let before = try await tasks(root)
    let preview = try await root.data("rollback", "--to", "2", "--dry-run")
    #expect(preview["dry_run"] == true && preview["changed"] == false && preview["tasks_removed"] == ["T002"])
    #expect(try await tasks(root) == before)
    let said = try await root.text("rollback", "--to", "2")
    #expect(said.contains("put the tasks back as they were after event 2, revision 6"), "\(said)")
    #expect(
      try await root.data("task", "list")["tasks"]?.array?.compactMap { $0["status"]?.string } == ["todo"]
    )
    try await root.text("rollback", "--to", "5")
    #expect(try await tasks(root) == before)
    #expect(try await root.text("rollback", "--to", "5").contains("already"))
    let events = try await root.data("history", "--event", "rollback")["events"]?.array ?? []
    #expect(events.compactMap { $0["detail"]?["after"]?["to"]?.int } == [2, 5])
    #expect(try await root.text("history").contains("to event 2: T001 T002"))
  }

  @Test func `wrong use says what is right`() async throws {
    let root = try await project()
    let files = try root.folder.bytes("projects/demo/workflow.json")
    try await root.expectFailure(["rollback", "--to", "99"], exit: 66, "history.event_not_found")
    try await root.expectFailure(["rollback", "--to", "0"], exit: 64, "argument.invalid")
    try await root.expectFailure(["rollback"], exit: 64, "argument.invalid")
    try await root.expectFailure(
      ["rollback", "--to", "2", "--if-revision", "3"],
      exit: 75,
      "revision.conflict"
    )
    try await root.expectFailure(["restore", "nothing.json"], exit: 66, "file.not_found")
    try await root.expectFailure(["restore", "--list", "x"], exit: 64, "argument.invalid")
    try await root.expectFailure(["history", "--since", "yesterday"], exit: 64, "argument.invalid")
    try await root.expectFailure(["history", "--limit", "0"], exit: 64, "argument.invalid")
    #expect(try root.folder.bytes("projects/demo/workflow.json") == files)
  }

  @Test func `restore takes a backup, the newest that differs, or any file`() async throws {
    let root = try await project()
    let list = try await root.data("restore", "--list")["backups"]?.array ?? []
    #expect(list.compactMap { $0["revision"]?.int } == [4, 3, 2, 1])
    try await root.text("restore")
    #expect(try await root.data("task", "show", "T002")["name"] == "second")
    try await root.text("restore", "workflow-000001.json")
    #expect(try await tasks(root) == [])
    try root.folder.write(
      #"{"project":"x","tasks":[{"id":"A","name":"a","status":"doing"}]}"#,
      to: "mine.json"
    )
    let said = try await root.text("restore", "./mine.json")
    #expect(said.contains("./mine.json") && said.contains("back:    A"), "\(said)")
    try root.folder.write(
      #"{"project":"x","tasks":[{"id":"A","name":"a","status":"done?"}]}"#,
      to: "bad.json"
    )
    let error = try await root.expectFailure(["restore", "./bad.json"], exit: 65, "workflow.invalid")
    #expect(error["message"]?.string?.hasPrefix("./bad.json line 1") == true)
  }

  @Test func `history is filtered by time, kind and number`() async throws {
    let root = try await project()
    #expect(try await root.data("history", "--since", "1h")["events"]?.array?.count == 5)
    #expect(try await root.data("history", "--since", "2999-01-01")["events"] == [])
    let updates =
      try await root.data("history", "--event", "update_task", "--limit", "1")["events"]?.array ?? []
    #expect(updates.compactMap { $0["seq"]?.int } == [5])
    let later = try await root.data("history", "--after", "3")["events"]?.array ?? []
    #expect(later.compactMap { $0["seq"]?.int } == [4, 5])
  }

  @Test func `a broken plan stays in use as it was, and is put back with a copy`() async throws {
    let root = try await project()
    let good = try await tasks(root)
    let broken = try root.folder.text("projects/demo/workflow.json") + "oops"
    try root.folder.write(broken, to: "projects/demo/workflow.json")
    for command in [["task", "list"], ["status"], ["context", "--query", "q"]] {
      let outcome = try await root.flowctl(command).expect(0)
      #expect(outcome.errors.contains("workflow.json line"), "\(outcome)")
      #expect(outcome.errors.contains("revision 5, stays in use"), "\(outcome)")
      #expect(try await root.flowctl(command + ["--quiet"]).expect(0).errors == "")
    }
    #expect(try await tasks(root) == good)
    try await root.expectFailure(["add-task", "third"], exit: 65, "json.invalid")
    #expect(try root.folder.text("projects/demo/workflow.json") == broken)
    let said = try await root.text("restore")
    #expect(said.contains("kept in backups"), "\(said)")
    #expect(try await tasks(root) == good)
    #expect(try await root.text("doctor").contains("all files are sound"))
  }
}
