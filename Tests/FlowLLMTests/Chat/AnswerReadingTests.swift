import FlowCore
import Testing

@testable import FlowLLM

@Suite struct `Reading an answer` {
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let body: String
    let text: String
    let usage: TokenUsage?
  }

  @Test(arguments: [
    Case(
      testDescription: "OpenAI",
      body: """
        {"id":"chatcmpl-1","object":"chat.completion","created":1,"model":"gpt-5-2026","choices":[{"index":0,
        "message":{"role":"assistant","content":"Yes.","refusal":null,"annotations":[]},"logprobs":null,
        "finish_reason":"stop"}],"usage":{"prompt_tokens":2006,"completion_tokens":300,"total_tokens":2306,
        "prompt_tokens_details":{"cached_tokens":1920,"cache_write_tokens":6,"audio_tokens":0},
        "completion_tokens_details":{"reasoning_tokens":200}},"service_tier":"default"}
        """,
      text: "Yes.",
      usage: TokenUsage(input: 80, cachedRead: 1920, cacheWrite: 6, output: 300)
    ),
    Case(
      testDescription: "Ollama",
      body: """
        {"id":"chatcmpl-7","object":"chat.completion","model":"llama3.2","system_fingerprint":"fp_ollama","choices":
        [{"index":0,"message":{"role":"assistant","content":"Yes.","reasoning":"hm"},"finish_reason":"stop"}],
        "usage":{"prompt_tokens":26,"completion_tokens":9,"total_tokens":35}}
        """,
      text: "Yes.",
      usage: TokenUsage(input: 26, output: 9)
    ),
    Case(
      testDescription: "vLLM",
      body: """
        {"id":"c","object":"chat.completion","model":"qwen","choices":[{"index":0,"message":{"role":"assistant",
        "reasoning_content":"thinking","content":"Yes.","tool_calls":[]},"logprobs":null,"finish_reason":"stop",
        "stop_reason":151645}],"usage":{"prompt_tokens":9,"total_tokens":12,"completion_tokens":3,
        "prompt_tokens_details":null},"prompt_logprobs":null,"kv_transfer_params":null}
        """,
      text: "Yes.",
      usage: TokenUsage(input: 9, output: 3)
    ),
    Case(
      testDescription: "llama.cpp",
      body: """
        {"choices":[{"finish_reason":"stop","index":0,"message":{"role":"assistant","content":"Yes."}}],
        "model":"tiny.gguf","usage":{"completion_tokens":1,"prompt_tokens":89,"total_tokens":90,
        "prompt_tokens_details":{"cached_tokens":88}},"timings":{"cache_n":88,"predicted_ms":1.5}}
        """,
      text: "Yes.",
      usage: TokenUsage(input: 1, cachedRead: 88, output: 1)
    ),
    Case(
      testDescription: "LM Studio",
      body: """
        {"id":"c","object":"chat.completion","model":"phi","choices":[{"index":0,"logprobs":null,"finish_reason":"stop",
        "message":{"role":"assistant","content":"<think>\\nLet me see.\\n</think>\\n\\nYes.","tool_calls":[]}}],
        "usage":{"prompt_tokens":4,"completion_tokens":5,"total_tokens":9},"stats":{}}
        """,
      text: "Yes.",
      usage: TokenUsage(input: 4, output: 5)
    ),
    Case(
      testDescription: "LiteLLM, without usage, a reason of its own, parts",
      body: """
        {"id":"c","model":"gpt-mock","choices":[{"finish_reason":"eos","index":0,"message":{"content":
        [{"type":"text","text":"Y"},{"type":"reasoning","text":"no"},{"type":"text","text":"es."}]}}],"usage":null}
        """,
      text: "Yes.",
      usage: nil
    ),
    Case(
      testDescription: "reasoning that only the total counts",
      body: """
        {"choices":[{"message":{"content":"Yes."}}],"usage":{"prompt_tokens":5,"completion_tokens":2,"total_tokens":17,
        "completion_tokens_details":{"reasoning_tokens":10}}}
        """,
      text: "Yes.",
      usage: TokenUsage(input: 5, output: 12)
    ),
    Case(
      testDescription: "half of a surrogate pair",
      body: #"{"choices":[{"message":{"content":"Yes.\ud800"}}]}"#,
      text: "Yes.\u{FFFD}",
      usage: nil
    ),
  ]) func `of an endpoint like OpenAI's`(_ one: Case) throws {
    let answer = try read(HTTPResponse(200, one.body)).get()
    #expect(answer.text == one.text)
    #expect(answer.usage == one.usage)
  }

  @Test func `of Anthropic, thinking passed over and texts joined`() throws {
    let body = """
      {"id":"msg_1","type":"message","role":"assistant","model":"claude-x","content":[
      {"type":"thinking","thinking":"hm","signature":"s"},{"type":"redacted_thinking","data":"x"},
      {"type":"text","text":"It is "},{"type":"text","text":"so."},{"type":"novelty"}],"stop_reason":"end_turn",
      "stop_sequence":null,"usage":{"input_tokens":12,"cache_creation_input_tokens":3,"cache_read_input_tokens":100,
      "cache_creation":{"ephemeral_5m_input_tokens":3},"output_tokens":20,"service_tier":"standard"}}
      """
    let answer = try read(HTTPResponse(200, body), by: AnthropicDialect(version: "v")).get()
    #expect(answer.text == "It is so.")
    #expect(answer.model == "claude-x")
    #expect(answer.usage == TokenUsage(input: 12, cachedRead: 100, cacheWrite: 3, output: 20))
  }

  @Test(arguments: [
    #"null"#, #"{}"#, #"[]"#, #""none""#, #"{"prompt_tokens":5}"#, #"{"completion_tokens":5}"#,
    #"{"prompt_tokens":-1,"completion_tokens":5}"#, #"{"prompt_tokens":1.5,"completion_tokens":5}"#,
    #"{"prompt_tokens":"5","completion_tokens":5}"#, #"{"prompt_tokens":1e30,"completion_tokens":5}"#,
    #"{"prompt_tokens":5,"completion_tokens":9223372036854775807}"#,
    #"{"prompt_tokens":0,"completion_tokens":0}"#,
    #"{"prompt_tokens":5,"total_tokens":3}"#,
  ]) func `usage that makes no sense is not said`(_ usage: String) throws {
    let body = #"{"choices":[{"message":{"content":"Yes."}}],"usage":\#(usage)}"#
    #expect(try read(HTTPResponse(200, body)).get().usage == nil)
  }

  @Test func `a cache that had more than there was is not believed`() throws {
    let usage = #"{"prompt_tokens":5,"completion_tokens":1,"prompt_tokens_details":{"cached_tokens":6}}"#
    let body = #"{"choices":[{"message":{"content":"Yes."}}],"usage":\#(usage)}"#
    #expect(try read(HTTPResponse(200, body)).get().usage == TokenUsage(input: 5, output: 1))
  }

  @Test func `nonsense about Anthropic's cache makes the whole usage unsaid`() throws {
    let body = """
      {"content":[{"type":"text","text":"Yes."}],"usage":{"input_tokens":1,"output_tokens":1,
      "cache_read_input_tokens":-5}}
      """
    #expect(try read(HTTPResponse(200, body), by: AnthropicDialect(version: "v")).get().usage == nil)
  }

  @Test(arguments: [
    (#"{"choices":[{"message":{"content":""},"finish_reason":"stop"}]}"#, FlowError.Code.answerEmpty),
    (#"{"choices":[{"message":{"content":" \n "},"finish_reason":"stop"}]}"#, .answerEmpty),
    (#"{"choices":[{"message":{"content":null},"finish_reason":"stop"}]}"#, .answerEmpty),
    (#"{"choices":[{"message":{"content":"<think>a</think>"},"finish_reason":"stop"}]}"#, .answerEmpty),
    (#"{"choices":[{"message":{"content":"Ye"},"finish_reason":"length"}]}"#, .answerTruncated),
    (#"{"choices":[{"message":{"content":null},"finish_reason":"length"}]}"#, .answerTruncated),
    (#"{"choices":[{"message":{"content":"Ye"},"finish_reason":"content_filter"}]}"#, .answerRefused),
    (
      #"{"choices":[{"message":{"content":null,"refusal":"I cannot."},"finish_reason":"stop"}]}"#,
      .answerRefused
    ),
    (
      #"{"choices":[{"message":{"content":null,"tool_calls":[{}]},"finish_reason":"tool_calls"}]}"#,
      .answerMalformed
    ),
    (#"{"choices":[{"message":{"tool_calls":[{}]},"finish_reason":"stop"}]}"#, .answerMalformed),
    (#"{"choices":[]}"#, .answerMalformed), (#"{"choices":null}"#, .answerMalformed),
    ("{}", .answerMalformed),
    (#"{"choices":{"0":1}}"#, .answerMalformed), ("[]", .answerMalformed), ("7", .answerMalformed),
    ("", .answerMalformed), ("{\"choices\":[", .answerMalformed), ("data: {}\n\n", .answerMalformed),
    ("{\"a\":1,\"a\":2}", .answerMalformed),
  ]) func `what is no answer has a name`(_ body: String, _ code: FlowError.Code) throws {
    let fault = try #require(read(HTTPResponse(200, body)).fault)
    #expect(fault.error.code == code)
    #expect(fault.outcome == .unusable)
    #expect(!fault.isRepeatable)
    #expect(fault.verdict == .well)
  }

  @Test(arguments: [
    ("max_tokens", FlowError.Code.answerTruncated), ("model_context_window_exceeded", .answerTruncated),
    ("refusal", .answerRefused), ("pause_turn", .answerMalformed), ("tool_use", .answerMalformed),
    ("end_turn", .answerEmpty), ("something_new", .answerEmpty),
  ]) func `Anthropic's reasons to stop have names`(_ reason: String, _ code: FlowError.Code) throws {
    let body =
      #"{"type":"message","content":[],"stop_reason":"\#(reason)","usage":{"input_tokens":4,"output_tokens":9}}"#
    let fault = try #require(read(HTTPResponse(200, body), by: AnthropicDialect(version: "v")).fault)
    #expect(fault.error.code == code)
    #expect(fault.usage == TokenUsage(input: 4, output: 9))
  }

  @Test func `an answer of another dialect says what to check`() throws {
    let body = #"{"type":"message","content":[{"type":"text","text":"Hi"}]}"#
    let fault = try #require(read(HTTPResponse(200, body)).fault)
    #expect(fault.error.code == .answerMalformed)
    #expect(fault.error.hint?.contains("llm.provider") == true)
  }

  @Test func `a web page is named with its type and how it begins`() throws {
    let page = "<!DOCTYPE html>\u{1B}[31m" + String(repeating: "x", count: 500)
    let fault = try #require(read(HTTPResponse(200, page, ["content-type": "text/html"])).fault)
    #expect(fault.error.message.contains("text/html"))
    #expect(fault.error.message.contains(#"<!DOCTYPE html>\u{1b}[31m"#))
    #expect(fault.error.message.count < 250)
  }

  @Test func `invalid UTF-8 and depth are named, not fatal`() throws {
    let bytes = Array(#"{"choices":[{"message":{"content":""#.utf8) + [0xFF, 0xC0] + Array(#""}}]}"#.utf8)
    let broken = HTTPResponse(status: 200, headers: [], body: bytes)
    #expect(try #require(read(broken).fault).error.code == .answerMalformed)
    let deep = HTTPResponse(200, "{\"choices\":" + String(repeating: "[", count: 100_000))
    #expect(try #require(read(deep).fault).error.message.contains("deeper than 64"))
  }

  @Test func `an answer does not give the key away`() throws {
    let body = #"{"model":"m \#(secretKey)","choices":[{"message":{"content":"Your key: \#(secretKey)."}}]}"#
    let answer = try read(HTTPResponse(200, body)).get()
    #expect(answer.text == "Your key: [key].")
    #expect(answer.model == "m [key]")
  }

  @Test func `a model's name cannot write to the terminal`() throws {
    let body = #"{"model":"m\u001b[2J","choices":[{"message":{"content":"Yes."}}]}"#
    #expect(try read(HTTPResponse(200, body)).get().model == #"m\u{1b}[2J"#)
  }
}
