package import FlowCore

/// A model behind an endpoint: asks, repeats what may be repeated, and keeps account of each attempt.
///
/// One object stands for an endpoint and a model, and is to be shared: in it live the limit on calls under way, what is
/// known of an endpoint that is ill, and which field bounds its answers. A call holds its slot while it waits to be
/// repeated, so that an endpoint that asks for patience gets fewer calls, not others.
///
/// Invariant: each reservation is settled exactly once, in `attempt`, where nothing between the two can throw.
package final class HTTPChatModel: ChatModel {
  let endpoint: ModelEndpoint
  let settings: ModelSettings
  let fields: TokenFieldChoice
  let tools: CallTools
  private let transport: any HTTPTransport
  private let breaker: CircuitBreaker
  private let limiter: CallLimiter
  private let policy: RetryPolicy

  /// Reads the configuration; nothing is sent.
  ///
  /// - Parameters:
  ///   - variable: looks a variable of the environment up, for the key.
  /// - Throws: `config.invalid`, naming the key of the configuration: no model, an address that may not be used, a key
  ///   that is missing or none. `library.missing`.
  package init(
    settings: ModelSettings,
    variable: (String) -> String?,
    transport: any HTTPTransport,
    tools: CallTools = CallTools()
  ) throws(FlowError) {
    endpoint = try ModelEndpoint(settings, variable: variable)
    self.settings = settings
    self.transport = transport
    self.tools = tools
    fields = TokenFieldChoice(settings.maxTokensField, host: endpoint.url.host)
    policy = RetryPolicy(maxRetries: max(0, settings.maxRetries))
    limiter = CallLimiter(limit: max(1, settings.maxConcurrency))
    // One call with all its repeats must not be stopped by what it alone has met.
    breaker = CircuitBreaker(label: endpoint.peer.label, threshold: max(5, policy.maxRetries + 1))
  }

  /// As `init(settings:variable:transport:tools:)`, with the environment as a dictionary.
  package convenience init(
    settings: ModelSettings,
    environment: [String: String],
    transport: any HTTPTransport,
    tools: CallTools = CallTools()
  ) throws(FlowError) {
    try self.init(settings: settings, variable: { environment[$0] }, transport: transport, tools: tools)
  }

  package var name: String { endpoint.model }

  package func answer(
    _ request: ChatRequest,
    spending: any SpendingMeter
  ) async throws(FlowError) -> ChatAnswer {
    try await answer(request, spending: spending, trace: nil)
  }

  func answer(
    _ request: ChatRequest,
    spending: any SpendingMeter,
    trace: CallTrace?
  ) async throws(FlowError) -> ChatAnswer {
    try breaker.check(at: tools.clock.now())
    guard await limiter.acquire() else { throw cancelled }
    defer { limiter.release() }
    var call = Call(request: request, field: fields.current)
    while true {
      guard !Task.isCancelled else { throw cancelled }
      switch try await attempt(&call, spending, trace) {
      case .success(let answer):
        return ChatAnswer(
          text: answer.text,
          model: answer.model,
          usage: answer.usage,
          attempts: call.attempts
        )
      case .failure(let fault):
        try await prepareRepeat(of: &call, after: fault)
      }
    }
  }

  /// What is known of a call between its attempts.
  private struct Call {
    let request: ChatRequest
    var field: TokenField
    var attempts = 0
    var retries = 0
    var hasChangedField = false
    var lastError: FlowError?
  }

  private var cancelled: FlowError {
    endpoint.peer.error(.modelCancelled, "the call to \(endpoint.peer.label) was cancelled")
  }
}

extension HTTPChatModel {
  private func attempt(
    _ call: inout Call,
    _ spending: any SpendingMeter,
    _ trace: CallTrace?
  ) async throws(FlowError) -> Result<AnswerReader.Answer, CallFault> {
    let permit: CircuitBreaker.Permit
    do throws(FlowError) {
      permit = try breaker.admit(at: tools.clock.now())
    } catch {
      // What this call has met itself says more than that others have met it too.
      throw call.lastError ?? error
    }
    let reserved = most(for: call.request)
    do throws(FlowError) {
      try spending.reserve(reserved)
    } catch {
      breaker.abandon(permit)
      throw error
    }
    call.attempts += 1
    let result = await exchange(call.request, call.field, trace)
    spending.settle(account(of: result, reserved: reserved), reserved: reserved)
    let fault: CallFault? = if case .failure(let fault) = result { fault } else { nil }
    breaker.record(fault, permit, at: tools.clock.now())
    return result
  }

  private func exchange(
    _ request: ChatRequest,
    _ field: TokenField,
    _ trace: CallTrace?
  ) async -> Result<AnswerReader.Answer, CallFault> {
    let began = tools.clock.now()
    let answered: Result<HTTPResponse, HTTPFault>
    do throws(HTTPFault) {
      answered = .success(try await transport.send(message(request, field)))
    } catch {
      answered = .failure(error)
    }
    let ended = tools.clock.now()
    trace?.note(try? answered.get(), milliseconds: ended.milliseconds - began.milliseconds)
    do throws(CallFault) {
      switch answered {
      case .success(let response):
        let reader = AnswerReader(dialect: endpoint.dialect, peer: endpoint.peer)
        return .success(try reader.read(response, now: ended))
      case .failure(let fault):
        throw CallFault(fault, from: endpoint.peer, timeoutSeconds: settings.timeoutSeconds)
      }
    } catch {
      return .failure(error)
    }
  }

  private func message(_ request: ChatRequest, _ field: TokenField) -> HTTPRequest {
    var bytes: [UInt8] = []
    endpoint.dialect.body(request, model: endpoint.model, bound: field).write(to: &bytes)
    return HTTPRequest(
      url: endpoint.url,
      headers: [("Content-Type", "application/json"), ("Accept", "application/json")]
        + endpoint.dialect.headers(endpoint.key),
      body: bytes,
      timeout: .seconds(settings.timeoutSeconds),
      // Far above what its tokens can be in JSON, so that only an endpoint that floods us meets it.
      maxResponseBytes: max(4 << 20, min(request.maxTokens, 1_000_000) * 64)
    )
  }

  /// Waits until the call may be repeated, or throws why it is not.
  private func prepareRepeat(of call: inout Call, after fault: CallFault) async throws(FlowError) {
    if endpoint.dialect.hasTokenField, !call.hasChangedField, fault.refusedFields.contains(call.field),
      let other = fields.afterRefusal(of: call.field)
    {
      // Our mistake, not a failure: it takes none of the repeats.
      call.hasChangedField = true
      call.field = other
      return
    }
    switch policy.decision(on: fault, retries: call.retries, random: tools.random()) {
    case .giveUp(let error):
      if fault.verdict == .busy { breaker.recordExhaustion(error, at: tools.clock.now()) }
      throw error
    case .wait(let duration):
      call.lastError = fault.error
      call.retries += 1
      do {
        try await tools.sleep(duration)
      } catch {
        throw cancelled
      }
    }
  }
}

extension HTTPChatModel {
  /// The most that an attempt can cost: a token has at least one byte of the prompt, but for what frames messages.
  private func most(for request: ChatRequest) -> Cost {
    let bytes = request.system.utf8.count + request.message.utf8.count
    return settings.price?.most(promptTokens: bytes + 64, outputTokens: request.maxTokens) ?? .zero
  }

  private func account(of result: Result<AnswerReader.Answer, CallFault>, reserved: Cost) -> CallAttempt {
    let outcome: CallAttempt.Outcome
    let usage: TokenUsage?
    switch result {
    case .success(let answer): (outcome, usage) = (.answered, answer.usage)
    case .failure(let fault): (outcome, usage) = (fault.outcome, fault.usage)
    }
    let cost = settings.price.map { price in
      outcome == .refused ? .zero : usage.map(price.cost) ?? reserved
    }
    return CallAttempt(model: name, outcome: outcome, usage: outcome == .refused ? nil : usage, cost: cost)
  }
}
