import FlowCore
import FlowTestSupport
import Testing

@Suite(.timeLimit(.minutes(15)))
struct `Help` {
  static let commands = [
    "new", "switch", "ls", "status", "rename", "rm", "doctor", "trust", "add-task", "task", "start", "done",
    "block", "reopen",
    "graph", "history", "rollback", "restore", "add-step", "steps", "expand", "pin", "unpin", "forget",
    "context", "search",
    "import",
    "export", "eval", "cache", "tokens", "identifiers", "config", "completions",
  ]

  @Test func `the first page names every command of this version`() async throws {
    let page = try await TemporaryRoot().text("--help")
    let listed = Self.subcommands(in: page)
    for command in Self.commands { #expect(listed.contains(command), "\(command)") }
  }

  @Test func `every command's page shows an example of it`() async throws {
    let root = TemporaryRoot()
    var open: [[String]] = [[]]
    var seen = 0
    while let path = open.popLast() {
      let page = try await root.flowctl(path + ["--help"]).expect(0)
      #expect(page.errors == "")
      if !path.isEmpty {
        seen += 1
        let example = "flowctl \(path.joined(separator: " "))"
        let discussion = page.output.prefix { _ in true }.split(separator: "USAGE:").first ?? ""
        #expect(discussion.contains("Example"), "\(example)")
        #expect(Self.unwrapped(discussion).contains(example), "\(example)")
      }
      open += Self.subcommands(in: page.output).map { path + [$0] }
    }
    #expect(seen >= Self.commands.count)
  }

  @Test func `the version stands alone`() async throws {
    let outcome = try await TemporaryRoot().flowctl(["--version"]).expect(0)
    #expect(outcome.output.wholeMatch(of: /\d+\.\d+\.\d+\n/) != nil)
    #expect(outcome.errors == "")
  }

  @Test func `without a command the first page comes`() async throws {
    let root = TemporaryRoot()
    #expect(try await root.text() == root.text("--help"))
  }

  @Test(arguments: ["bash", "zsh", "fish"])
  func `a shell's completions name the commands`(shell: String) async throws {
    let script = try await TemporaryRoot().text("completions", shell)
    for command in Self.commands { #expect(script.contains(command), "\(command)") }
  }

  @Test func `bash can read its completions`() async throws {
    let root = TemporaryRoot()
    try root.folder.write(try await root.text("completions", "bash"), to: "flowctl.bash")
    try await FlowctlProcess.run(["-n", "flowctl.bash"], in: root.folder.path, executable: "/bin/bash")
      .expect(0)
  }

  /// The names that a page lists under a heading with SUBCOMMANDS.
  static func subcommands(in page: String) -> [String] {
    var names: [String] = []
    var isListed = false
    for line in page.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasSuffix("SUBCOMMANDS:") {
        isListed = true
      } else if line.isEmpty {
        isListed = false
      } else if isListed, let match = line.prefixMatch(of: #/  ([a-z][a-z-]*)/#) {
        names.append(String(match.1))
      }
    }
    return names
  }

  /// The page's lines joined: it is wrapped wherever the width asks for it.
  private static func unwrapped(_ text: some StringProtocol) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}
