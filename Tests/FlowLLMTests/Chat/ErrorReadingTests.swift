import FlowCore
import Testing

@testable import FlowLLM

@Suite struct `Reading an error` {
  struct Case: Sendable, CustomTestStringConvertible {
    let from: String
    let status: Int
    let body: String
    let code: FlowError.Code
    var repeats = false
    var says: String?
    var testDescription: String { "\(from) \(status) \(code.rawValue)" }
  }

  static let cases = [
    Case(
      from: "OpenAI",
      status: 401,
      body:
        #"{"error":{"message":"Incorrect API key provided","type":"invalid_request_error","param":null,"code":"invalid_api_key"}}"#,
      code: .modelUnauthorized,
      says: "Incorrect API key"
    ),
    Case(
      from: "OpenAI",
      status: 400,
      body:
        #"{"error":{"message":"Your input is long","type":"invalid_request_error","code":"context_length_exceeded"}}"#,
      code: .modelRejected,
      says: "llm.maxPromptTokens"
    ),
    Case(
      from: "OpenAI",
      status: 404,
      body: #"{"error":{"message":"The model does not exist","code":"model_not_found"}}"#,
      code: .modelRejected,
      says: "llm.model"
    ),
    Case(
      from: "OpenAI",
      status: 429,
      body: #"{"error":{"message":"Rate limit reached","type":"tokens","code":"rate_limit_exceeded"}}"#,
      code: .modelRateLimited,
      repeats: true
    ),
    Case(
      from: "OpenAI",
      status: 429,
      body:
        #"{"error":{"message":"You exceeded your current quota, please check your plan and billing details.","type":"insufficient_quota","code":"insufficient_quota"}}"#,
      code: .modelUnpaid
    ),
    Case(
      from: "OpenAI",
      status: 429,
      body: #"{"error":{"message":"no","type":"requests","code":"credit_balance_exhausted"}}"#,
      code: .modelUnpaid
    ),
    Case(
      from: "OpenAI",
      status: 429,
      body: #"{"error":{"message":"no","code":"organization_spend_limit_exceeded"}}"#,
      code: .modelUnpaid
    ),
    Case(
      from: "OpenAI",
      status: 429,
      body: #"{"error":{"message":"no","code":"project_spend_limit_exceeded"}}"#,
      code: .modelUnpaid
    ),
    Case(
      from: "OpenAI",
      status: 429,
      body: #"{"error":{"message":"no","code":"organization_usage_limit_exceeded"}}"#,
      code: .modelUnpaid
    ),
    Case(
      from: "OpenAI",
      status: 429,
      body: #"{"error":{"message":"Slow down","code":"slow_down"}}"#,
      code: .modelRateLimited,
      repeats: true
    ),
    Case(
      from: "OpenAI",
      status: 503,
      body: #"{"error":{"message":"busy","code":"server_is_overloaded"}}"#,
      code: .modelOverloaded,
      repeats: true
    ),
    Case(
      from: "Azure",
      status: 400,
      body:
        #"{"error":{"message":"filtered","code":"content_filter","status":400,"innererror":{"code":"ResponsibleAIPolicyViolation"}}}"#,
      code: .answerRefused
    ),
    Case(
      from: "Ollama",
      status: 404,
      body: #"{"error":"model 'x' not found, try pulling it first"}"#,
      code: .modelRejected,
      says: "try pulling"
    ),
    Case(
      from: "vLLM",
      status: 400,
      body:
        #"{"object":"error","message":"This model's maximum context length is 4096 tokens.","type":"BadRequestError","param":null,"code":400}"#,
      code: .modelRejected,
      says: "too long"
    ),
    Case(
      from: "vLLM",
      status: 422,
      body: #"{"detail":[{"type":"missing","loc":["body","messages"],"msg":"Field required"}]}"#,
      code: .modelRejected,
      says: "body.messages: Field required"
    ),
    Case(
      from: "llama.cpp",
      status: 400,
      body:
        #"{"error":{"code":400,"message":"too big","type":"exceed_context_size_error","n_prompt_tokens":9,"n_ctx":8}}"#,
      code: .modelRejected,
      says: "llm.maxPromptTokens"
    ),
    Case(
      from: "llama.cpp",
      status: 503,
      body: #"{"error":{"code":503,"message":"Loading model","type":"unavailable_error"}}"#,
      code: .modelOverloaded,
      repeats: true
    ),
    Case(
      from: "llama.cpp",
      status: 501,
      body: #"{"error":{"code":501,"message":"not supported","type":"not_supported_error"}}"#,
      code: .modelRejected
    ),
    Case(
      from: "LM Studio",
      status: 400,
      body: #"{"error":"Context length exceeded"}"#,
      code: .modelRejected,
      says: "too long"
    ),
    Case(
      from: "LiteLLM",
      status: 429,
      body:
        #"{"error":{"message":"litellm.RateLimitError","type":"throttling_error","param":null,"code":"429"}}"#,
      code: .modelRateLimited,
      repeats: true
    ),
    Case(
      from: "LiteLLM",
      status: 400,
      body: #"{"error":{"message":"No connected db.","type":"no_db_connection","param":null,"code":"400"}}"#,
      code: .modelUnauthorized
    ),
    Case(
      from: "LiteLLM",
      status: 400,
      body: #"{"error":{"message":"litellm.ContextWindowExceededError: no","type":null,"code":"400"}}"#,
      code: .modelRejected,
      says: "llm.maxPromptTokens"
    ),
    Case(
      from: "LiteLLM",
      status: 400,
      body: #"{"error":{"message":"Budget has been exceeded!","type":"budget_exceeded","code":"400"}}"#,
      code: .modelUnpaid
    ),
    Case(
      from: "LiteLLM",
      status: 500,
      body: #"{"error":{"message":"x","type":"internal_server_error","code":"500"}}"#,
      code: .modelOverloaded,
      repeats: true
    ),
    Case(from: "LiteLLM", status: 408, body: "{}", code: .modelTimedOut, repeats: true),
    Case(
      from: "Anthropic",
      status: 529,
      body:
        #"{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"},"request_id":"req_1"}"#,
      code: .modelOverloaded,
      repeats: true
    ),
    Case(
      from: "Anthropic",
      status: 402,
      body: #"{"type":"error","error":{"type":"billing_error","message":"pay"}}"#,
      code: .modelUnpaid
    ),
    Case(
      from: "Anthropic",
      status: 400,
      body:
        #"{"type":"error","error":{"type":"invalid_request_error","message":"Your credit balance is too low to access the API."}}"#,
      code: .modelUnpaid
    ),
    Case(
      from: "Anthropic",
      status: 429,
      body:
        #"{"type":"error","error":{"type":"rate_limit_error","message":"no","details":{"error_code":"workspace_spend_limit_reached"}}}"#,
      code: .modelUnpaid
    ),
    Case(
      from: "Anthropic",
      status: 429,
      body:
        #"{"type":"error","error":{"type":"rate_limit_error","message":"This request would exceed your limit"}}"#,
      code: .modelRateLimited,
      repeats: true
    ),
    Case(
      from: "Anthropic",
      status: 403,
      body: #"{"type":"error","error":{"type":"permission_error","message":"no"}}"#,
      code: .modelUnauthorized
    ),
    Case(
      from: "Anthropic",
      status: 413,
      body: #"{"type":"error","error":{"type":"request_too_large","message":"no"}}"#,
      code: .modelRejected,
      says: "too long"
    ),
    Case(
      from: "Anthropic",
      status: 504,
      body: #"{"type":"error","error":{"type":"timeout_error","message":"no"}}"#,
      code: .modelTimedOut,
      repeats: true
    ),
    Case(
      from: "Anthropic",
      status: 409,
      body: #"{"type":"error","error":{"type":"conflict_error","message":"no"}}"#,
      code: .modelOverloaded,
      repeats: true
    ),
    Case(
      from: "Gemini",
      status: 400,
      body: #"[{"error":{"code":400,"message":"API key not valid","status":"INVALID_ARGUMENT"}}]"#,
      code: .modelRejected,
      says: "API key not valid"
    ),
    Case(
      from: "a proxy",
      status: 502,
      body: "<html>Bad gateway</html>",
      code: .modelOverloaded,
      repeats: true,
      says: "<html>"
    ),
    Case(from: "a proxy", status: 301, body: "", code: .modelRejected, says: "redirects are not followed"),
    Case(from: "nobody", status: 418, body: "", code: .modelRejected),
    Case(from: "nobody", status: 599, body: "\u{0}", code: .modelOverloaded, repeats: true),
    Case(from: "nobody", status: 0, body: "", code: .modelRejected),
  ]

  @Test(arguments: cases) func `each has a name, and is repeated or not`(_ one: Case) throws {
    let fault = try #require(read(HTTPResponse(one.status, one.body)).fault)
    #expect(fault.error.code == one.code)
    #expect(fault.isRepeatable == one.repeats)
    #expect(fault.outcome == (one.code == .modelTimedOut ? .unknown : .refused))
    #expect(fault.error.context["status"] == String(one.status))
    if let words = one.says { #expect(fault.error.description.contains(words)) }
  }

  @Test(arguments: [
    (#"{"error":{"message":"upstream","code":502}}"#, FlowError.Code.modelOverloaded, true),
    (#"{"error":{"message":"slow","type":"rate_limit_error"}}"#, .modelRateLimited, true),
    (#"{"error":{"message":"pay","code":"insufficient_quota"}}"#, .modelUnpaid, false),
    (#"{"error":{"message":"bad key","code":401}}"#, .modelUnauthorized, false),
    (#"{"type":"error","error":{"type":"overloaded_error","message":"x"}}"#, .modelOverloaded, true),
    (#"{"error":"it broke"}"#, .modelRejected, false),
    (
      #"{"choices":[{"error":{"message":"cut","code":504},"message":{"content":"ha"}}]}"#, .modelTimedOut,
      true
    ),
    (#"{"type":"error"}"#, .modelRejected, false),
  ]) func `an error in an answer with status 200 is one`(
    _ body: String,
    _ code: FlowError.Code,
    _ repeats: Bool
  ) throws {
    let fault = try #require(read(HTTPResponse(200, body)).fault)
    #expect(fault.error.code == code)
    #expect(fault.isRepeatable == repeats)
    #expect(fault.outcome == .unusable)
  }

  @Test func `an error that is null is none`() throws {
    let body = #"{"error":null,"choices":[{"error":null,"message":{"content":"Yes."}}]}"#
    #expect(try read(HTTPResponse(200, body)).get().text == "Yes.")
  }

  @Test(arguments: [
    (500, "false", false), (500, "true", true), (400, "true", true), (429, "false", false),
    (401, "true", false),
    (402, "true", false), (302, "true", false), (500, "maybe", true),
  ]) func `an endpoint may say whether to repeat, but not to pay or log in again`(
    _ status: Int,
    _ wish: String,
    _ repeats: Bool
  ) throws {
    let response = HTTPResponse(status, #"{"error":{"message":"x"}}"#, ["x-should-retry": wish])
    #expect(try #require(read(response).fault).isRepeatable == repeats)
  }

  @Test(arguments: [
    (
      #"{"error":{"message":"Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.","param":"max_tokens","code":"unsupported_parameter"}}"#,
      true
    ),
    (#"{"error":{"message":"Unrecognized request argument supplied: max_tokens"}}"#, true),
    (
      #"{"detail":[{"type":"extra_forbidden","loc":["body","max_tokens"],"msg":"Extra inputs are not permitted"}]}"#,
      true
    ),
    (
      #"{"error":{"message":"max_tokens is too large: 9","param":"max_tokens","code":"invalid_value"}}"#,
      false
    ),
    (#"{"error":{"message":"unknown model"}}"#, false),
    (#"{"error":{"message":"max_completion_tokens is not supported"}}"#, false),
  ]) func `a field that is not taken is told from a value that is not`(_ body: String, _ refuses: Bool) throws
  {
    let fault = try #require(read(HTTPResponse(400, body)).fault)
    #expect(fault.refusedFields.contains(.maxTokens) == refuses)
  }

  @Test(arguments: [
    (HTTPFault.Kind.libraryMissing, FlowError.Code.libraryMissing, false),
    (.unreachable, .modelUnreachable, true),
    (.untrusted, .modelUntrusted, false), (.handshake, .modelUnreachable, true),
    (.timedOut, .modelTimedOut, true),
    (.cut, .modelUnreachable, true), (.tooLarge, .answerTooLarge, false),
    (.cancelled, .modelCancelled, false),
    (.refused, .modelRejected, false),
  ]) func `a fault of the connection has a name`(
    _ kind: HTTPFault.Kind,
    _ code: FlowError.Code,
    _ repeats: Bool
  ) {
    let fault = CallFault(HTTPFault(kind, "why", isUnsent: true), from: .test, timeoutSeconds: 0.5)
    #expect(fault.error.code == code)
    #expect(fault.isRepeatable == repeats)
    #expect(fault.outcome == (kind == .tooLarge ? .unusable : .refused))
  }

  @Test(arguments: [HTTPFault.Kind.timedOut, .cut, .cancelled]) func `what was sent may have been charged`(
    _ kind: HTTPFault.Kind
  ) {
    let fault = CallFault(HTTPFault(kind, "why", isUnsent: false), from: .test, timeoutSeconds: 120)
    #expect(fault.outcome == .unknown)
  }
}
