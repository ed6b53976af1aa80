import FlowCore
import FlowTestSupport
import FlowText
import Testing

@Suite(.timeLimit(.minutes(15)))
struct `Summary of a text` {
  let root = TemporaryRoot()
  private let text = """
    Ana: Hi Jun! The mirror in Seoul sent 1,204 bad rows on 3 May 2024.
    Jun: Wow! Which file was it?
    Ana: It was data/mirror/rows.csv, and I will import it again tomorrow.

    """

  @Test func `stands alone and fits`() async throws {
    let output = try await root.text("summarize-text", "--max-tokens", "24", input: text)
    #expect(output == "Ana: The mirror in Seoul sent 1,204 bad rows on 3 May 2024.\n")
    #expect(BytePairTokenizer.o200kBase.count(output) <= 24)
    #expect(try await root.text("summarize-text", "--max-tokens", "1", input: text) == "")
    #expect(try await root.text("summarize-text", "--max-tokens", "9", input: "") == "")
  }

  @Test func `the envelope says what was carried`() async throws {
    let data = try await root.data("summarize-text", "--max-tokens", "200", input: text)
    #expect(data["source_tokens"]?.int == BytePairTokenizer.o200kBase.count(text))
    #expect(data["tokens"]?.int == BytePairTokenizer.o200kBase.count(data["text"]?.string ?? ""))
    #expect((data["identifiers"]?["carried"]?.int ?? 0) >= 3)
  }

  @Test func `each line of JSON has its answer`() async throws {
    let input = #"{"text":"One file was lost.","budget":9}"# + "\n\n" + #"{"text":"a","budget":0}"# + "\n"
    let lines = try await root.text("summarize-text", "--jsonl", "-", input: input).split(separator: "\n")
    #expect(lines.count == 2)
    #expect(try JSONValue(parsing: Array(lines[0].utf8))["summary"]?.string == "One file was lost.\n")
    #expect(try JSONValue(parsing: Array(lines[1].utf8))["summary"]?.string == "")
  }

  @Test(arguments: [#"{"text":1,"budget":1}"#, #"{"text":"a"}"#, #"{"text":"a","budget":-1}"#, "nonsense"])
  func `a bad line is named`(line: String) async throws {
    let outcome = try await root.flowctl(["summarize-text", "--jsonl"], input: Array("\(line)\n".utf8))
    try outcome.expect(65)
    #expect(outcome.errors.contains("line 1"))
  }

  @Test func `how long it may be must be said`() async throws {
    try await root.flowctl(["summarize-text"]).expect(64)
    try await root.flowctl(["summarize-text", "--max-tokens", "0"]).expect(64)
    try await root.flowctl(["summarize-text", "--max-tokens", "5", "missing.txt"]).expect(66)
  }
}
