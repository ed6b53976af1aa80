import FlowCore
import Testing

@testable import FlowLLM

@Suite struct `Shape of a request` {
  private let request = ChatRequest(system: "Be \"brief\".", message: "Line\none", maxTokens: 64)

  private func url(_ text: String) -> EndpointURL {
    EndpointURL(text: text, host: "h", isLoopback: false)
  }

  @Test func `an OpenAI request has its fields in one order and no sampling`() {
    let body = OpenAIDialect().body(request, model: "gpt-5", bound: .maxCompletionTokens)
    #expect(
      body.serialized() == #"{"model":"gpt-5","messages":[{"role":"system","content":"Be \"brief\"."},"#
        + #"{"role":"user","content":"Line\none"}],"max_completion_tokens":64}"#
    )
  }

  @Test func `an Anthropic request has the rules apart from the message`() {
    let dialect = AnthropicDialect(version: "2026-10-21")
    #expect(
      dialect.body(request, model: "claude", bound: .maxCompletionTokens).serialized()
        == #"{"model":"claude","max_tokens":64,"system":"Be \"brief\".","#
        + #""messages":[{"role":"user","content":"Line\none"}]}"#
    )
  }

  @Test func `without rules no empty ones are sent`() {
    let bare = ChatRequest(system: "", message: "Hi", maxTokens: 1)
    #expect(OpenAIDialect().body(bare, model: "m", bound: .maxTokens)["messages"]?.array?.count == 1)
    #expect(AnthropicDialect(version: "v").body(bare, model: "m", bound: .maxTokens)["system"] == nil)
  }

  @Test(arguments: [
    ("https://api.openai.com/v1", "https://api.openai.com/v1/chat/completions"),
    ("https://h/v1/", "https://h/v1/chat/completions"),
    ("http://localhost:11434", "http://localhost:11434/v1/chat/completions"),
    ("http://localhost:11434/", "http://localhost:11434/v1/chat/completions"),
    ("https://h/openai/v1", "https://h/openai/v1/chat/completions"),
    ("https://h/api/paas/v4", "https://h/api/paas/v4/chat/completions"),
    ("https://h/v1/chat/completions", "https://h/v1/chat/completions"),
    ("https://h/d?api-version=1", "https://h/d/chat/completions?api-version=1"),
  ]) func `an OpenAI address is found from the base`(_ base: String, _ full: String) {
    #expect(OpenAIDialect().endpoint(under: url(base)).text == full)
  }

  @Test(arguments: [
    ("https://api.anthropic.com", "https://api.anthropic.com/v1/messages"),
    ("https://api.anthropic.com/", "https://api.anthropic.com/v1/messages"),
    ("https://h/v1", "https://h/v1/messages"),
    ("https://h/v1/", "https://h/v1/messages"),
    ("https://h/anthropic", "https://h/anthropic/v1/messages"),
    ("https://h/v1/messages", "https://h/v1/messages"),
  ]) func `an Anthropic address is found from the base`(_ base: String, _ full: String) {
    #expect(AnthropicDialect(version: "v").endpoint(under: url(base)).text == full)
  }

  @Test func `the key stands in the header of its dialect`() {
    let key = APIKey("k-1")
    let openAI = OpenAIDialect().headers(key).map { "\($0.name): \($0.value)" }
    #expect(openAI == ["Authorization: Bearer k-1"])
    let anthropic = AnthropicDialect(version: "2026-10-21").headers(key).map { "\($0.name): \($0.value)" }
    #expect(anthropic == ["x-api-key: k-1", "anthropic-version: 2026-10-21"])
    #expect(OpenAIDialect().headers(nil).isEmpty)
  }

  @Test(arguments: ["", "a b", "a\n", "a\u{7F}", "schlüssel", "\tk"])
  func `a key that no header carries is none`(_ text: String) {
    #expect(APIKey(text) == nil)
  }

  @Test func `a key shows itself to nobody`() throws {
    let key = try #require(APIKey(secretKey))
    var dumped = ""
    dump(key, to: &dumped)
    for text in [
      "\(key)", String(reflecting: key), dumped, key.redacted(from: "a \(secretKey) b \(secretKey)"),
    ] {
      #expect(!text.contains(secretKey))
    }
    #expect(key.redacted(from: "a \(secretKey) b") == "a [key] b")
  }
}
