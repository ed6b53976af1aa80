import FlowCore
import FlowTestSupport
import Glibc
import Testing

@Suite(.timeLimit(.minutes(15)))
struct `Completion in a shell` {
  /// What bash offers for a line whose last word is being typed, by the script's own function.
  private func bash(_ root: TemporaryRoot, _ words: String...) async throws -> [String] {
    try root.folder.write(try await root.text("completions", "bash"), to: "completions.bash")
    let script = """
      source ./completions.bash
      COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMP_LINE="$*"; COMP_POINT=${#COMP_LINE}; COMPREPLY=()
      function=$(complete -p flowctl); function=${function##*-F }; function=${function%% *}
      "$function" flowctl "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}"
      printf '%s\\n' "${COMPREPLY[@]}"
      """
    let outcome = try await FlowctlProcess.run(
      ["-c", script, "bash", "flowctl"] + words,
      in: root.folder.path,
      environment: root.environment.merging(["PATH": "\(BuiltProducts.folder()):/usr/bin:/bin"]) { $1 },
      executable: "/bin/bash"
    )
    .expect(0)
    #expect(outcome.errors == "")
    return outcome.output.split(separator: "\n").map(String.init)
  }

  private func project() async throws -> TemporaryRoot {
    let root = try await TemporaryRoot(project: "대기질")
    try await root.text("new", "demo")
    try await root.text("add-task", "one")
    try await root.text("add-task", "two", "--id", "build:1")
    try await root.text("cache", "set", "data/rows", "1")
    try await root.text("cache", "set", "the last", "1")
    return root
  }

  @Test func `bash offers tasks, projects, results and backups`() async throws {
    let root = try await project()
    #expect(try await bash(root, "task", "show", "") == ["T001", "build:1"])
    #expect(try await bash(root, "task", "show", "T") == ["T001"])
    #expect(try await bash(root, "done", "T001", "") == ["T001", "build:1"])
    #expect(try await bash(root, "switch", "") == ["demo", "대기질"])
    #expect(try await bash(root, "switch", "대") == ["대기질"])
    #expect(try await bash(root, "rename", "d") == ["demo"])
    #expect(try await bash(root, "new", "x", "--template", "") == ["demo", "대기질"])
    #expect(try await bash(root, "status", "--project", "") == ["demo", "대기질"])
    #expect(try await bash(root, "cache", "get", "") == ["data/rows", "the last"])
    #expect(
      try await bash(root, "restore", "")
        == ["workflow-000002.json", "workflow-000001.json"].filter {
          root.folder.exists("projects/demo/backups/\($0)")
        }
    )
    #expect(try await bash(root, "context", "--tokenizer", "c") == ["cl100k_base"])
    #expect(try await bash(root, "config", "sh") == ["show"])
  }

  @Test func `asks in the root and the project that the line names`() async throws {
    var root = try await project()
    #expect(try await bash(root, "task", "show", "--project", "대기질", "") == [])
    #expect(try await bash(root, "--project", "대기질", "task", "show", "") == [])
    #expect(try await bash(root, "cache", "get", "--root", "nowhere", "") == [])
    #expect(try await bash(root, "cache", "get", "--root=projects", "") == ["data/rows", "the last"])
    let words = ["---completion", "task", "show", "--", "id", "5", "0", "flowctl", "task", "show", "--root"]
    for rest in [["'projects'", ""], ["=", "projects", ""], ["project\\s", ""]] {
      #expect(try await root.text(words + rest) == "T001\nbuild:1\n")
    }
    root.environment["FLOW_PROJECT"] = "대기질"
    #expect(try await bash(root, "task", "show", "") == [])
    root.environment = ["FLOW_ROOT": "nowhere"]
    #expect(try await bash(root, "switch", "") == [])
  }

  @Test func `names cannot give a shell orders`() async throws {
    let root = TemporaryRoot()
    let names = ["$(touch pwned)", "`touch pwned`", "a'b", "a\"b", "${HOME}", "*", "a;b", "~", "two words"]
    for name in names { try await root.text("new", name) }
    #expect(try await Set(bash(root, "switch", "")) == Set(names))
    #expect(!root.folder.exists("pwned"))
    // What only another program can have written.
    try root.folder.write(
      #"{"entries":{"a\nb":{"value":1,"created":"2024-01-01T00:00:00Z"},"\u001b[2J":{"value":1,"created":"2024-01-01T00:00:00Z"},"ok":{"value":1,"created":"2024-01-01T00:00:00Z"}}}"#,
      to: "projects/two words/cache/results_cache.json"
    )
    #expect(try await bash(root, "cache", "get", "") == ["ok"])
  }

  @Test func `nothing is said or made where something is amiss`() async throws {
    let root = try await TemporaryRoot(project: "demo")
    try root.folder.write("{", to: "config.json")
    #expect(try await bash(root, "task", "show", "") == [])
    root.folder.remove("config.json")
    root.folder.remove("projects/demo/memory.sqlite")
    root.folder.remove("projects/demo/cache")
    try root.folder.write("[", to: "projects/demo/workflow.json")
    root.folder.remove("completions.bash")
    let before = try root.snapshot()
    #expect(try await bash(root, "task", "show", "") == [])
    #expect(try await bash(root, "cache", "get", "") == [])
    root.folder.remove("completions.bash")
    #expect(try root.snapshot() == before)
    for line in [
      ["---completion"], ["---completion", "nope", "--", "x"], ["---completion", "switch", "--", "name"],
    ] {
      let outcome = try await root.flowctl(line).expect(0)
      #expect(outcome.output.allSatisfy(\.isNewline) && outcome.errors == "")
    }
  }

  @Test func `zsh and fish get a word about each candidate`() async throws {
    var root = try await project()
    let line = ["---completion", "task", "show", "--", "id", "3", "0", "flowctl", "task", "show", ""]
    root.environment["SAP_SHELL"] = "zsh"
    #expect(try await root.text(line) == "T001:todo: one\nbuild\\:1:todo: two\n \n")
    root.environment["SAP_SHELL"] = "fish"
    #expect(try await root.text(line) == "T001\ttodo: one\nbuild:1\ttodo: two\n")
  }

  @Test(.enabled(if: access(zsh, X_OK) == 0, "zsh is not here"))
  func `zsh can read its script`() async throws { try await check("zsh", zsh) }

  @Test(.enabled(if: access(fish, X_OK) == 0, "fish is not here"))
  func `fish can read its script`() async throws { try await check("fish", fish) }

  private func check(_ shell: String, _ program: String) async throws {
    let root = TemporaryRoot()
    try root.folder.write(try await root.text("completions", shell), to: "script")
    let outcome = try await FlowctlProcess.run(["-n", "script"], in: root.folder.path, executable: program)
      .expect(0)
    #expect(outcome.errors == "")
  }
}

private let zsh = "/usr/bin/zsh"
private let fish = "/usr/bin/fish"

extension TemporaryRoot {
  fileprivate func text(_ arguments: [String]) async throws -> String {
    try await flowctl(arguments).expect(0).output
  }
}
