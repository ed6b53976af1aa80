import ArgumentParser
import FlowCore
import FlowProjects

struct DoctorCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Check every file of the project, and say how to mend what is wrong.",
    discussion: """
      Exits with 65 if something is wrong. With --fix it mends what can be mended without loss: a merge of two
      branches in the plan, its history and the results (what is replaced is kept in backups/), readable summaries
      that lag behind, leftovers of killed commands. Examples:
        flowctl doctor --project demo
        git merge feature; flowctl doctor --fix
      """
  )
  @Flag(help: "Mend what can be mended without loss.") var fix = false
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let project = try await global.currentProject()
    let done = fix ? try await project.mend() : []
    let findings = try await project.findings()
    let errors = findings.count(where: \.isError)
    global.print(
      "doctor",
      [
        "findings": .array(findings.map(\.json)), "errors": .number(JSONNumber(errors)),
        "fixed": .array(done.map(JSONValue.string)),
      ],
      text: done.map { "fixed: \($0.excerpt(limit: 2000))\n" }.joined() + findings.map(\.text).joined()
        + (findings.isEmpty ? "project \(project.name): all files are sound\n" : "")
    )
    if errors > 0 { throw ExitCode(65) }
  }
}

extension Finding {
  fileprivate var json: JSONValue {
    [
      "file": .string(file), "line": line.map { .number(JSONNumber($0)) } ?? .null,
      "problem": .string(problem), "remedy": .string(remedy), "error": .bool(isError),
    ]
  }

  fileprivate var text: String {
    let problem = problem.excerpt(limit: 2000)
    let place = line.map { "\(file) line \($0)" } ?? file
    // What a reader of the file had to say names the place already.
    let sentence = problem.hasPrefix(file) ? problem : "\(place): \(problem)"
    return "\(isError ? "error" : "note"): \(sentence)\n  \(remedy)\n"
  }
}
