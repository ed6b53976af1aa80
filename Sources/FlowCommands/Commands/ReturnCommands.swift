import ArgumentParser
import FlowCore
import FlowProjects

struct RollbackCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rollback",
    abstract: "Put the tasks back as they were after an event of the history.",
    discussion: """
      A rollback is an event too: it can be rolled back. Steps, summaries and results stay as they are. Examples:
        flowctl history
        flowctl rollback --to 41 --dry-run
        flowctl rollback --to 41
      """
  )
  @Option(help: ArgumentHelp("The event's number; `flowctl history` lists them.", valueName: "seq")) var to:
    Int
  @Flag(help: "Say what would change, and change nothing.") var dryRun = false
  @Option(help: ArgumentHelp("Only if the plan is at this revision.", valueName: "n")) var ifRevision: Int?
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    if to < 1 { throw ValidationError("--to must be at least 1") }
  }

  func run() async throws {
    let project = try await global.currentProject()
    let outcome =
      dryRun
      ? try await project.rollbackPreview(to: to) : try await project.rollback(to: to, expecting: ifRevision)
    outcome.report("rollback", to: "as they were after event \(to)", dryRun: dryRun, global)
  }
}

struct RestoreCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "restore",
    abstract: "Put the tasks back as a backup has them.",
    discussion: """
      Flow keeps the newest workflow.json files in backups/. Examples:
        flowctl restore --list
        flowctl restore --dry-run
        flowctl restore workflow-000007.json
        flowctl restore ./plan-from-last-week.json
      """
  )
  @Argument(
    help: "A backup's name, or a path with a slash in it; default: the newest one with other tasks.",
    completion: .backups
  )
  var file: String?
  @Flag(help: "List the backups, newest first.") var list = false
  @Flag(help: "Say what would change, and change nothing.") var dryRun = false
  @Option(help: ArgumentHelp("Only if the plan is at this revision.", valueName: "n")) var ifRevision: Int?
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    if list, file != nil { throw ValidationError("--list takes no file") }
  }

  func run() async throws {
    let project = try await global.currentProject()
    if list { return try await printBackups(of: project) }
    let outcome =
      dryRun
      ? try await project.restorePreview(file) : try await project.restore(file, expecting: ifRevision)
    let source = outcome.file.map { "as \($0.excerpt(limit: 200)) has them" } ?? "as the history tells"
    outcome.report("restore", to: source, dryRun: dryRun, global)
  }

  private func printBackups(of project: FlowProject) async throws {
    let backups = try await project.backups()
    let rows = backups.map { [$0.name, String($0.revision), $0.written.description, String($0.bytes)] }
    global.print(
      "backups",
      [
        "backups": .array(
          backups.map { backup in
            [
              "name": .string(backup.name), "revision": .number(JSONNumber(backup.revision)),
              "written": .string(backup.written.description), "bytes": .number(JSONNumber(backup.bytes)),
            ]
          }
        )
      ],
      text: rows.isEmpty ? "" : TextTable(header: ["NAME", "REVISION", "WRITTEN", "BYTES"], rows: rows).text
    )
    if rows.isEmpty { global.remark("no backups yet; the second change of the plan makes the first one") }
  }
}

extension PlanReturn {
  /// Says what came back, what went, and what is as it once was.
  fileprivate func report(_ kind: String, to state: String, dryRun: Bool, _ global: GlobalOptions) {
    func ids(_ tasks: [FlowTask]) -> JSONValue { .array(tasks.map { .string($0.id.rawValue) }) }
    func line(_ verb: String, _ tasks: [FlowTask]) -> String {
      guard !tasks.isEmpty else { return "" }
      let shown = tasks.prefix(12).map(\.id.rawValue).joined(separator: " ")
      return "  \(verb) \(shown)\(tasks.count > 12 ? " and \(tasks.count - 12) more" : "")\n"
    }
    let kept =
      replacesBrokenFile && !dryRun
      ? "workflow.json is whole again; the broken one is kept in backups/kept-workflow-…\n" : ""
    let heading =
      isEmpty
      ? "the tasks are \(state) already\n"
      : "\(dryRun ? "would put" : "put") the tasks back \(state)\(dryRun ? "" : ", revision \(after.revision)")\n"
    global.print(
      kind,
      [
        "revision": .number(JSONNumber(dryRun ? before.revision : after.revision)),
        "changed": .bool(!isEmpty && !dryRun), "dry_run": .bool(dryRun),
        "file": file.map(JSONValue.string) ?? .null,
        "replaced_broken_file": .bool(replacesBrokenFile && !dryRun),
        "tasks_returned": ids(returned), "tasks_removed": ids(removed), "tasks_changed": ids(changed),
      ],
      text: kept + heading + line("back:   ", returned) + line("gone:   ", removed)
        + line("changed:", changed)
    )
  }
}
