import FlowCore

extension CallFault {
  /// What it means that an endpoint answered with a status other than 2xx.
  init(status response: HTTPResponse, from peer: Peer, now: Timestamp) {
    let body = ErrorBody(parsing: response.body)
    let family = FaultFamily(status: response.status, body: body)
    self.init(family, response, body, peer, now)
    if family == .rejected, let body {
      refusedFields = Set(TokenField.allCases.filter { body.refuses(field: $0.rawValue) })
    }
  }

  /// What it means that an answer with status 200 holds an error.
  ///
  /// - Parameter usage: what the answer says that it charges for.
  init(
    errorInAnswer response: HTTPResponse,
    _ body: ErrorBody,
    from peer: Peer,
    usage: TokenUsage?,
    now: Timestamp
  ) {
    self.init(FaultFamily(errorInAnswer: body), response, body, peer, now)
    // It had begun to answer, so it may have been charged.
    outcome = .unusable
    self.usage = usage
  }

  private init(
    _ family: FaultFamily,
    _ response: HTTPResponse,
    _ body: ErrorBody?,
    _ peer: Peer,
    _ now: Timestamp
  ) {
    var context = ["status": String(response.status)]
    if let id = response.header("x-request-id") ?? response.header("request-id") {
      context["request_id"] = peer.words.excerpt(id, limit: 100)
    }
    // Of this request, while others may well be taken.
    if family == .tooLong { context["reason"] = "too_long" }
    let said = body?.message.map { peer.words.quoted($0) } ?? peer.words.sketch(of: response)
    let error = peer.error(
      family.code,
      "\(peer.label) \(family.verb) (\(response.status)): \(said)",
      hint: Self.hint(family, response, body, peer),
      context: context
    )
    var isRepeatable = family.isRepeatable
    if family.heedsEndpoint, let wish = response.header("x-should-retry")?.lowercased() {
      isRepeatable = wish == "true" || (wish != "false" && isRepeatable)
    }
    self.init(
      error,
      isRepeatable: isRepeatable,
      wait: RequestedWait.read(response, now: now),
      // Whoever stood between us and the model lost patience; the model may have gone on.
      outcome: family == .timedOut ? .unknown : .refused,
      verdict: family.verdict
    )
  }

  private static func hint(
    _ family: FaultFamily,
    _ response: HTTPResponse,
    _ body: ErrorBody?,
    _ peer: Peer
  ) -> String? {
    switch family {
    case .redirected:
      let target = response.header("location").map { " (it names \(peer.words.quoted($0)))" } ?? ""
      return "redirects are not followed: set llm.baseURL to the final address\(target)"
    case .unpaid:
      return "see to the credit or the spending limit of the account; this is not repeated"
    case .unauthorized:
      return "check the key in the variable that llm.apiKeyEnv names, and what the key may use"
    case .tooLong:
      return "lower llm.maxPromptTokens or llm.maxTokens, or give the model a longer context where you run it"
    case .filtered:
      return "a filter of the endpoint stopped it; another model may answer"
    case .notFound:
      return "check llm.model and llm.baseURL"
    case .rejected:
      if TokenField.allCases.contains(where: { body?.refuses(field: $0.rawValue) == true }) {
        return "set llm.maxTokensField to the field that the endpoint takes, or to auto"
      }
      return "check llm.provider, llm.model and llm.baseURL"
    case .rateLimited:
      return "lower llm.maxConcurrency, or try again later"
    case .timedOut:
      return "try again later"
    case .overloaded:
      return "try again later; its own log may say more"
    }
  }
}

extension FaultFamily {
  fileprivate var verb: String {
    switch self {
    case .redirected: "answered with a redirect"
    case .unpaid: "wants to be paid first"
    case .unauthorized: "refused access"
    case .tooLong: "refused the request as too long"
    case .filtered: "refused to answer"
    case .notFound: "was not found"
    case .rejected: "refused the request"
    case .rateLimited: "has had too many requests"
    case .timedOut: "took too long"
    case .overloaded: "is not able to answer now"
    }
  }
}
