import FlowCore
import FlowTestSupport
import Testing

@Suite(.timeLimit(.minutes(15)))
struct `Plans in a repository` {
  /// Runs a script of the shell in which `flowctl` and git are found.
  private func shell(_ script: String, in root: TemporaryRoot) async throws -> FlowctlProcess.Outcome {
    let path = "PATH=\"\(try BuiltProducts.folder()):$PATH\"; export PATH\n"
    let settings = """
      export GIT_CONFIG_NOSYSTEM=1 GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@example.org
      export GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@example.org

      """
    return try await FlowctlProcess.run(
      ["-euc", path + settings + script],
      in: root.folder.path,
      executable: "/bin/sh"
    )
  }

  private static let start = """
    git init -q -b main .
    printf '%s\\n' '.lock' 'memory.sqlite*' 'backups/' '.active' > .gitignore
    flowctl add-task first; flowctl add-task second --dep T001; flowctl add-task third
    git add . && git commit -qm start

    """

  @Test func `a change of one task is a change of its line and the revision's`() async throws {
    let root = try await TemporaryRoot(project: "demo")
    let outcome = try await shell(
      Self.start + "flowctl done T002 >/dev/null; git diff -U0 projects/demo/workflow.json",
      in: root
    ).expect(0)
    let changed = outcome.output.split(separator: "\n").filter {
      ($0.hasPrefix("+") || $0.hasPrefix("-")) && !$0.hasPrefix("+++") && !$0.hasPrefix("---")
    }
    #expect(changed.count == 4, "\(changed)")
    #expect(changed.allSatisfy { $0.contains("revision") || $0.contains("T002") }, "\(changed)")
  }

  @Test func `two branches that both changed the plan are one again`() async throws {
    let root = try await TemporaryRoot(project: "demo")
    let script = """
      git checkout -qb feature
      flowctl done T001 --json >/dev/null; flowctl add-task theirs; flowctl task update T003 --name "third of theirs"
      git commit -qam theirs
      git checkout -q main
      flowctl start T002; flowctl add-task ours; flowctl task update T003 --owner jun
      git commit -qam ours
      git merge -q feature && exit 9
      grep -q '<<<<<<<' projects/demo/workflow_history.json
      set +e
      flowctl add-task "while it is not resolved"; echo "exit $?"
      flowctl task list; echo "exit $?"
      flowctl doctor >/dev/null; echo "exit $?"
      set -e
      flowctl doctor --fix
      flowctl doctor
      git commit -qam merged
      flowctl add-task "after it"
      """
    let outcome = try await shell(Self.start + script, in: root).expect(0)
    #expect(outcome.output.contains("exit 65"), "\(outcome)")
    #expect(outcome.output.contains("fixed: merged 2 branches of the plan"), "\(outcome)")
    #expect(outcome.output.contains("demo: all files are sound"), "\(outcome)")
    let tasks = try await root.data("task", "list")["tasks"]?.array ?? []
    let lines = tasks.map { task in
      "\(task["id"]?.string ?? "") \(task["name"]?.string ?? "") \(task["status"]?.string ?? "") "
        + "\(task["meta"]?["owner"]?.string ?? "")"
    }
    #expect(
      lines == [
        "T001 first done ", "T002 second doing ", "T003 third of theirs todo jun", "T004 ours todo ",
        "T005 theirs todo ", "T006 after it todo ",
      ]
    )
    let events = try await root.data("history", "--limit", "100")["events"]?.array ?? []
    #expect(events.compactMap { $0["seq"]?.int } == Array(1...events.count))
    #expect(events.count { $0["event"] == "merge" } == 1 && events.count { $0["event"] == "branch" } == 1)
    // The state of the other branch, as it was there.
    let merge = try #require(events.first { $0["event"] == "merge" }?["seq"]?.int)
    try await root.text("rollback", "--to", "\(merge - 1)")
    let theirs = try await root.data("task", "list")["tasks"]?.array ?? []
    #expect(theirs.compactMap { $0["name"]?.string } == ["first", "second", "third of theirs", "theirs"])
  }

  @Test func `an older plan that was checked out is adopted, and the difference recorded`() async throws {
    let root = try await TemporaryRoot(project: "demo")
    let script = """
      flowctl done T001; flowctl done T003; flowctl add-task fourth
      git checkout -q HEAD -- projects/demo/workflow.json
      flowctl task list
      flowctl start T001
      """
    try await shell(Self.start + script, in: root).expect(0)
    let tasks = try await root.data("task", "list")["tasks"]?.array ?? []
    #expect(tasks.compactMap { $0["status"]?.string } == ["doing", "todo", "todo"])
    let events = try await root.data("history", "--limit", "2")["events"]?.array ?? []
    #expect(events.compactMap { $0["event"]?.string } == ["external_edit", "update_task"])
    #expect(events[0]["detail"]?["before"]?["tasks"]?.array?.count == 3)
    // And what was there before it can be had back.
    let seq = try #require(events[0]["seq"]?.int)
    try await root.text("rollback", "--to", "\(seq - 1)")
    #expect(try await root.data("task", "list")["tasks"]?.array?.count == 4)
  }
}
