import FlowCore
import FlowTestSupport
import Testing

/// Every command, called in a row in a project that has something of everything.
struct CommandTour {
  /// One call, and what it must end with.
  struct Stop: Sendable {
    let line: [String]
    let exit: CInt
    let input: String

    init(_ line: String..., exit: CInt = 0, input: String = "") {
      self.line = line
      self.exit = exit
      self.input = input
    }
  }

  private static let steps = (1...9).map { number in
    #"{"role":"\#(number.isMultiple(of: 2) ? "assistant" : "user")","content":"step \#(number) of 12","ref":"i\#(number)"}"#
  }.joined(separator: "\n")

  private static let messages =
    #"[{"role":"user","content":[{"type":"text","text":"see"},{"type":"image","source":{"data":"QUJD"}}]}]"#
  private static let session =
    #"{"type":"user","uuid":"i-1","message":{"content":"go"}}"# + "\n" + #"{"type":"summary","summary":"x"}"#

  private static let questions = "\(SampleProject.repository)/projects/sample/questions.jsonl"

  /// The calls, in the sample project.
  static let stops: [Stop] = [
    Stop("ls"), Stop("status"), Stop("doctor"), Stop("doctor", "--fix"), Stop("config", "show"),
    Stop("new", "first"), Stop("new", "second", "--template", "sample"), Stop("switch", "sample"),
    Stop("rename", "first", "one", "--dry-run"), Stop("rename", "first", "one"),
    Stop("rm", "one", "--dry-run"), Stop("rm", "one"),
    Stop("add-task", "데이터", "--owner", "jun", "--tag", "csv", "--priority", "2", "--id", "X1"),
    Stop("add-task", "next", "--dep", "X1", "--id", "X2"),
    Stop("task", "list"), Stop("task", "list", "--ready"), Stop("task", "show", "X2"),
    Stop("task", "update", "X1", "X2", "--meta", "k={\"n\":1.50}"),
    Stop("start", "X1"), Stop("done", "X1"), Stop("block", "X2", "--reason", "law"),
    Stop("reopen", "X1", "X2"),
    Stop("task", "next"), Stop("task", "next", "--limit", "3"), Stop("task", "claim", "X1", "--owner", "jun"),
    Stop("task", "claim", "X1", "--owner", "jun", "--renew"), Stop("add-task", "auto", "--id", "auto"),
    Stop("graph"), Stop("task", "rm", "X1", "--cascade", "--dry-run"), Stop("task", "rm", "X1", "--cascade"),
    Stop("history"), Stop("history", "--limit", "500"),
    Stop("rollback", "--to", "2", "--dry-run"), Stop("rollback", "--to", "2"), Stop("rollback", "--to", "2"),
    Stop("restore", "--list"), Stop("restore", "--dry-run"), Stop("restore"),
    Stop("add-step", "-", "--ref", "r1", "--pin", input: "from a pipe"),
    Stop("add-step", "from a pipe", "--ref", "r1"),
    Stop("steps", "--last", "5"), Stop("steps", "--grep", "nothing like this"),
    Stop("expand", "s3-5"), Stop("pin", "s7"), Stop("pin", "s7"), Stop("unpin", "s7"),
    Stop("context", "--budget", "3000", "--query", "인증서", "--explain"),
    Stop("context", "--budget", "400"), Stop("context", "--budget", "2000", "--share", "long_term=0"),
    Stop("search", "certificate", "--explain"), Stop("search", "xyzzy"),
    Stop("import", "-", input: steps), Stop("import", "-", input: steps),
    Stop("import", "-", "--from", "openai", input: messages),
    Stop("import", "-", "--from", "claude-code", input: session), Stop("export"),
    Stop("forget", "s9", "--reason", "a test", "--dry-run"), Stop("forget", "s9", "--reason", "a test"),
    Stop("summaries"), Stop("summaries", "--all"), Stop("summaries", "m1-6"),
    Stop("summarize", "--rebuild", "--dry-run"), Stop("summarize", "--rebuild", "--all"),
    Stop("summarize", "--undo", "m1-6", "--to", "1"), Stop("models", "check"),
    Stop("summarize", "--upgrade", "--dry-run"), Stop("summarize", "--upgrade", "--max-cost", "1"),
    Stop("summarize", "--ledger", "--all"), Stop("summaries", "m1-6"),
    Stop("eval", questions, "--every", "12", "--budget", "600", "--categories"),
    Stop("eval", "--replay", "-", input: steps),
    Stop("cache", "set", "k", "{\"a\":[1,2]}", "--task", "T001", "--ttl", "900"),
    Stop("cache", "set", "t", "plain"),
    Stop("cache", "set", "big", "-", input: String(repeating: "word ", count: 3000)),
    Stop("cache", "get", "k"), Stop("cache", "get", "t"), Stop("cache", "ls"),
    Stop("cache", "rm", "t", "--dry-run"), Stop("cache", "rm", "t"),
    Stop("cache", "clear", "--dry-run"),
    Stop("tokens", "-", input: "one two three"),
    Stop("tokens", "--jsonl", "-", input: "{\"text\":\"a b\"}\n"),
    Stop("redact", "-", input: "password: tour4711\n"), Stop("redact", "--list", input: "nothing"),
    Stop("identifiers", "-", input: "v1.2 of src/a.swift"),
    Stop("identifiers", "--jsonl", "-", input: "{\"text\":\"12 March 2026\"}\n"),
    Stop(
      "summarize-text",
      "--max-tokens",
      "20",
      input: "One file was lost. It was data/rows.csv, of 3 May 2024."
    ),
    Stop(
      "summarize-text",
      "--max-tokens",
      "20",
      "--summarizer",
      "llm",
      input: "One file was lost. It was data/rows.csv, of 3 May 2024."
    ),
    Stop("trust", "sample", "--dry-run"), Stop("trust", "sample"), Stop("trust", "--list"),
    Stop("trust", "sample", "--revoke"), Stop("completions", "bash"),
    Stop("switch", "nowhere", exit: 66), Stop("task", "show", "T999", exit: 66), Stop("frobnicate", exit: 64),
    Stop("context", "--budget", "3", exit: 65), Stop("add-task", "x", "--dep", "T999", exit: 65),
    Stop("new", "sample", exit: 75), Stop("cache", "get", "nothing", exit: 66), Stop("new", "../x", exit: 65),
  ]

  /// What each call printed, and the project as it is after all of them but the last clearing.
  static func outputs(in root: TemporaryRoot) async throws -> [(name: String, output: FlowctlProcess.Outcome)]
  {
    var outputs: [(String, FlowctlProcess.Outcome)] = []
    let server = try ModelServer.start()
    defer { server.close() }
    try root.folder.write(ModelServer.config(server), to: "config.json")
    for stop in stops {
      let outcome = try await root.flowctl(stop.line + ["--json"], input: Array(stop.input.utf8))
      #expect(outcome.exitCode == stop.exit, "\(stop.line): \(outcome)")
      outputs.append((stop.line.joined(separator: " "), outcome))
    }
    return outputs
  }

  /// Whether a command, such as `["task", "show"]`, is called with success.
  static func visits(_ command: [String]) -> Bool {
    stops.contains { $0.exit == 0 && $0.line.starts(with: command) }
  }
}
