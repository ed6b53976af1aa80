import FlowCore
import FlowTestSupport
import Glibc
import Testing

/// The commands of pages, as a reader types them: lines of ```console fences that begin with `$ `, run one after the
/// other in one folder. A trailing `# exit N` says that a command is meant to fail.
private let documents = ["first-ten-minutes.md", "tasks.md", "import.md"].map {
  "\(SampleProject.repository)/docs/\($0)"
}

@Suite(.timeLimit(.minutes(15)))
struct `The first ten minutes` {
  @Test(
    .enabled(if: documents.allSatisfy { access($0, R_OK) == 0 }, "the pages of docs are not here"),
    arguments: documents
  )
  func `every command of the page does what the page says`(document: String) async throws {
    let root = TemporaryFolder()
    let page = try await FlowctlProcess.run([document], in: root.path, executable: "/bin/cat").expect(0)
      .output
    let commands = Self.commands(in: page)
    #expect(commands.count >= 5, "the page shows no commands")
    try await FlowctlProcess.run(
      ["-r", "\(SampleProject.repository)/projects", "."],
      in: root.path,
      executable: "/bin/cp"
    )
    .expect(0)
    let path = getenv("PATH").map { String(cString: $0) } ?? "/usr/bin:/bin"
    for command in commands {
      let outcome = try await FlowctlProcess.run(
        ["-c", command.text],
        in: root.path,
        // A root of its own: without it, a project that was used in a folder above would be taken.
        environment: ["PATH": "\(try BuiltProducts.folder()):\(path)", "FLOW_ROOT": "walk"],
        executable: "/bin/bash"
      )
      #expect(outcome.exitCode == command.exit, "line \(command.line): \(command.text)\n\(outcome)")
    }
  }

  @Test func `commands are read as a reader would type them`() {
    let page = """
      ```console
      $ one
      output
      $ two \\
          goes on
      > $ not a command
      $ three # exit 66
      ```
      $ outside of a fence
      ```json
      $ in another fence
      ```
      ```console
      $ four  # a remark
      ```
      """
    let commands = Self.commands(in: page)
    #expect(commands.map(\.text) == ["one", "two \\\n    goes on", "three", "four  # a remark"])
    #expect(commands.map(\.exit) == [0, 0, 66, 0])
    #expect(commands.map(\.line) == [2, 4, 7, 14])
  }

  private struct Command {
    let line: Int
    var text: String
    var exit: CInt = 0
  }

  private static func commands(in page: String) -> [Command] {
    var commands: [Command] = []
    var isConsole = false
    var goesOn = false
    for (index, line) in page.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      if line.hasPrefix("```") {
        isConsole = !isConsole && line == "```console"
        goesOn = false
      } else if isConsole, line.hasPrefix("$ ") {
        commands.append(Command(line: index + 1, text: String(line.dropFirst(2))))
        goesOn = line.hasSuffix("\\")
      } else if goesOn {
        commands[commands.count - 1].text += "\n\(line)"
        goesOn = line.hasSuffix("\\")
      }
    }
    return commands.map { command in
      var command = command
      if let match = command.text.firstMatch(of: /\s*# exit (\d+)\s*$/) {
        command.exit = CInt(match.1) ?? 0
        command.text.removeSubrange(match.range)
      }
      return command
    }
  }
}
