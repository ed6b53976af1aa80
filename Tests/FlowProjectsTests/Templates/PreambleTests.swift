import FlowCore
import Testing

@testable import FlowProjects

@Suite struct `Preamble template` {
  private static let head = "---\nid: context\nversion: 3\nvariables: project\n---\n"

  private func rendered(_ body: String, project: String = "demo") throws -> String {
    try PreambleTemplate(Self.head + body, file: "context.md").render(project: try ProjectName(project))
  }

  @Test func `the built-in one names the project`() throws {
    let template = try PreambleTemplate(PreambleTemplate.builtIn, file: "built-in")
    let text = template.render(project: try ProjectName("데모"))
    #expect(text.hasPrefix("# 데모\n") && text.hasSuffix("\n") && !text.hasSuffix("\n\n"))
  }

  @Test(arguments: [
    ("# {{project}}\nHello.\n", "# demo\nHello.\n"), ("no variable", "no variable\n"), ("", ""),
    (" \n\n", ""),
    ("\n\n  / x\n\n\n", "x\n"), ("//", ""), ("{{unknown}}x", "x\n"), ("a\n---\nb", "a\n---\nb\n"),
  ]) func `it is one block without white space around it`(body: String, text: String) throws {
    #expect(try rendered(body) == text)
  }

  @Test func `a project's name is not taken for HTML or Mustache`() throws {
    #expect(
      try rendered("{{project}}", project: "a & <b> {{project}} \"c\"") == "a & <b> {{project}} \"c\"\n"
    )
  }

  @Test(arguments: [
    ("", "line 1"), ("# {{project}}\n", "line 1"), ("---\nid: x\nversion: 1\nvariables: y\n", "line 1"),
    ("\n---\nid: x\n---\n", "line 1"), ("---\nid: x\nversion: 1\n---\nbody", "variables"),
    ("---\nversion: 1\nvariables: x\n---\nbody", "no id"), ("---\n---\nbody", "no id"),
  ]) func `without its whole head it is refused`(text: String, naming: String) throws {
    let error = try #require(throws: FlowError.self) {
      try PreambleTemplate(text, file: "Prompts/context.md")
    }
    #expect(error.code == .invalidConfiguration)
    #expect(error.message.hasPrefix("Prompts/context.md line") && error.message.contains(naming), "\(error)")
  }

  @Test(arguments: [("{{project", 6), ("a\nb\n{{project", 8), ("a\n{{#open}}\nb\n{{/other}}\n", 9)])
  func `broken Mustache names its line of the file`(body: String, line: Int) throws {
    let text = Self.head + body
    let error = try #require(throws: FlowError.self) { try PreambleTemplate(text, file: "context.md") }
    #expect(error.code == .invalidConfiguration)
    #expect(error.message.hasPrefix("context.md line \(line):"), "\(error.message)")
  }
}

@Suite(.timeLimit(.minutes(15))) struct `Edited templates` {
  private let folder: ProjectsFolder

  init() throws { folder = try ProjectsFolder() }

  private func prompt(_ config: FlowConfig = FlowConfig()) async throws -> String {
    let workspace = folder.workspace(config)
    let name = try ProjectName("p")
    if try await workspace.listProjects().isEmpty { _ = try await workspace.newProject(name) }
    return try await workspace.loadProject(name).memoryRetrieve(ContextRequest(query: "x", budget: 500)).text
  }

  @Test func `a prompt begins with the template beside the root, else the built-in one`() async throws {
    #expect(try await prompt().hasPrefix("# p\nRecorded earlier"))
    let head = "---\nid: context\nversion: 1\nvariables: project\n---\n"
    try folder.write(head + "Project {{project}}, edited.\n", to: "Prompts/context.md")
    #expect(try await prompt() == "Project p, edited.\n## Now\nx\n")
    try folder.write(head + "From elsewhere.\n", to: "mine/context.md")
    var config = FlowConfig()
    config.promptsDirectory = "\(folder.path)/mine"
    #expect(try await prompt(config) == "From elsewhere.\n## Now\nx\n")
  }

  @Test func `a broken one is an error, not passed over`() async throws {
    _ = try await prompt()
    try folder.write("# {{project}}\n", to: "Prompts/context.md")
    let error = try await flowError(.invalidConfiguration) { try await prompt() }
    #expect(error.message.contains("Prompts/context.md line 1"))
  }
}
