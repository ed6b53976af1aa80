import FlowCore
import FlowTestSupport
import Testing

@Suite(.timeLimit(.minutes(15)))
struct `Redaction of a text` {
  let root = TemporaryRoot()
  private let password = "hunter" + "2-x9"
  private let key = "gh" + "p_" + "7Qx81aZ09bbT7Qx81aZ09bbT7Qx81aZ09bbT"
  private var text: String { "the plan\nPASSWORD=\(password)\n키: \(key), \(key)\n" }

  @Test func `shows the text as it would leave the machine`() async throws {
    let outcome = try await root.flowctl(["redact"], input: Array(text.utf8)).expect(0)
    #expect(
      outcome.output == "the plan\nPASSWORD=[masked password]\n키: [masked api_key], [masked api_key]\n"
    )
    #expect(outcome.errors == "masked 3: 2 api_key, 1 password\n")
    #expect(try await root.text("redact", "-", input: outcome.output) == outcome.output)
  }

  @Test func `lists places and kinds, never the secrets`() async throws {
    #expect(
      try await root.text("redact", "--list", input: text)
        == "2:10\tpassword\t\(password.utf8.count)\n3:4\tapi_key\t40\n3:46\tapi_key\t40\n"
    )
  }

  @Test func `the envelope has the text, the places and the counts`() async throws {
    try root.folder.write(text, to: "notes.txt")
    let data = try await root.data("redact", root.folder("notes.txt"))
    #expect(data["text"]?.string?.contains(password) == false)
    #expect(data["enabled"] == true)
    #expect(data["counts"] == ["api_key": 2, "password": 1])
    guard case .array(let masks) = data["masks"] else {
      Issue.record("masks are no list")
      return
    }
    #expect(masks.count == 3)
    #expect(masks.first == ["kind": "password", "line": 2, "column": 10, "bytes": 10])
  }

  @Test func `a text without secrets stays byte for byte`() async throws {
    let outcome = try await root.flowctl(["redact"], input: Array("a\r\nb 토큰 예산: 4000".utf8)).expect(0)
    #expect(outcome.output == "a\r\nb 토큰 예산: 4000")
    #expect(outcome.errors == "masked nothing\n")
  }

  @Test func `configured patterns are masked`() async throws {
    try root.folder.write(#"{"redaction": {"patterns": ["ACME-[0-9]+"]}}"#, to: "config.json")
    #expect(try await root.text("redact", input: "see ACME-77\n") == "see [masked pattern]\n")
  }

  @Test(arguments: [("(a+)+", "several ways"), ("x*", "empty text"), ("(a", "expected ')'")])
  func `a bad pattern is named with its place and the reason`(pattern: String, reason: String) async throws {
    try root.folder.write(#"{"redaction": {"patterns": ["fine", "\#(pattern)"]}}"#, to: "config.json")
    let outcome = try await root.flowctl(["redact", "--json"], input: Array("x".utf8)).expect(78)
    let error = try JSONValue(parsing: Array(outcome.output.utf8))["error"]
    #expect(error?["code"]?.string == "config.invalid")
    #expect(error?["message"]?.string?.contains("redaction.patterns[1]") == true)
    #expect(error?["message"]?.string?.contains(reason) == true)
    #expect(error?["context"]?["index"]?.string == "1")
    // What sends nothing does not compile patterns.
    try await root.flowctl(["ls"]).expect(0)
  }

  @Test func `it still shows what it would mask where masking is off`() async throws {
    try root.folder.write(#"{"redaction": {"enabled": false}}"#, to: "config.json")
    let outcome = try await root.flowctl(["redact"], input: Array(text.utf8)).expect(0)
    #expect(outcome.output.contains("PASSWORD=[masked password]"))
    #expect(outcome.errors.contains("masking is off"))
    #expect(try await root.data("redact", input: text)["enabled"] == false)
  }

  @Test func `a missing file is named`() async throws {
    try await root.flowctl(["redact", "missing.txt"]).expect(66)
  }
}
