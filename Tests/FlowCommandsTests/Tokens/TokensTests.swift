import FlowCore
import FlowTestSupport
import FlowText
import Testing

@Suite(.timeLimit(.minutes(15)))
struct `Token counts at the command line` {
  let root = TemporaryRoot()

  @Test func `standard input gives a number alone`() async throws {
    #expect(try await root.text("tokens", input: "hello world") == "2\n")
    #expect(try await root.text("tokens", "-", input: "") == "0\n")
  }

  @Test(arguments: BytePairTokenizer.names) func `the tokenizer is the one asked for`(name: String)
    async throws
  {
    let text = "기대기질 데이터, don't <|endoftext|> 1234567\r\n\r\n  x"
    let expected = try #require(BytePairTokenizer.named(name)).count(text)
    let data = try await root.data("tokens", "--tokenizer", name, input: text)
    #expect(data["total"]?.int == expected)
    #expect(data["tokenizer"]?.string == name)
    #expect(data["exact"] == true)
  }

  @Test func `several files have a total`() async throws {
    try root.folder.write("hello world", to: "a.txt")
    try root.folder.write("hello", to: "b.txt")
    #expect(try await root.text("tokens", "a.txt", "b.txt") == "2\ta.txt\n1\tb.txt\n3\ttotal\n")
  }

  @Test func `bytes that are no text count as they are repaired`() async throws {
    let count = try await root.flowctl(["tokens"], input: [0x61, 0xFF, 0xC3]).expect(0).output
    #expect(count == "\(BytePairTokenizer.o200kBase.count("a\u{FFFD}\u{FFFD}"))\n")
  }

  @Test func `JSON lines give a count a line, halves of surrogate pairs included`() async throws {
    let input = #"{"text":"hello world"}"# + "\n\n" + #"{"text":"a\ud83db","id":1}"# + "\n"
    let half = BytePairTokenizer.o200kBase.count("a\u{FFFD}b")
    #expect(try await root.text("tokens", "--jsonl", input: input) == "2\n\(half)\n")
  }

  @Test(arguments: [
    (#"{"text":1}"#, "line 2"), ("nonsense", "line 2"), ("[]", "line 2"),
  ])
  func `a bad line is named and nothing is printed`(line: String, place: String) async throws {
    let outcome = try await root.flowctl(
      ["tokens", "--jsonl"],
      input: Array("{\"text\":\"a\"}\n\(line)\n".utf8)
    )
    try outcome.expect(65)
    #expect(outcome.output.isEmpty)
    #expect(outcome.errors.contains(place))
  }

  @Test func `what is not there is said`() async throws {
    try await root.flowctl(["tokens", "missing.txt"]).expect(66)
    try await root.flowctl(["tokens", "--tokenizer", "p50k_base"]).expect(65)
  }
}
