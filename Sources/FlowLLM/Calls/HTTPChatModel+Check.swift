package import FlowCore

extension HTTPChatModel {
  /// Makes one small call, repeated like any other, and tells what it found.
  ///
  /// An answer that was cut at its few tokens shows as well as a whole one that the endpoint works: models that reason
  /// seldom come to an answer within them.
  package func check(spending: any SpendingMeter = UnlimitedSpending()) async -> EndpointReport {
    let trace = CallTrace()
    let tally = AttemptLog(spending)
    var error: FlowError?
    do throws(FlowError) {
      let request = ChatRequest(system: "", message: "Say ok.", maxTokens: 16)
      _ = try await answer(request, spending: tally, trace: trace)
    } catch let fault {
      error = fault.code == .answerTruncated ? nil : fault
    }
    let response = trace.last?.response
    let attempts = tally.attempts
    return EndpointReport(
      provider: settings.provider,
      model: name,
      url: endpoint.url.text,
      protection: endpoint.url.text.hasPrefix("https://") ? .tls : .loopback,
      key: keyState(after: error),
      httpVersion: response?.version,
      status: response?.status,
      answeredAs: response.flatMap(answeredAs),
      maxTokensField: (endpoint.dialect.hasTokenField ? fields.current : .maxTokens).rawValue,
      usage: attempts.last?.usage,
      rateLimits: response.map(RateLimit.read)?.map(shown) ?? [],
      latencyMilliseconds: trace.last.map { Int($0.milliseconds) },
      attempts: attempts.count,
      cost: settings.price == nil ? nil : attempts.reduce(.zero) { $0 + ($1.cost ?? .zero) },
      error: error
    )
  }

  private func keyState(after error: FlowError?) -> EndpointReport.KeyState {
    let isRefused = error?.code == .modelUnauthorized
    return endpoint.key == nil ? (isRefused ? .missing : .notNeeded) : (isRefused ? .refused : .sent)
  }

  private func answeredAs(_ response: HTTPResponse) -> String? {
    guard (200..<300).contains(response.status),
      let reply = try? JSONValue(parsing: response.body, limits: AnswerReader.limits),
      let model = reply["model"]?.string, !model.isEmpty
    else { return nil }
    return endpoint.peer.words.excerpt(model, limit: 120)
  }

  private func shown(_ limit: RateLimit) -> RateLimit {
    func short(_ text: String?) -> String? { text.map { endpoint.peer.words.excerpt($0, limit: 40) } }
    var limit = limit
    limit.limit = short(limit.limit)
    limit.remaining = short(limit.remaining)
    limit.reset = short(limit.reset)
    return limit
  }
}
