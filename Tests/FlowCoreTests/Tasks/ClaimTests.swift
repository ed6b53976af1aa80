import FlowCore
import RandomSupport
import Testing

@Suite struct `Claim of a task` {
  private let now = Timestamp(iso8601: "2026-11-22T12:00:00Z")!

  private func claim(_ id: String? = nil, by owner: String = "a", lease: Int = 600) throws -> TaskClaim {
    try TaskClaim(task: id.map { try TaskID($0) }, owner: owner, leaseSeconds: lease)
  }

  private func refusal(_ plan: inout Workflow, _ claim: TaskClaim) throws -> FlowError {
    let before = plan
    let error = try #require(throws: FlowError.self) { try plan.claim(claim, at: now) }
    #expect(plan == before)
    return error
  }

  @Test func `a ready task is doing then, with owner and lease`() throws {
    var plan = try workflow("a b")
    #expect(try plan.claim(claim("b"), at: now).rawValue == "b")
    #expect(plan.tasks[0].status == .todo)
    #expect(plan.tasks[1].status == .doing)
    #expect(plan.tasks[1].owner == "a")
    #expect(plan.tasks[1].meta[FlowTask.leaseKey] == "2026-11-22T12:10:00Z")
    #expect(plan.tasks[1].leaseUntil == now.advanced(seconds: 600))
  }

  @Test func `without an id it is the next one`() throws {
    var plan = try workflow("a b^3 c^3 d<c")
    let taken = try (1...3).map { _ in try plan.claim(claim(), at: now).rawValue }
    #expect(taken == ["c", "b", "a"])
    #expect(try refusal(&plan, claim()).code == .noReadyTask)
  }

  @Test func `without a lease it has no end, and none is left of an older one`() throws {
    var plan = try workflow("a")
    plan.tasks[0].meta[FlowTask.leaseKey] = "2020-01-01T00:00:00Z"
    _ = try plan.claim(claim(lease: 0), at: now)
    #expect(plan.tasks[0].meta == ["owner": "a"])
    #expect(!plan.hasExpiredLeases(at: Timestamp.range.upperBound))
  }

  @Test func `one that is being done is refused, also to its owner`() throws {
    var plan = try workflow("a b:doing")
    _ = try plan.claim(claim("a"), at: now)
    for owner in ["a", "b"] {
      let error = try refusal(&plan, claim("a", by: owner))
      #expect(error.code == .taskClaimed)
      #expect(error.message == "task a is doing, claimed by 'a' until 2026-11-22T12:10:00Z")
      #expect(
        error.context == [
          "task": "a", "status": "doing", "owner": "a", "lease_until": "2026-11-22T12:10:00Z",
        ]
      )
    }
    let unnamed = try refusal(&plan, claim("b"))
    #expect(unnamed.message == "task b is doing")
    #expect(unnamed.context == ["task": "b", "status": "doing"])
  }

  @Test(arguments: [
    ("a<b,c b c:doing d:done", "a", "it waits for b, c", "b c"), ("a:done", "a", "it is done", ""),
    ("a:blocked", "a", "it is blocked", ""),
    ("a:blocked<b b", "a", "it is blocked, and it waits for b", "b"),
  ]) func `one that is not ready is refused, with what it waits for`(
    tasks: String,
    id: String,
    reason: String,
    waits: String
  ) throws {
    var plan = try workflow(tasks)
    let error = try refusal(&plan, claim(id))
    #expect(error.code == .taskNotReady)
    #expect(error.message == "task \(id) is not ready: \(reason)")
    #expect(error.context["waits_for"] == waits)
  }

  @Test func `a blocked one says by what`() throws {
    var plan = try workflow("a:blocked")
    plan.tasks[0].meta["reason"] = "the certificate"
    #expect(
      try refusal(&plan, claim("a")).message == "task a is not ready: it is blocked by 'the certificate'"
    )
  }

  @Test func `one that is not there is not found`() throws {
    var plan = try workflow("a")
    #expect(try refusal(&plan, claim("x")).code == .taskNotFound)
  }

  @Test(arguments: [
    ("", "there are no tasks"), ("a:done b:done", "all 2 are done"), ("a:doing", "1 doing"),
    ("a:doing b:blocked c<a d<c e:done", "1 doing, 1 blocked, 2 waiting"),
  ]) func `where none is ready, the rest is counted`(tasks: String, reason: String) throws {
    var plan = try workflow(tasks)
    let error = try refusal(&plan, claim())
    #expect(error.code == .noReadyTask)
    #expect(error.message == "no task is ready: \(reason)")
    #expect(error.context.keys.sorted() == ["blocked", "doing", "done", "waiting"])
    #expect(error.context.values.compactMap { Int($0) }.reduce(0, +) == plan.tasks.count)
  }

  @Test(arguments: ["", " ", "two\nlines", "\u{1B}[31m", String(repeating: "x", count: 201)])
  func `an owner is a line of text`(owner: String) throws {
    let error = try #require(throws: FlowError.self) { try claim(by: owner) }
    #expect(error.code == .invalidArgument)
  }

  @Test func `a lease has at most a year`() throws {
    for lease in [-1, 31_536_001, Int.max, Int.min] {
      let error = try #require(throws: FlowError.self) { try claim(lease: lease) }
      #expect(error.code == .invalidArgument)
    }
    #expect(try claim(lease: 31_536_000).leaseSeconds == 31_536_000)
  }
}

@Suite struct `Lease` {
  private let now = Timestamp(iso8601: "2026-11-22T12:00:00Z")!

  private func claimed(_ tasks: String, _ claims: [(id: String, lease: Int)]) throws -> Workflow {
    var plan = try workflow(tasks)
    for (id, lease) in claims {
      _ = try plan.claim(TaskClaim(task: TaskID(id), owner: "a", leaseSeconds: lease), at: now)
    }
    return plan
  }

  @Test func `frees its task when it has run out, and not a millisecond before`() throws {
    let plan = try claimed("a b c d", [("b", 10), ("c", 11), ("d", 0)])
    let end = now.advanced(seconds: 10)
    let before = plan.freeingExpiredLeases(at: Timestamp(milliseconds: end.milliseconds - 1))
    #expect(before.freed.isEmpty && before.workflow == plan)
    #expect(!plan.hasExpiredLeases(at: Timestamp(milliseconds: end.milliseconds - 1)))
    #expect(plan.hasExpiredLeases(at: end))
    let (after, freed) = plan.freeingExpiredLeases(at: end)
    #expect(freed.map(\.rawValue) == ["b"])
    #expect(after.tasks.map(\.status) == [.todo, .todo, .doing, .doing])
    #expect(after.tasks[1].meta.isEmpty)
    #expect(after.tasks[2] == plan.tasks[2])
    #expect(after.revision == plan.revision)
    #expect(after.freeingExpiredLeases(at: end).freed.isEmpty)
    #expect(plan.freeingExpiredLeases(at: now.advanced(seconds: 60)).freed.map(\.rawValue) == ["b", "c"])
  }

  @Test func `keeps what else the task holds`() throws {
    var plan = try claimed("a^4", [("a", 1)])
    plan.tasks[0].meta["tags"] = ["x"]
    let task = plan.freeingExpiredLeases(at: now.advanced(seconds: 1)).workflow.tasks[0]
    #expect(task.meta == ["priority": 4, "tags": ["x"]])
  }

  @Test(arguments: ["soon", "2026-11-22", ""])
  func `that a person wrote counts as a time, or not at all`(text: String) throws {
    var plan = try workflow("a:doing")
    plan.tasks[0].meta[FlowTask.leaseKey] = .string(text)
    #expect(plan.hasExpiredLeases(at: now) == (text == "2026-11-22"))
  }

  @Test(arguments: ["todo", "done", "blocked"])
  func `means nothing on a task that is not being done`(status: String) throws {
    var plan = try workflow("a:\(status)")
    plan.tasks[0].meta[FlowTask.leaseKey] = "2020-01-01T00:00:00Z"
    #expect(plan.tasks[0].leaseUntil == nil)
    #expect(plan.freeingExpiredLeases(at: now).freed.isEmpty)
  }

  @Test func `is renewed by the owner who holds it`() throws {
    var plan = try claimed("a b", [("a", 10)])
    let later = now.advanced(seconds: 5)
    let id = try TaskID("a")
    #expect(try plan.renew(id, TaskClaim(owner: "a", leaseSeconds: 60), at: later) == id)
    #expect(plan.tasks[0].leaseUntil == now.advanced(seconds: 65))
    _ = try plan.renew(id, TaskClaim(owner: "a", leaseSeconds: 0), at: later)
    #expect(plan.tasks[0].leaseUntil == nil && plan.tasks[0].status == .doing)
  }

  @Test func `is renewed by nobody else`() throws {
    var plan = try claimed("a b", [("a", 10)])
    let before = plan
    let other = try #require(throws: FlowError.self) {
      try plan.renew(TaskID("a"), TaskClaim(owner: "b", leaseSeconds: 60), at: now)
    }
    #expect(other.code == .taskNotHeld)
    #expect(
      other.message
        == "task a is doing, claimed by 'a' until 2026-11-22T12:00:10Z, so 'b' has no claim to renew"
    )
    let free = try #require(throws: FlowError.self) {
      try plan.renew(TaskID("b"), TaskClaim(owner: "a", leaseSeconds: 60), at: now)
    }
    #expect(free.code == .taskNotHeld)
    #expect(free.message == "task b is todo, so 'a' has no claim to renew")
    #expect(plan == before)
  }
}
