import FlowCore
import Testing

@Suite struct `Project name` {
  @Test(arguments: [
    "demo", "내 프로젝트", "データ収集", "Ärger-2024_v1.2", "a b", "a", "a..b", "trailing.", "--flag", "CON", "😀",
    "مشروع", "ﬁ", "it's \"quoted\"", "x\u{200B}y", String(repeating: "a", count: 100),
    String(repeating: "가", count: 33),
  ]) func `any script is welcome`(name: String) throws {
    #expect(try ProjectName(name).rawValue == name)
  }

  @Test(arguments: [
    ("", "is empty"),
    (".", "begins with a dot"), ("..", "begins with a dot"), (".hidden", "begins with a dot"),
    ("a/b", "path separator"), ("../../etc", "begins with a dot"), ("/root", "path separator"),
    ("a\\b", "path separator"),
    ("a\0b", "NUL"),
    ("a\nb", "control character"), ("a\u{1B}[31mb", "control character"), ("a\u{7F}", "control character"),
    ("a\u{85}b", "control character"), ("a\u{2028}b", "control character"),
    ("a\u{2029}b", "control character"),
    ("a\u{9B}b", "control character"), ("\tx", "control character"),
    ("a\u{202E}b", "bidirectional"), ("a\u{2066}b", "bidirectional"), ("\u{200F}a", "bidirectional"),
    ("a\u{61C}", "bidirectional"),
    (" a", "white space"), ("a ", "white space"), (" ", "white space"), ("\u{3000}a", "white space"),
    ("a\u{A0}", "white space"),
    (String(repeating: "a", count: 101), "101 bytes"), (String(repeating: "가", count: 34), "102 bytes"),
  ]) func `what could leave the root, hide or break a line is refused with its reason`(
    name: String,
    reason: String
  ) throws {
    let error = try #require(throws: FlowError.self) { try ProjectName(name) }
    #expect(error.code == .invalidProjectName)
    #expect(error.message.contains(reason), "\(error.message)")
    #expect(!error.message.unicodeScalars.contains { $0.isUnsafeToPrint })
  }
}

@Suite struct `Task id` {
  @Test(arguments: ["T001", "a", "수집-1", "x/y", "T-1", "#4", String(repeating: "a", count: 64)])
  func `ids of a caller's own are taken`(id: String) throws {
    #expect(try TaskID(id).description == id)
  }

  @Test(arguments: [
    "", " ", "a b", "a,b", "a\tb", "a\nb", "a\0", "a\u{1B}", "a\u{202E}b", "a\u{2028}b", "a\u{3000}b",
    "a\u{85}",
    "a\u{2066}", String(repeating: "a", count: 65), String(repeating: "가", count: 22),
  ]) func `white space, commas, control and bidirectional characters are refused`(id: String) throws {
    let error = try #require(throws: FlowError.self) { try TaskID(id) }
    #expect(error.code == .invalidTask)
    #expect(!error.message.unicodeScalars.contains { $0.isUnsafeToPrint })
  }

  @Test(arguments: [(1, "T001"), (42, "T042"), (999, "T999"), (1000, "T1000"), (123_456, "T123456")])
  func `numbers are written with at least three digits`(number: Int, id: String) {
    #expect(TaskID(number: number).rawValue == id)
    #expect(TaskID(number: number).number == number)
  }

  @Test(arguments: [
    "t001", "001", "T", "Tx", "T1x", "X001", "수집", "T-5", "T+5", "T\u{301}7", "T１", "T99999999999999999999",
  ]) func `other forms have no number`(id: String) throws {
    #expect(try TaskID(id).number == nil)
  }
}

@Suite struct `Step and summary names` {
  @Test(arguments: [
    ("s42", 42, 42, "s42"), ("s3-4", 3, 4, "s3-4"), ("s7-7", 7, 7, "s7"), ("m1-40", 1, 40, "m1-40"),
    ("m5-5", 5, 5, "m5-5"),
  ]) func `an anchor says its range`(text: String, first: Int, last: Int, written: String) throws {
    let anchor = try #require(Anchor(text))
    #expect(anchor.range == StepID(first)...StepID(last))
    #expect(anchor.description == written)
    #expect(Anchor(written) == anchor)
  }

  @Test(arguments: [
    "", "s", "m", "42", "s0", "s0-4", "s4-3", "s-4", "s4-", "s-", "m4", "m4-", "m-4", "m9-1", "s 4", "s4 ",
    "s+4",
    "s4-+5", "s4–5", "s1-2-3", "S4", "x4", "s４", "s1,2", "s99999999999999999999", "sm1-2", "s4\n", "s1--2",
  ]) func `anything else is no anchor`(text: String) {
    #expect(Anchor(text) == nil)
  }

  @Test func `a bullet's line ends with its anchor, which reads back`() throws {
    let single = Summary.Bullet(text: "user: a [s9]", source: StepID(3)...StepID(3), weight: 1)
    #expect(single.line == "- user: a [s9] [s3]")
    let range = Summary.Bullet(text: "x", source: StepID(3)...StepID(12), weight: 1)
    #expect(range.line == "- x [s3-12]")
  }

  @Test func `a tool's result answers its call`() {
    func step(_ id: Int, _ role: Step.Role, _ meta: JSONObject = [:]) -> ArchivedStep {
      ArchivedStep(
        id: StepID(id),
        step: Step(role: role, content: "", meta: meta),
        ts: Timestamp(milliseconds: 0),
        tokens: 0,
        sitting: 1
      )
    }
    let plain = step(1, .assistant)
    #expect(step(2, .tool).answers(plain))
    #expect(!step(3, .tool).answers(plain))
    #expect(!step(2, .user).answers(plain))
    #expect(!step(2, .tool).answers(step(1, .user)))
    let one = step(1, .assistant, ["tool_call": ["id": "a"]])
    let many = step(1, .assistant, ["tool_calls": [["id": "a"], ["id": "b"]]])
    for id in ["a", "b"] {
      let result = step(4, .tool, ["tool_call_id": .string(id)])
      #expect(result.answers(many))
      #expect(result.answers(one) == (id == "a"))
      #expect(!result.answers(plain))
    }
  }
}
