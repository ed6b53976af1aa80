public import FlowCore
import FlowText

/// Where a value in force comes from.
public enum ConfigOrigin: Sendable, Hashable {
  /// Nobody gave one.
  case standard
  /// The configuration says so on this line.
  case file(line: Int)
  /// An environment variable says so.
  case variable(String)
  /// The call says so.
  case option(String)
  /// It was found on the disk: the nearest root that Flow has used, the root's active project.
  case found
}

/// What is in force in a session, and where each part of it comes from.
///
/// Secrets have no key: they come from the environment under names that the configuration gives, and stand nowhere
/// here.
public struct ConfigReport: Sendable {
  /// One key of the configuration.
  public struct Setting: Sendable {
    public let name: String
    /// The environment variable that can set it.
    public let variable: String
    /// Null where it has none.
    public let value: JSONValue
    public let origin: ConfigOrigin
  }

  /// The configuration's path; nil where none was read.
  public let file: String?
  public let root: String
  public let rootOrigin: ConfigOrigin
  /// The project to work with, whether or not it exists; nil where none is named or active.
  public let project: ProjectName?
  public let projectOrigin: ConfigOrigin
  /// Every key, in the order of config.example.json.
  public let settings: [Setting]
}

extension Session {
  /// A value without the secrets that somebody put where none belongs, such as the password of a proxy.
  private static func shown(_ value: JSONValue) -> JSONValue {
    value.string.map { .string(Redactor().redact($0).text) } ?? value
  }

  /// What is in force, and where it comes from.
  ///
  /// - Throws: `storage.read_failed`, `project.name_invalid` where the active project cannot be read.
  public func report() async throws(FlowError) -> ConfigReport {
    let settings = ConfigKey.all.map { key in
      ConfigReport.Setting(
        name: key.name,
        variable: key.variable,
        value: Session.shown(key.read(config)),
        origin: Session.origin(of: key, in: file, environment)
      )
    }
    let project: ProjectName? = if let chosen { chosen.name } else { try await workspace.activeName() }
    return ConfigReport(
      file: file?.name,
      root: workspace.root,
      rootOrigin: rootOrigin,
      project: project,
      projectOrigin: chosen?.origin ?? (project == nil ? .standard : .found),
      settings: settings
    )
  }
}
