import ArgumentParser
import FlowCore
import FlowProjects

struct TaskNextCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "next",
    abstract: "Show the task to take next; exit 66 if none is ready.",
    discussion: """
      Of the ready tasks, higher priority goes first, then what unblocks more unfinished tasks, then what is older.
      Example: flowctl task next --limit 5
      """
  )
  @Option(help: "At most so many tasks.") var limit = 1
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    if limit < 1 { throw ValidationError("--limit must be at least 1") }
  }

  func run() async throws {
    let workflow = try await global.currentProject().workflow()
    let graph = TaskGraph(workflow.tasks)
    let next = graph.next(limit)
    guard let first = next.first else { throw graph.noneReady }
    let revision = JSONValue.number(JSONNumber(workflow.revision))
    let rows = next.map { ready in
      [
        ready.task.id.rawValue, String(ready.task.priority), String(ready.unblocks),
        ready.task.name.excerpt(limit: 80), (ready.task.owner ?? "").excerpt(limit: 30),
      ]
    }
    let text = TextTable(header: ["ID", "PRIORITY", "UNBLOCKS", "TASK", "OWNER"], rows: rows).text
    if limit == 1 {
      var members = first.json(in: graph)
      members["revision"] = revision
      global.print("task", .object(members), text: text)
    } else {
      let tasks = JSONValue.array(next.map { .object($0.json(in: graph)) })
      global.print("tasks", ["revision": revision, "tasks": tasks], text: text)
    }
  }
}

struct TaskClaimCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "claim",
    abstract: "Take a ready task, or the next one, so that nobody else can claim it.",
    discussion: """
      The task is doing then. When its lease runs out it is free again. Exits with 75 if it is not to be had, with 66
      if no task is ready. Examples:
        flowctl task claim --owner agent-2 --lease 600
        flowctl task claim T003 --owner agent-2 --renew
      """
  )
  @Argument(help: "The task's id; default: the first that `task next` shows.", completion: .tasks)
  var id: String?
  @Option(parsing: .unconditional, help: "Who takes it; default: the user.") var owner: String?
  @Option(
    help: ArgumentHelp(
      "After how long it is free again; 0 for never. Default: tasks.leaseSeconds.",
      valueName: "seconds"
    )
  )
  var lease: Int?
  @Flag(help: "Let the lease of a task that the owner holds begin anew.") var renew = false
  @OptionGroup var expected: RevisionOption
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    if renew, id == nil { throw ValidationError("--renew needs the task's id") }
  }

  func run() async throws {
    let task: TaskID? = if let id { try TaskID(id) } else { nil }
    let project = try await global.currentProject()
    let claim = try project.claim(task, owner: owner, leaseSeconds: lease)
    let edit: TaskEdit = if renew, let task { .renew(task, claim) } else { .claim(claim) }
    let receipt = try await project.apply(edit, if: expected.plan())
    let text = receipt.tasks.map { task in
      let end = task.leaseUntil.map { " until \($0)" } ?? ""
      return "\(task.id) claimed by \(claim.owner)\(end): \(task.name.excerpt(limit: 200))\n"
    }
    global.print("task", receipt.taskJSON(), text: text.joined())
  }
}
