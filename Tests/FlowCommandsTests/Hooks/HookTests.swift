import FlowCore
import FlowTestSupport
import Glibc
import Testing

@Suite(.timeLimit(.minutes(15)))
struct `Hooks at the command line` {
  let root: TemporaryRoot

  init() async throws {
    var root = try await TemporaryRoot(project: "demo")
    // All tests run at once.
    root.environment["FLOW_HOOKS_TIMEOUT_SECONDS"] = "600"
    self.root = root
  }

  @Test func `a veto is an error in the hook's words, and nothing changes`() async throws {
    try root.install("echo 'ask Mina first' >&2; exit 1", as: "hooks/before_save")
    let before = try root.snapshot()
    let error = try await root.expectFailure(["add-task", "a"], exit: 65, "hook.vetoed")
    #expect(error["message"] == "the root's hook 'before_save' refused this: ask Mina first")
    #expect(error["context"]?["hook"] == "before_save")
    #expect(error["context"]?["exit"] == "1")
    #expect(try root.snapshot() == before)
  }

  @Test func `a step that a hook refuses is not stored`() async throws {
    try root.install("! grep -q sk-", as: "hooks/before_step")
    try await root.expectFailure(["add-step", "it is sk-123"], exit: 65, "hook.vetoed")
    #expect(try await root.text("add-step", "all is well") == "s1\n")
  }

  @Test func `a hook that does not end is no decision`() async throws {
    try root.install("exec sleep 600", as: "hooks/before_save")
    var root = root
    root.environment["FLOW_HOOKS_TIMEOUT_SECONDS"] = "0.3"
    let error = try await root.expectFailure(["add-task", "a"], exit: 69, "hook.failed")
    #expect(error["message"]?.string?.contains("0.3 s") == true)
    #expect(error["context"]?["path"]?.string == "\(root.path)/hooks/before_save")
    #expect(try await root.data("status")["revision"] == 1)
  }

  @Test func `one that fails after a change is a remark that quiet switches off`() async throws {
    try root.install("echo 'disk full' >&2; exit 2", as: "hooks/after_add_task")
    let plain = try await root.flowctl(["add-task", "a"]).expect(0)
    #expect(plain.output == "T001\n")
    #expect(plain.errors == "flowctl: the root's hook 'after_add_task' failed: exit 2: disk full\n")
    let json = try await root.flowctl(["add-task", "b", "--json"]).expect(0)
    #expect(try json.data["id"] == "T002")
    #expect(json.errors == plain.errors)
    let quiet = try await root.flowctl(["add-task", "c", "--quiet"]).expect(0)
    #expect(quiet.errors == "")
  }

  @Test func `a hook calls flowctl, and is not called for that`() async throws {
    try root.install("flowctl add-task \"from a hook\"", as: "hooks/after_add_task")
    try root.install("flowctl add-step \"the plan is to change\" --quiet >/dev/null", as: "hooks/before_save")
    var root = root
    root.environment["PATH"] = "\(try BuiltProducts.folder()):/usr/bin:/bin"
    try await root.text("add-task", "from a person")
    let names = try await root.data("task", "list")["tasks"]?.texts("name")
    #expect(names == ["from a person", "from a hook"])
    #expect(try await root.data("steps")["steps"]?.array?.count == 1)
  }

  @Test func `a variable switches hooks off for a command`() async throws {
    try root.install("exit 1", as: "hooks/before_save")
    var root = root
    root.environment["FLOW_HOOK"] = "off"
    try await root.text("add-task", "a")
  }

  @Test func `an import calls none`() async throws {
    try root.install("exit 1", as: "hooks/before_step")
    try root.install("touch \"$FLOW_ROOT/../told\"", as: "hooks/after_step")
    try await root.text("import", "-", input: #"{"role":"user","content":"hello"}"#)
    #expect(try await root.data("steps")["steps"]?.array?.count == 1)
    #expect(!root.folder.exists("told"))
  }

  @Test(arguments: [SIGINT, SIGTERM])
  func `an interrupt ends the hook, then the command`(signal: CInt) async throws {
    try root.install("echo $$ > \"$FLOW_ROOT/../child\"; exec sleep 600", as: "hooks/before_save")
    var root = root
    let process = try root.start(["add-task", "a"])
    while try !root.folder.exists("child") || root.folder.text("child").isEmpty {
      try await Task.sleep(for: .milliseconds(5))
    }
    kill(process.id, signal)
    let outcome = try await process.outcome()
    #expect(outcome.signal == signal, "\(outcome)")
    let child = try #require(pid_t(root.folder.text("child").filter(\.isNumber)))
    #expect(kill(child, 0) != 0 && errno == ESRCH)
    root.environment["FLOW_HOOK"] = "off"
    #expect(try await root.data("status")["revision"] == 1)
  }

  @Test func `a project's hooks run once they are trusted, and until they change`() async throws {
    try root.install("echo no >&2; exit 1", as: "demo/hooks/before_save")
    let untrusted = try await root.flowctl(["add-task", "a"]).expect(0)
    #expect(untrusted.errors.contains("not trusted") && untrusted.errors.contains("`flowctl trust demo`"))
    #expect(try await root.flowctl(["add-task", "b", "--quiet"]).expect(0).errors == "")
    #expect(try await root.text("doctor").contains("note: hooks: the hooks of project 'demo' do not run"))

    let seen = try await root.text("trust", "demo", "--dry-run")
    #expect(seen.contains("\(root.path)/demo/hooks/before_save\n") && seen.contains("are not trusted"))
    #expect(try await root.text("trust", "--list") == "")
    let trusted = try await root.data("trust", "demo")
    #expect(trusted["trust"] == "trusted" && trusted["changed"] == true)
    #expect(trusted["hooks"]?.texts("name") == ["before_save"])
    #expect(try await root.data("trust", "demo")["changed"] == false)
    #expect(try root.folder.json(".config/flow/trusted.json")["schema"] == 1)
    let list = try await root.data("trust", "--list")["trusted"]
    #expect(list?.texts("folder") == ["\(root.path)/demo"])
    #expect(list?.array?.first?["sha256"] == trusted["sha256"])
    try await root.expectFailure(["add-task", "c"], exit: 65, "hook.vetoed")

    try root.install("echo never >&2; exit 1", as: "demo/hooks/before_save")
    #expect(try await root.flowctl(["add-task", "c"]).expect(0).errors.contains("have changed since"))
    #expect(try await root.text("trust", "--list").contains("no\n"))
    #expect(try await root.text("trust", "demo", "--dry-run").contains("have changed since"))
    try await root.text("trust", "demo")
    try await root.expectFailure(["add-task", "d"], exit: 65, "hook.vetoed")
    #expect(try await root.text("trust", "demo", "--revoke").contains("trusted no longer"))
    #expect(try await root.data("trust", "demo", "--revoke")["changed"] == false)
    try await root.text("add-task", "d")
  }

  @Test func `the folder of configuration can be elsewhere`() async throws {
    try root.install("exit 1", as: "demo/hooks/before_save")
    var root = root
    root.environment["XDG_CONFIG_HOME"] = root.folder("etc")
    try await root.text("trust", "demo")
    #expect(root.folder.exists("etc/flow/trusted.json") && !root.folder.exists(".config"))
    try await root.expectFailure(["add-task", "a"], exit: 65, "hook.vetoed")
  }

  @Test func `without a place for it trust is an error`() async throws {
    try root.install("exit 1", as: "demo/hooks/before_save")
    var root = root
    root.environment["HOME"] = ""
    let error = try await root.expectFailure(["trust", "demo"], exit: 78, "config.invalid")
    #expect(error["hint"]?.string?.contains("HOME") == true)
    try await root.text("add-task", "a")
  }

  @Test func `a damaged file of trust is an error of trust, and a remark elsewhere`() async throws {
    try root.install("exit 1", as: "demo/hooks/before_save")
    try root.folder.write("{", to: ".config/flow/trusted.json")
    try await root.expectFailure(["trust", "demo"], exit: 78, "config.invalid")
    try await root.expectFailure(["trust", "--list"], exit: 78, "config.invalid")
    let outcome = try await root.flowctl(["add-task", "a"]).expect(0)
    #expect(outcome.errors.contains("trusted.json cannot be used"))
  }

  @Test func `a project without hooks, or that is not there, cannot be trusted`() async throws {
    try await root.expectFailure(["trust", "demo"], exit: 66, "file.not_found")
    try await root.expectFailure(["trust", "nowhere"], exit: 66, "project.not_found")
    for wrong in [["trust"], ["trust", "demo", "--list"], ["trust", "demo", "--revoke", "--dry-run"]] {
      try await root.expectFailure(wrong, exit: 64, "argument.invalid")
    }
    try await root.expectFailure(["new", "hooks"], exit: 65, "project.name_invalid")
  }
}

extension TemporaryRoot {
  /// Writes a script into the root that its owner alone can write and run.
  func install(_ script: String, as name: String) throws {
    try installProgram("#!/bin/sh\n\(script)\n", as: name)
  }

  /// The same for a whole program.
  func installProgram(_ text: String, as name: String) throws {
    try folder.write(text, to: "projects/\(name)")
    try #require(chmod("\(path)/\(name)", 0o755) == 0)
  }
}
