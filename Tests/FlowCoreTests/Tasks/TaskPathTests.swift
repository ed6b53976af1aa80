import FlowCore
import RandomSupport
import Testing

@Suite struct `Critical path` {
  @Test(arguments: [
    ("", ""), ("a", "a"), ("a:done", ""), ("a b", "a"), ("a b<a c<b", "a b c"), ("c<b b<a a", "a b c"),
    // What is done is no longer in the way.
    ("a:done b<a c<b", "b c"), ("a b:done<a c<b", "a"), ("a:doing b:blocked<a", "a b"),
    // Of several the one that stands earlier, at the first task that differs.
    ("a b c<a d<b", "a c"), ("a c<b b d<a", "a d"), ("a x<a y<a", "a x"), ("a y<a x<a", "a y"),
    // A cycle, and what is behind it, is in none.
    ("a<a b<a", ""), ("a<b b<a c<a d", "d"), ("d e<d a<b,e b<a", "d e"), ("a<gone b<a", "a b"),
  ]) func `the longest chain of unfinished tasks, that of older tasks first`(tasks: String, path: String)
    throws
  {
    let graph = TaskGraph(try plan(tasks))
    #expect(graph.criticalPath().names == path)
  }

  @Test(arguments: 1...6 as ClosedRange<UInt64>)
  func `random plans: it is the first of all the longest chains`(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    for _ in 0..<60 {
      let count = Int.random(in: 0...12, using: &random)
      let tasks = random.tasks(count: count, dependencies: 0...2, done: 0.2)
      let open = tasks.indices.filter { tasks[$0].status != .done }
      var chains = open.map { [$0] }
      var longest: [Int] = []
      while let best = chains.min(by: { $0.lexicographicallyPrecedes($1) }) {
        longest = best
        chains = chains.flatMap { chain in
          open.filter { tasks[$0].deps.contains(tasks[chain[chain.count - 1]].id) }.map { chain + [$0] }
        }
      }
      #expect(TaskGraph(tasks).criticalPath() == longest.map { tasks[$0] }, "seed \(seed)")
    }
  }

  @Test func `a chain of 100,000 tasks overflows no stack`() {
    let count = 100_000
    let tasks = (0..<count).map { number in
      FlowTask(
        id: TaskID(number: number),
        name: "link",
        deps: number + 1 < count ? [TaskID(number: number + 1)] : []
      )
    }
    let graph = TaskGraph(tasks)
    #expect(graph.criticalPath().map(\.id) == tasks.map(\.id).reversed())
    #expect(graph.levels().count == count)
  }
}

@Suite struct `Levels of a plan` {
  @Test(arguments: [
    ("", ""), ("a b", "a b"), ("a<b b", "b|a"), ("c<b b<a a d", "a d|b|c"), ("c<a,b b<a a", "a|b|c"),
    ("a:done b<a", "a|b"), ("a<gone b<a", "a|b"), ("a<a b", "b|a"), ("a<b b<a c<a", "a b c"),
    ("a b<a,a c", "a c|b"),
  ]) func `a task is one level below the last of those that it needs`(tasks: String, levels: String) throws {
    let graph = TaskGraph(try plan(tasks))
    #expect(graph.levels().map(\.names).joined(separator: "|") == levels)
  }

  @Test(arguments: 1...4 as ClosedRange<UInt64>)
  func `random plans: every task stands once, behind all that it needs`(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    for _ in 0..<50 {
      let count = Int.random(in: 0...30, using: &random)
      let tasks = random.tasks(count: count, dependencies: 0...3)
      let levels = TaskGraph(tasks).levels()
      var level: [TaskID: Int] = [:]
      for (number, tasks) in levels.enumerated() {
        for task in tasks { #expect(level.updateValue(number, forKey: task.id) == nil, "seed \(seed)") }
      }
      #expect(level.count == count, "seed \(seed)")
      for task in tasks {
        #expect(level[task.id] == 1 + (task.deps.map { level[$0]! }.max() ?? -1), "seed \(seed)")
      }
    }
  }
}

@Suite struct `State of a task` {
  @Test(arguments: zip(["a", "a<b b", "a:doing", "a:done", "a:blocked"], TaskStateTable.states))
  func `is its status, and whether it can be started`(tasks: String, state: TaskState) throws {
    let tasks = try plan(tasks)
    #expect(TaskGraph(tasks).state(of: tasks[0]) == state)
  }
}

private enum TaskStateTable {
  static let states: [TaskState] = [.ready, .waiting, .doing, .done, .blocked]
}
