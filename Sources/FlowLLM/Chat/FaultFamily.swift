import FlowCore

/// What an error of an endpoint comes to; each status and each name for an error belongs to one family.
enum FaultFamily: Sendable, CaseIterable {
  case redirected
  case unpaid
  case unauthorized
  case tooLong
  case filtered
  case notFound
  case rejected
  case rateLimited
  case timedOut
  case overloaded

  /// The family of a status other than 2xx.
  init(status: Int, body: ErrorBody?) {
    if (300..<400).contains(status) {
      self = .redirected
    } else if (400..<500).contains(status), status == 402 || body?.saysUnpaid == true {
      self = .unpaid
    } else if let family = Self.named(status, body) {
      self = family
    } else {
      self = Self.byStatus(status)
    }
  }

  /// The family of an error that came in an answer with status 200.
  init(errorInAnswer body: ErrorBody) {
    if let status = body.code?.int ?? body.code?.string.flatMap({ Int($0) }), (400..<600).contains(status) {
      self.init(status: status, body: body)
      return
    }
    func isNamed(_ parts: String...) -> Bool {
      body.labels.contains { label in parts.contains { label.contains($0) } }
    }
    let status =
      if isNamed("rate_limit", "slow_down", "throttling") {
        429
      } else if isNamed("overloaded", "unavailable") {
        503
      } else if isNamed("timeout") {
        504
      } else if isNamed("server_error", "api_error", "internal") {
        500
      } else {
        400
      }
    self.init(status: status, body: body)
  }

  private static func named(_ status: Int, _ body: ErrorBody?) -> FaultFamily? {
    guard let body, (400..<500).contains(status), status != 408, status != 429 else { return nil }
    if body.saysFiltered { return .filtered }
    if body.saysUnauthorized { return .unauthorized }
    return body.saysTooLong ? .tooLong : nil
  }

  private static func byStatus(_ status: Int) -> FaultFamily {
    switch status {
    case 401, 403: .unauthorized
    case 404: .notFound
    case 413: .tooLong
    case 429: .rateLimited
    case 408, 504, 524: .timedOut
    // 409 is a conflict over a lock, by Anthropic's and OpenAI's clients; 425 asks for the same request later.
    case 409, 425: .overloaded
    // What is not implemented today is not in a second either.
    case 501, 505: .rejected
    case 500...599: .overloaded
    default: .rejected
    }
  }

  var code: FlowError.Code {
    switch self {
    case .redirected, .tooLong, .notFound, .rejected: .modelRejected
    case .unpaid: .modelUnpaid
    case .unauthorized: .modelUnauthorized
    case .filtered: .answerRefused
    case .rateLimited: .modelRateLimited
    case .timedOut: .modelTimedOut
    case .overloaded: .modelOverloaded
    }
  }

  var verdict: CallFault.Verdict {
    switch self {
    case .redirected, .tooLong, .filtered, .notFound, .rejected: .well
    case .unpaid, .unauthorized: .closed
    case .rateLimited: .busy
    case .timedOut, .overloaded: .ill
    }
  }

  /// Whether the same request may fare better in a moment.
  var isRepeatable: Bool {
    switch self {
    case .rateLimited, .timedOut, .overloaded: true
    case .redirected, .unpaid, .unauthorized, .tooLong, .filtered, .notFound, .rejected: false
    }
  }

  /// Whether the endpoint may say by `x-should-retry` that it is otherwise.
  var heedsEndpoint: Bool {
    switch self {
    case .unpaid, .unauthorized, .redirected: false
    case .tooLong, .filtered, .notFound, .rejected, .rateLimited, .timedOut, .overloaded: true
    }
  }
}
