import FlowCore
import FlowTestSupport
import Glibc
import Testing

/// The examples of docs/hooks.md: fences that begin with `#!`, whose second line names the file that they go to.
private let document = "\(SampleProject.repository)/docs/hooks.md"

@Suite(.timeLimit(.minutes(15)), .enabled(if: access(document, R_OK) == 0, "docs/hooks.md is not here"))
struct `The page about hooks` {
  private static func page() async throws -> String {
    let root = TemporaryFolder()
    return try await FlowctlProcess.run([document], in: root.path, executable: "/bin/cat").expect(0).output
  }

  @Test func `its examples do what it says`() async throws {
    var root = try await TemporaryRoot(project: "demo")
    root.environment["FLOW_HOOKS_TIMEOUT_SECONDS"] = "600"
    let programs = Self.programs(in: try await Self.page())
    #expect(programs.map(\.name) == ["hooks/before_save", "hooks/after_update_task"])
    for program in programs { try root.installProgram(program.text, as: program.name) }

    let error = try await root.expectFailure(
      ["add-task", "Collect the data"],
      exit: 65,
      "hook.vetoed"
    )
    #expect(
      error["message"]
        == "the root's hook 'before_save' refused this: T001 has no owner: give one with --owner"
    )
    #expect(try await root.text("add-task", "Collect the data", "--owner", "mina") == "T001\n")
    #expect(try await root.text("start", "T001") == "T001 doing: Collect the data\n")
    let lines = try root.folder.text("changes.jsonl").split(separator: "\n")
    #expect(lines.count == 1)
    let event = try JSONValue(parsing: String(lines.first ?? ""))
    #expect(event["hook"] == "after_update_task" && event["revision"] == 3)
    #expect(event["tasks"]?["after"]?.texts("status") == ["doing"])
  }

  @Test func `its event is what a hook gets`() async throws {
    let page = try await Self.page()
    let line = try #require(page.split(separator: "\n").first { $0.hasPrefix("{\"schema_version\"") })
    let shown = try JSONValue(parsing: String(line))
    var root = try await TemporaryRoot(project: "demo")
    root.environment = ["FLOW_USER": "mina", "FLOW_HOOKS_TIMEOUT_SECONDS": "600"]
    try await root.text("add-task", "Collect the data", "--owner", "mina")
    try root.install("cat > \"$FLOW_ROOT/../seen\"", as: "hooks/before_save")
    try await root.text("start", "T001")
    var seen = try #require(root.folder.json("seen").object)
    #expect(seen["folder"]?.string == "\(root.path)/demo")
    seen["folder"] = shown["folder"]
    #expect(JSONValue.object(seen) == shown)
  }

  private static func programs(in page: String) -> [(name: String, text: String)] {
    var programs: [(name: String, text: String)] = []
    var lines: [Substring]?
    for line in page.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("```") {
        if let body = lines, body.first?.hasPrefix("#!") == true, body.count > 2,
          let name = body[1].split(separator: " ").last?.trimmingPrefix("projects/")
        {
          programs.append((String(name), body.joined(separator: "\n") + "\n"))
        }
        lines = lines == nil ? [] : nil
      } else {
        lines?.append(line)
      }
    }
    return programs
  }
}
