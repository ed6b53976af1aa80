import ArgumentParser
import FlowCore
import FlowProjects
import Glibc

/// The options that every command takes, before and after its name.
struct GlobalOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The project to work with.",
      discussion: "Default: FLOW_PROJECT, else the active one.",
      valueName: "name"
    ),
    completion: .projects
  )
  var project: String?

  @Option(
    help: ArgumentHelp(
      "The folder of projects.",
      discussion: "Default: FLOW_ROOT, else the nearest projects folder upwards.",
      valueName: "dir"
    ),
    completion: .directory
  )
  var root: String?

  @Option(
    help: ArgumentHelp("The configuration; default: config.json beside the root.", valueName: "file"),
    completion: .file()
  )
  var config: String?

  @Flag(help: "Print one JSON envelope.")
  var json = false

  @Flag(help: "Print nothing but results and errors.")
  var quiet = false

  @Flag(help: "Say on standard error what is being done.")
  var verbose = false

  /// Finds the root and reads the configuration.
  func session() async throws(FlowError) -> Session {
    let environment = ProcessEnvironment.variables
    var hooks = Hooks(environment: environment)
    // Also with --json: standard output stays one envelope.
    if !quiet { hooks.remark = { Console.note("flowctl: \($0.excerpt(limit: 4000))") } }
    hooks.supervise = Interruption.endingAfter
    let session = try await Session.start(
      Session.Options(
        project: project,
        root: root,
        config: config,
        environment: environment,
        currentFolder: ProcessEnvironment.currentFolder,
        hooks: hooks
      )
    )
    if verbose { Console.note("root: \(session.workspace.root)") }
    return session
  }

  /// The project to work with.
  func currentProject() async throws(FlowError) -> FlowProject {
    let project = try await session().workspace.currentProject()
    if verbose { Console.note("project: \(project.name) in \(project.folder)") }
    return project
  }

  /// Prints a command's result: the envelope with `--json`, else the text.
  func print(_ kind: String, _ data: @autoclosure () -> JSONValue, text: @autoclosure () -> String) {
    if json {
      Console.write(Envelope.success(kind, data()))
    } else {
      Console.write(text())
    }
  }

  /// Prints a remark for people, where they did not ask for quiet.
  func remark(_ text: String) {
    if !quiet && !json { Console.note(text) }
  }
}
