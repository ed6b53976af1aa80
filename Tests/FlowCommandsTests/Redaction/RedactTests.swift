import FlowCore
import FlowTestSupport
import Testing

@Suite(.timeLimit(.minutes(15)))
struct `Redaction at the command line` {
  private static let text = "이름: jun\nhost db1, password: hunter4711\ntoken=a1b2c3d4e5f6\n"

  @Test func `prints the masked text and tells how much`() async throws {
    let root = TemporaryRoot()
    let outcome = try await root.flowctl(["redact"], input: Array(Self.text.utf8)).expect(0)
    #expect(outcome.output == "이름: jun\nhost db1, password: [masked password]\ntoken=[masked token]\n")
    #expect(outcome.errors.contains("masked 2: 1 token, 1 password"))
    try root.folder.write(Self.text, to: "notes.md")
    #expect(try await root.text("redact", "notes.md") == outcome.output)
    let again = try await root.flowctl(["redact", "-"], input: Array(outcome.output.utf8)).expect(0)
    #expect(again.output == outcome.output && again.errors.contains("masked nothing"))
  }

  @Test func `lists where secrets stand, never what they are`() async throws {
    let root = TemporaryRoot()
    let list = try await root.text("redact", "--list", input: Self.text)
    #expect(list == "2:21\tpassword\t10\n3:7\ttoken\t12\n")
    let data = try await root.data("redact", input: Self.text)
    #expect(data["counts"]?["password"] == 1 && data["counts"]?["token"] == 1)
    #expect(data["masks"]?[0] == ["kind": "password", "line": 2, "column": 21, "bytes": 10])
    #expect(data["text"]?.string?.contains("hunter") == false)
  }

  @Test func `uses the configured patterns`() async throws {
    let root = TemporaryRoot()
    try root.folder.write(#"{"redaction":{"patterns":["ACME-[0-9]{4}"]}}"#, to: "config.json")
    #expect(try await root.text("redact", input: "see ACME-1234\n") == "see [masked pattern]\n")
  }

  @Test func `a bad pattern is an error of the configuration that names it`() async throws {
    let root = TemporaryRoot()
    try root.folder.write(#"{"redaction":{"patterns":["fine","(a+)+"]}}"#, to: "config.json")
    let error = try await root.expectFailure(["redact"], exit: 78, "config.invalid", input: "x")
    let message = try #require(error["message"]?.string)
    #expect(message.contains("redaction.patterns[1]") && message.contains("exponential"))
  }

  @Test func `says so where masking is off, and shows it all the same`() async throws {
    let root = TemporaryRoot()
    try root.folder.write(#"{"redaction":{"enabled":false}}"#, to: "config.json")
    let outcome = try await root.flowctl(["redact"], input: Array(Self.text.utf8)).expect(0)
    #expect(outcome.output.contains("[masked password]") && outcome.errors.contains("masking is off"))
  }

  @Test func `a text that is none is refused`() async throws {
    let root = TemporaryRoot()
    try await root.flowctl(["redact"], input: [0xFF, 0xFE]).expect(64)
    try await root.flowctl(["redact", "nowhere.md"]).expect(66)
  }
}
