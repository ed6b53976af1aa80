import FlowCore
import RandomSupport
import Testing

@Suite struct `Next task` {
  @Test(arguments: [
    ("a b c", "a b c"),
    ("a b^1 c^-1", "b a c"),
    ("a b c<b", "b a"),
    // Priority beats what is unblocked, which beats age.
    ("a^1 b c<b", "a b"),
    ("a b c<a d<b e<d", "b a"),
    // Who waits directly and through another counts once; what is done waits for nothing.
    ("a b c<a d<a,c x<b y<b z<b", "b a"),
    ("a b c:done<a d<c e<b", "b a d"),
    ("a b c:blocked<b", "b a"),
    ("a:doing b:done c:blocked", ""),
    ("a<gone b", "b"),
    // The same dependency twice is one.
    ("a b c<b,b d<a e<a", "a b"),
  ]) func `higher priority goes first, then what unblocks more, then what is older`(
    tasks: String,
    order: String
  ) throws {
    let graph = TaskGraph(try plan(tasks))
    #expect(graph.next(.max).map(\.task).names == order)
    #expect(graph.ready.names == order)
    #expect(graph.readyCount == graph.ready.count)
    for limit in 0...4 {
      #expect(graph.next(limit) == Array(graph.next(.max).prefix(limit)), "limit \(limit)")
    }
  }

  @Test func `what a task unblocks is told, each task once`() throws {
    let graph = TaskGraph(try plan("a b c<a d<a,c e:blocked<d f:done<d g<f"))
    #expect(graph.next(9).map(\.unblocks) == [3, 0, 0])
  }

  @Test(arguments: ["a<a b<a c", "c a<b b<a d<c"])
  func `a cycle neither hangs nor counts`(tasks: String) throws {
    let graph = TaskGraph(try plan(tasks))
    #expect(graph.next(9).map(\.task).names == "c")
    #expect(graph.next(9).map(\.unblocks) == [tasks.hasPrefix("c") ? 1 : 0])
  }

  @Test(arguments: 1...8 as ClosedRange<UInt64>)
  func `random plans: the order is that of its definition`(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    for _ in 0..<40 {
      let count = Int.random(in: 1...40, using: &random)
      let tasks = random.tasks(count: count, dependencies: 0...3)
      let graph = TaskGraph(tasks)
      let expected = tasks.enumerated().filter { graph.isReady($0.element) }
        .map { (task: $0.element, unblocks: waiting(for: $0.element, in: tasks), place: $0.offset) }
        .sorted { ($0.task.priority, $0.unblocks, -$0.place) > ($1.task.priority, $1.unblocks, -$1.place) }
        .map { ReadyTask(task: $0.task, unblocks: $0.unblocks) }
      #expect(graph.next(.max) == expected, "seed \(seed)")
      let limit = Int.random(in: 1...5, using: &random)
      #expect(graph.next(limit) == Array(expected.prefix(limit)), "seed \(seed)")
    }
  }

  /// More than 64 ready tasks with others behind them, so that several passes are needed.
  @Test(arguments: 1...3 as ClosedRange<UInt64>)
  func `counts are right for more sources than a word has bits`(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let sources = Int.random(in: 130...200, using: &random)
    var tasks = (0..<sources).map { FlowTask(id: TaskID(number: $0), name: "source") }
    for number in sources..<sources + 150 {
      let deps = (0..<3).map { _ in TaskID(number: Int.random(in: 0..<number, using: &random)) }
      tasks.append(FlowTask(id: TaskID(number: number), name: "sink", deps: deps))
    }
    let next = TaskGraph(tasks).next(.max)
    #expect(next.count == sources)
    for ready in next { #expect(ready.unblocks == waiting(for: ready.task, in: tasks), "seed \(seed)") }
  }

  @Test func `a chain of 100,000 tasks is counted`() {
    let count = 100_000
    let tasks = (0..<count).map { number in
      FlowTask(id: TaskID(number: number), name: "l", deps: number > 0 ? [TaskID(number: number - 1)] : [])
    }
    #expect(TaskGraph(tasks).next(1).map(\.unblocks) == [count - 1])
  }

  /// By repeating until nothing changes.
  private func waiting(for task: FlowTask, in tasks: [FlowTask]) -> Int {
    var waiting: Set<TaskID> = [task.id]
    while true {
      let more = tasks.filter { other in
        other.status != .done && !waiting.contains(other.id) && other.deps.contains(where: waiting.contains)
      }
      if more.isEmpty { return waiting.count - 1 }
      waiting.formUnion(more.map(\.id))
    }
  }
}
