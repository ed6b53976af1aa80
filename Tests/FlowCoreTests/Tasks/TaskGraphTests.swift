import FlowCore
import Testing
import RandomSupport

@Suite struct `Task graph` {
  @Test(arguments: [
    ("a b c", "a b c"), ("a<b b", "b"), ("a<b b:done", "a"), ("a<b b:doing", ""), ("a<b b:blocked", ""),
    ("a<b,c b:done c", "c"), ("a:doing b:blocked c:done d", "d"), ("a<gone b", "b"), ("", ""),
    ("c<a,b a:done b:done", "c"), ("a<a", ""),
  ]) func `a task is ready once all that it needs is done`(tasks: String, ready: String) throws {
    let graph = TaskGraph(try plan(tasks))
    #expect(graph.ready.map(\.id.rawValue).joined(separator: " ") == ready)
  }

  @Test func `what a task waits for is told in the order of its dependencies`() throws {
    let tasks = try plan("a<d,b,c,gone b:done c:blocked d")
    #expect(TaskGraph(tasks).unfinishedDependencies(of: tasks[0]).map(\.rawValue) == ["d", "c", "gone"])
    let (known, unknown) = (try TaskID("c"), try TaskID("gone"))
    #expect(TaskGraph(tasks).task(known)?.status == .blocked)
    #expect(TaskGraph(tasks).task(unknown) == nil)
  }

  @Test(arguments: [
    ("a<a", "a a"), ("a<b b<a", "a b a"), ("a<b b<c c<d d<b", "b c d b"), ("x a<b,c b c<a", "a c a"),
    ("a:done<b b:done<a", "a b a"),
  ]) func `a cycle is found and spelled out`(tasks: String, cycle: String) throws {
    let graph = TaskGraph(try plan(tasks))
    #expect(graph.cycle()?.map(\.rawValue).joined(separator: " ") == cycle)
  }

  @Test(arguments: ["", "a", "a<b b", "a<b,c b<d c<d d", "a<gone", "a<b,b b"])
  func `where there is none, none is found`(tasks: String) throws {
    let graph = TaskGraph(try plan(tasks))
    #expect(graph.cycle() == nil)
  }

  @Test func `a chain of 100,000 tasks overflows no stack, and its closing is found`() {
    let count = 100_000
    var tasks = (0..<count).map { number in
      FlowTask(
        id: TaskID(number: number),
        name: "link",
        deps: number + 1 < count ? [TaskID(number: number + 1)] : []
      )
    }
    #expect(TaskGraph(tasks).cycle() == nil)
    #expect(TaskGraph(tasks).ready.map(\.id) == [TaskID(number: count - 1)])
    tasks[count - 1].deps = [TaskID(number: 0)]
    let cycle = TaskGraph(tasks).cycle()
    #expect(cycle?.count == count + 1)
    #expect(cycle?.first == cycle?.last)
  }

  @Test(arguments: 1...6 as ClosedRange<UInt64>)
  func `random graphs: a cycle is told exactly where there is no order`(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    for _ in 0..<200 {
      let count = Int.random(in: 1...9, using: &random)
      let tasks = (0..<count).map { number in
        let deps = (0..<Int.random(in: 0...2, using: &random)).map { _ in
          TaskID(number: Int.random(in: 0..<count, using: &random))
        }
        let status = TaskStatus.allCases.randomElement(using: &random)!
        return FlowTask(id: TaskID(number: number), name: "t", status: status, deps: deps)
      }
      let graph = TaskGraph(tasks)
      // Kahn's way: take away what needs nothing that is left, until nothing moves.
      var left = tasks
      while let index = left.firstIndex(where: { task in
        !left.contains { task.deps.contains($0.id) }
      }) { left.remove(at: index) }
      let cycle = graph.cycle()
      #expect((cycle == nil) == left.isEmpty, "seed \(seed), \(tasks.map(\.deps))")
      if let cycle {
        #expect(cycle.first == cycle.last && cycle.count >= 2, "seed \(seed)")
        #expect(Set(cycle).count == cycle.count - 1, "seed \(seed)")
        for (from, to) in zip(cycle, cycle.dropFirst()) {
          #expect(graph.task(from)?.deps.contains(to) == true, "seed \(seed)")
        }
      }
      for task in tasks {
        let isReady =
          task.status == .todo
          && task.deps.allSatisfy { id in tasks.contains { $0.id == id && $0.status == .done } }
        #expect(graph.isReady(task) == isReady, "seed \(seed)")
      }
    }
  }
}

@Suite struct `Plan` {
  private func workflow(_ text: String) throws -> Workflow {
    Workflow(project: try ProjectName("p"), created: nil, tasks: try plan(text))
  }

  @Test(arguments: ["", "a", "a<b b", "a:done<b b:blocked"]) func `a sound plan is valid`(tasks: String)
    throws
  {
    try workflow(tasks).validate()
  }

  @Test(arguments: [
    ("a b a", FlowError.Code.invalidWorkflow, "'a'"),
    ("a<gone", .unknownDependency, "'gone'"),
    ("a<b b<c c<a", .taskCycle, "a -> b -> c -> a"),
    ("a<a", .taskCycle, "a -> a"),
  ]) func `a broken one is refused by name`(tasks: String, code: FlowError.Code, names: String) throws {
    let plan = try workflow(tasks)
    let error = try #require(throws: FlowError.self) { try plan.validate() }
    #expect(error.code == code)
    #expect(error.message.contains(names), "\(error.message)")
  }

  @Test(arguments: [
    ("", "T001"), ("T001", "T002"), ("T001 T003", "T004"), ("x own-id", "T001"), ("T7 T0010", "T011"),
    ("T1200", "T1201"), ("T9223372036854775807 T002", "T003"), ("T-7", "T001"),
  ]) func `the next id is one that no task has`(tasks: String, next: String) throws {
    let plan = try workflow(tasks)
    #expect(plan.nextTaskID.rawValue == next)
    #expect(!plan.tasks.contains { $0.id == plan.nextTaskID })
  }

  @Test func `a task that is not there is named`() throws {
    let plan = try workflow("a b")
    let second = try TaskID("b")
    #expect(try plan.index(of: second) == 1)
    let missing = try TaskID("c")
    let error = try #require(throws: FlowError.self) { try plan.index(of: missing) }
    #expect(error.code == .taskNotFound && error.message.contains("'c'"))
  }

  @Test func `owner, tags and priority come from meta, whatever stands there`() throws {
    let id = try TaskID("a")
    let full = FlowTask(id: id, name: "a", meta: ["owner": "jun", "tags": ["x", 1, "y"], "priority": 3])
    #expect(full.owner == "jun" && full.tags == ["x", "y"] && full.priority == 3)
    let odd = FlowTask(id: id, name: "a", meta: ["owner": 1, "tags": "x", "priority": "high"])
    #expect(odd.owner == nil && odd.tags.isEmpty && odd.priority == 0)
  }

  @Test func `a result counts until it expires, and not from then on`() {
    let start = Timestamp(milliseconds: 1000)
    let lasting = CachedResult(key: "k", value: "v", created: start)
    let brief = CachedResult(key: "k", value: "v", created: start, expires: start.advanced(seconds: 1))
    #expect(lasting.isFresh(at: Timestamp.range.upperBound))
    #expect(brief.isFresh(at: Timestamp(milliseconds: 1999)))
    #expect(!brief.isFresh(at: Timestamp(milliseconds: 2000)))
  }
}
