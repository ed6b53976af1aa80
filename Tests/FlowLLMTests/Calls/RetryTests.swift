import FlowCore
import Testing

@testable import FlowLLM

@Suite struct `Repeated calls` {
  @Test(arguments: [408, 409, 425, 429, 500, 502, 503, 504, 524, 529])
  func `what may pass is repeated twice, with growing waits`(_ status: Int) async throws {
    let call = try ModelUnderTest(.error(status))
    let fault = try #require(await call.fault())
    #expect([.modelOverloaded, .modelRateLimited, .modelTimedOut].contains(fault.code))
    #expect(call.transport.requests.count == 3)
    #expect(call.naps.all == [.milliseconds(500), .seconds(1)])
  }

  @Test(arguments: [300, 301, 302, 307, 308, 400, 401, 402, 403, 404, 405, 413, 422, 501, 505])
  func `what will not pass is not repeated`(_ status: Int) async throws {
    let call = try ModelUnderTest(.error(status))
    #expect(await call.fault() != nil)
    #expect(call.transport.requests.count == 1)
    #expect(call.naps.all.isEmpty)
  }

  @Test(arguments: [
    "insufficient_quota", "credit_balance_exhausted", "organization_spend_limit_exceeded",
    "project_spend_limit_exceeded", "organization_usage_limit_exceeded",
  ]) func `who wants to be paid is not asked again, whatever else it says`(_ code: String) async throws {
    let headers = ["retry-after": "1", "x-should-retry": "true"]
    let call = try ModelUnderTest(.error(429, code: "\"\(code)\"", headers))
    #expect(await call.fault()?.code == .modelUnpaid)
    #expect(call.transport.requests.count == 1)
  }

  @Test(arguments: [HTTPFault.Kind.unreachable, .handshake, .timedOut, .cut])
  func `a connection that fails is tried again`(_ kind: HTTPFault.Kind) async throws {
    let call = try ModelUnderTest(.fault(kind), .fault(kind), .answer("late"))
    #expect(try await call.ask().text == "late")
    #expect(call.naps.all.count == 2)
  }

  @Test(arguments: [HTTPFault.Kind.untrusted, .tooLarge, .refused, .libraryMissing, .cancelled])
  func `a connection that must not be tried again is not`(_ kind: HTTPFault.Kind) async throws {
    let call = try ModelUnderTest(.fault(kind))
    #expect(await call.fault() != nil)
    #expect(call.transport.requests.count == 1)
  }

  @Test func `the answer says how many attempts it took, and all were the same bytes`() async throws {
    let call = try ModelUnderTest(.error(503), .error(500), .answer("third"))
    let answer = try await call.ask()
    #expect(
      answer == ChatAnswer(text: "third", model: "m-1", usage: TokenUsage(input: 10, output: 2), attempts: 3)
    )
    #expect(Set(call.transport.requests.map(\.body)).count == 1)
    let request = try #require(call.transport.requests.first)
    #expect(request.headers.map(\.name) == ["Content-Type", "Accept", "Authorization"])
    #expect(request.url.text == "https://models.example/v1/chat/completions")
    #expect(request.timeout == .seconds(120))
  }

  @Test func `what the server asks for is waited, to the second`() async throws {
    let call = try ModelUnderTest(
      .error(429, ["retry-after": "7"]),
      .error(503, ["retry-after-ms": "120"]),
      .answer()
    )
    _ = try await call.ask()
    #expect(call.naps.all == [.seconds(7), .milliseconds(120)])
  }

  @Test func `two minutes are waited, more are not`() async throws {
    let patient = try ModelUnderTest(.error(429, ["retry-after": "120"]), .answer())
    _ = try await patient.ask()
    #expect(patient.naps.all == [.seconds(120)])
    let call = try ModelUnderTest(.error(429, ["retry-after": "7500"]), .answer())
    let fault = try #require(await call.fault())
    #expect(fault.code == .modelRateLimited)
    #expect(fault.message.contains("2 h 5 min"))
    #expect(fault.context["retry_after_seconds"] == "7500")
    #expect(call.transport.requests.count == 1)
  }

  @Test func `chance takes up to a quarter off a wait`() {
    #expect(RetryPolicy.backoff(retries: 0, random: 0) == .milliseconds(500))
    #expect(RetryPolicy.backoff(retries: 0, random: 1) == .milliseconds(375))
    let waits = (0..<70).map { RetryPolicy.backoff(retries: $0, random: 0) }
    #expect(waits.prefix(5) == [.milliseconds(500), .seconds(1), .seconds(2), .seconds(4), .seconds(8)])
    #expect(waits.dropFirst(5).allSatisfy { $0 == .seconds(8) })
  }

  @Test func `without repeats there is one attempt`() async throws {
    let call = try ModelUnderTest(.error(503)) { $0.maxRetries = 0 }
    #expect(await call.fault()?.code == .modelOverloaded)
    #expect(call.transport.requests.count == 1)
  }

  @Test func `many repeats of one call are not stopped by what it has met itself`() async throws {
    let call = try ModelUnderTest(.error(503)) { $0.maxRetries = 10 }
    #expect(await call.fault()?.code == .modelOverloaded)
    #expect(call.transport.requests.count == 11)
  }

  @Test func `an unfit answer is paid for, and not asked for again`() async throws {
    let call = try ModelUnderTest(.answer(""))
    #expect(await call.fault()?.code == .answerEmpty)
    #expect(call.transport.requests.count == 1)
  }
}

@Suite struct `Field that bounds an answer` {
  private static let refusal = #"{"error":{"message":"Unsupported parameter: 'NAME'","param":"NAME"}}"#

  /// An endpoint that takes only one of the names.
  private func endpoint(taking field: TokenField?) -> ScriptedTransport {
    ScriptedTransport { request, _ in
      let body = try? JSONValue(parsing: request.body)
      if let field, body?[field.rawValue] != nil { return .answer() }
      let used = TokenField.allCases.first { body?[$0.rawValue] != nil }
      let parts = Self.refusal.split(separator: "NAME", omittingEmptySubsequences: false)
      return .status(400, parts.joined(separator: used?.rawValue ?? "?"), [:])
    }
  }

  private func used(_ transport: ScriptedTransport) throws -> [TokenField?] {
    try transport.requests.map { request in
      let body = try JSONValue(parsing: request.body)
      return TokenField.allCases.first { body[$0.rawValue] != nil }
    }
  }

  @Test func `is changed once where it is refused, and remembered`() async throws {
    let call = try ModelUnderTest(endpoint(taking: .maxCompletionTokens)) { $0.maxRetries = 0 }
    #expect(try await call.ask().attempts == 2)
    #expect(try await call.ask().attempts == 1)
    #expect(try used(call.transport) == [.maxTokens, .maxCompletionTokens, .maxCompletionTokens])
    #expect(call.naps.all.isEmpty)
    #expect(call.spending.outcomes == [.refused, .answered, .answered])
  }

  @Test func `is the newer one for OpenAI itself, and can be changed back`() async throws {
    let call = try ModelUnderTest(endpoint(taking: .maxTokens)) { $0.baseURL = nil }
    _ = try await call.ask()
    #expect(try used(call.transport) == [.maxCompletionTokens, .maxTokens])
  }

  @Test func `is not changed for ever where both are refused`() async throws {
    let call = try ModelUnderTest(endpoint(taking: nil))
    for _ in 0..<3 { #expect(await call.fault()?.code == .modelRejected) }
    #expect(call.transport.requests.count == 4)
  }

  @Test func `is left alone where the configuration names it`() async throws {
    let call = try ModelUnderTest(endpoint(taking: .maxCompletionTokens)) { $0.maxTokensField = .maxTokens }
    let fault = try #require(await call.fault())
    #expect(fault.hint?.contains("llm.maxTokensField") == true)
    #expect(call.transport.requests.count == 1)
  }

  @Test func `is changed once by many calls at the same time`() async throws {
    let call = try ModelUnderTest(endpoint(taking: .maxCompletionTokens)) { $0.maxConcurrency = 8 }
    try await withThrowingTaskGroup(of: Int.self) { group in
      for _ in 0..<50 { group.addTask { try await call.ask().attempts } }
      for try await attempts in group { #expect(attempts <= 2) }
    }
    #expect(try used(call.transport).count { $0 == .maxTokens } <= 8)
  }
}
