import FlowCore
import FlowProjects
import FlowTestSupport
import Testing

@Suite(.timeLimit(.minutes(15))) struct `Claims of a project` {
  private let folder: ProjectsFolder
  private let clock = ManualClock("2026-11-22T12:00:00Z")
  private let project: FlowProject

  init() async throws {
    folder = try ProjectsFolder()
    var config = FlowConfig()
    config.leaseSeconds = 60
    config.lockTimeoutSeconds = 60
    project = try await folder.workspace(config, clock: clock).newProject(ProjectName("p"))
  }

  private func add(_ names: String...) async throws {
    for name in names { _ = try await project.addTask(NewTask(name: name)) }
  }

  private func kinds() async throws -> [String] {
    try await project.history(limit: 100).map(\.event.rawValue)
  }

  private func workflowFile() throws -> String { try folder.text("projects/p/workflow.json") }

  @Test func `without more words are the user's, with the lease that is configured`() async throws {
    try await add("a")
    let task = try await project.claimTask()
    #expect(task.owner == "tester")
    #expect(task.leaseUntil == clock.now().advanced(seconds: 60))
    #expect(try await kinds().last == "claim_task")
  }

  @Test func `a hundred claimers at once get eight tasks once each`() async throws {
    try await add("a", "b", "c", "d", "e", "f", "g", "h")
    // Stores of their own, as processes have them, and one name for all.
    let projects = try await (0..<4).asyncMap { _ in
      try await folder.workspace(project.config, clock: clock).loadProject(project.name)
    }
    let outcomes = await withTaskGroup(of: Result<TaskID, FlowError>.self) { group in
      for number in 0..<100 {
        group.addTask {
          do throws(FlowError) {
            return .success(try await projects[number % 4].claimTask(owner: "same").id)
          } catch {
            return .failure(error)
          }
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    let taken = outcomes.compactMap { try? $0.get() }
    #expect(taken.sorted() == (1...8).map { TaskID(number: $0) })
    for case .failure(let error) in outcomes { #expect(error.code == .noReadyTask) }
    #expect(try await project.workflow().tasks.allSatisfy { $0.status == .doing && $0.owner == "same" })
    #expect(try await kinds().count { $0 == "claim_task" } == 8)
  }

  @Test func `one task goes to one of those who name it`() async throws {
    try await add("a")
    let id = TaskID(number: 1)
    let codes = await withTaskGroup(of: FlowError.Code?.self) { group in
      for number in 0..<20 {
        group.addTask { [project] in
          do throws(FlowError) {
            _ = try await project.claimTask(id, owner: "claimer \(number)")
            return nil
          } catch {
            return error.code
          }
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(codes.count { $0 == nil } == 1)
    #expect(codes.count { $0 == .taskClaimed } == 19)
  }

  @Test func `readers see an expired one as free, and write nothing`() async throws {
    try await add("a", "b")
    _ = try await project.claimTask()
    let (before, seen) = (try workflowFile(), try await project.workflow())
    clock.advance(seconds: 59)
    #expect(try await project.workflow() == seen)
    clock.advance(seconds: 1)
    let plan = try await project.workflow()
    #expect(plan.tasks.map(\.status) == [.todo, .todo])
    #expect(plan.tasks[0].meta.isEmpty && plan.revision == seen.revision)
    #expect(try await project.status().workflow == plan)
    let prompt = try await project.memoryRetrieve(ContextRequest(query: "what next?", budget: 2000)).text
    #expect(prompt.contains("- T001 ready: a\n"))
    #expect(try workflowFile() == before)
  }

  @Test func `a prompt of another time judges leases by that time`() async throws {
    try await add("a")
    _ = try await project.claimTask()
    for (now, state) in [(clock.now(), "doing"), (clock.now().advanced(seconds: 60), "ready")] {
      let request = ContextRequest(query: "what next?", budget: 2000, now: now)
      #expect(try await project.memoryRetrieve(request).text.contains("- T001 \(state): a"))
    }
  }

  @Test func `the next change records the expiry first, as an event of its own`() async throws {
    try await add("a", "b", "c")
    _ = try await project.claimTask(leaseSeconds: 10)
    _ = try await project.claimTask(leaseSeconds: 10)
    _ = try await project.claimTask(leaseSeconds: 90)
    clock.advance(seconds: 30)
    _ = try await project.addTask(NewTask(name: "d"))
    #expect(try await kinds().suffix(3) == ["claim_task", "expire_lease", "add_task"])
    let expiry = try #require(try await project.history(limit: 2).first)
    #expect(expiry.detail["after"]?["tasks"]?.array?.count == 2)
    #expect(try await project.workflow().tasks.map(\.status) == [.todo, .todo, .doing, .todo])
    // Once recorded it is no news.
    _ = try await project.addTask(NewTask(name: "e"))
    #expect(try await kinds().count { $0 == "expire_lease" } == 1)
  }

  @Test func `an expired one can be claimed again, by id and as the next`() async throws {
    try await add("a")
    let first = try await project.claimTask(owner: "one")
    clock.advance(seconds: 60)
    #expect(try await project.claimTask(owner: "two").owner == "two")
    clock.advance(seconds: 60)
    #expect(try await project.claimTask(first.id, owner: "three").owner == "three")
    #expect(
      try await kinds().suffix(5)
        == ["claim_task", "expire_lease", "claim_task", "expire_lease", "claim_task"]
    )
  }

  @Test func `each kind of change finds an expired one free`() async throws {
    let id = TaskID(number: 1)
    let edits: [(TaskEdit, String)] = [
      (.update([id], TaskChange(status: .doing)), "update_task"),
      (.remove([id], cascade: false), "remove_task"),
      (.claim(try project.claim(id)), "claim_task"),
    ]
    for (edit, kind) in edits {
      let project = try await folder.workspace(project.config, clock: clock).newProject(ProjectName(kind))
      _ = try await project.addTask(NewTask(name: "a"))
      _ = try await project.claimTask(owner: "before")
      clock.advance(seconds: 60)
      let receipt = try await project.apply(edit)
      #expect(receipt.tasks[0].owner == (kind == "claim_task" ? "tester" : nil))
      #expect(try await project.history(limit: 2).map(\.event.rawValue) == ["expire_lease", kind])
    }
  }

  @Test func `an expiry in between is no conflict for who saw the plan with it`() async throws {
    try await add("a", "b")
    _ = try await project.claimTask()
    clock.advance(seconds: 60)
    let seen = try await project.workflow()
    let id = TaskID(number: 1)
    let receipt = try await project.apply(
      .update([id], TaskChange(name: "c")),
      if: PlanExpectation(revision: seen.revision, rev: seen.tasks[0].rev)
    )
    #expect(receipt.tasks[0].name == "c")
    #expect(receipt.workflow.revision == seen.revision + 2)
    // The other way round it is one.
    let error = try await flowError(.revisionConflict) {
      try await project.apply(
        .update([id], TaskChange(name: "d")),
        if: PlanExpectation(rev: seen.tasks[0].rev)
      )
    }
    #expect(error.context["rev"] == "\(seen.tasks[0].rev + 2)")
  }

  @Test func `nor is one where an earlier state was brought back, so that revs leap`() async throws {
    try await add("a")
    _ = try await project.claimTask(leaseSeconds: 120)
    for name in ["b", "c"] { _ = try await project.updateTasks([TaskID(number: 1)], TaskChange(name: name)) }
    _ = try await project.rollback(to: 3)
    clock.advance(seconds: 120)
    let seen = try await project.workflow()
    #expect(seen.tasks.map(\.name) == ["a"] && seen.tasks.map(\.rev) == [2])
    let receipt = try await project.apply(
      .update([TaskID(number: 1)], TaskChange(name: "d")),
      if: PlanExpectation(revision: seen.revision, rev: 2)
    )
    #expect(receipt.tasks[0].rev > 3)
  }

  @Test func `a conflict with an older plan records no expiry`() async throws {
    try await add("a")
    _ = try await project.claimTask()
    clock.advance(seconds: 60)
    let before = try workflowFile()
    _ = try await flowError(.revisionConflict) {
      try await project.apply(.add(NewTask(name: "b")), if: PlanExpectation(revision: 1))
    }
    #expect(try workflowFile() == before)
  }

  @Test func `the owner renews, as long as it is held`() async throws {
    try await add("a")
    let id = try await project.claimTask(owner: "one").id
    clock.advance(seconds: 50)
    let renewed = try await project.apply(.renew(id, project.claim(owner: "one")))
    #expect(renewed.tasks[0].leaseUntil == clock.now().advanced(seconds: 60))
    clock.advance(seconds: 50)
    _ = try await flowError(.taskNotHeld) {
      try await project.apply(.renew(id, project.claim(owner: "two")))
    }
    clock.advance(seconds: 10)
    _ = try await flowError(.taskNotHeld) {
      try await project.apply(.renew(id, project.claim(owner: "one")))
    }
    #expect(try await kinds().suffix(2) == ["claim_task", "expire_lease"])
  }

  @Test(arguments: [TaskStatus.todo, .done, .blocked])
  func `putting the task down ends the lease`(status: TaskStatus) async throws {
    try await add("a")
    let id = try await project.claimTask().id
    let task = try await project.updateTasks([id], TaskChange(status: status))[0]
    #expect(task.meta[FlowTask.leaseKey] == nil)
    #expect(task.owner == "tester")
    clock.advance(seconds: 60)
    _ = try await project.addTask(NewTask(name: "b"))
    #expect(!(try await kinds().contains("expire_lease")))
    // Taken up again by hand, it has no end.
    #expect(try await project.updateTasks([id], TaskChange(status: .doing))[0].leaseUntil == nil)
  }

  @Test func `a person may do anything with a claimed task`() async throws {
    try await add("a")
    let id = try await project.claimTask().id
    var change = TaskChange(name: "b", status: .doing)
    change.meta = ["owner": "mina"]
    let task = try await project.updateTasks([id], change)[0]
    #expect(task.name == "b" && task.owner == "mina")
    // It goes on being done, so the lease goes on too.
    #expect(task.leaseUntil == clock.now().advanced(seconds: 60))
    #expect(try await project.removeTasks([id]).map(\.id) == [id])
  }

  @Test func `a lease of a hand-edited plan counts`() async throws {
    try folder.overwrite(
      """
      {"project":"p","tasks":[{"id":"T001","name":"a","status":"doing",
      "meta":{"owner":"x","lease_until":"2026-11-22T12:00:30+00:00"}}]}
      """,
      in: "projects/p/workflow.json"
    )
    _ = try await flowError(.taskClaimed) { try await project.claimTask(TaskID(number: 1)) }
    clock.advance(seconds: 30)
    #expect(try await project.claimTask().owner == "tester")
    #expect(try await kinds() == ["create_project", "external_edit", "expire_lease", "claim_task"])
  }
}

extension Sequence {
  fileprivate func asyncMap<Value>(_ transform: (Element) async throws -> Value) async rethrows -> [Value] {
    var values: [Value] = []
    for element in self { values.append(try await transform(element)) }
    return values
  }
}
