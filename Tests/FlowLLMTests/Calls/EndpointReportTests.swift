import FlowCore
import FlowTestSupport
import Synchronization
import Testing

@testable import FlowLLM

@Suite struct `Report on an endpoint` {
  private static let limits = [
    "x-ratelimit-limit-requests": "500", "x-ratelimit-remaining-requests": "499",
    "x-ratelimit-reset-requests": "120ms",
  ]

  @Test func `tells what an endpoint that works does`() async throws {
    let body =
      #"{"model":"m-2026","choices":[{"message":{"content":"ok"}}],"usage":{"prompt_tokens":9,"completion_tokens":1}}"#
    let call = try ModelUnderTest(.error(503), .status(200, body, Self.limits)) { $0.prices = ["m": .simple] }
    let report = await call.model.check(spending: call.spending)
    #expect(report.isWorking)
    #expect(
      report.json.serialized() == #"{"working":true,"provider":"openai","model":"m","answered_as":"m-2026","#
        + #""url":"https://models.example/v1/chat/completions","protection":"tls","key":"sent","#
        + #""http_version":"1.1","status":200,"max_tokens_field":"max_tokens","reports_usage":true,"#
        + #""usage":{"input":9,"cached_read":0,"cache_write":0,"output":1},"#
        + #""rate_limits":[{"name":"requests","limit":"500","remaining":"499","reset":"120ms"}],"#
        + #""latency_ms":0,"attempts":2,"cost_usd":1.9e-05,"error":null}"#
    )
    #expect(call.spending.attempts.count == 2)
    let request = try JSONValue(parsing: call.transport.requests[0].body)
    #expect(request["max_tokens"]?.int == 16)
  }

  @Test func `an answer that was cut shows that it works`() async throws {
    let body =
      #"{"model":"r","choices":[{"message":{"content":""},"finish_reason":"length"}],"usage":{"prompt_tokens":9,"completion_tokens":16}}"#
    let report = try await ModelUnderTest(.status(200, body, [:])).model.check()
    #expect(report.isWorking)
    #expect(report.answeredAs == "r")
    #expect(report.usage == TokenUsage(input: 9, output: 16))
    #expect(report.cost == nil)
  }

  @Test func `a key that is refused, or missing, is told`() async throws {
    let refused = try await ModelUnderTest(.error(401)).model.check()
    #expect(refused.key == .refused)
    #expect(refused.error?.code == .modelUnauthorized)
    #expect(refused.status == 401)
    let missing = try await ModelUnderTest(.error(401)) { $0.apiKeyEnv = "none" }.model.check()
    #expect(missing.key == .missing)
  }

  @Test func `this machine needs neither TLS nor key`() async throws {
    let call = try ModelUnderTest(ScriptedTransport(.answer(usage: "null")), environment: [:]) {
      $0.apiKeyEnv = nil
      $0.baseURL = "http://127.0.0.1:9/v1"
    }
    let report = await call.model.check()
    #expect(report.protection == .loopback)
    #expect(report.key == .notNeeded)
    #expect(report.json["reports_usage"]?.bool == false)
  }

  @Test func `an endpoint that is not there is told`() async throws {
    let report = try await ModelUnderTest(.fault(.unreachable, isUnsent: true)).model.check()
    #expect(report.error?.code == .modelUnreachable)
    #expect(report.httpVersion == nil)
    #expect(report.attempts == 3)
    #expect(report.json["error"]?["code"]?.string == "model.unreachable")
  }

  @Test func `Anthropic's field has one name, and its limits are told`() async throws {
    let body =
      #"{"model":"c","content":[{"type":"text","text":"ok"}],"usage":{"input_tokens":1,"output_tokens":1}}"#
    let headers = [
      "anthropic-ratelimit-input-tokens-limit": "4000", "anthropic-ratelimit-input-tokens-remaining": "0",
    ]
    let report = try await ModelUnderTest(.status(200, body, headers)) { $0.provider = .anthropic }.model
      .check()
    #expect(report.isWorking)
    #expect(report.maxTokensField == "max_tokens")
    #expect(report.rateLimits == [RateLimit(name: "input-tokens", limit: "4000", remaining: "0", reset: nil)])
  }
}

@Suite struct `Secrecy of the key` {
  /// Replies that repeat what they were sent, wherever a reply can.
  static let echoes: [ScriptedTransport.Reply] = {
    var replies: [ScriptedTransport.Reply] = []
    let echo = "key \(secretKey)"
    let headers = [
      "location": echo, "x-request-id": echo, "retry-after": echo, "x-ratelimit-limit-requests": echo,
      "x-ratelimit-reset-requests": echo,
    ]
    for status in [200, 301, 400, 401, 402, 403, 404, 408, 413, 422, 429, 500, 503] {
      replies.append(.error(status, type: secretKey, code: "\"\(secretKey)\"", message: echo, headers))
      replies.append(.status(status, echo, type: echo, headers))
      replies.append(.status(status, "{\"\(secretKey)\":1,\"\(secretKey)\":2}", headers))
      replies.append(.status(status, #"{"error":"\#(echo)"}"#, headers))
    }
    for reason in ["length", secretKey] {
      let choice = #"{"message":{"content":null,"refusal":"\#(echo)"},"finish_reason":"\#(reason)"}"#
      replies.append(.status(200, #"{"model":"\#(echo)","choices":[\#(choice)]}"#, headers))
    }
    for kind in [HTTPFault.Kind.unreachable, .untrusted, .handshake, .timedOut, .cut, .tooLarge, .refused] {
      replies.append(.failure(HTTPFault(kind, echo, isUnsent: false)))
    }
    return replies
  }()

  @Test(arguments: echoes.indices, ModelSettings.Provider.allCases)
  func `is in no error, report or dump`(_ index: Int, _ provider: ModelSettings.Provider) async throws {
    let call = try ModelUnderTest(Self.echoes[index]) { $0.provider = provider }
    let fault = try #require(await call.fault())
    let paused = await call.fault()
    call.clock.advance(seconds: 3600)
    let report = await call.model.check()
    var dumped = ""
    dump(call.model, to: &dumped)
    dump(fault, to: &dumped)
    dump(report, to: &dumped)
    let texts = [
      fault.description, "\(fault)", String(reflecting: fault), "\(String(describing: paused))", "\(report)",
      report.json.serialized(), "\(call.model)", String(reflecting: call.model), dumped,
    ]
    for text in texts { #expect(!text.contains(secretKey)) }
    // It was sent, though: in its header, and nowhere else.
    let request = try #require(call.transport.requests.first)
    #expect(request.headers.count { $0.value.contains(secretKey) } == 1)
    #expect(!String(decoding: request.body, as: UTF8.self).contains(secretKey))
    #expect(!request.url.text.contains(secretKey))
  }
}
