import FlowCore
import Glibc

/// What the process was started with.
enum ProcessEnvironment {
  /// The environment's variables; USER also where the shell does not set it.
  static var variables: [String: String] {
    var variables: [String: String] = [:]
    var entry = environ
    while let text = entry.pointee {
      let pair = String(cString: text).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      if pair.count == 2 { variables[String(pair[0])] = String(pair[1]) }
      entry += 1
    }
    if variables["USER", default: ""].isEmpty, let account = getpwuid(getuid()) {
      variables["USER"] = String(cString: account.pointee.pw_name)
    }
    return variables
  }

  /// The folder that relative paths mean.
  static var currentFolder: String {
    guard let path = getcwd(nil, 0) else { return "." }
    defer { free(path) }
    return String(cString: path)
  }

  /// Whether a stream is a terminal that a person looks at.
  static func isTerminal(_ descriptor: CInt) -> Bool { isatty(descriptor) == 1 }

  /// Whether progress and colour are welcome on standard error.
  static var mayDecorate: Bool { mayDecorate(STDERR_FILENO) }

  /// Whether bold type is welcome on standard output.
  static var mayDecorateOutput: Bool { mayDecorate(STDOUT_FILENO) }

  private static func mayDecorate(_ descriptor: CInt) -> Bool {
    guard isTerminal(descriptor) else { return false }
    return getenv("NO_COLOR").map { $0.pointee == 0 } ?? true
  }
}
