import ArgumentParser
import FlowCore
import FlowProjects

struct AddTaskCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add-task",
    abstract: "Add a task; prints its id.",
    discussion: "Example: flowctl add-task \"데이터 정제\" --dep T001 --owner jun --tag csv"
  )
  @Argument(help: "What is to be done, in one line.") var name: String
  @Option(help: "Its id; default: the next of T001, T002, …") var id: String?
  @Option(
    name: .customLong("dep"),
    help: "A task that must be done before; may be repeated.",
    completion: .tasks
  )
  var deps: [String] = []
  @Option(help: "Its status: \(TaskStatus.allCases.map(\.rawValue).joined(separator: ", ")).") var status:
    TaskStatus = .todo
  @OptionGroup var carried: TaskMetaOptions
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    var new = NewTask(name: name, status: status, deps: try deps.taskIDs(), meta: try carried.object())
    if let id { new.id = try TaskID(id) }
    let project = try await global.currentProject()
    let task = try await project.addTask(new)
    let graph = TaskGraph(try await project.workflow().tasks)
    global.print("task", task.json(in: graph), text: "\(task.id)\n")
  }
}

struct TaskCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "task",
    abstract: "List, show and change tasks.",
    discussion: "Example: flowctl task list --ready",
    subcommands: [TaskListCommand.self, TaskShowCommand.self, TaskUpdateCommand.self]
  )
}

struct TaskListCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List the tasks.",
    discussion: "Example: flowctl task list --ready"
  )
  @Option(help: "Only tasks with this status.") var status: TaskStatus?
  @Flag(help: "Only tasks that can be started now.") var ready = false
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let workflow = try await global.currentProject().workflow()
    let graph = TaskGraph(workflow.tasks)
    let tasks = workflow.tasks.filter { task in
      (status == nil || task.status == status) && (!ready || graph.isReady(task))
    }
    global.print(
      "tasks",
      [
        "revision": .number(JSONNumber(workflow.revision)), "tasks": .array(tasks.map { $0.json(in: graph) }),
      ],
      text: tasks.isEmpty ? "" : TaskTable.text(tasks, in: graph)
    )
    if tasks.isEmpty { global.remark("no such tasks") }
  }
}

struct TaskShowCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show all of a task.",
    discussion: "Example: flowctl task show T003"
  )
  @Argument(help: "The task's id.", completion: .tasks) var id: String
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let workflow = try await global.currentProject().workflow()
    let graph = TaskGraph(workflow.tasks)
    let task = workflow.tasks[try workflow.index(of: TaskID(id))]
    let needed = workflow.tasks.filter { $0.deps.contains(task.id) }.map(\.id.rawValue)
    let waiting = graph.unfinishedDependencies(of: task).map(\.rawValue)
    var text = "\(task.id) \(task.name.excerpt(limit: 1000))\n"
    text += "status     \(task.status.rawValue)\(graph.isReady(task) ? ", ready" : "")\n"
    text += "depends on \(task.deps.isEmpty ? "nothing" : task.deps.map(\.rawValue).joined(separator: " "))\n"
    if !waiting.isEmpty { text += "waits for  \(waiting.joined(separator: " "))\n" }
    if !needed.isEmpty { text += "needed by  \(needed.joined(separator: " "))\n" }
    for (key, value) in task.meta {
      text +=
        "\(key.excerpt(limit: 60)): \((value.string ?? value.serialized(.compact)).excerpt(limit: 1000))\n"
    }
    global.print("task", task.json(in: graph), text: text)
  }
}

struct TaskUpdateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "update",
    abstract: "Change tasks, all or none.",
    discussion: "Example: flowctl task update T002 T003 --status doing --owner mina"
  )
  @Argument(help: "The tasks' ids.", completion: .tasks) var ids: [String]
  @Option(parsing: .unconditional, help: "A new name, for one task.") var name: String?
  @Option(help: "A new status.") var status: TaskStatus?
  @Option(help: "A task that must be done before; may be repeated.", completion: .tasks) var addDep:
    [String] = []
  @Option(help: "A dependency to take away; may be repeated.", completion: .tasks) var rmDep: [String] = []
  @OptionGroup var carried: TaskMetaOptions
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    if name != nil && ids.count > 1 { throw ValidationError("--name goes with one task only") }
  }

  func run() async throws {
    var change = TaskChange(name: name, status: status)
    change.addedDeps = try addDep.taskIDs()
    change.removedDeps = try rmDep.taskIDs()
    change.meta = try carried.object()
    try await TaskOutcome.update(ids, change, global)
  }
}

/// What the short forms and `task update` share.
enum TaskOutcome {
  static func update(_ ids: [String], _ change: TaskChange, _ global: GlobalOptions) async throws {
    let project = try await global.currentProject()
    let tasks = try await project.updateTasks(ids.taskIDs(), change)
    let graph = TaskGraph(try await project.workflow().tasks)
    global.print(
      "tasks",
      ["tasks": .array(tasks.map { $0.json(in: graph) })],
      text: tasks.map { "\($0.id) \($0.status.rawValue): \($0.name.excerpt(limit: 200))\n" }.joined()
    )
    for task in tasks where task.status == .doing {
      let waiting = graph.unfinishedDependencies(of: task).map(\.rawValue)
      if !waiting.isEmpty { global.remark("\(task.id) still waits for \(waiting.joined(separator: ", "))") }
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
  @OptionGroup var global: GlobalOptions

  func run() async throws { try await TaskOutcome.update(ids, TaskChange(status: .doing), global) }
}

struct DoneCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "done",
    abstract: "Set tasks to done.",
    discussion: "Example: flowctl done T003"
  )
  @Argument(help: "The tasks' ids.", completion: .tasks) var ids: [String]
  @OptionGroup var global: GlobalOptions

  func run() async throws { try await TaskOutcome.update(ids, TaskChange(status: .done), global) }
}

struct BlockCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "block",
    abstract: "Set tasks to blocked.",
    discussion: "Example: flowctl block T003 --reason \"the certificate has expired\""
  )
  @Argument(help: "The tasks' ids.", completion: .tasks) var ids: [String]
  @Option(parsing: .unconditional, help: "What blocks them; prompts show it.") var reason: String?
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    var change = TaskChange(status: .blocked)
    if let reason { change.meta = ["reason": .string(reason)] }
    try await TaskOutcome.update(ids, change, global)
  }
}

struct ReopenCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reopen",
    abstract: "Set tasks back to todo.",
    discussion: "Example: flowctl reopen T003"
  )
  @Argument(help: "The tasks' ids.", completion: .tasks) var ids: [String]
  @OptionGroup var global: GlobalOptions

  func run() async throws { try await TaskOutcome.update(ids, TaskChange(status: .todo), global) }
}
