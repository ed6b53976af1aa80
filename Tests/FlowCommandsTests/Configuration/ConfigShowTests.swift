import FlowCore
import FlowTestSupport
import Testing

@Suite(.timeLimit(.minutes(15)))
struct `The configuration at the command line` {
  @Test func `shows every value and where it comes from`() async throws {
    var root = try await TemporaryRoot(project: "demo")
    try root.folder.write("{\n\"context\": {\n\"budget\": 8000}}\n", to: "config.json")
    root.environment["FLOW_MEMORY_KEEP_STEPS"] = "3"
    let data = try await root.data("config", "show")
    #expect(data["file"]?.string == root.folder("config.json"))
    #expect(data["root"] == ["path": .string(root.path), "source": "found"])
    #expect(data["project"] == ["name": "demo", "source": "found"])
    func key(_ name: String) -> JSONValue? { data["keys"]?.array?.first { $0["key"]?.string == name } }
    #expect(
      key("context.budget") == [
        "key": "context.budget", "value": 8000, "source": "file", "line": 3,
        "variable": "FLOW_CONTEXT_BUDGET",
      ]
    )
    #expect(
      key("memory.keepSteps") == [
        "key": "memory.keepSteps", "value": 3, "source": "variable", "variable": "FLOW_MEMORY_KEEP_STEPS",
      ]
    )
    #expect(
      key("context.tokenizer") == [
        "key": "context.tokenizer", "value": "o200k_base", "source": "default",
        "variable": "FLOW_CONTEXT_TOKENIZER",
      ]
    )
    let text = try await root.text("config", "show")
    for row in [
      #/root +\S+/projects +found/#, #/project +demo +found/#, #/context\.budget +8000 +config\.json line 3/#,
      #/memory\.keepSteps +3 +FLOW_MEMORY_KEEP_STEPS/#, #/promptsDirectory +- +default/#,
    ] { #expect(text.contains(row), "\(text)") }
  }

  @Test func `says what the call itself gives`() async throws {
    let root = TemporaryRoot()
    let line = ["--root", "other", "--config", "mine.json", "config", "show", "--project", "x", "--json"]
    try root.folder.write("{\"promptsDirectory\": \"texts\"}", to: "mine.json")
    let data = try await root.flowctl(line).expect(0).data
    #expect(data["file"]?.string == root.folder("mine.json"))
    #expect(data["root"] == ["path": .string(root.folder("other")), "source": "option", "option": "--root"])
    #expect(data["project"] == ["name": "x", "source": "option", "option": "--project"])
    let directory = data["keys"]?.array?.first { $0["key"] == "promptsDirectory" }
    #expect(directory?["value"]?.string == root.folder("texts"))
    #expect(!root.folder.exists("other"))
  }

  @Test func `without projects and files tells the defaults`() async throws {
    let data = try await TemporaryRoot().data("config", "show")
    #expect(data["file"] == .null && data["project"] == .null)
    #expect(data["keys"]?.array?.allSatisfy { $0["source"] == "default" } == true)
  }

  @Test func `a file that cannot be used is named with its line`() async throws {
    let root = TemporaryRoot()
    try root.folder.write("{\n\"memory\": {\"keepsteps\": 3}}", to: "config.json")
    let error = try await root.expectFailure(["config", "show"], exit: 78, "config.invalid")
    #expect(error["message"]?.string?.contains("config.json line 2: there is no key") == true)
    #expect(error["hint"]?.string?.hasPrefix("did you mean memory.keepSteps?") == true)
    #expect(error["context"] == ["file": .string(root.folder("config.json")), "line": "2"])
  }
}
