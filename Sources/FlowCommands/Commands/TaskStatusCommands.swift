import ArgumentParser
import FlowCore
import FlowProjects

/// What the short forms and `task update` share.
enum TaskOutcome {
  static func update(
    _ ids: [String],
    _ change: TaskChange,
    if expected: PlanExpectation,
    _ global: GlobalOptions
  ) async throws {
    let edit = TaskEdit.update(try ids.taskIDs(), change)
    let receipt = try await global.currentProject().apply(edit, if: expected)
    global.print(
      "tasks",
      receipt.json(),
      text: receipt.tasks.map { "\($0.id) \($0.status.rawValue): \($0.name.excerpt(limit: 200))\n" }.joined()
    )
    let graph = TaskGraph(receipt.workflow.tasks)
    for task in receipt.tasks where task.status == .doing {
      let waiting = graph.unfinishedDependencies(of: task).map(\.rawValue)
      if !waiting.isEmpty { global.remark("\(task.id) still waits for \(waiting.listed(limit: 8))") }
    }
  }
}

struct StartCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "start",
    abstract: "Set tasks to doing.",
    discussion: "Example: flowctl start T003"
  )
  @Argument(help: "The tasks' ids.", completion: .tasks) var ids: [String]
  @OptionGroup var expected: RevisionOption
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    try await TaskOutcome.update(ids, TaskChange(status: .doing), if: expected.plan(), global)
  }
}

struct DoneCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "done",
    abstract: "Set tasks to done.",
    discussion: "Example: flowctl done T003"
  )
  @Argument(help: "The tasks' ids.", completion: .tasks) var ids: [String]
  @OptionGroup var expected: RevisionOption
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    try await TaskOutcome.update(ids, TaskChange(status: .done), if: expected.plan(), global)
  }
}

struct BlockCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "block",
    abstract: "Set tasks to blocked.",
    discussion: "Example: flowctl block T003 --reason \"the certificate has expired\""
  )
  @Argument(help: "The tasks' ids.", completion: .tasks) var ids: [String]
  @Option(parsing: .unconditional, help: "What blocks them; prompts show it.") var reason: String?
  @OptionGroup var expected: RevisionOption
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    var change = TaskChange(status: .blocked)
    if let reason { change.meta = ["reason": .string(reason)] }
    try await TaskOutcome.update(ids, change, if: expected.plan(), global)
  }
}

struct ReopenCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reopen",
    abstract: "Set tasks back to todo.",
    discussion: "Example: flowctl reopen T003"
  )
  @Argument(help: "The tasks' ids.", completion: .tasks) var ids: [String]
  @OptionGroup var expected: RevisionOption
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    try await TaskOutcome.update(ids, TaskChange(status: .todo), if: expected.plan(), global)
  }
}
