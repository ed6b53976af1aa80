import FlowCore
import FlowTestSupport
import Testing

@Suite(.timeLimit(.minutes(15)))
struct `Identifiers of a text` {
  private static let text = "Deploy v2.14.0 of src/api/export.swift on 2026-03-05, 1,204 rows.\n"

  @Test func `are listed with their kinds and as they are compared`() async throws {
    let root = try await TemporaryRoot(project: "demo")
    let data = try await root.data("identifiers", input: Self.text)
    let found = try #require(data["identifiers"]?.array)
    let wanted = [("version", "v2.14.0"), ("path", "src/api/export.swift"), ("date", "2026-03-05")]
    for (kind, text) in wanted {
      let match = try #require(found.first { $0["text"]?.string == text }, "\(text)")
      #expect(match["kind"]?.string == kind && match["normal"]?.string?.isEmpty == false)
      let range = match["range"]?.array?.compactMap(\.int) ?? [0, 0]
      #expect(Array(Self.text.utf8)[range[0]..<range[1]].elementsEqual(text.utf8))
    }
    let table = try await root.text("identifiers", "-", input: Self.text)
    #expect(table.hasPrefix("KIND") && table.contains("src/api/export.swift"))
    try root.folder.write(Self.text, to: "notes.md")
    #expect(try await root.text("identifiers", "notes.md") == table)
  }

  @Test func `of lines are lines, also of steps`() async throws {
    let root = TemporaryRoot()
    let lines = #"{"text":"see /etc/hosts"}"# + "\n\n" + #"{"role":"user","content":"nothing here"}"# + "\n"
    let printed = try await root.text("identifiers", "--jsonl", input: lines).split(separator: "\n")
    #expect(printed.count == 2)
    let first = try JSONValue(parsing: String(printed[0]))
    #expect(first["identifiers"]?[0]?["text"] == "/etc/hosts")
    #expect(printed[1] == #"{"identifiers":[]}"#)
    let data = try await root.data("identifiers", "--jsonl", input: lines)
    #expect(data["lines"]?.array?.count == 2 && data["lines"]?[0] == first["identifiers"])
  }

  @Test func `that stand in another text too can be left out`() async throws {
    let root = TemporaryRoot()
    try root.folder.write("1204 rows went through src/api/export.swift on 5 March 2026.\n", to: "summary.md")
    let left = try await root.data("identifiers", "--not-in", "summary.md", input: Self.text)
    #expect(left["identifiers"]?.texts("text") == ["v2.14.0"], "\(left)")
    let line = "{\"text\":\"v2.14.0 had 1,204 rows\"}\n"
    let lines = try await root.data("identifiers", "--jsonl", "--not-in", "summary.md", input: line)
    #expect(lines["lines"]?[0]?.texts("text") == ["v2.14.0"])
    try await root.flowctl(["identifiers", "--not-in", "nowhere.md"], input: Array("x".utf8)).expect(66)
  }

  @Test(arguments: ["{\n", "{\"text\":7}\n", "[]\n"])
  func `a bad line is named, and nothing is printed`(line: String) async throws {
    let root = TemporaryRoot()
    let good = #"{"text":"v1.2.3"}"# + "\n"
    let error = try await root.expectFailure(
      ["identifiers", "--jsonl"],
      exit: 65,
      "json.invalid",
      input: good + line
    )
    #expect(error["message"]?.string?.contains("line 2") == true)
  }

  @Test func `none, and a text that is none, are told`() async throws {
    let root = TemporaryRoot()
    let none = try await root.flowctl(["identifiers"], input: Array("and so on\n".utf8)).expect(0)
    #expect(none.output == "" && none.errors.contains("there are none"))
    #expect(try await root.data("identifiers", input: "")["identifiers"] == [])
    try await root.flowctl(["identifiers"], input: [0xFF, 0xFE]).expect(64)
    try await root.flowctl(["identifiers", "nowhere.md"]).expect(66)
  }
}
