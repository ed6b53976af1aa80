import FlowCore

/// What the body of an error says, whichever of the many shapes it has.
///
/// Read are: `{"error": {"message", "type", "code", "param"}}` (OpenAI and those that follow it; `code` may be a number),
/// `{"type": "error", "error": {…}}` (Anthropic), `{"error": "…"}` (Ollama), `{"object": "error", "message", …}` (vLLM),
/// `{"detail": "…"}` and `{"detail": [{"msg", "loc"}]}` (FastAPI), and one of these within an array (Gemini).
struct ErrorBody: Sendable {
  private(set) var message: String?
  private(set) var code: JSONValue?
  private(set) var parameter: String?
  /// The names that it gives to the error, in lower case: type, code, status, and texts among its details.
  private(set) var labels: Set<String> = []

  private static let limits = JSONLimits(maximumDepth: 64, replacesLoneSurrogates: true)

  /// Reads a body; nil where it is no JSON, or names no error.
  init?(parsing body: [UInt8]) {
    guard let value = try? JSONValue(parsing: body, limits: Self.limits) else { return nil }
    self.init(value)
  }

  /// Reads a body; nil where it names no error.
  init?(_ value: JSONValue) {
    guard let body = value.object ?? value[0]?.object else { return nil }
    if let error = body["error"]?.object ?? body["detail"]?.object {
      read(error)
    } else if let text = body["error"]?.string {
      message = text
    } else if let text = body["detail"]?.string {
      message = text
    } else if let faults = body["detail"]?.array {
      readValidation(faults)
    } else if body["object"]?.string == "error" || body["message"]?.string != nil {
      read(body)
    }
    if message == nil, let outer = body["message"]?.string { message = outer }
    guard message != nil || !labels.isEmpty else { return nil }
  }

  private mutating func read(_ error: JSONObject) {
    message = error["message"]?.string ?? error["msg"]?.string
    parameter = error["param"]?.string
    code = error["code"]
    for key in ["type", "code", "status"] { addLabel(error[key]) }
    if let inner = error["innererror"]?["code"] { addLabel(inner) }
    for key in ["details", "metadata"] {
      if let details = error[key] { addLabels(in: details, depth: 3) }
    }
  }

  private mutating func readValidation(_ faults: [JSONValue]) {
    let sentences = faults.prefix(4).compactMap { fault -> String? in
      guard let text = fault["msg"]?.string else { return nil }
      let place = fault["loc"]?.array?.compactMap(\.string).joined(separator: ".")
      return place.map { "\($0): \(text)" } ?? text
    }
    message = sentences.isEmpty ? nil : sentences.joined(separator: "; ")
    if faults.count == 1 { parameter = faults[0]["loc"]?.array?.last?.string }
    for fault in faults.prefix(4) { addLabel(fault["type"]) }
  }

  private mutating func addLabel(_ value: JSONValue?) {
    guard let text = value?.string ?? value?.number?.text, !text.isEmpty, text.utf8.count <= 100 else {
      return
    }
    labels.insert(text.lowercased())
  }

  private mutating func addLabels(in value: JSONValue, depth: Int) {
    guard depth > 0, labels.count < 32 else { return }
    addLabel(value)
    for element in value.array?.prefix(8) ?? [] { addLabels(in: element, depth: depth - 1) }
    for member in value.object?.values.prefix(8) ?? [] { addLabels(in: member, depth: depth - 1) }
  }
}

extension ErrorBody {
  /// Whether it says that money has run out, or that a limit on spending is reached: only a person can help then.
  var saysUnpaid: Bool {
    let isNamed = labels.contains { label in
      Self.unpaid.contains(label) || label.hasSuffix("spend_limit_exceeded")
        || label.hasSuffix("organization_usage_limit_exceeded") || label.hasSuffix("spend_limit_reached")
    }
    // A limit on requests a minute may well mention the plan that it belongs to.
    if isNamed || labels.contains("rate_limit_exceeded") { return isNamed }
    return mentions(Self.unpaidPhrases)
  }

  var saysUnauthorized: Bool { !labels.isDisjoint(with: Self.unauthorized) }

  /// Whether what was asked is longer than the model can take.
  var saysTooLong: Bool {
    labels.contains { label in Self.tooLong.contains { label.contains($0) } } || mentions(Self.tooLongPhrases)
  }

  /// Whether a filter on content stopped the prompt.
  var saysFiltered: Bool { !labels.isDisjoint(with: Self.filtered) }

  /// Whether it refuses a field of the request by its name, rather than the field's value.
  func refuses(field: String) -> Bool {
    let text = (message ?? "").lowercased()
    guard parameter?.lowercased() == field || text.contains(field) else { return false }
    return !labels.isDisjoint(with: ["unsupported_parameter", "unknown_parameter", "extra_forbidden"])
      || Self.fieldRefusals.contains { text.contains($0) }
  }

  private func mentions(_ phrases: [String]) -> Bool {
    let text = (message ?? "").lowercased()
    return phrases.contains { text.contains($0) }
  }

  private static let unpaid: Set<String> = [
    "insufficient_quota", "credit_balance_exhausted", "billing_error", "billing_hard_limit_reached",
    "billing_not_active", "insufficient_balance", "insufficient_credits", "budget_exceeded",
  ]
  private static let unpaidPhrases = [
    "credit balance", "billing details", "spend limit", "spending limit", "insufficient balance",
    "insufficient credits", "usage limit", "budget has been exceeded", "exceededbudget",
  ]
  private static let unauthorized: Set<String> = [
    "authentication_error", "invalid_api_key", "no_db_connection", "auth_error", "token_not_found_in_db",
  ]
  private static let tooLong = [
    "context_length_exceeded", "exceed_context_size", "contextwindowexceeded", "context_window_exceeded",
  ]
  private static let tooLongPhrases = [
    "context length", "context window", "context size", "context limit", "prompt is too long",
    "maximum context", "contextwindowexceeded",
  ]
  private static let filtered: Set<String> = [
    "content_filter", "content_policy_violation", "responsibleaipolicyviolation", "moderation_blocked",
  ]
  private static let fieldRefusals = [
    "unsupported parameter", "not supported", "unsupported", "unrecognized", "unknown", "unexpected",
    "extra inputs", "extra fields", "not permitted", "not allowed",
  ]
}
