import FlowCore
import Glibc
import RandomSupport
import Testing

@testable import FlowStore

@Suite struct `Counted ids` {
  @discardableResult
  private func addCounted(_ fixture: WorkflowFixture) async throws -> TaskID {
    let workflow = try await fixture.store.change(user: "jun") { workflow in
      workflow.tasks.append(FlowTask(id: workflow.nextTaskID, name: "a task"))
      return .addTask
    }
    return try #require(workflow.tasks.last?.id)
  }

  private func remove(_ id: TaskID, _ fixture: WorkflowFixture) async throws {
    _ = try await fixture.store.change(user: "jun") { workflow in
      workflow.tasks.removeAll { $0.id == id }
      return .removeTask
    }
  }

  @Test func `the id of the newest task is not given again once it is removed`() async throws {
    let fixture = try WorkflowFixture()
    _ = try await fixture.store.create(user: "jun")
    for _ in 1...3 { try await addCounted(fixture) }
    try await remove(try TaskID("T003"), fixture)
    #expect(try await fixture.store.load().lastTask == 3)
    #expect(try fixture.folder.text("workflow.json").contains("\"last_task\": 3"))
    try await remove(try TaskID("T002"), fixture)
    #expect(try await addCounted(fixture).rawValue == "T004")
    // Where a later one stands, the file need not say it.
    #expect(try !fixture.folder.text("workflow.json").contains("last_task"))
    for id in ["T001", "T004"] { try await remove(try TaskID(id), fixture) }
    #expect(try await addCounted(fixture).rawValue == "T005")
  }

  @Test(arguments: 21...32 as ClosedRange<UInt64>)
  func `no id is given twice, whatever happens to plan and files`(seed: UInt64) async throws {
    var random = SeededRandom(seed: seed)
    let fixture = try WorkflowFixture()
    _ = try await fixture.store.create(user: "jun")
    var given: Set<TaskID> = []
    for round in 0..<60 {
      let plan = try await fixture.store.load()
      let newest = plan.tasks.map(\.id).max()
      switch Int.random(in: 0..<8, using: &random) {
      case 0, 1, 2:
        #expect(given.insert(try await addCounted(fixture)).inserted, "seed \(seed), round \(round)")
      case 3, 4:
        if let newest { try await remove(newest, fixture) }
      case 5:
        let count = try await fixture.history().count
        let then = try await fixture.store.plan(after: Int.random(in: 1...count, using: &random))
        _ = try await fixture.store.change(user: "jun") { plan in
          plan.tasks = then.tasks
          return .rollback
        }
      case 6:
        // Someone removes the newest task with an editor, and the key with it.
        var edited = plan
        edited.tasks.removeAll { $0.id == newest }
        var value = try #require(fixture.codec.value(of: edited).object)
        value["last_task"] = nil
        try fixture.folder.write(JSONValue.object(value).serialized(.pretty), to: "workflow.json")
      default:
        // A crash before the file was written, or the file is lost.
        if try await fixture.history().last?.event != .externalEdit {
          unlink(fixture.folder("workflow.json"))
        }
      }
      let state = try await fixture.store.load()
      #expect(!given.contains(state.nextTaskID), "seed \(seed), round \(round)")
    }
    let events = try await fixture.history()
    #expect(try HistoryReplay(codec: fixture.codec).workflow(after: events).highestTask >= given.count)
    #expect(await fixture.store.findings().allSatisfy { !$0.isError })
  }

  @Test func `merged branches count on from both`() throws {
    let project = try ProjectName("demo")
    func plan(_ ids: String..., last: Int = 0) throws -> Workflow {
      var plan = Workflow(project: project, created: nil, revision: 1)
      plan.tasks = try ids.map { FlowTask(id: try TaskID($0), name: "\($0) of \(last)") }
      plan.noteGiven(taskNumber: last)
      return plan
    }
    let base = try plan("T001")
    let merged = PlanMerge(base: base, ours: try plan("T001", last: 7), theirs: try plan("T001", last: 4))
      .merged()
    #expect(merged.workflow.lastTask == 7 && merged.workflow.nextTaskID.rawValue == "T008")
    let twins = PlanMerge(
      base: base,
      ours: try plan("T001", "T002", last: 9),
      theirs: try plan("T001", "T002", last: 5)
    )
    .merged()
    #expect(twins.renamed.map(\.to.rawValue) == ["T010"])
    #expect(twins.workflow.nextTaskID.rawValue == "T011" && twins.workflow.lastTask == 0)
  }

  @Test(arguments: ["-1", "1.5", "\"7\"", "1000000000000000", "[]"])
  func `what cannot be a number of tasks is refused with its place`(value: String) throws {
    let codec = WorkflowCodec(project: try ProjectName("demo"))
    let text = #"{"project":"demo","last_task":\#(value),"tasks":[]}"#
    let error = #expect(throws: FlowError.self) { try codec.decode(Array(text.utf8)) }
    #expect(error?.code == .invalidWorkflow && error?.message.contains("last_task") == true)
  }

  @Test(arguments: [("null", 0), ("0", 0), ("2", 0), ("3", 3), ("999999999999999", 999_999_999_999_999)])
  func `a number that a task has, or none, says nothing`(value: String, last: Int) throws {
    let codec = WorkflowCodec(project: try ProjectName("demo"))
    let text = #"{"project":"demo","last_task":\#(value),"tasks":[{"id":"T002","name":"x","status":"todo"}]}"#
    let workflow = try codec.decode(Array(text.utf8))
    #expect(workflow.lastTask == last && workflow.unknown.isEmpty)
    #expect(try codec.decode(try codec.render(workflow)) == workflow)
  }
}
