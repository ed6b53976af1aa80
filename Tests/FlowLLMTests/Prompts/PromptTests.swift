import FlowCore
import Foundation
import Testing

@testable import FlowLLM

@Suite struct `Prompts that people may edit` {
  private static let folder =
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().path + "/Prompts/"

  @Test(.enabled(if: FileManager.default.fileExists(atPath: folder)), arguments: PromptFile.allCases)
  func `the built-in copy is the file that is delivered`(file: PromptFile) throws {
    #expect(try String(contentsOfFile: Self.folder + file.fileName, encoding: .utf8) == file.builtIn)
    _ = try file.prompt(nil, file: "")
  }

  @Test(arguments: [
    ("", 1, "no head"), ("id: x\n", 1, "no head"), ("---\nid: x\nversion: 1\n---\n", 2, "no variables"),
    ("---\nid:\nversion: 1\nvariables: steps\n---\n", 2, "id or version"),
    ("---\nid: x\nversion: 1\nvariables: steps\n---\nonly rules", 6, "1 parts"),
    ("---\nid: x\nversion: 1\nvariables: steps\n---\nrules\n=== message ===\nnothing", 7, "no {{{steps}}}"),
    (
      "---\nid: x\nversion: 1\nvariables: steps\n---\nrules {{#a}}\n=== message ===\n{{{steps}}}", 6,
      "cannot be read"
    ),
    (
      "---\nid: x\nversion: 1\nvariables: steps\n---\nrules\n=== message ===\n{{{steps}}}\n{{#refusal}}\n",
      10,
      "cannot be read"
    ),
  ]) func `a broken one is refused with its line`(text: String, line: Int, problem: String) throws {
    let error = try #require(throws: FlowError.self) {
      try ModelPrompt(text, file: "Prompts/summarize.md", data: "steps")
    }
    #expect(error.code == .invalidConfiguration)
    #expect(error.message.contains("Prompts/summarize.md line \(line)"), "\(error)")
    #expect(error.message.contains(problem), "\(error)")
  }

  @Test func `an edited one says its own id and version`() throws {
    let text =
      "---\nid: mine\nversion: 7\nvariables: steps\n---\nBe brief, {{words}}.\n=== message ===\n{{{steps}}}"
    let prompt = try ModelPrompt(text, file: "x", data: "steps")
    #expect(prompt.name == "mine/7")
    let request = prompt.request(["words": "9", "steps": "<&>"], maxTokens: 5)
    #expect(request == ChatRequest(system: "Be brief, 9.", message: "<&>", maxTokens: 5))
  }
}
