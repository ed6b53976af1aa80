import FlowCore
import Foundation
import Synchronization
import Testing

@testable import FlowProjects

/// What a hook of a test says when it refuses.
struct Refusal: Error, CustomStringConvertible {
  let description: String
}

/// What happened, in its order, from wherever it is told.
final class Ledger<Entry: Sendable>: Sendable {
  private let noted = Mutex<[Entry]>([])

  func note(_ entry: Entry) { noted.withLock { $0.append(entry) } }
  var entries: [Entry] { noted.withLock { $0 } }
  var count: Int { entries.count }
}

extension ProjectsFolder {
  /// Hooks that keep trust in this folder, and note their remarks.
  func hooks(remarks: Ledger<String> = Ledger()) -> Hooks {
    var hooks = Hooks(environment: [:])
    hooks.trustFile = "\(path)/config/trusted.json"
    hooks.remark = { remarks.note($0) }
    return hooks
  }

  /// A workspace whose executables have a long time, as all tests run at once.
  func workspace(_ hooks: Hooks, seconds: Double = 600, bytes: Int = 65_536) -> Workspace {
    var config = FlowConfig()
    config.hooks.timeoutSeconds = seconds
    config.hooks.maxOutputBytes = bytes
    return Workspace(root: root, config: config, user: "tester", clock: StillClock(), hooks: hooks)
  }

  /// Writes a script that its owner alone can write and run.
  func install(_ script: String, as name: String, mode: Int = 0o755) throws {
    try write("#!/bin/sh\n\(script)\n", to: name)
    let url = URL(fileURLWithPath: "\(path)/\(name)").deletingLastPathComponent()
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: url.path)
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: "\(path)/\(name)")
  }

  /// The JSON values of a file that scripts append their input to, a line each.
  func inputs(_ name: String) throws -> [JSONValue] {
    try text(name).split(separator: "\n").map { try JSONValue(parsing: String($0)) }
  }
}

/// Waits for the end of a process, and says whether it came within a while.
func hasEnded(_ id: String) async throws -> Bool {
  for _ in 0..<1000 {
    guard isRunning(id) else { return true }
    try await Task.sleep(for: .milliseconds(10))
  }
  return false
}

/// Whether a process is there that has not ended; a zombie has.
func isRunning(_ id: String) -> Bool {
  guard let id = pid_t(id.trimmingCharacters(in: .whitespacesAndNewlines)),
    let status = try? String(contentsOfFile: "/proc/\(id)/stat", encoding: .utf8)
  else { return false }
  return status.split(separator: ")").last?.split(separator: " ").first != "Z"
}
