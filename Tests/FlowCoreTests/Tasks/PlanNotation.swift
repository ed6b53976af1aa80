import FlowCore
import RandomSupport
import Testing

/// `plan("a<b,c b:done^2 c")`: tasks by name, what they need behind `<`, their status behind `:`, their priority
/// behind `^`.
func plan(_ text: String) throws -> [FlowTask] {
  try text.split(separator: " ").map { part in
    let halves = part.split(separator: "<", maxSplits: 1)
    let priority = halves[0].split(separator: "^")
    let head = priority[0].split(separator: ":")
    let deps = halves.count > 1 ? halves[1].split(separator: ",").map(String.init) : []
    return FlowTask(
      id: try TaskID(String(head[0])),
      name: String(head[0]),
      status: head.count > 1 ? try #require(TaskStatus(rawValue: String(head[1]))) : .todo,
      deps: try deps.map { try TaskID($0) },
      meta: priority.count > 1 ? ["priority": .number(JSONNumber(try #require(Int(priority[1]))))] : [:]
    )
  }
}

/// The same as a workflow of the project p.
func workflow(_ text: String) throws -> Workflow {
  Workflow(project: try ProjectName("p"), created: nil, revision: 7, tasks: try plan(text))
}

extension [FlowTask] {
  var names: String { map(\.id.rawValue).joined(separator: " ") }
}

extension SeededRandom {
  /// A plan without cycles, its tasks in any order.
  mutating func tasks(count: Int, dependencies: ClosedRange<Int>, done: Double = 0.3) -> [FlowTask] {
    var order = Array(0..<count)
    order.shuffle(using: &self)
    return (0..<count).map { number in
      let earlier = (0..<count).filter { order[$0] < order[number] }
      let deps = (0..<Int.random(in: dependencies, using: &self)).compactMap { _ in
        earlier.randomElement(using: &self).map { TaskID(number: $0) }
      }
      let isDone = Double.random(in: 0..<1, using: &self) < done
      return FlowTask(
        id: TaskID(number: number),
        name: "task \(number)",
        status: isDone ? .done : [.todo, .todo, .todo, .doing, .blocked].randomElement(using: &self)!,
        deps: deps,
        meta: Bool.random(using: &self)
          ? ["priority": .number(JSONNumber(Int.random(in: -1...2, using: &self)))] : [:]
      )
    }
  }
}
