import FlowCore
import FlowProjects
import Testing

@Suite(.timeLimit(.minutes(15))) struct `Import of OpenAI messages` {
  private static let messages = [
    #"{"role":"system","content":"You sell tickets."}"#,
    #"{"role":"user","content":"Is T-17 free?","name":"mina"}"#,
    #"{"role":"assistant","content":"One moment.","tool_calls":[{"id":"c1","type":"function","function":{"name":"seat","arguments":"{\"id\": \"T-17\"}"}},{"id":"c2","type":"function","function":{"name":"price","arguments":"{}"}}]}"#,
    #"{"role":"tool","tool_call_id":"c1","content":"free"}"#,
    #"{"role":"tool","tool_call_id":"c2","content":""}"#,
    #"{"role":"assistant","content":"It is, for 12.50 €."}"#,
  ]

  private static func list(_ messages: some Sequence<String>) -> String {
    "[\n" + messages.joined(separator: ",\n") + "\n]"
  }

  /// The same messages in every shape that is taken.
  private static let shapes = [
    list(messages), messages.joined(separator: "\n"), "\u{FEFF}" + messages.joined(separator: " ") + "\n",
    "{\"messages\":\(list(messages)),\"model\":\"m\"}", "[\(list(messages))]",
    "[{\"messages\":\(list(messages))}]",
    "{\"messages\":\(list(messages.dropLast())),\"choices\":[{\"index\":0,\"message\":\(messages[5])}]}",
    "{\n \"input\": \(list(messages.prefix(2))),\n \"output\": \(list(messages.dropFirst(2)))\n}",
  ]

  @Test(arguments: shapes) func `every shape gives the same steps`(text: String) async throws {
    let bench = try await TranscriptBench()
    let receipt = try await bench.add(text, .openAI)
    #expect(receipt.read == 6 && receipt.new == 6 && receipt.ids == StepID(1)...StepID(6))
    #expect(
      try await bench.lines() == [
        "system: You sell tickets.", "user mina: Is T-17 free?",
        "assistant: One moment.\nseat({\"id\": \"T-17\"})\nprice({})", "tool seat: free", "tool price: ",
        "assistant: It is, for 12.50 €.",
      ]
    )
    let again = try await bench.add(text, .openAI)
    #expect(again.read == 6 && again.new == 0)
  }

  @Test func `a result answers its call`() async throws {
    let bench = try await TranscriptBench()
    try await bench.add(Self.list(Self.messages), .openAI)
    let steps = try await bench.steps()
    #expect(steps[3].answers(steps[2]) && steps[4].answers(steps[2]))
    #expect(!steps[5].answers(steps[2]) && !steps[3].answers(steps[1]))
    let calls = try #require(steps[2].step.meta["tool_calls"])
    #expect(calls[0] == ["id": "c1", "name": "seat", "arguments": "{\"id\": \"T-17\"}"])
  }

  @Test func `a conversation that went on adds what is new in it, and shapes do not count`() async throws {
    let bench = try await TranscriptBench()
    for count in 1...6 {
      let text =
        count.isMultiple(of: 2)
        ? Self.list(Self.messages.prefix(count)) : Self.messages.prefix(count).joined()
      let receipt = try await bench.add(text, .openAI)
      #expect(receipt.read == count && receipt.new == 1)
    }
    #expect(try await bench.steps().count == 6)
  }

  @Test func `the same words in another conversation are other steps`() async throws {
    let bench = try await TranscriptBench()
    let yes = #"{"role":"user","content":"Yes"}"#
    let first = Self.list([Self.messages[0], Self.messages[1], yes, yes])
    let second = Self.list([Self.messages[0], yes])
    let both = "{\"messages\":\(first)}\n{\"messages\":\(second)}\n"
    #expect(try await bench.add(both, .openAI).new == 6)
    #expect(try await bench.add(both, .openAI).new == 0)
    // Alone, the second begins as the first does: only what follows is new.
    #expect(try await bench.add(second, .openAI).new == 0)
    // A conversation with an id of its own shares nothing.
    #expect(try await bench.add("{\"id\":\"a\",\"messages\":\(second)}", .openAI).new == 2)
    #expect(try await bench.add("{\"id\":\"b\",\"messages\":\(second)}", .openAI).new == 2)
    #expect(try await bench.add("{\"id\":\"a\",\"messages\":\(second)}", .openAI).new == 0)
  }

  @Test func `a log of requests tells each conversation once`() async throws {
    let bench = try await TranscriptBench()
    let other = #"{"role":"user","content":"other"}"#
    let log = [
      "{\"messages\":\(Self.list(Self.messages.prefix(2))),\"choices\":[{\"message\":\(Self.messages[2])}],\"id\":\"r1\"}",
      "{\"messages\":\(Self.list([Self.messages[0], other]))}",
      "{\"messages\":\(Self.list(Self.messages.prefix(5))),\"choices\":[{\"message\":\(Self.messages[5])}],\"id\":\"r2\"}",
      "{\"messages\":\(Self.list([Self.messages[0], other, Self.messages[3]]))}",
    ]
    let receipt = try await bench.add(log.joined(separator: "\n"), .openAI)
    #expect(receipt.read == 14 && receipt.new == 9)
    let contents = try await bench.steps().map(\.step.content)
    #expect(contents.count { $0 == "You sell tickets." } == 2 && contents.count { $0 == "other" } == 1)
    #expect(try await bench.add(log.joined(separator: "\n"), .openAI).new == 0)
    #expect(try await bench.add(log[0], .openAI).new == 0)
  }

  @Test func `messages with ids keep them as refs, and an id that says two things stops the import`()
    async throws
  {
    let bench = try await TranscriptBench()
    let first = #"{"id":"msg_1","role":"user","content":"a","created_at":1700000000}"#
    try await bench.add("[\(first),{\"id\":2,\"role\":\"assistant\",\"content\":\"b\"}]", .openAI)
    let steps = try await bench.steps()
    #expect(steps.map(\.step.ref) == ["msg_1", "2"])
    #expect(steps[0].ts == Timestamp(iso8601: "2023-11-14T22:13:20Z"))
    let other = #"{"id":"msg_1","role":"user","content":"changed"}"#
    let known = try await flowError(.stepConflict) {
      try await bench.add("[{\"role\":\"user\",\"content\":\"new\"},\(other)]", .openAI)
    }
    #expect(known.message.contains("in line 1 (message 2)"), "\(known.message)")
    let twice = try await flowError(.stepConflict) {
      try await bench.add(
        "{\"id\":\"x\",\"role\":\"user\",\"content\":\"1\"}\n{\"id\":\"x\",\"role\":\"user\",\"content\":\"2\"}",
        .openAI
      )
    }
    #expect(twice.message.hasPrefix("in line 2:") && twice.message.contains("on line 1"), "\(twice.message)")
    #expect(try await bench.steps().count == 2)
  }

  @Test func `response items are steps`() async throws {
    let bench = try await TranscriptBench()
    let receipt = try await bench.add(
      #"""
      {"id":"resp_1","instructions":"Be brief.","input":"Weather in Seoul?","output":[
       {"type":"reasoning","id":"rs_1","summary":[{"type":"summary_text","text":"hm"}]},
       {"type":"function_call","id":"fc_1","call_id":"call_1","name":"weather","arguments":"{\"city\":\"Seoul\"}","status":"completed"},
       {"type":"function_call","id":"fc_2","call_id":"call_2","name":"time","arguments":"{}"},
       {"type":"function_call_output","call_id":"call_1","output":"21 °C"},
       {"type":"function_call_output","call_id":"call_2","output":[{"type":"input_text","text":"14:05"}]},
       {"type":"web_search_call","id":"ws_1"},
       {"type":"message","id":"msg_1","role":"assistant","content":[{"type":"output_text","text":"21 °C.","annotations":[]}]}
      ],"model":"m","usage":{"total_tokens":3}}
      """#,
      .openAI
    )
    #expect(
      try await bench.lines() == [
        "system: Be brief.", "user: Weather in Seoul?", "assistant: weather({\"city\":\"Seoul\"})",
        "assistant: time({})",
        "tool weather: 21 °C", "tool time: 14:05", "assistant: 21 °C.",
      ]
    )
    let steps = try await bench.steps()
    #expect(steps[4].answers(steps[2]) && steps[5].answers(steps[3]))
    #expect(steps.compactMap(\.step.ref).filter { !$0.hasPrefix("openai:") } == ["fc_1", "fc_2", "msg_1"])
    #expect(
      receipt.kinds == [
        "conversation.model×1", "conversation.usage×1", "item.web_search_call×1", "thinking×1",
      ]
    )
    #expect(receipt.skipped.last?.first == ["line 1 (message 3)"])
  }

  @Test func `what is no text leaves a mark and is named`() async throws {
    let bench = try await TranscriptBench()
    let data = String(repeating: "QUJD", count: 4000)
    let receipt = try await bench.add(
      #"""
      [{"role":"user","content":[{"type":"text","text":"see"},
        {"type":"image_url","image_url":{"url":"data:image/png;base64,\#(data)"}},
        {"type":"image_url","image_url":{"url":"https://example.org/plan.png","detail":"low"}},
        {"type":"input_audio","input_audio":{"data":"QQ==","format":"wav"}},
        {"type":"file","file":{"filename":"a\nb.pdf","file_data":"data:application/pdf;base64,\#(data)"}},
        {"type":"hologram","data":1}, "and this"]},
       {"role":"assistant","content":null,"reasoning_content":"long thought"},
       {"role":"assistant","content":"ok","reasoning_content":"hm","audio":{"id":"a","data":"\#(data)"},"weight":0},
       {"role":"assistant","content":null,"refusal":"I cannot."},
       {"role":"developer","content":"Rules."}]
      """#,
      .openAI
    )
    #expect(
      try await bench.lines() == [
        """
        user: see
        [image: image/png, 12 KB, not kept]
        [image: https://example.org/plan.png]
        [audio: wav, 1 bytes, not kept]
        [file: a\\u{a}b.pdf, application/pdf, 12 KB, not kept]
        [hologram: not kept]
        and this
        """, "assistant: ok", "assistant: I cannot.", "system: Rules.",
      ]
    )
    #expect(
      receipt.kinds == [
        "image×2", "audio×1", "empty×1", "file×1", "key.audio×1", "part.hologram×1", "thinking×1",
      ]
    )
    let steps = try await bench.steps()
    #expect(steps[1].step.meta == ["weight": 0])
    #expect(steps[2].step.meta == ["refusal": true])
    #expect(steps[3].step.meta == ["role": "developer"])
  }

  @Test func `arguments with escapes can be read, and are kept as written`() async throws {
    let bench = try await TranscriptBench()
    let arguments = #"{"path":"a.py","text":"print(\"x\")\nprint(2)\n","lines":[1,2]}"#
    let message: JSONValue = [
      "role": "assistant", "content": nil,
      "tool_calls": [["id": "c", "function": ["name": "write", "arguments": .string(arguments)]]],
    ]
    try await bench.add(message.serialized(.compact), .openAI)
    let step = try #require(try await bench.steps().first).step
    #expect(step.content == "write(\npath: a.py\ntext:\nprint(\"x\")\nprint(2)\nlines: [1,2]\n)")
    #expect(step.meta["tool_calls"]?[0]?["arguments"]?.string == arguments)
  }

  @Test func `calls of the old form pair with the result behind them`() async throws {
    let bench = try await TranscriptBench()
    try await bench.add(
      #"""
      {"role":"assistant","content":null,"function_call":{"name":"now","arguments":"{}"}}
      {"role":"function","name":"now","content":"14:05"}
      """#,
      .openAI
    )
    let steps = try await bench.steps()
    #expect(steps[1].answers(steps[0]))
    #expect(try await bench.lines() == ["assistant: now({})", "tool now: 14:05"])
  }

  @Test func `results without a call, calls without a result and results out of order are kept`() async throws
  {
    let bench = try await TranscriptBench()
    let call = { (id: String) in #"{"id":"\#(id)","function":{"name":"f-\#(id)","arguments":"not json {"}}"# }
    try await bench.add(
      #"""
      [{"role":"tool","tool_call_id":"gone","content":"late"},
       {"role":"assistant","tool_calls":[\#(call("a")),\#(call("b")),\#(call("c"))]},
       {"role":"tool","tool_call_id":"b","content":"B"},{"role":"tool","tool_call_id":"a","content":"A"},
       {"role":"user","content":"go on"}]
      """#,
      .openAI
    )
    #expect(
      try await bench.lines() == [
        "tool: late", "assistant: f-a(not json {)\nf-b(not json {)\nf-c(not json {)", "tool f-b: B",
        "tool f-a: A",
        "user: go on",
      ]
    )
  }

  /// A source, the code, and what the message must say.
  static let faults: [(String, FlowError.Code, String)] = [
    (
      "[{\"role\":\"user\",\"content\":\"a\"},\n{\"role\":\"user\" \"content\":\"b\"}]", .invalidJSON,
      "in line 2"
    ),
    ("{\"role\":\"user\",\"content\":\"a\"}\n{\"role\":\"user\",\"con", .invalidJSON, "in line 2"),
    (
      "{\"role\":\"user\",\"content\":\"a\"\n{\"role\":\"user\",\"content\":\"b\"}\n", .invalidJSON,
      "in line 2"
    ),
    ("[{\"role\":\"user\",\"content\":\"a\"}", .invalidJSON, "in line 1"),
    ("nonsense", .invalidJSON, "in line 1"),
    ("[1]", .invalidStep, "in line 1 (message 1): a number"), ("\"hello\"", .invalidStep, "a string"),
    ("[null]", .invalidStep, "null"), ("{\"a\":1}", .invalidStep, "neither a message nor a conversation"),
    ("{\"messages\":{}}", .invalidStep, "messages is a object"),
    ("{\"messages\":[7]}", .invalidStep, "(message 1)"),
    ("{\"role\":\"robot\",\"content\":\"a\"}", .invalidStep, "robot"),
    ("{\"role\":3,\"content\":\"a\"}", .invalidStep, "role is 3"),
    ("{\"type\":\"message\",\"content\":\"a\"}", .invalidStep, "role is missing"),
    ("{\"role\":\"user\",\"content\":7}", .invalidStep, "content is a number"),
    ("{\"role\":\"user\",\"content\":[7]}", .invalidStep, "content[0]"),
    ("{\"role\":\"user\",\"content\":[{\"text\":\"a\"}]}", .invalidStep, "content[0] is without a type"),
    (
      "{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":[]}]}", .invalidStep,
      "content[0].text is a array"
    ),
    ("{\"role\":\"user\",\"content\":\"a\",\"name\":{\"x\":1}}", .invalidStep, "name is a object"),
    ("{\"role\":\"assistant\",\"tool_calls\":{\"id\":1}}", .invalidStep, "tool_calls is a object"),
    (
      "{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"a\"}]}", .invalidStep,
      "tool_calls[0] has no function"
    ),
    (
      "{\"role\":\"assistant\",\"tool_calls\":[{\"function\":{}}]}", .invalidStep, "tool_calls[0] has no name"
    ),
    (
      "{\"role\":\"assistant\",\"tool_calls\":[{\"id\":7,\"function\":{\"name\":\"f\"}}]}", .invalidStep,
      "tool_calls[0].id"
    ),
    ("{\"role\":\"tool\",\"tool_call_id\":7,\"content\":\"\"}", .invalidStep, "tool_call_id is a number"),
    (
      "{\"id\":\"" + String(repeating: "x", count: 300) + "\",\"role\":\"user\",\"content\":\"\"}",
      .invalidStep, "ref has 300"
    ),
    (String(repeating: "[", count: 600) + String(repeating: "]", count: 600), .invalidJSON, "nested"),
  ]

  @Test(arguments: faults)
  func `a fault is named with its place, and nothing is stored`(
    text: String,
    code: FlowError.Code,
    says: String
  ) async throws {
    let bench = try await TranscriptBench()
    let good = (1...700).map { #"{"role":"user","content":"good \#($0)"}"# }.joined()
    let error = try await flowError(code) { try await bench.add(text, .openAI) }
    #expect(error.message.contains(says), "\(error.message)")
    try await flowError(code) { try await bench.add(good + "\n" + text, .openAI) }
    #expect(try await bench.steps().isEmpty)
  }

  @Test func `half of a character is replaced and named`() async throws {
    let bench = try await TranscriptBench()
    let receipt = try await bench.add(#"{"role":"user","content":"a\ud83d b"}"#, .openAI)
    #expect(try await bench.lines() == ["user: a\u{FFFD} b"])
    #expect(receipt.kinds == ["half_character×1"])
  }

  @Test func `a hostile source cannot make the report long`() async throws {
    let bench = try await TranscriptBench()
    let parts = (1...200).map { "{\"type\":\"\(String(repeating: "k", count: 300))\($0)\"}" }.joined(
      separator: ","
    )
    let keys = (1...200).map { "{\"type\":\"k\($0)\\u001b\"}" }.joined(separator: ",")
    let receipt = try await bench.add(
      "[{\"role\":\"user\",\"content\":[\(parts)]},{\"role\":\"user\",\"content\":[\(keys)]}]",
      .openAI
    )
    #expect(receipt.skipped.count <= 65 && receipt.skipped.reduce(0) { $0 + $1.count } == 400)
    #expect(
      receipt.skipped.allSatisfy { $0.first.count <= 3 && $0.kind.count <= 60 && !$0.kind.contains("\u{1B}") }
    )
  }
}
