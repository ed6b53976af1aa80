package import FlowCore

/// What one small call found out about a configured endpoint.
///
/// No text of it holds the key.
package struct EndpointReport: Sendable {
  /// How the connection was kept from others.
  package enum Protection: String, Sendable {
    /// TLS, with a certificate that was checked.
    case tls
    /// Plain HTTP that does not leave this machine.
    case loopback
  }

  /// What became of the key.
  package enum KeyState: String, Sendable {
    case sent
    case notNeeded = "not_needed"
    /// One was sent, and not accepted.
    case refused
    /// None was sent, and one is wanted.
    case missing
  }

  package let provider: ModelSettings.Provider
  package let model: String
  /// Where the request went.
  package let url: String
  package let protection: Protection
  package let key: KeyState
  /// `1.1` or `2`; nil where nothing came.
  package let httpVersion: String?
  /// The status of the last response; nil where nothing came.
  package let status: Int?
  /// The model that says it answered.
  package let answeredAs: String?
  /// The field that bounds answers, as the endpoint takes it.
  package let maxTokensField: String
  /// What the last attempt used; nil where the endpoint does not say.
  package let usage: TokenUsage?
  /// Those that it tells of, in a fixed order.
  package let rateLimits: [RateLimit]
  /// How long the last attempt took; nil where none was made.
  package let latencyMilliseconds: Int?
  package let attempts: Int
  /// What the attempts cost at most; nil where the model has no price.
  package let cost: Cost?
  /// Why it does not work; nil where it does.
  package let error: FlowError?

  /// Whether the endpoint answers with the configured model.
  package var isWorking: Bool { error == nil }
}

extension EndpointReport {
  /// The report for programs.
  package var json: JSONValue {
    func text(_ value: String?) -> JSONValue { value.map(JSONValue.string) ?? .null }
    func count(_ value: Int?) -> JSONValue { value.map { .number(JSONNumber($0)) } ?? .null }
    return [
      "working": .bool(isWorking),
      "provider": .string(provider.rawValue),
      "model": .string(model.excerpt(limit: 120)),
      "answered_as": text(answeredAs),
      "url": .string(url),
      "protection": .string(protection.rawValue),
      "key": .string(key.rawValue),
      "http_version": text(httpVersion),
      "status": count(status),
      "max_tokens_field": .string(maxTokensField),
      "reports_usage": .bool(usage != nil),
      "usage": usage?.json ?? .null,
      "rate_limits": .array(
        rateLimits.map { limit in
          [
            "name": .string(limit.name), "limit": text(limit.limit), "remaining": text(limit.remaining),
            "reset": text(limit.reset),
          ]
        }
      ),
      "latency_ms": count(latencyMilliseconds),
      "attempts": count(attempts),
      "cost_usd": cost.flatMap { JSONNumber($0.dollars) }.map(JSONValue.number) ?? .null,
      "error": error.map { error in
        ["code": .string(error.code.rawValue), "message": .string(error.message), "hint": text(error.hint)]
      } ?? .null,
    ]
  }
}

extension TokenUsage {
  fileprivate var json: JSONValue {
    [
      "input": .number(JSONNumber(input)), "cached_read": .number(JSONNumber(cachedRead)),
      "cache_write": .number(JSONNumber(cacheWrite)), "output": .number(JSONNumber(output)),
    ]
  }
}
