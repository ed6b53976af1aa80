import FlowCore

/// A model's endpoint on loopback that gives fit summaries of the records it is shown, in OpenAI's shape.
package enum ModelServer {
  /// Starts one; `change` may replace the text of an answer.
  package static func start(
    _ change: @escaping @Sendable (_ bullets: String, _ number: Int) -> String = { bullets, _ in bullets }
  ) throws -> ScriptedServer {
    try ScriptedServer { request in
      .json(reply(change(bullets(for: request), request.number)))
    }
  }

  /// The configuration that a project needs to ask it: config.json's text.
  package static func config(_ server: ScriptedServer, more: String = "") -> String {
    """
    {"llm": {"baseURL": "\(server.baseURL)/v1", "model": "tiny", "maxRetries": 1,
      "prices": {"tiny": {"input": 0.15, "output": 0.6}}}\(more)}
    """
  }

  /// Bullets that say the first words of each record that a request quotes; "ok" where it quotes none.
  package static func bullets(for request: ScriptedServer.Request) -> String {
    let bullets = ScriptedChat.bullets(
      for: ChatRequest(system: "", message: message(of: request), maxTokens: 0)
    )
    return bullets.isEmpty ? "ok" : bullets
  }

  /// What a request says to the model last.
  package static func message(of request: ScriptedServer.Request) -> String {
    guard let body = try? request.json else { return "" }
    return body["messages"]?.array?.last?["content"]?.string ?? ""
  }

  /// A whole answer with this text and usage.
  package static func reply(_ text: String, input: Int = 400, output: Int = 60) -> String {
    let reply: JSONValue = [
      "id": "x", "object": "chat.completion", "model": "tiny-2026",
      "choices": [
        ["index": 0, "finish_reason": "stop", "message": ["role": "assistant", "content": .string(text)]]
      ],
      "usage": [
        "prompt_tokens": .number(JSONNumber(input)), "completion_tokens": .number(JSONNumber(output)),
      ],
    ]
    return reply.serialized(.compact)
  }
}
