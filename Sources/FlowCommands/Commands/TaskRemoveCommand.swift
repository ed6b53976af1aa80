import ArgumentParser
import FlowCore
import FlowProjects

struct TaskRemoveCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rm",
    abstract: "Remove tasks, all or none; exit 75 if others need them.",
    discussion: """
      Steps and results that name a removed task stay. Example: flowctl task rm T004 --cascade --dry-run
      """
  )
  @Argument(help: "The tasks' ids.", completion: .tasks) var ids: [String]
  @Flag(help: "Remove also the tasks that need them, directly or through others.") var cascade = false
  @Flag(help: "Say what would be removed, and remove nothing.") var dryRun = false
  @OptionGroup var expected: RevisionOption
  @OptionGroup var expectedRev: TaskRevOption
  @OptionGroup var global: GlobalOptions

  func validate() throws { try expectedRev.check(ids) }

  func run() async throws {
    let edit = TaskEdit.remove(try ids.taskIDs(), cascade: cascade)
    let seen = expected.plan(at: expectedRev)
    let project = try await global.currentProject()
    let receipt =
      dryRun
      ? try await project.preview(edit, if: seen)
      : try await project.apply(edit, if: seen)
    global.print(
      "tasks",
      [
        "revision": .number(JSONNumber(receipt.workflow.revision)),
        "removed": .array(receipt.tasks.map { .string($0.id.rawValue) }),
        "dry_run": .bool(dryRun),
      ],
      text: receipt.tasks.map { task in
        "\(dryRun ? "would remove" : "removed") \(task.id): \(task.name.excerpt(limit: 200))\n"
      }.joined()
    )
  }
}
