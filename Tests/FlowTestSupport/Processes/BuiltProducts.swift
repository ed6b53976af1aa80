import Glibc

/// The programs that are built together with the tests.
package enum BuiltProducts {
  /// The path of a built program: it lies beside the test bundle, or above it where that is a folder.
  package static func path(of name: String) throws -> String {
    for start in starts {
      var folder = start[...]
      // The bundle may be a folder with the binary some levels down.
      for _ in 0..<5 {
        guard let slash = folder.lastIndex(of: "/") else { break }
        folder = folder[..<slash]
        let candidate = "\(folder)/\(name)"
        if isProgram(candidate) { return candidate }
      }
    }
    throw ProcessError("\(name) is not built beside the tests, near \(starts.joined(separator: ", "))")
  }

  /// The folder of the built programs, for a PATH.
  package static func folder() throws -> String {
    let path = try path(of: "flowctl")
    return String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])
  }

  /// What may tell where the tests lie: the running program and the arguments that name a bundle.
  private static var starts: [String] {
    var paths: [String] = []
    var buffer = [CChar](repeating: 0, count: 4096)
    let count = readlink("/proc/self/exe", &buffer, buffer.count - 1)
    if count > 0 {
      paths.append(String(decoding: buffer.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self))
    }
    return paths + CommandLine.arguments.filter { $0.contains("/") }
  }

  private static func isProgram(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG && access(path, X_OK) == 0
  }
}
