import FlowCore
import Glibc
import Testing

@testable import FlowStore

@Suite(.timeLimit(.minutes(10))) struct `Workflow file store` {
  @Test func `a new project has its two files`() async throws {
    let fixture = try WorkflowFixture()
    let workflow = try await fixture.store.create(user: "jun")
    #expect(workflow.revision == 1 && workflow.tasks.isEmpty)
    let file = """
      {
        "schema": 1,
        "project": "demo",
        "created": "2024-04-12T08:15:20Z",
        "revision": 1,
        "tasks": []
      }

      """
    #expect(try fixture.folder.text("workflow.json") == file)
    let hash = SHA256.hexDigest(of: file.utf8)
    let history = """
      [
      {"seq":1,"ts":"2024-04-12T08:15:20Z","event":"create_project","user":"jun","revision":1,"sha256":"\(hash)",\
      "detail":{"before":null,"after":{"schema":1,"project":"demo","created":"2024-04-12T08:15:20Z","revision":1,\
      "tasks":[]}}}
      ]

      """
    #expect(try fixture.folder.text("workflow_history.json") == history)
    #expect(try await fixture.store.load() == workflow)
    #expect(await fixture.store.findings() == [])
  }

  @Test func `a folder that has a project is refused, one that has something else is not`() async throws {
    let fixture = try WorkflowFixture()
    try fixture.folder.write("{}", to: "config.json")
    _ = try await fixture.store.create(user: "jun")
    await expectFlowError(.projectExists) { try await fixture.store.create(user: "jun") }
    let byHand = try WorkflowFixture()
    try byHand.folder.write(#"{"project":"demo","tasks":[]}"#, to: "workflow.json")
    await expectFlowError(.projectExists) { try await byHand.store.create(user: "jun") }
  }

  @Test func `what is no project is not found`() async throws {
    let fixture = try WorkflowFixture()
    await expectFlowError(.projectNotFound) { try await fixture.store.load() }
    await expectFlowError(.projectNotFound) { try await fixture.set("T001", .done) }
    let gone = WorkflowFileStore(folder: fixture.folder("none"), project: fixture.project)
    await expectFlowError(.projectNotFound) { try await gone.load() }
    #expect(try await gone.history(limit: 5) == [])
    #expect(await gone.findings().map(\.isError) == [true])
  }

  @Test func `changes count revisions, of the workflow and of the tasks that changed`() async throws {
    let fixture = try WorkflowFixture()
    _ = try await fixture.store.create(user: "jun")
    try await fixture.add("T001")
    try await fixture.add("T002", deps: ["T001"])
    let workflow = try await fixture.set("T001", .done)
    #expect(workflow.revision == 4)
    #expect(workflow.tasks.map(\.rev) == [2, 1])
    #expect(try await fixture.store.load() == workflow)
    let events = try await fixture.history()
    #expect(events.map(\.seq) == [1, 2, 3, 4])
    #expect(events.map(\.revision) == [1, 2, 3, 4])
    #expect(events.map(\.event.rawValue) == ["create_project", "add_task", "add_task", "update_task"])
    #expect(events.last?.sha256 == SHA256.hexDigest(of: try fixture.folder.bytes("workflow.json")))
    let detail = """
      {"before":{"tasks":[{"id":"T001","name":"a task","status":"todo","deps":[],"rev":1,"meta":{}}]},\
      "after":{"tasks":[{"id":"T001","name":"a task","status":"done","deps":[],"rev":2,"meta":{}}]}}
      """
    #expect(events.last?.detail.serialized() == detail)
    #expect(try await fixture.store.history(limit: 2) == Array(events.suffix(2)))
    #expect(try await fixture.store.history(limit: 0) == [])
  }

  @Test func `a change that is none leaves the files alone`() async throws {
    let fixture = try WorkflowFixture()
    _ = try await fixture.store.create(user: "jun")
    let (file, history) = (
      try fixture.folder.text("workflow.json"), try fixture.folder.text("workflow_history.json")
    )
    let workflow = try await fixture.store.change(user: "jun") { workflow in
      workflow.revision = 99
      return nil
    }
    #expect(workflow.revision == 1)
    await expectFlowError(.taskNotFound) { try await fixture.set("T009", .done) }
    await expectFlowError(.taskCycle) { try await fixture.add("T001", deps: ["T001"]) }
    await expectFlowError(.unknownDependency) { try await fixture.add("T001", deps: ["T002"]) }
    #expect(try fixture.folder.text("workflow.json") == file)
    #expect(try fixture.folder.text("workflow_history.json") == history)
  }

  @Test func `a value nested too deep to be read again is refused`() async throws {
    let fixture = try WorkflowFixture()
    _ = try await fixture.store.create(user: "jun")
    let before = try fixture.folder.text("workflow_history.json")
    let deep = (0..<300).reduce(JSONValue.null) { value, _ in .array([value]) }
    let task = FlowTask(id: TaskID(number: 1), name: "deep", meta: ["deep": deep])
    await expectFlowError(.invalidWorkflow) {
      try await fixture.store.change(user: "jun") { workflow in
        workflow.tasks.append(task)
        return .addTask
      }
    }
    #expect(try fixture.folder.text("workflow_history.json") == before)
  }

  @Test func `where workflow.json cannot be written, the history does not keep the change`() async throws {
    let fixture = try WorkflowFixture()
    _ = try await fixture.store.create(user: "jun")
    let before = try fixture.folder.text("workflow_history.json")
    unlink(fixture.folder("workflow.json"))
    let bytes = Array("x".utf8)
    let snapshot = try fixture.files.snapshot()
    try Folder.create(fixture.folder("workflow.json/in-the-way"))
    await expectFlowError(.writeFailed) {
      var next = snapshot.workflow
      next.tasks.append(FlowTask(id: TaskID(number: 1), name: String(decoding: bytes, as: UTF8.self)))
      let change = WorkflowFiles.Change(kind: .addTask, user: "jun", ts: Timestamp(milliseconds: 0))
      return try fixture.files.commit(next, after: snapshot, change)
    }
    #expect(try fixture.folder.text("workflow_history.json") == before)
  }

  @Test func `a named pipe in the place of workflow.json is an error and not a wait`() async throws {
    let fixture = try WorkflowFixture()
    try #require(mkfifo(fixture.folder("workflow.json"), 0o600) == 0)
    await expectFlowError(.readFailed) { try await fixture.store.load() }
    await expectFlowError(.readFailed) { try await fixture.set("T001", .done) }
    #expect(await fixture.store.findings().map(\.isError) == [true])
  }

  @Test func `four stores at once lose no change`() async throws {
    let fixture = try WorkflowFixture()
    _ = try await fixture.store.create(user: "jun")
    try await withThrowingTaskGroup(of: Void.self) { group in
      for writer in 0..<4 {
        group.addTask {
          let store = fixture.store
          for number in 0..<50 {
            let task = FlowTask(id: try TaskID("W\(writer)-\(number)"), name: "a task")
            _ = try await store.change(user: "writer \(writer)") { workflow in
              workflow.tasks.append(task)
              return .addTask
            }
          }
        }
      }
      for _ in 0..<2 {
        group.addTask {
          let store = fixture.store
          var revision = 0
          for _ in 0..<300 {
            let workflow = try await store.load()
            #expect(workflow.revision >= revision && workflow.tasks.count == workflow.revision - 1)
            revision = workflow.revision
          }
        }
      }
      try await group.waitForAll()
    }
    let workflow = try await fixture.store.load()
    #expect(Set(workflow.tasks.map(\.id)).count == 200)
    #expect(workflow.revision == 201)
    let events = try await fixture.history()
    #expect(events.map(\.seq) == Array(1...201))
    #expect(!events.contains { $0.event == .externalEdit })
    #expect(await fixture.store.findings() == [])
  }
}
