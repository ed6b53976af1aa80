import FlowCore
import RandomSupport

/// A change of any kind, drawn before it is known what it will meet.
struct RandomEdit {
  private let kind: Int
  private let numbers: [Int]
  private static let texts = [
    "", "이름", "\"quoted\" \\ \u{7F}\n", "## ", "e\u{301}", "\u{E9}", "🙂", "\u{2028}",
  ]

  init(_ generator: inout SeededRandom) {
    kind = Int.random(in: 0..<9, using: &generator)
    numbers = (0..<4).map { _ in Int.random(in: 0..<1000, using: &generator) }
  }

  func apply(to workflow: inout Workflow) {
    let count = workflow.tasks.count
    let task = count == 0 ? 0 : numbers[0] % count
    let text = Self.texts[numbers[1] % Self.texts.count]
    switch kind {
    case 1 where count > 0: workflow.tasks[task].name = text
    case 2 where count > 0: workflow.tasks[task].status = TaskStatus.allCases[numbers[1] % 4]
    case 3 where count > 0:
      workflow.tasks[task].meta[text] = numbers[2] % 3 == 0 ? nil : .number(JSONNumber(numbers[2]))
    case 4 where count > 0: workflow.tasks[task].unknown[text] = .string(text)
    case 5 where count > 0:
      let removed = workflow.tasks.remove(at: task).id
      for index in workflow.tasks.indices { workflow.tasks[index].deps.removeAll { $0 == removed } }
    case 6 where count > 1: workflow.tasks.swapAt(task, numbers[1] % count)
    case 7:
      workflow.unknown[text] = numbers[2] % 2 == 0 ? nil : ["a": .number(JSONNumber(numbers[2]))]
      if numbers[3] % 4 == 0 { workflow.created = Timestamp(milliseconds: Int64(numbers[3])) }
    case 8 where count > 1 && task > 0:
      // Only to tasks that this one cannot be needed by, so that there is no cycle.
      workflow.tasks[task].deps = workflow.tasks[..<task].filter(\.deps.isEmpty).map(\.id)
        .filter { id in !workflow.tasks.contains { $0.deps.contains(workflow.tasks[task].id) && $0.id == id }
        }
    default:
      // Also ids that were removed before.
      let id = TaskID(number: numbers[2] % 12)
      guard !workflow.tasks.contains(where: { $0.id == id }) else { return }
      let position = numbers[3] % 3 == 0 ? numbers[3] % (count + 1) : count
      workflow.tasks.insert(FlowTask(id: id, name: text, rev: 1 + numbers[3] % 3), at: position)
    }
  }
}
