import FlowCore
import FlowTestSupport
import Glibc
import Testing

/// script(1) of util-linux gives a command a terminal.
private let script = "/usr/bin/script"

@Suite(.timeLimit(.minutes(15)), .enabled(if: access(script, X_OK) == 0, "script(1) is not here"))
struct `At a terminal` {
  /// Runs flowctl with a terminal for all its streams, and gives back what it showed.
  private func show(
    _ root: TemporaryRoot,
    _ arguments: String,
    environment: [String: String] = [:],
    input: String = ""
  ) async throws -> String {
    let line = "\(try BuiltProducts.path(of: "flowctl")) \(arguments)"
    return try await FlowctlProcess.run(
      ["-qec", line, "/dev/null"],
      in: root.folder.path,
      environment: environment.merging(["TERM": "xterm", "SHELL": "/bin/sh"]) { $1 },
      input: Array(input.utf8),
      executable: script
    ).output
  }

  private func project(steps count: Int) async throws -> TemporaryRoot {
    let root = try await TemporaryRoot(project: "demo")
    let lines = (1...count).map { #"{"role":"user","content":"step number \#($0)"}"# + "\n" }
    try root.folder.write(lines.joined(), to: "steps.jsonl")
    return root
  }

  @Test func `a long import shows how far it is, on the terminal alone`() async throws {
    #expect(try await show(project(steps: 30), "import steps.jsonl").contains("importing"))
    let piped = try await project(steps: 30).flowctl(["import", "steps.jsonl"]).expect(0)
    #expect(piped.errors == "")
  }

  @Test func `NO_COLOR and quiet take the progress bar away`() async throws {
    let bare = try await show(project(steps: 30), "import steps.jsonl", environment: ["NO_COLOR": "1"])
    #expect(!bare.contains("importing"))
    #expect(!bare.unicodeScalars.contains("\u{1B}"))
    #expect(bare.contains("30 new of 30"))
    #expect(try await !show(project(steps: 30), "import steps.jsonl --quiet").contains("importing"))
  }

  @Test func `control characters of a step are shown, elsewhere passed on`() async throws {
    let root = try await TemporaryRoot(project: "demo")
    try await root.text("add-step", input: "\u{1B}]0;title\u{07} done")
    let shown = try await show(root, "expand s1")
    #expect(shown.contains(#"\u{1b}]0;title\u{7} done"#))
    #expect(!shown.unicodeScalars.contains("\u{1B}"))
    #expect(try await root.text("expand", "s1").contains("\u{1B}]0;title\u{07} done"))
    let context = try await show(root, "context --query q")
    #expect(!context.unicodeScalars.contains("\u{1B}"))
  }

  @Test func `what matches a search is bold, unless NO_COLOR asks for plain text`() async throws {
    let root = try await TemporaryRoot(project: "demo")
    try await root.text("add-step", "the certificate \u{9B}2J expired")
    #expect(try await show(root, "search certificates").contains("the \u{1B}[1mcertificate\u{1B}[0m "))
    let bare = try await show(root, "search certificates", environment: ["NO_COLOR": "1"])
    #expect(bare.contains(#"the certificate \u{9b}2J expired"#))
    #expect(!bare.unicodeScalars.contains("\u{1B}"))
  }

  @Test func `removing a project asks, and takes only yes for an answer`() async throws {
    let root = try await TemporaryRoot(project: "demo")
    #expect(try await show(root, "rm demo", input: "n\n").contains("[y/N]"))
    #expect(root.folder.exists("projects/demo/workflow.json"))
    _ = try await show(root, "rm demo", input: "y\n")
    #expect(!root.folder.exists("projects/demo"))
  }
}
