import FlowCore
import FlowTestSupport
import Testing

@Suite(.timeLimit(.minutes(15)))
struct `Import of other forms` {
  private static let messages = #"""
    [{"role":"user","content":[{"type":"text","text":"see"},{"type":"image_url","image_url":{"url":"data:image/png;base64,QUJD"}}]},
     {"role":"assistant","content":null,"reasoning_content":"hm","tool_calls":[{"id":"c","function":{"name":"ls","arguments":"{}"}}]},
     {"role":"tool","tool_call_id":"c","content":"a.txt"}]
    """#
  private static let session = [
    #"{"type":"user","uuid":"u1","timestamp":"2026-02-18T11:30:11Z","message":{"content":"list it"}}"#,
    #"{"type":"assistant","uuid":"u2","message":{"content":[{"type":"tool_use","id":"c","name":"Bash","input":{"command":"ls"}}]}}"#,
    #"{"type":"user","uuid":"u3","message":{"content":[{"type":"tool_result","tool_use_id":"c","content":"a.txt"}]}}"#,
    #"{"type":"system","subtype":"turn_duration"}"#,
  ].joined(separator: "\n")

  @Test func `what is left out is told on standard error, or in the data, and not when quiet`() async throws {
    let root = try await TemporaryRoot(project: "demo")
    try root.folder.write(Self.messages, to: "m.json")
    let first = try await root.flowctl(["import", "m.json", "--from", "openai"]).expect(0)
    #expect(first.output == "3 new of 3 steps, s1-3\n")
    #expect(first.errors.contains("not carried over: 1 × image, line 1 (message 1)\n"))
    #expect(first.errors.contains("not carried over: 1 × thinking, line 2 (message 2)\n"))
    let quiet = try await root.flowctl(["import", "m.json", "--from", "openai", "--quiet"]).expect(0)
    #expect(quiet.errors == "" && quiet.output == "0 new of 3 steps\n")
    let data = try await root.data("import", "-", "--from", "openai", input: Self.messages)
    #expect(data["new"] == 0)
    #expect(
      data["skipped"]?.serialized()
        == #"[{"kind":"image","count":1,"first":["line 1 (message 1)"]},{"kind":"thinking","count":1,"first":["line 2 (message 2)"]}]"#
    )
  }

  @Test(arguments: [("openai", messages), ("claude-code", session)])
  func `steps of every form live on as steps do`(form: String, source: String) async throws {
    let root = try await TemporaryRoot(project: "demo")
    #expect(try await root.data("import", "-", "--from", form, input: source)["new"] == 3)
    let exported = try await root.text("export")
    try await root.text("new", "other")
    #expect(try await root.data("import", "-", input: exported)["new"] == 3)
    #expect(try await root.text("export") == exported)
    #expect(try await root.data("import", "-", "--from", form, input: source)["new"] == 0)
    #expect(try await root.text("search", "a.txt").contains("s3"))
    try await root.text("forget", "s2", "--reason", "a test")
    let error = try await root.expectFailure(
      ["import", "-", "--from", form],
      exit: 75,
      "step.ref_conflict",
      input: source
    )
    #expect(error["message"]?.string?.contains("was forgotten") == true)
  }

  @Test func `the wrong form is refused with what would be right`() async throws {
    let root = try await TemporaryRoot(project: "demo")
    try await root.expectFailure(
      ["import", "-", "--from", "openai"],
      exit: 65,
      "step.invalid",
      input: "{\"a\":1}"
    )
    try await root.expectFailure(
      ["import", "-", "--from", "claude-code"],
      exit: 65,
      "step.invalid",
      input: "{}"
    )
    try await root.expectFailure(
      ["import", "-", "--from", "claude-code"],
      exit: 65,
      "json.invalid",
      input: Self.messages
    )
    try await root.expectFailure(["import", "-"], exit: 65, "json.invalid", input: Self.messages)
    try await root.flowctl(["import", "-", "--from", "gemini"]).expect(64)
    #expect(try await root.data("status")["memory"]?["steps"] == 0)
  }

  @Test func `a list in one line, longer than a piece and with megabytes of an image, is imported`()
    async throws
  {
    let root = try await TemporaryRoot(project: "demo")
    let image = String(repeating: "QUJD", count: 1_000_000)
    let message = { (number: Int) in
      #"{"role":"user","content":"step \#(number) \#(String(repeating: "x ", count: 500))"}"#
    }
    let messages =
      (1...1200).map(message) + [
        #"{"role":"user","content":[{"type":"input_image","image_url":"data:image/jpeg;base64,\#(image)"}]}"#
      ]
    try root.folder.write("[" + messages.joined(separator: ",") + "]", to: "m.json")
    let data = try await root.data("import", "m.json", "--from", "openai")
    #expect(data["new"] == 1201)
    #expect(data["skipped"]?[0]?["first"]?[0] == "line 1 (message 1201)")
    #expect(
      try await root.data("steps", "--last", "1")["steps"]?.texts("content") == [
        "[image: image/jpeg, 3.0 MB, not kept]"
      ]
    )
    try root.folder.write("[" + messages.joined(separator: ",") + ",{\"role\":7}]", to: "m.json")
    let error = try await root.expectFailure(
      ["import", "m.json", "--from", "openai"],
      exit: 65,
      "step.invalid"
    )
    #expect(error["message"]?.string?.hasPrefix("m.json line 1 (message 1202): role is 7") == true)
  }
}
