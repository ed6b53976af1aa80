import Glibc

/// Starts programs.
enum Spawn {
  /// Starts a program with standard input, output and error of its own.
  ///
  /// env(1) changes the folder and becomes the program: posix_spawn's own way has no place in Swift's Glibc.
  static func start(
    _ program: String,
    _ arguments: [String],
    in folder: String,
    environment: [String: String],
    streams: (input: CInt, output: CInt, errors: CInt)
  ) throws -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for (target, source) in [(0, streams.input), (1, streams.output), (2, streams.errors)] {
      posix_spawn_file_actions_adddup2(&actions, source, CInt(target))
    }

    // A group of its own: a Ctrl-C that ends the tests is not a user's Ctrl-C in flowctl.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))

    var argv: [UnsafeMutablePointer<CChar>?] =
      (["env", "-C", folder, program] + arguments).map { strdup($0) } + [nil]
    var envp: [UnsafeMutablePointer<CChar>?] =
      environment.sorted { $0.key < $1.key }.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for pointer in argv + envp { free(pointer) } }

    var id: pid_t = 0
    let code = posix_spawn(&id, "/usr/bin/env", &actions, &attributes, &argv, &envp)
    guard code == 0 else {
      throw ProcessError("\(program) cannot be started: \(String(cString: strerror(code)))")
    }
    return id
  }
}

/// Files without a name, for a process's streams.
enum AnonymousFile {
  /// A new file, rewound, that holds these bytes.
  static func make(holding bytes: [UInt8] = []) throws -> CInt {
    let base = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var template = Array("\(base)/flow-stream-XXXXXX".utf8CString)
    let descriptor = mkstemp(&template)
    guard descriptor >= 0 else { throw ProcessError("no temporary file can be made in \(base)") }
    unlink(template)
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress! + written, $0.count - written) }
      guard count > 0 else { throw ProcessError("a temporary file cannot be written in \(base)") }
      written += count
    }
    lseek(descriptor, 0, SEEK_SET)
    return descriptor
  }

  /// All that a file holds, wherever others are in it.
  static func contents(of descriptor: CInt) -> [UInt8] {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = pread(descriptor, &chunk, chunk.count, off_t(bytes.count))
      guard count > 0 else { return bytes }
      bytes += chunk[..<count]
    }
  }
}
