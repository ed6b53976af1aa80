import FlowCore
import FlowTestSupport
import Testing

/// A limit on the size of files (setrlimit(2)) makes every write beyond it fail, as a full disk does.
@Suite(.timeLimit(.minutes(15)))
struct `A disk that takes no more` {
  /// Runs flowctl with files of at most `kilobytes`; what it prints goes through a pipe, which has no such limit.
  private func run(
    _ root: TemporaryRoot,
    _ command: String,
    kilobytes: Int = 0,
    input: String = ""
  ) async throws -> FlowctlProcess.Outcome {
    let limited =
      #"(trap "" XFSZ; ulimit -f \#(kilobytes); "$0" \#(command)) 2>&1 | cat; exit ${PIPESTATUS[0]}"#
    return try await FlowctlProcess.run(
      ["-c", limited, BuiltProducts.path(of: "flowctl")],
      in: root.folder.path,
      input: Array(input.utf8),
      executable: "/bin/bash"
    )
  }

  private func project() async throws -> TemporaryRoot {
    let root = try await TemporaryRoot(project: "demo")
    try await root.text("add-task", "first")
    for number in 1...9 { try await root.text("add-step", "step \(number)") }
    try await root.text("cache", "set", "k", "1")
    return root
  }

  @Test(arguments: [
    "new other", "switch demo", "add-task second", "done T001", "add-step x", "pin s1", "cache set k 2",
    "cache rm k", "cache clear",
  ])
  func `is named, and what was there stays`(command: String) async throws {
    let root = try await project()
    let before = try root.snapshot()
    let outcome = try await run(root, command)
    #expect(outcome.exitCode == 73, "\(outcome)")
    #expect(outcome.output.hasPrefix("flowctl: "), "\(outcome)")
    #expect(outcome.output.split(separator: "\n").count == 1, "\(outcome)")
    for (name, bytes) in before where !name.hasSuffix("memory.sqlite") {
      #expect(try root.folder.bytes(name) == bytes, "\(name)")
    }
    #expect(try await root.data("task", "list")["tasks"]?.texts("name") == ["first"])
    #expect(try await root.data("steps")["steps"]?.array?.count == 9)
    #expect(try await root.data("cache", "get", "k")["value"] == 1)
    // With room again, everything goes on.
    #expect(try await root.text("add-task", "second") == "T002\n")
    #expect(try await root.text("add-step", "next") == "s10\n")
    try await root.text("cache", "set", "k", "3")
    #expect(try await root.data("doctor")["errors"] == 0)
  }

  @Test(arguments: [80, 200, 400])
  func `keeps of an import what it said it stored`(kilobytes: Int) async throws {
    let root = try await project()
    let lines = (1...3000).map {
      #"{"ref":"r\#($0)","role":"user","content":"row \#($0) of a long table"}"# + "\n"
    }
    try root.folder.write(lines.joined(), to: "t.jsonl")
    let outcome = try await run(root, "import t.jsonl", kilobytes: kilobytes)
    #expect(outcome.exitCode == 73, "\(outcome)")
    let stored = try await root.data("steps", "--range", "10-100000")["steps"] ?? .null
    #expect(stored.texts("ref") == (1...3000).prefix(stored.array!.count).map { "r\($0)" })
    try await root.text("import", "t.jsonl")
    #expect(try await root.data("status")["memory"]?["steps"] == 3009)
    #expect(try await root.data("doctor")["errors"] == 0)
  }
}
