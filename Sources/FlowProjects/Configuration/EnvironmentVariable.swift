import Glibc

/// The variables of the process's environment.
public enum EnvironmentVariable {
  /// The value of a variable, or nil where it is not set.
  @Sendable public static func value(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
  }
}
