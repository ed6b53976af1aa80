import FlowCore
import FlowProjects
import Testing

@Suite(.timeLimit(.minutes(15))) struct `Import of Claude Code sessions` {
  /// A line with the keys that such lines have.
  static func line(
    _ type: String,
    _ number: Int,
    _ message: String,
    extra: String = ""
  ) -> String {
    #"{"parentUuid":\#(number > 1 ? "\"u\(number - 1)\"" : "null"),"isSidechain":false,"cwd":"/home/mina/shop","sessionId":"s-1","version":"2.1.37","gitBranch":"main","type":"\#(type)","message":\#(message),"uuid":"u\#(number)","timestamp":"2026-02-18T11:30:\#(10 + number).125Z"\#(extra)}"#
  }

  private static let session = [
    #"{"type":"summary","summary":"Shop","leafUuid":"u9"}"#,
    #"{"type":"file-history-snapshot","messageId":"m","snapshot":{"trackedFileBackups":{}}}"#,
    line("user", 1, #"{"role":"user","content":"Fix the build"}"#),
    line(
      "assistant",
      2,
      #"{"id":"msg_1","role":"assistant","content":[{"type":"thinking","thinking":"hm","signature":"x"}]}"#
    ),
    line(
      "assistant",
      3,
      #"{"id":"msg_1","role":"assistant","content":[{"type":"text","text":"I run it."}]}"#
    ),
    line(
      "assistant",
      4,
      #"{"id":"msg_1","role":"assistant","content":[{"type":"tool_use","id":"t1","name":"Bash","input":{"command":"make"}}]}"#
    ),
    line(
      "assistant",
      5,
      #"{"id":"msg_1","role":"assistant","content":[{"type":"tool_use","id":"t2","name":"Read","input":{"file_path":"Makefile"}}]}"#
    ),
    line(
      "user",
      6,
      #"{"role":"user","content":[{"type":"tool_result","tool_use_id":"t1","content":"error: no rule","is_error":true}]}"#,
      extra: #","toolUseResult":{"stdout":"","stderr":"error: no rule"}"#
    ),
    line(
      "user",
      7,
      #"{"role":"user","content":[{"type":"tool_result","tool_use_id":"t2","content":[{"type":"text","text":"all: x"},{"type":"image","source":{"type":"base64","media_type":"image/png","data":"QUJD"}}]},{"type":"text","text":"look at line 1"}]}"#
    ),
    line("system", 8, "null", extra: #","subtype":"turn_duration","durationMs":31869"#),
    line(
      "assistant",
      9,
      #"{"role":"assistant","content":[{"type":"text","text":"The rule `x` is missing."}]}"#
    ),
  ]

  private static let wanted = [
    "user: Fix the build", "assistant: I run it.", "assistant: Bash({\"command\":\"make\"})",
    "assistant: Read({\"file_path\":\"Makefile\"})", "tool Bash: error: no rule",
    "tool Read: all: x\n[image: image/png, 3 bytes, not kept]", "user: look at line 1",
    "assistant: The rule `x` is missing.",
  ]

  @Test func `messages, calls and results are steps with their ids and times`() async throws {
    let bench = try await TranscriptBench()
    let receipt = try await bench.add(Self.session.joined(separator: "\n"), .claudeCode)
    #expect(receipt.read == 8 && receipt.new == 8)
    #expect(try await bench.lines() == Self.wanted)
    let steps = try await bench.steps()
    #expect(steps.map(\.step.ref) == ["u1", "u3", "u4", "u5", "u6", "u7", "u7:2", "u9"])
    #expect(steps[0].ts == Timestamp(iso8601: "2026-02-18T11:30:11.125Z"))
    #expect(steps[4].answers(steps[2]) && steps[5].answers(steps[3]))
    #expect(steps[4].step.meta == ["tool_call_id": "t1", "is_error": true])
    #expect(
      steps[2].step.meta["tool_calls"] == [["id": "t1", "name": "Bash", "arguments": ["command": "make"]]]
    )
    #expect(
      receipt.kinds == [
        "file-history-snapshot×1", "image×1", "summary×1", "system.turn_duration×1", "thinking×1",
        "tool_use_result×1",
      ]
    )
    #expect(receipt.skipped.first { $0.kind == "thinking" }?.first == ["line 4"])
  }

  @Test func `a session that went on adds what is new, and lines that stand twice are one`() async throws {
    let bench = try await TranscriptBench()
    for count in 1...Self.session.count {
      try await bench.add(Self.session.prefix(count).joined(separator: "\n"), .claudeCode)
    }
    #expect(try await bench.lines() == Self.wanted)
    // A second compaction writes earlier lines again, as they were.
    let twice = Self.session + Self.session + [Self.line("user", 10, #"{"role":"user","content":"thanks"}"#)]
    let receipt = try await bench.add(twice.joined(separator: "\n"), .claudeCode)
    #expect(receipt.new == 1)
    #expect(try await bench.lines() == Self.wanted + ["user: thanks"])
  }

  @Test func `what nobody said is left out and named`() async throws {
    let bench = try await TranscriptBench()
    let said = { (text: String) in #"{"role":"user","content":"\#(text)"}"# }
    let receipt = try await bench.add(
      [
        Self.line("user", 1, said("real")), Self.line("user", 2, said("caveat"), extra: #","isMeta":true"#),
        Self.line("user", 3, said("This session is being continued"), extra: #","isCompactSummary":true"#),
        Self.line(
          "assistant",
          4,
          #"{"role":"assistant","content":"API Error"}"#,
          extra: #","isApiErrorMessage":true"#
        ),
        Self.line("user", 5, said("for the sub-agent")).replacing(
          #""isSidechain":false"#,
          with: #""isSidechain":true"#
        ),
        #"{"type":"queue-operation","operation":"enqueue","content":"later"}"#,
        #"{"type":"attachment","uuid":"q1","attachment":{"type":"queued_command","commandMode":"prompt","prompt":"and the tests"}}"#,
        #"{"type":"attachment","uuid":"q2","attachment":{"type":"queued_command","commandMode":"task-notification","prompt":"done"}}"#,
        #"{"type":"attachment","uuid":"q3","attachment":{"type":"todo_reminder","content":[]}}"#,
        #"{"type":"progress","data":{"type":"hook_progress"}}"#, #"{"type":"from-the-future","x":[1]}"#,
        Self.line("assistant", 6, #"{"role":"assistant","content":[]}"#),
        Self.line("assistant", 7, #"{"role":"assistant","content":[{"type":"hologram"}]}"#),
        Self.line(
          "user",
          8,
          #"{"role":"user","content":[{"type":"tool_result","tool_use_id":"t","content":"<persisted-output>\nOutput too large (105.1KB)."}]}"#
        ),
      ].joined(separator: "\n"),
      .claudeCode
    )
    #expect(
      try await bench.lines() == [
        "user: real", "user: and the tests", "assistant: [hologram: not kept]",
        "tool: <persisted-output>\nOutput too large (105.1KB).",
      ]
    )
    #expect(
      receipt.kinds == [
        "api_error×1", "attachment.queued_command×1", "attachment.todo_reminder×1", "compact_summary×1",
        "empty×1",
        "from-the-future×1", "meta×1", "part.hologram×1", "persisted_output×1", "progress.hook_progress×1",
        "queue-operation×1", "sidechain×1",
      ]
    )
  }

  @Test func `a sub-agent's own file is a session`() async throws {
    let bench = try await TranscriptBench()
    let text = Self.session.map {
      $0.replacing(#""isSidechain":false"#, with: #""isSidechain":true,"agentId":"a7""#)
    }
    try await bench.add(text.joined(separator: "\n"), .claudeCode)
    let steps = try await bench.steps()
    #expect(steps.count == 8 && steps[1].step.name == "agent-a7" && steps[0].step.name == nil)
  }

  @Test func `a line without an id is found again`() async throws {
    let bench = try await TranscriptBench()
    let line = #"{"type":"user","message":{"role":"user","content":"again"}}"#
    #expect(try await bench.add("\(line)\n\(line)\n", .claudeCode).new == 2)
    #expect(try await bench.add("\(line)\n\(line)\n\(line)", .claudeCode).new == 1)
  }

  /// A line, the code, and what the message must say.
  static let faults: [(String, FlowError.Code, String)] = [
    ("{\"type\":\"user\"", .invalidJSON, "expected"), ("[]", .invalidStep, "object"),
    ("7", .invalidStep, "number"),
    ("{}", .invalidStep, "type is missing"),
    (#"{"role":"user","content":"x"}"#, .invalidStep, "is this a session"),
    (#"{"type":"user"}"#, .invalidStep, "message is missing"),
    (#"{"type":"user","message":"x"}"#, .invalidStep, "message is string"),
    (line("user", 1, #"{"content":7}"#), .invalidStep, "message.content is a number"),
    (line("user", 1, #"{"content":[7]}"#), .invalidStep, "message.content[0] is a number"),
    (line("user", 1, #"{"content":[{"text":"x"}]}"#), .invalidStep, "message.content[0] has no type"),
    (line("user", 1, #"{"content":[{"type":"text","text":7}]}"#), .invalidStep, "message.content[0].text"),
    (
      line("user", 1, #"{"content":[{"type":"tool_result","tool_use_id":7}]}"#), .invalidStep,
      "tool_use_id is a number"
    ),
    (
      line("user", 1, #"{"content":[{"type":"tool_result","content":7}]}"#), .invalidStep,
      "message.content[0].content"
    ),
    (line("assistant", 1, #"{"content":[{"type":"tool_use","id":"t"}]}"#), .invalidStep, "name is missing"),
    (#"{"type":"user","uuid":7,"message":{"content":"x"}}"#, .invalidStep, "uuid is a number"),
    (#"{"type":"user","timestamp":"today","message":{"content":"x"}}"#, .invalidStep, "today"),
    (line("user", 2, #"{"content":"said before, otherwise"}"#), .stepConflict, "on line 2"),
  ]

  @Test(arguments: faults)
  func `a fault is named with its line, and nothing is stored`(
    bad: String,
    code: FlowError.Code,
    says: String
  ) async throws {
    let bench = try await TranscriptBench()
    let good = [
      Self.line("user", 40, #"{"content":"first"}"#), Self.line("user", 2, #"{"content":"second"}"#),
    ]
    let error = try await flowError(code) {
      try await bench.add((good + [bad] + good).joined(separator: "\n"), .claudeCode)
    }
    #expect(error.message.hasPrefix("in line 3:") && error.message.contains(says), "\(error.message)")
    #expect(try await bench.steps().isEmpty)
  }
}
