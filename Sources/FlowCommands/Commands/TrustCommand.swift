import ArgumentParser
import FlowCore
import FlowProjects

struct TrustCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "trust",
    abstract: "Let a project's own hooks run, as they are now.",
    discussion: """
      A project's hooks are executables in its folder hooks. They run code, so a project that came from elsewhere must
      not bring them to life by itself. Changed or moved, they have to be trusted again. The root's hooks need no trust.
      Examples:
        flowctl trust demo --dry-run
        flowctl trust demo
        flowctl trust demo --revoke
        flowctl trust --list
      """
  )
  @Argument(help: "The project's name.", completion: .projects) var name: String?
  @Flag(help: "Let them run no longer.") var revoke = false
  @Flag(help: "List the folders whose hooks are trusted.") var list = false
  @Flag(help: "Show what would run, and trust nothing.") var dryRun = false
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    if list && (name != nil || revoke || dryRun) { throw ValidationError("--list stands alone") }
    if revoke && dryRun { throw ValidationError("--revoke and --dry-run exclude each other") }
    if !list && name == nil {
      throw ValidationError("name the project whose hooks are meant, or give --list")
    }
  }

  func run() async throws {
    let workspace = try await global.session().workspace
    guard let name else { return try await printList(workspace) }
    let project = try ProjectName(name)
    if revoke {
      let was = try await workspace.revokeTrust(of: project)
      global.print(
        "trust",
        ["project": .string(project.rawValue), "trust": "untrusted", "changed": .bool(was)],
        text: was
          ? "the hooks of project \(project) are trusted no longer\n"
          : "the hooks of project \(project) were not trusted\n"
      )
      return
    }
    let hooks = try await workspace.hooks(of: project)
    let isNew = hooks.trust != .trusted && !dryRun
    if isNew { try await workspace.trust(hooks) }
    global.print("trust", hooks.json(isNew: isNew), text: hooks.text(isNew: isNew))
  }

  private func printList(_ workspace: Workspace) async throws {
    let folders = try await workspace.trustedFolders()
    let rows = folders.map { folder in
      [folder.folder.excerpt(limit: 4096), folder.since.description, folder.isCurrent ? "yes" : "no"]
    }
    global.print(
      "trusted",
      ["trusted": .array(folders.map(\.json))],
      text: rows.isEmpty ? "" : TextTable(header: ["FOLDER", "SINCE", "RUNS"], rows: rows).text
    )
    if rows.isEmpty { global.remark("no project's hooks are trusted") }
  }
}

extension ProjectHooks {
  fileprivate func json(isNew: Bool) -> JSONValue {
    [
      "project": .string(project.rawValue),
      "folder": .string(folder),
      "trust": .string(isNew ? Trust.trusted.rawValue : trust.rawValue),
      "changed": .bool(isNew),
      "sha256": .string(digest),
      "hooks": .array(
        hooks.map { hook in
          [
            "name": .string(hook.name), "path": .string(hook.path),
            "problem": hook.problem.map(JSONValue.string) ?? .null,
          ]
        }
      ),
      "others": .array(others.map(JSONValue.string)),
    ]
  }

  fileprivate func text(isNew: Bool) -> String {
    var lines = hooks.map { hook in
      let problem = hook.problem.map { "  (does not run: \($0))" } ?? ""
      return "\(hook.path.excerpt(limit: 4096))\(problem)\n"
    }
    lines += others.prefix(20).map {
      "\(folder.excerpt(limit: 4096))/hooks/\($0.excerpt(limit: 255))  (no hook)\n"
    }
    if others.count > 20 { lines.append("and \(others.count - 20) more\n") }
    switch (isNew, trust) {
    case (true, _): lines.append("the hooks of project \(project) are trusted now\n")
    case (false, .trusted): lines.append("the hooks of project \(project) are trusted\n")
    case (false, .untrusted): lines.append("the hooks of project \(project) are not trusted\n")
    case (false, .changed):
      lines.append("the hooks of project \(project) have changed since they were trusted\n")
    }
    return lines.joined()
  }
}

extension TrustedFolder {
  fileprivate var json: JSONValue {
    [
      "folder": .string(folder), "sha256": .string(digest), "since": .string(since.description),
      "current": .bool(isCurrent),
    ]
  }
}
