import FlowCore
import RandomSupport
import Testing

@Suite struct `Removal of tasks` {
  private func ids(_ text: String) throws -> [TaskID] {
    try text.split(separator: " ").map { try TaskID(String($0)) }
  }

  @Test(arguments: [
    ("a b c", "b", "b", "a c"), ("a b<a c", "b", "b", "a c"), ("a b<a c", "b a", "a b", "c"),
    ("a b c", "c a c", "a c", "b"), ("a", "", "", "a"),
  ]) func `takes away what was named, in the plan's order`(
    tasks: String,
    named: String,
    removed: String,
    left: String
  ) throws {
    for cascade in [false, true] {
      var plan = try workflow(tasks)
      #expect(try plan.remove(ids(named), cascade: cascade).names == removed)
      #expect(plan.tasks.names == left)
      try plan.validate()
    }
  }

  @Test(arguments: [
    ("a b<a", "a", "a", "b"), ("a b:done<a c<b", "a", "a", "b"), ("a b c<a,b d<b", "b a", "a b", "c d"),
    ("a b<a c<b", "a c", "a", "b"),
  ]) func `is refused while others need it, and nothing changes`(
    tasks: String,
    named: String,
    needed: String,
    by: String
  ) throws {
    var plan = try workflow(tasks)
    let before = plan
    let named = try ids(named)
    let error = try #require(throws: FlowError.self) { try plan.remove(named, cascade: false) }
    #expect(error.code == .taskNeeded)
    #expect(error.context == ["tasks": needed, "needed_by": by])
    for id in by.split(separator: " ") { #expect(error.message.contains(id)) }
    #expect(plan == before)
  }

  @Test(arguments: [
    ("a b<a c<b d", "a", "a b c", "d"), ("c<b b<a a", "a", "c b a", ""),
    ("a b<a c<a d<b,c e", "b", "b d", "a c e"),
  ]) func `takes those that need it as well with cascade`(
    tasks: String,
    named: String,
    removed: String,
    left: String
  ) throws {
    var plan = try workflow(tasks)
    #expect(try plan.remove(ids(named), cascade: true).names == removed)
    #expect(plan.tasks.names == left)
    try plan.validate()
  }

  @Test func `of one that is not there removes nothing`() throws {
    for named in ["x", "a x"] {
      var plan = try workflow("a b")
      let ids = try ids(named)
      let error = try #require(throws: FlowError.self) { try plan.remove(ids, cascade: true) }
      #expect(error.code == .taskNotFound)
      #expect(plan.tasks.names == "a b")
    }
  }

  @Test(arguments: 1...4 as ClosedRange<UInt64>)
  func `random plans stay whole`(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    for _ in 0..<50 {
      let count = Int.random(in: 1...25, using: &random)
      let tasks = random.tasks(count: count, dependencies: 0...2)
      var plan = Workflow(project: try ProjectName("p"), created: nil, tasks: tasks)
      let named = tasks.shuffled(using: &random).prefix(2).map(\.id)
      var expected = Set(named)
      while let more = tasks.first(where: { task in
        !expected.contains(task.id) && task.deps.contains(where: expected.contains)
      }) { expected.insert(more.id) }
      let removed = try plan.remove(named, cascade: true)
      #expect(removed == tasks.filter { expected.contains($0.id) }, "seed \(seed)")
      #expect(plan.tasks == tasks.filter { !expected.contains($0.id) }, "seed \(seed)")
      try plan.validate()
    }
  }

  @Test func `of a chain of 100,000 tasks overflows no stack`() throws {
    let tasks = (0..<100_000).map { number in
      FlowTask(id: TaskID(number: number), name: "l", deps: number > 0 ? [TaskID(number: number - 1)] : [])
    }
    var plan = Workflow(project: try ProjectName("p"), created: nil, tasks: tasks)
    #expect(try plan.remove([TaskID(number: 1)], cascade: true).count == 99_999)
    #expect(plan.tasks.count == 1)
  }
}

@Suite struct `Random task id` {
  @Test func `is ten characters of Crockford's base 32 behind T-`() throws {
    var random = SeededRandom(seed: 1)
    var seen: Set<TaskID> = []
    var letters: Set<Character> = []
    for _ in 0..<2000 {
      let id = TaskID(randomWith: &random)
      #expect(id.rawValue.wholeMatch(of: /T-[0-9a-hjkmnp-tv-z]{10}/) != nil, "\(id)")
      #expect(try TaskID(id.rawValue) == id)
      #expect(id.number == nil)
      #expect(seen.insert(id).inserted)
      letters.formUnion(id.rawValue.dropFirst(2))
    }
    #expect(letters.count == 32)
  }

  @Test func `is drawn from the generator`() {
    var (one, same, other) = (SeededRandom(seed: 5), SeededRandom(seed: 5), SeededRandom(seed: 6))
    let id = TaskID(randomWith: &one)
    #expect(TaskID(randomWith: &same) == id)
    #expect(TaskID(randomWith: &other) != id)
  }
}

@Suite struct `Places of tasks` {
  @Test func `are told in the order of the ids`() throws {
    let plan = try workflow("a b c d")
    #expect(try plan.indices(of: []) == [])
    #expect(try plan.indices(of: [TaskID("c")]) == [2])
    #expect(try plan.indices(of: [TaskID("d"), TaskID("a"), TaskID("d")]) == [3, 0, 3])
    for ids in [["x"], ["a", "x"]] {
      let error = try #require(throws: FlowError.self) { try plan.indices(of: ids.map { try TaskID($0) }) }
      #expect(error.code == .taskNotFound)
    }
  }
}
