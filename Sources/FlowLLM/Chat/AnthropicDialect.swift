import FlowCore

/// `POST /v1/messages` as Anthropic documents it, and as llama.cpp, Ollama, LM Studio and LiteLLM have it too.
struct AnthropicDialect: ChatDialect {
  static let standardBase = "https://api.anthropic.com"

  /// The value of `anthropic-version`.
  let version: String

  /// `max_tokens` is the only name there.
  var hasTokenField: Bool { false }

  func endpoint(under base: EndpointURL) -> EndpointURL {
    let path = base.trimmedPath
    if path.hasSuffix("/v1/messages") { return base }
    return base.appending(path: path.hasSuffix("/v1") ? "messages" : "v1/messages")
  }

  func headers(_ key: APIKey?) -> [(name: String, value: String)] {
    let version = [(name: "anthropic-version", value: version)]
    return (key.map { [(name: "x-api-key", value: $0.header())] } ?? []) + version
  }

  func body(_ request: ChatRequest, model: String, bound: TokenField) -> JSONValue {
    var body: JSONObject = ["model": .string(model), "max_tokens": .number(JSONNumber(request.maxTokens))]
    if !request.system.isEmpty { body["system"] = .string(request.system) }
    body["messages"] = [["role": "user", "content": .string(request.message)]]
    return .object(body)
  }

  func reading(of reply: JSONObject) -> ChatReading? {
    guard let content = reply["content"] else { return nil }
    let reason = reply["stop_reason"]?.string
    guard content.array != nil || content.string != nil || reason != nil else { return nil }
    let text = content.string ?? content.array.map(Self.text) ?? ""
    let ending: ChatReading.Ending =
      switch reason {
      case "max_tokens"?, "model_context_window_exceeded"?: .truncated(reason ?? "")
      case "refusal": .refused(reply["stop_details"]?["explanation"]?.string)
      case "pause_turn": .diverted("pause_turn")
      case "tool_use" where text.isEmpty: .diverted("tool_use")
      default: .finished
      }
    return ChatReading(text: text, ending: ending)
  }

  /// The texts, joined as they stand; thinking and whatever blocks are yet to be invented are passed over.
  private static func text(of blocks: [JSONValue]) -> String {
    blocks.compactMap { $0["type"]?.string == "text" ? $0["text"]?.string : nil }.joined()
  }

  /// `input_tokens` leaves out what a cache had and what was written to one.
  func usage(of reply: JSONObject) -> TokenUsage? {
    guard let usage = reply["usage"]?.object, let input = tokenCount(usage["input_tokens"]),
      let output = tokenCount(usage["output_tokens"]),
      let read = Self.optionalCount(usage["cache_read_input_tokens"]),
      let written = Self.optionalCount(usage["cache_creation_input_tokens"]),
      input + read + written + output > 0
    else { return nil }
    return TokenUsage(input: input, cachedRead: read, cacheWrite: written, output: output)
  }

  /// Zero where nothing is said; nil where it is nonsense, since here the rest of the prompt would not be counted.
  private static func optionalCount(_ value: JSONValue?) -> Int? {
    guard let value, !value.isNull else { return 0 }
    return tokenCount(value)
  }
}
