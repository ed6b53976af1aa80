package import FlowCore
import FlowStore

/// A folder of a test's own with a root of projects in it, and `flowctl` run there as a user would.
package struct TemporaryRoot: Sendable {
  /// The folder that commands run in; the root is its `projects`.
  package let folder: TemporaryFolder
  /// What commands get besides what every process needs.
  package var environment: [String: String] = [:]

  /// A root without projects. It is marked as used, so that no other one further up can be taken for it.
  package init() {
    folder = TemporaryFolder()
    do { try folder.write("", to: "projects/.active") } catch {
      preconditionFailure("a new folder cannot be written: \(error)")
    }
  }

  /// A root with one project, which is active.
  package init(project: String) async throws {
    self.init()
    try await flowctl(["new", project]).expect(0)
  }

  /// The root's path.
  package var path: String { folder("projects") }

  /// Starts `flowctl` and waits for its end.
  @discardableResult
  package func flowctl(_ arguments: [String], input: [UInt8] = []) async throws -> FlowctlProcess.Outcome {
    var environment = environment
    // LLVM cannot merge the counts of a process that runs a hook: those of swift-system's inlined functions overflow,
    // and spoil the file that all processes share.
    if hasHooks { environment["LLVM_PROFILE_FILE"] = "/dev/null" }
    return try await FlowctlProcess.run(
      arguments,
      in: folder.path,
      environment: environment,
      input: input
    )
  }

  private var hasHooks: Bool {
    folder.exists("projects/hooks")
      || Folder.names(in: path).contains { folder.exists("projects/\($0)/hooks") }
  }

  /// Starts `flowctl`, expects it to succeed, and gives back all that it printed.
  @discardableResult
  package func text(_ arguments: String..., input: String = "") async throws -> String {
    try await flowctl(arguments, input: Array(input.utf8)).expect(0).output
  }

  /// Starts `flowctl --json`, expects it to succeed, and gives back its envelope's `data`.
  @discardableResult
  package func data(_ arguments: String..., input: String = "") async throws -> JSONValue {
    try await flowctl(arguments + ["--json"], input: Array(input.utf8)).expect(0).data
  }

  /// Starts `flowctl` without waiting for its end.
  package func start(_ arguments: [String], input: [UInt8] = []) throws -> FlowctlProcess {
    try FlowctlProcess(arguments, in: folder.path, environment: environment, input: input)
  }
}
