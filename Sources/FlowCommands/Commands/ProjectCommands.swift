import ArgumentParser
import FlowCore
import FlowProjects
import Glibc

struct NewCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new",
    abstract: "Make a project and make it the active one.",
    discussion: """
      With a template, it begins with that plan's tasks, all still to be done. Examples:
        flowctl new 대기질
        flowctl new release-2 --template release-1
        flowctl new audit --template ./templates/audit.json
      """
  )
  @Argument(help: "Its name, in any script; also the name of its folder.") var name: String
  @Option(
    help: ArgumentHelp(
      "Take over the tasks of a project, or of a workflow.json.",
      discussion: "What holds a / or ends in .json is a file's path.",
      valueName: "name-or-file"
    ),
    completion: .projects
  )
  var template: String?
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let workspace = try await global.session().workspace
    let project = try await workspace.newProject(ProjectName(name), template: try planTemplate())
    let tasks = try await project.workflow().tasks.count
    global.print(
      "project",
      [
        "name": .string(project.name.rawValue), "folder": .string(project.folder),
        "tasks": .number(JSONNumber(tasks)),
      ],
      text: "made project \(project.name) in \(project.folder)\(tasks == 0 ? "" : " with \(tasks) tasks")\n"
    )
  }

  private func planTemplate() throws(FlowError) -> PlanTemplate? {
    guard let template else { return nil }
    if template.contains("/") || template.hasSuffix(".json") { return .file(template) }
    return .project(try ProjectName(template))
  }
}

struct SwitchCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "switch",
    abstract: "Make a project the active one; the one before is saved first.",
    discussion: "Example: flowctl switch demo"
  )
  @Argument(help: "The project's name.", completion: .projects) var name: String
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let project = try await global.session().workspace.switchProject(ProjectName(name))
    global.print(
      "project",
      ["name": .string(project.name.rawValue), "folder": .string(project.folder)],
      text: "project \(project.name) is active\n"
    )
  }
}

struct LsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ls",
    abstract: "List the projects; the active one is marked.",
    discussion: "Example: flowctl ls --json"
  )
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let workspace = try await global.session().workspace
    let names = try await workspace.listProjects()
    let active = try await workspace.activeName()
    let list = names.map { name -> JSONValue in
      ["name": .string(name.rawValue), "active": .bool(name == active)]
    }
    global.print(
      "projects",
      ["root": .string(workspace.root), "projects": .array(list)],
      text: names.map { "\($0 == active ? "*" : " ") \($0)\n" }.joined()
    )
    if names.isEmpty { global.remark("no projects in \(workspace.root); `flowctl new NAME` makes one") }
  }
}

struct RenameCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rename",
    abstract: "Give a project another name; its folder gets it too.",
    discussion: "Example: flowctl rename demo 대기질"
  )
  @Argument(help: "The project's name.", completion: .projects) var old: String
  @Argument(help: "Its new name, in any script.") var new: String
  @Flag(help: "Say what would be renamed, and rename nothing.") var dryRun = false
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let workspace = try await global.session().workspace
    let newName = try ProjectName(new)
    let oldName = try await workspace.checkRename(ProjectName(old), to: newName)
    if !dryRun { try await workspace.renameProject(oldName, to: newName) }
    let folder = "\(workspace.root)/\(newName)"
    global.print(
      "project",
      [
        "name": .string(newName.rawValue), "folder": .string(folder),
        "old_name": .string(oldName.rawValue), "renamed": .bool(!dryRun),
      ],
      text: "\(dryRun ? "would rename" : "renamed") project \(oldName) to \(newName), in \(folder)\n"
    )
  }
}

struct RmCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rm",
    abstract: "Remove a project and all that it holds.",
    discussion: "Example: flowctl rm demo --dry-run"
  )
  @Argument(help: "The project's name.", completion: .projects) var name: String
  @Flag(help: "Say what would be removed, and remove nothing.") var dryRun = false
  @Flag(help: "Do not ask, also at a terminal.") var yes = false
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let workspace = try await global.session().workspace
    let project = try await workspace.loadProject(ProjectName(name))
    if !dryRun && !yes && ProcessEnvironment.isTerminal(STDIN_FILENO) && !global.json {
      Console.noteInPlace("remove project \(project.name) with all its steps and tasks? [y/N] ")
      guard let answer = readLine(), ["y", "yes"].contains(answer.lowercased()) else {
        Console.note("nothing was removed")
        throw ExitCode(1)
      }
    }
    if !dryRun { try await workspace.removeProject(project.name) }
    let verb = dryRun ? "would remove" : "removed"
    global.print(
      "project",
      ["name": .string(project.name.rawValue), "folder": .string(project.folder), "removed": .bool(!dryRun)],
      text: "\(verb) project \(project.name) in \(project.folder)\n"
    )
  }
}
