import FlowCore

/// `POST /chat/completions` as OpenAI documents it, and as Ollama, vLLM, llama.cpp, LM Studio, LiteLLM and others have it.
struct OpenAIDialect: ChatDialect {
  static let standardBase = "https://api.openai.com/v1"

  let hasTokenField = true

  func endpoint(under base: EndpointURL) -> EndpointURL {
    let path = base.trimmedPath
    if path.hasSuffix("/chat/completions") { return base }
    // A host alone: all of them serve it below /v1, and some of them only there.
    return base.appending(path: path.isEmpty ? "v1/chat/completions" : "chat/completions")
  }

  func headers(_ key: APIKey?) -> [(name: String, value: String)] {
    key.map { [("Authorization", $0.header("Bearer "))] } ?? []
  }

  func body(_ request: ChatRequest, model: String, bound: TokenField) -> JSONValue {
    var messages: [JSONValue] = []
    if !request.system.isEmpty {
      messages.append(["role": "system", "content": .string(request.system)])
    }
    messages.append(["role": "user", "content": .string(request.message)])
    var body: JSONObject = ["model": .string(model), "messages": .array(messages)]
    body[bound.rawValue] = .number(JSONNumber(request.maxTokens))
    return .object(body)
  }

  func reading(of reply: JSONObject) -> ChatReading? {
    guard let choice = reply["choices"]?[0]?.object, let message = choice["message"]?.object else {
      return nil
    }
    let text = Self.text(of: message["content"])
    let ending: ChatReading.Ending =
      switch choice["finish_reason"]?.string {
      case let reason? where ["length", "max_tokens", "model_length"].contains(reason): .truncated(reason)
      case "content_filter": .refused("content_filter")
      case let reason? where text.isEmpty && ["tool_calls", "function_call"].contains(reason):
        .diverted(reason)
      default:
        if let refusal = message["refusal"]?.string, !refusal.isEmpty {
          .refused(refusal)
        } else if text.isEmpty, message["tool_calls"]?.array?.isEmpty == false {
          .diverted("tool_calls")
        } else {
          .finished
        }
      }
    return ChatReading(text: text, ending: ending)
  }

  /// A string, or the texts among parts; anything else says nothing.
  private static func text(of content: JSONValue?) -> String {
    let text = content?.string ?? content?.array.map { $0.compactMap(partText).joined() } ?? ""
    return withoutThinking(text)
  }

  private static func partText(_ part: JSONValue) -> String? {
    guard let type = part["type"]?.string else { return part.string ?? part["text"]?.string }
    return type == "text" || type == "output_text" ? part["text"]?.string : nil
  }

  /// Without the `<think>…</think>` that some local servers leave at the beginning of the text.
  private static func withoutThinking(_ text: String) -> String {
    guard text.drop(while: \.isWhitespace).hasPrefix("<think>"), let end = text.firstRange(of: "</think>")
    else {
      return text
    }
    return String(text[end.upperBound...].drop(while: \.isWhitespace))
  }

  /// `prompt_tokens` includes what a cache had and what was written to one.
  func usage(of reply: JSONObject) -> TokenUsage? {
    guard let usage = reply["usage"]?.object, let prompt = tokenCount(usage["prompt_tokens"]) else {
      return nil
    }
    let total = tokenCount(usage["total_tokens"])
    let said = tokenCount(usage["completion_tokens"])
    guard var output = said ?? total.flatMap({ $0 >= prompt ? $0 - prompt : nil }) else { return nil }
    // Some servers count an answer without its reasoning, and only the total with it.
    if let said, let total,
      let reasoning = tokenCount(usage["completion_tokens_details"]?["reasoning_tokens"]),
      total == prompt + said + reasoning
    {
      output = said + reasoning
    }
    // Zeros are what servers write that do not count: an answer of no tokens to none is none.
    guard prompt > 0 || output > 0 else { return nil }
    let details = usage["prompt_tokens_details"]
    let cached = tokenCount(details?["cached_tokens"]) ?? 0
    let written = tokenCount(details?["cache_write_tokens"]) ?? 0
    guard cached + written <= prompt else { return TokenUsage(input: prompt, output: output) }
    return TokenUsage(
      input: prompt - cached - written,
      cachedRead: cached,
      cacheWrite: written,
      output: output
    )
  }
}
