import FlowCore
import FlowStore
import Foundation
import Testing

@testable import FlowProjects

@Suite(.timeLimit(.minutes(5)))
struct `Hooks as executables` {
  let folder: ProjectsFolder
  let remarks = Ledger<String>()

  init() throws { folder = try ProjectsFolder() }

  private func demo(seconds: Double = 600, bytes: Int = 65_536) async throws -> FlowProject {
    let workspace = folder.workspace(folder.hooks(remarks: remarks), seconds: seconds, bytes: bytes)
    return try await workspace.newProject(ProjectName("demo"))
  }

  @Test func `get the event, the project and their name`() async throws {
    try folder.install(
      #"cat > "$FLOW_ROOT/../seen"; env > ../../env; pwd > ../../place"#,
      as: "projects/hooks/before_save"
    )
    let project = try await demo()
    _ = try await project.addTask(NewTask(name: "데이터 수집", meta: ["owner": "jun"]))
    let seen = try folder.inputs("seen")
    #expect(seen.count == 1)
    #expect(
      seen.first?.serialized() == """
        {"schema_version":1,"hook":"before_save","project":"demo","folder":"\(folder.root)/demo","user":"tester",\
        "event":"add_task","revision":1,"tasks":{"before":[],"after":[{"id":"T001","name":"데이터 수집",\
        "status":"todo","deps":[],"rev":1,"meta":{"owner":"jun"}}]}}
        """
    )
    let variables = try Set(folder.text("env").split(separator: "\n").map(String.init))
    let root = try #require(Folder.realPath(folder.root))
    #expect(variables.isSuperset(of: ["FLOW_HOOK=before_save", "FLOW_PROJECT=demo", "FLOW_ROOT=\(root)"]))
    #expect(try folder.text("place") == "\(root)/demo\n")
    #expect(remarks.entries == [])
  }

  @Test func `the root's comes first, then the project's`() async throws {
    let project = try await demo()
    for place in ["projects", "projects/demo"] {
      for name in ["before_save", "after_add_task"] {
        try folder.install("echo \(place) \(name) >> \"$FLOW_ROOT/../log\"", as: "\(place)/hooks/\(name)")
      }
    }
    let workspace = folder.workspace(folder.hooks())
    try await workspace.trust(workspace.hooks(of: project.name))
    _ = try await project.addTask(NewTask(name: "a"))
    #expect(
      try folder.text("log") == """
        projects before_save
        projects/demo before_save
        projects after_add_task
        projects/demo after_add_task

        """
    )
  }

  @Test(arguments: [
    ("echo to nobody; echo '  no owner ' >&2; echo second >&2; exit 3", "no owner second"),
    ("echo on standard output; exit 1", "on standard output"),
    ("exit 7", "it exited with 7 and said nothing"),
    (#"printf 'a\033[31mb' >&2; exit 1"#, "a\\u{1b}[31mb"),
  ]) func `one that exits with an error refuses, in its own words`(script: String, words: String) async throws
  {
    try folder.install(script, as: "projects/hooks/before_save")
    let project = try await demo()
    let error = try await flowError(.hookVetoed) { _ = try await project.addTask(NewTask(name: "a")) }
    #expect(error.message == "the root's hook 'before_save' refused this: \(words)")
    #expect(error.context["path"]?.hasSuffix("/projects/hooks/before_save") == true)
    #expect(try await project.workflow().revision == 1)
  }

  @Test func `words without an end are cut`() async throws {
    try folder.install("head -c 3000000 /dev/zero | tr '\\0' x >&2; exit 1", as: "projects/hooks/before_save")
    let project = try await demo(bytes: 4096)
    let error = try await flowError(.hookVetoed) { _ = try await project.addTask(NewTask(name: "a")) }
    #expect(error.message.hasSuffix("xxx…"))
    #expect(error.message.count < 1200)
  }

  @Test func `one that prints without measure is read to its end`() async throws {
    try folder.install(
      "head -c 3000000 /dev/zero; head -c 3000000 /dev/zero >&2",
      as: "projects/hooks/before_save"
    )
    let project = try await demo(bytes: 1024)
    _ = try await project.addTask(NewTask(name: "a"))
    #expect(try await project.workflow().revision == 2)
  }

  @Test func `one that does not read what it gets is no trouble, however much that is`() async throws {
    try folder.install("exec <&-; exit 0", as: "projects/hooks/before_step")
    try folder.install("wc -c > \"$FLOW_ROOT/../bytes\"", as: "projects/hooks/after_step")
    let project = try await demo()
    let content = String(repeating: "a long line\n", count: 200_000)
    _ = try await project.memoryUpdate(Step(role: .tool, content: content))
    let bytes = try folder.text("bytes").trimmingCharacters(in: .whitespacesAndNewlines)
    #expect(try #require(Int(bytes)) > content.utf8.count)
    #expect(remarks.entries == [])
  }

  @Test(arguments: [
    // Its child passes SIGTERM over.
    "trap '' TERM; (trap '' TERM; exec sleep 600) & echo $! > \"$FLOW_ROOT/../child\"; wait",
    // It goes by SIGTERM, its child does not.
    "(trap '' TERM; exec sleep 600) & echo $! > \"$FLOW_ROOT/../child\"; wait",
    // Nothing more comes from it, and it goes on.
    "echo $$ > \"$FLOW_ROOT/../child\"; exec >&- 2>&- <&-; exec sleep 600",
    "echo $$ > \"$FLOW_ROOT/../child\"; while :; do echo flood; done",
  ]) func `one that does not end is ended with all that it started, and nothing is changed`(
    script: String
  ) async throws {
    try folder.install(script, as: "projects/hooks/before_save")
    let project = try await demo(seconds: 1)
    let error = try await flowError(.hookFailed) { _ = try await project.addTask(NewTask(name: "a")) }
    #expect(error.message.contains("it was ended after 1.0 s"))
    // On a machine that is very busy its time is up before it has come so far.
    if folder.exists("child") { #expect(try await hasEnded(folder.text("child"))) }
    #expect(try await project.workflow().revision == 1)
  }

  @Test func `what one leaves in the background is neither waited for nor ended`() async throws {
    try folder.install("sleep 600 & echo $! > \"$FLOW_ROOT/../child\"", as: "projects/hooks/before_save")
    let project = try await demo()
    _ = try await project.addTask(NewTask(name: "a"))
    let child = try folder.text("child")
    #expect(isRunning(child))
    kill(try #require(pid_t(child.trimmingCharacters(in: .whitespacesAndNewlines))), SIGKILL)
  }

  @Test(arguments: [
    ("kill -9 $$", "signal 9 ended it"),
    ("echo words >&2; kill -TERM $$", "signal 15 ended it; it said: words"),
  ]) func `one that a signal ends could not decide`(script: String, words: String) async throws {
    try folder.install(script, as: "projects/hooks/before_save")
    let project = try await demo()
    let error = try await flowError(.hookFailed) { _ = try await project.addTask(NewTask(name: "a")) }
    #expect(error.message.hasSuffix("nothing was changed: \(words)"))
    #expect(try await project.workflow().revision == 1)
  }

  @Test(arguments: [("no interpreter", "#!/bin/sh"), ("#!/no/such/interpreter\n", "is not there")])
  func `one that cannot be started could not decide`(text: String, words: String) async throws {
    try folder.install("", as: "projects/hooks/before_save")
    try folder.overwrite(text, in: "projects/hooks/before_save")
    let project = try await demo()
    let error = try await flowError(.hookFailed) { _ = try await project.addTask(NewTask(name: "a")) }
    #expect(error.message.contains("it cannot be started") && error.message.contains(words))
    #expect(try await project.workflow().revision == 1)
  }

  @Test func `one that fails after a change is a remark`() async throws {
    try folder.install("echo disk full >&2; exit 2", as: "projects/hooks/after_add_task")
    let project = try await demo()
    _ = try await project.addTask(NewTask(name: "a"))
    #expect(try await project.workflow().revision == 2)
    #expect(remarks.entries == ["the root's hook 'after_add_task' failed: exit 2: disk full"])
  }

  @Test func `one that does not end after a change is a remark`() async throws {
    try folder.install("exec sleep 600", as: "projects/hooks/after_add_task")
    let project = try await demo(seconds: 0.5)
    _ = try await project.addTask(NewTask(name: "a"))
    #expect(try await project.workflow().revision == 2)
    let words = "it was ended after 0.5 s (hooks.timeoutSeconds)"
    #expect(remarks.entries == ["the root's hook 'after_add_task' failed: \(words)"])
  }

  @Test func `a task that is cancelled ends the one it waits for`() async throws {
    try folder.install("echo $$ > \"$FLOW_ROOT/../child\"; exec sleep 600", as: "projects/hooks/before_save")
    let project = try await demo()
    let change = Task { try await project.addTask(NewTask(name: "a")) }
    while try !folder.exists("child") || folder.text("child").isEmpty {
      try await Task.sleep(for: .milliseconds(5))
    }
    change.cancel()
    let error = try await flowError(.hookFailed) { _ = try await change.value }
    #expect(error.message.contains("it was interrupted"))
    #expect(try await hasEnded(folder.text("child")))
    #expect(try await project.workflow().revision == 1)
  }

  @Test func `others change the plan while one runs`() async throws {
    try folder.install(
      "[ -e \"$FLOW_ROOT/../asked\" ] || { touch \"$FLOW_ROOT/../asked\"; while [ ! -e \"$FLOW_ROOT/../go\" ]; do sleep 0.01; done; }",
      as: "projects/hooks/before_save"
    )
    let project = try await demo()
    var without = folder.hooks()
    without.runsExecutables = false
    let other = try await folder.workspace(without).loadProject(project.name)
    let change = Task { try await project.addTask(NewTask(name: "ours")) }
    while !folder.exists("asked") { try await Task.sleep(for: .milliseconds(5)) }
    _ = try await other.addTask(NewTask(name: "theirs"))
    try folder.write("", to: "go")
    #expect(try await change.value.id.rawValue == "T002")
    #expect(try await project.workflow().tasks.map(\.name) == ["theirs", "ours"])
  }

  @Test func `none runs within a hook`() async throws {
    try folder.install("exit 1", as: "projects/hooks/before_save")
    let hooks = Hooks(environment: ["FLOW_HOOK": "after_step", "HOME": folder.path])
    #expect(!hooks.runsExecutables)
    let project = try await folder.workspace(hooks).newProject(ProjectName("demo"))
    _ = try await project.addTask(NewTask(name: "a"))
    #expect(try await project.workflow().revision == 2)
  }

  @Test(
    arguments: [
      (["XDG_CONFIG_HOME": "/x", "HOME": "/home/jun"], "/x/flow/trusted.json"),
      (["XDG_CONFIG_HOME": "relative", "HOME": "/home/jun"], "/home/jun/.config/flow/trusted.json"),
      (["XDG_CONFIG_HOME": "", "HOME": "/home/jun"], "/home/jun/.config/flow/trusted.json"),
      (["HOME": ""], nil), ([:], nil),
    ] as [([String: String], String?)]
  )
  func `trust is kept where configuration is`(environment: [String: String], path: String?) {
    #expect(Hooks(environment: environment).trustFile == path)
  }
}
