import FlowCore
import FlowLLM
import FlowTestSupport
import Testing

/// The whole client, from a request to a socket and back.
@Suite(.timeLimit(.minutes(1))) struct `Calls over the wire` {
  private static let answer =
    #"{"model":"m-1","choices":[{"message":{"content":"Yes."},"finish_reason":"stop"}]}"#

  private func model(
    _ server: ScriptedServer,
    provider: ModelSettings.Provider = .openai,
    timeoutSeconds: Double = 30
  ) throws -> HTTPChatModel {
    var settings = ModelSettings()
    settings.provider = provider
    settings.baseURL = server.baseURL
    settings.model = "m"
    settings.apiKeyEnv = "OPENAI_API_KEY"
    settings.timeoutSeconds = timeoutSeconds
    settings.prices = ["m": .simple]
    return try HTTPChatModel(
      settings: settings,
      environment: ["OPENAI_API_KEY": secretKey, "ANTHROPIC_API_KEY": secretKey],
      transport: CurlTransport(),
      tools: CallTools(sleep: { _ in })
    )
  }

  private let question = ChatRequest(system: "Be brief.", message: "Is it so?", maxTokens: 32)

  @Test func `an overloaded endpoint is asked again, and answers`() async throws {
    let server = try ScriptedServer { request in
      request.number == 1 ? .text(status: 503, "later").header("Retry-After", "1") : .json(Self.answer)
    }
    let spending = SpendingLog()
    let answer = try await model(server).answer(question, spending: spending)
    #expect(answer == ChatAnswer(text: "Yes.", model: "m-1", usage: nil, attempts: 2))
    #expect(spending.outcomes == [.refused, .answered])
    let request = try #require(server.requests.last)
    #expect(request.path == "/v1/chat/completions")
    #expect(request.header("authorization") == "Bearer \(secretKey)")
    #expect(request.header("content-type") == "application/json")
  }

  @Test func `Anthropic's dialect reaches its path with its headers`() async throws {
    let server = try ScriptedServer { _ in
      .json(#"{"content":[{"type":"text","text":"Yes."}],"usage":{"input_tokens":4,"output_tokens":1}}"#)
    }
    let answer = try await model(server, provider: .anthropic).answer(question, spending: SpendingLog())
    #expect(answer.usage == TokenUsage(input: 4, output: 1))
    let request = try #require(server.requests.first)
    #expect(request.path == "/v1/messages")
    #expect(request.header("x-api-key") == secretKey)
    #expect(request.header("anthropic-version") == "2026-10-21")
  }

  @Test func `a call that is cancelled on its way ends, and counts as if it had cost the most`() async throws
  {
    let server = try ScriptedServer { _ in .silence }
    let spending = SpendingLog()
    let model = try model(server)
    let call = Task { () -> FlowError.Code? in
      do throws(FlowError) {
        _ = try await model.answer(question, spending: spending)
        return nil
      } catch {
        return error.code
      }
    }
    try await server.waitForRequests(1)
    call.cancel()
    #expect(await call.value == .modelCancelled)
    #expect(spending.outcomes == [.unknown])
    #expect(spending.spent == spending.reservedInAll)
    #expect(spending.isBalanced)
  }

  @Test func `an answer that ends in the middle is asked for again, and both count`() async throws {
    let server = try ScriptedServer { request in
      request.number == 1 ? .json(Self.answer).cut(afterBodyBytes: 20) : .json(Self.answer)
    }
    let spending = SpendingLog()
    #expect(try await model(server).answer(question, spending: spending).attempts == 2)
    #expect(spending.outcomes == [.unknown, .answered])
  }

  @Test func `a redirect is not followed`() async throws {
    let server = try ScriptedServer { _ in .redirect(to: "http://127.0.0.1:1/v1/elsewhere") }
    let model = try model(server)
    let error = await #expect(throws: FlowError.self) {
      _ = try await model.answer(question, spending: SpendingLog())
    }
    #expect(error?.code == .modelRejected)
    #expect(error?.hint?.contains("elsewhere") == true)
    #expect(server.requestCount == 1)
  }
}
