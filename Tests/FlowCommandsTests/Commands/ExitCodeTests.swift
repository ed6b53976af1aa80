import FlowCore
import FlowTestSupport
import Testing

@Suite(.timeLimit(.minutes(15)))
struct `Exit codes` {
  /// A command that must fail in a project with one task and one step.
  struct Case: Sendable, CustomTestStringConvertible {
    let line: [String]
    let exit: CInt
    let code: String
    var testDescription: String { line.joined(separator: " ") }

    init(_ line: String..., exit: CInt, _ code: String) {
      self.line = line
      self.exit = exit
      self.code = code
    }
  }

  static let usage: [Case] = [
    Case("frobnicate", exit: 64, "argument.invalid"),
    Case("task", "frobnicate", exit: 64, "argument.invalid"),
    Case("cache", "frobnicate", exit: 64, "argument.invalid"),
    Case("config", "frobnicate", exit: 64, "argument.invalid"),
    Case("config", "show", "extra", exit: 64, "argument.invalid"),
    Case("new", exit: 64, "argument.invalid"),
    Case("new", "a", "b", exit: 64, "argument.invalid"),
    Case("ls", "--frob", exit: 64, "argument.invalid"),
    Case("switch", exit: 64, "argument.invalid"),
    Case("status", "extra", exit: 64, "argument.invalid"),
    Case("rm", exit: 64, "argument.invalid"),
    Case("rename", "demo", exit: 64, "argument.invalid"),
    Case("new", "x", "--template", exit: 64, "argument.invalid"),
    Case("doctor", "--mend", exit: 64, "argument.invalid"),
    Case("add-task", exit: 64, "argument.invalid"),
    Case("add-task", "x", "--status", "ready", exit: 64, "argument.invalid"),
    Case("add-task", "x", "--priority", "high", exit: 64, "argument.invalid"),
    Case("add-task", "x", "--meta", "novalue", exit: 64, "argument.invalid"),
    Case("task", "list", "--status", "ready", exit: 64, "argument.invalid"),
    Case("task", "show", exit: 64, "argument.invalid"),
    Case("task", "update", "--status", "done", exit: 64, "argument.invalid"),
    Case("task", "update", "T001", "T002", "--name", "x", exit: 64, "argument.invalid"),
    Case("add-task", "x", "--if-revision", "now", exit: 64, "argument.invalid"),
    Case("task", "update", "T001", "T002", "--if-rev", "1", exit: 64, "argument.invalid"),
    Case("task", "next", "extra", exit: 64, "argument.invalid"),
    Case("task", "next", "--limit", "0", exit: 64, "argument.invalid"),
    Case("task", "claim", "T001", "T002", exit: 64, "argument.invalid"),
    Case("task", "claim", "--renew", exit: 64, "argument.invalid"),
    Case("task", "claim", "--lease", "long", exit: 64, "argument.invalid"),
    Case("task", "claim", "--lease=-1", exit: 64, "argument.invalid"),
    Case("task", "claim", "--lease", "31536001", exit: 64, "argument.invalid"),
    Case("task", "claim", "--owner", "", exit: 64, "argument.invalid"),
    Case("task", "rm", exit: 64, "argument.invalid"),
    Case("task", "rm", "T001", "T002", "--if-rev", "1", exit: 64, "argument.invalid"),
    Case("graph", "T001", exit: 64, "argument.invalid"),
    Case("graph", "--format", "svg", exit: 64, "argument.invalid"),
    Case("start", exit: 64, "argument.invalid"),
    Case("done", exit: 64, "argument.invalid"),
    Case("block", exit: 64, "argument.invalid"),
    Case("reopen", exit: 64, "argument.invalid"),
    Case("history", "--limit", "0", exit: 64, "argument.invalid"),
    Case("history", "--limit", "many", exit: 64, "argument.invalid"),
    Case("add-step", "x", "--role", "robot", exit: 64, "argument.invalid"),
    Case("add-step", "x", "--ts", "yesterday", exit: 64, "argument.invalid"),
    Case("steps", "--last", "0", exit: 64, "argument.invalid"),
    Case("steps", "--range", "9-1", exit: 64, "argument.invalid"),
    Case("steps", "--range", "x", exit: 64, "argument.invalid"),
    Case("expand", exit: 64, "argument.invalid"),
    Case("expand", "x42", exit: 64, "argument.invalid"),
    Case("pin", "m1-4", exit: 64, "argument.invalid"),
    Case("unpin", exit: 64, "argument.invalid"),
    Case("forget", "s1", exit: 64, "argument.invalid"),
    Case("forget", "m1-4", "--reason", "x", exit: 64, "argument.invalid"),
    Case("context", "--budget", "lots", exit: 64, "argument.invalid"),
    Case("context", "--format", "xml", exit: 64, "argument.invalid"),
    Case("context", "--share", "tasks", exit: 64, "argument.invalid"),
    Case("context", "--share", "tasks=2", exit: 64, "argument.invalid"),
    Case("context", "--share", "dreams=0.1", exit: 64, "argument.invalid"),
    Case("context", "--share", "tasks=0.9", "--share", "long_term=0.9", exit: 64, "argument.invalid"),
    Case("context", "--now", "soon", exit: 64, "argument.invalid"),
    Case("import", exit: 64, "argument.invalid"),
    Case("import", "-", "--from", "carrier-pigeon", exit: 64, "argument.invalid"),
    Case("export", "--format", "xml", exit: 64, "argument.invalid"),
    Case("cache", "get", exit: 64, "argument.invalid"),
    Case("cache", "set", "k", "v", "--ttl", "0", exit: 64, "argument.invalid"),
    Case("cache", "set", "", "v", exit: 64, "argument.invalid"),
    Case("cache", "rm", exit: 64, "argument.invalid"),
    Case("completions", "tcsh", exit: 64, "argument.invalid"),
    Case("status", "--root", exit: 64, "argument.invalid"),
    Case("--project", exit: 64, "argument.invalid"),
  ]

  @Test(arguments: usage)
  func `a wrong call is a usage error`(_ wrong: Case) async throws {
    let root = try await TemporaryRoot(project: "demo")
    let before = try root.snapshot()
    try await root.expectFailure(wrong.line, exit: wrong.exit, wrong.code)
    #expect(try root.snapshot() == before)
  }

  static let data: [Case] = [
    Case("new", "../x", exit: 65, "project.name_invalid"),
    Case("add-task", "two\nlines", exit: 65, "task.invalid"),
    Case("add-task", " ", exit: 65, "task.invalid"),
    Case("add-task", "x", "--id", "a b", exit: 65, "task.invalid"),
    Case("add-task", "x", "--dep", "T999", exit: 65, "task.unknown_dep"),
    Case("task", "update", "T001", "--add-dep", "T001", exit: 65, "task.cycle"),
    Case("add-step", "x", "--ref", "", exit: 65, "step.invalid"),
    Case("context", "--budget", "3", exit: 65, "context.budget_too_small"),
    Case("context", "--tokenizer", "runes", exit: 65, "tokenizer.unknown"),
    Case("context", "--budget", "0", exit: 65, "context.budget_too_small"),
  ]

  @Test(arguments: data)
  func `bad data is told apart from bad usage`(_ wrong: Case) async throws {
    try await Self.check(wrong)
  }

  static let missing: [Case] = [
    Case("switch", "nowhere", exit: 66, "project.not_found"),
    Case("rename", "nowhere", "x", exit: 66, "project.not_found"),
    Case("rm", "nowhere", exit: 66, "project.not_found"),
    Case("rm", "nowhere", "--dry-run", exit: 66, "project.not_found"),
    Case("--project", "nowhere", "status", exit: 66, "project.not_found"),
    Case("--project", "nowhere", "doctor", exit: 66, "project.not_found"),
    Case("task", "show", "T999", exit: 66, "task.not_found"),
    Case("task", "claim", "T999", exit: 66, "task.not_found"),
    Case("task", "claim", "T999", "--renew", exit: 66, "task.not_found"),
    Case("task", "rm", "T001", "T999", exit: 66, "task.not_found"),
    Case("task", "rm", "T999", "--cascade", "--dry-run", exit: 66, "task.not_found"),
    Case("task", "update", "T999", "--if-rev", "1", exit: 66, "task.not_found"),
    Case("start", "T999", exit: 66, "task.not_found"),
    Case("done", "T001", "T999", exit: 66, "task.not_found"),
    Case("add-step", "x", "--task", "T999", exit: 66, "task.not_found"),
    Case("context", "--task", "T999", exit: 66, "task.not_found"),
    Case("cache", "set", "k", "v", "--task", "T999", exit: 66, "task.not_found"),
    Case("pin", "s999", exit: 66, "step.not_found"),
    Case("unpin", "s999", exit: 66, "step.not_found"),
    Case("forget", "s999", "--reason", "x", exit: 66, "step.not_found"),
    Case("expand", "s1-999", exit: 66, "step.not_found"),
    Case("expand", "m1-5", exit: 66, "summary.not_found"),
    Case("cache", "get", "nothing", exit: 66, "cache.not_found"),
    Case("cache", "rm", "nothing", exit: 66, "cache.not_found"),
    Case("import", "no-such-file.jsonl", exit: 66, "file.not_found"),
    Case("ls", "--config", "no-such-file.json", exit: 66, "file.not_found"),
  ]

  @Test(arguments: missing)
  func `what is not there is said to be so`(_ wrong: Case) async throws {
    try await Self.check(wrong)
  }

  static let conflicts: [Case] = [
    Case("new", "demo", exit: 75, "project.exists"),
    Case("add-task", "again", "--id", "T001", exit: 75, "task.exists"),
    Case("task", "claim", "T001", "--renew", exit: 75, "task.not_held"),
    Case("task", "claim", "--if-revision", "7", exit: 75, "revision.conflict"),
    Case("add-step", "other content", "--ref", "r1", exit: 75, "step.ref_conflict"),
  ]

  @Test(arguments: conflicts)
  func `a conflict asks to try otherwise`(_ wrong: Case) async throws {
    try await Self.check(wrong)
  }

  @Test func `without an active project a command says how to get one`() async throws {
    let error = try await TemporaryRoot().expectFailure(["status"], exit: 66, "project.none_active")
    #expect(error["hint"]?.string?.contains("flowctl new") == true)
  }

  @Test func `standard output that cannot be written is no success`() async throws {
    let root = try await TemporaryRoot(project: "demo")
    let outcome = try await FlowctlProcess.run(
      ["-c", "\"$0\" ls > /dev/full", BuiltProducts.path(of: "flowctl")],
      in: root.folder.path,
      executable: "/bin/bash"
    )
    #expect(outcome.exitCode == 73)
  }

  @Test func `a reader that goes away ends the command without a complaint`() async throws {
    let root = try await TemporaryRoot(project: "demo")
    try await root.text("add-step", "-", input: String(repeating: "a long line\n", count: 50_000))
    let outcome = try await FlowctlProcess.run(
      ["-c", "\"$0\" expand s1 | head -n 1", BuiltProducts.path(of: "flowctl")],
      in: root.folder.path,
      executable: "/bin/bash"
    )
    #expect(outcome.exitCode == 0)
    #expect(outcome.errors == "")
  }

  @Test func `an argument cannot send orders to the terminal through a message`() async throws {
    let root = TemporaryRoot()
    for arguments in [["\u{1B}[31mred"], ["new", "a\u{1B}[31m/b"], ["ls", "--\u{1B}c"]] {
      let outcome = try await root.flowctl(arguments)
      #expect(outcome.exitCode != 0)
      #expect(!outcome.errors.unicodeScalars.contains("\u{1B}"), "\(arguments)")
    }
  }

  /// Runs the case, and sees that the project stands as before.
  private static func check(_ wrong: Case) async throws {
    let root = try await TemporaryRoot(project: "demo")
    try await root.text("add-task", "a task")
    try await root.text("add-step", "a step", "--ref", "r1")
    let before = try root.snapshot()
    try await root.expectFailure(wrong.line, exit: wrong.exit, wrong.code)
    let after = try root.snapshot()
    #expect(Set(after.keys) == Set(before.keys))
    for (name, bytes) in before where !name.hasSuffix("memory.sqlite") {
      #expect(after[name] == bytes, "\(name) changed")
    }
    #expect(try await root.data("steps")["steps"]?.array?.count == 1)
  }
}
