import ArgumentParser
import FlowCore
import FlowProjects

struct ConfigCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "config",
    abstract: "Show the configuration in force.",
    discussion: "Example: flowctl config show",
    subcommands: [ConfigShowCommand.self]
  )
}

struct ConfigShowCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show every key with its value and where it comes from, the root and the project too.",
    discussion: "Examples: flowctl config show · flowctl config show --json"
  )
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let report = try await global.session().report()
    global.print("config", report.json, text: report.text)
  }
}

extension ConfigReport {
  fileprivate var json: JSONValue {
    var rootMembers: JSONObject = ["path": .string(root)]
    rootMembers.add(rootOrigin)
    let project = project.map { name in
      var members: JSONObject = ["name": .string(name.rawValue)]
      members.add(projectOrigin)
      return JSONValue.object(members)
    }
    return [
      "file": file.map(JSONValue.string) ?? .null,
      "root": .object(rootMembers),
      "project": project ?? .null,
      "keys": .array(
        settings.map { setting in
          var members: JSONObject = ["key": .string(setting.name), "value": setting.value]
          members.add(setting.origin)
          members["variable"] = .string(setting.variable)
          return .object(members)
        }
      ),
    ]
  }

  fileprivate var text: String {
    let head = TextTable(
      header: ["root", root.excerpt(limit: 4096), rootOrigin.text(in: self)],
      rows: [
        ["project", project?.rawValue ?? "none", project == nil ? "" : projectOrigin.text(in: self)],
        ["file", file?.excerpt(limit: 4096) ?? "none", ""],
      ]
    )
    let keys = TextTable(
      header: ["KEY", "VALUE", "FROM"],
      rows: settings.map { setting in
        let value = setting.value.isNull ? "-" : setting.value.string ?? setting.value.serialized(.compact)
        return [setting.name, value.excerpt(limit: 200), setting.origin.text(in: self)]
      }
    )
    return head.text + "\n" + keys.text
  }
}

extension ConfigOrigin {
  /// `default`, `config.json line 4`, or the name of the variable or option.
  fileprivate func text(in report: ConfigReport) -> String {
    switch self {
    case .standard: "default"
    case .file(let line): "\(report.fileName.excerpt(limit: 255)) line \(line)"
    case .variable(let name), .option(let name): name
    case .found: "found"
    }
  }
}

extension ConfigReport {
  /// The last part of the configuration's path.
  fileprivate var fileName: String {
    file.flatMap { $0.split(separator: "/").last.map(String.init) } ?? "config.json"
  }
}

extension JSONObject {
  /// Says where a value comes from: `source`, and `line` or `variable` or `option` where there is one.
  fileprivate mutating func add(_ origin: ConfigOrigin) {
    switch origin {
    case .standard:
      self["source"] = "default"
    case .file(let line):
      self["source"] = "file"
      self["line"] = .number(JSONNumber(line))
    case .variable(let name):
      self["source"] = "variable"
      self["variable"] = .string(name)
    case .option(let name):
      self["source"] = "option"
      self["option"] = .string(name)
    case .found:
      self["source"] = "found"
    }
  }
}
