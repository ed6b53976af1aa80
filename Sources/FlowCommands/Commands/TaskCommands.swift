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
  @Option(
    help: ArgumentHelp(
      "Its id; default: the next of T001, T002, …",
      discussion: "With auto, one such as T-4k2m9qx0hv, which two branches of a plan do not both make."
    )
  )
  var id: String?
  @Option(
    name: .customLong("dep"),
    help: "A task that must be done before; may be repeated.",
    completion: .tasks
  )
  var deps: [String] = []
  @Option(help: "Its status: \(TaskStatus.allCases.map(\.rawValue).joined(separator: ", ")).") var status:
    TaskStatus = .todo
  @OptionGroup var carried: TaskMetaOptions
  @OptionGroup var expected: RevisionOption
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    var new = NewTask(name: name, status: status, deps: try deps.taskIDs(), meta: try carried.object())
    new.drawsID = id == "auto"
    if let id, !new.drawsID { new.id = try TaskID(id) }
    let receipt = try await global.currentProject().apply(.add(new), if: expected.plan())
    global.print("task", receipt.taskJSON(), text: receipt.tasks.map { "\($0.id)\n" }.joined())
  }
}

struct TaskCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "task",
    abstract: "List, show, change, claim and remove tasks.",
    discussion: "Example: flowctl task list --ready",
    subcommands: [
      TaskListCommand.self, TaskShowCommand.self, TaskUpdateCommand.self, TaskNextCommand.self,
      TaskClaimCommand.self, TaskRemoveCommand.self,
    ]
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
      TaskReceipt(tasks: tasks, workflow: workflow).json(),
      text: tasks.isEmpty ? "" : TaskTable(graph: graph).text(tasks)
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
    text += "status     \(task.status.rawValue)\(graph.isReady(task) ? ", ready" : "")"
    text += task.leaseUntil.map { ", claimed until \($0)" } ?? ""
    text +=
      "\ndepends on \(task.deps.isEmpty ? "nothing" : task.deps.map(\.rawValue).joined(separator: " "))\n"
    if !waiting.isEmpty { text += "waits for  \(waiting.joined(separator: " "))\n" }
    if !needed.isEmpty { text += "needed by  \(needed.joined(separator: " "))\n" }
    for (key, value) in task.meta where key != FlowTask.leaseKey || task.leaseUntil == nil {
      text +=
        "\(key.excerpt(limit: 60)): \((value.string ?? value.serialized(.compact)).excerpt(limit: 1000))\n"
    }
    global.print("task", TaskReceipt(tasks: [task], workflow: workflow).taskJSON(), text: text)
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
  @OptionGroup var expected: RevisionOption
  @OptionGroup var expectedRev: TaskRevOption
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    try expectedRev.check(ids)
    if name != nil && ids.count > 1 { throw ValidationError("--name goes with one task only") }
  }

  func run() async throws {
    var change = TaskChange(name: name, status: status)
    change.addedDeps = try addDep.taskIDs()
    change.removedDeps = try rmDep.taskIDs()
    change.meta = try carried.object()
    try await TaskOutcome.update(ids, change, if: expected.plan(at: expectedRev), global)
  }
}
