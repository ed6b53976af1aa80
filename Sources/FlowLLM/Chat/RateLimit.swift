/// A limit on use that an endpoint tells of in headers, as `x-ratelimit-limit-requests` or
/// `anthropic-ratelimit-requests-limit`.
package struct RateLimit: Sendable, Hashable {
  /// What is limited: `requests`, `tokens`, `input-tokens`, `output-tokens`.
  package let name: String
  /// As the header says it; nil where there is none.
  package var limit: String?
  package var remaining: String?
  package var reset: String?

  private static let names = ["requests", "tokens", "input-tokens", "output-tokens"]

  /// Those that an answer tells of, in a fixed order.
  static func read(_ response: HTTPResponse) -> [RateLimit] {
    names.compactMap { name in
      func value(_ kind: String) -> String? {
        response.header("x-ratelimit-\(kind)-\(name)") ?? response.header(
          "anthropic-ratelimit-\(name)-\(kind)"
        )
          ?? response.header("llm_provider-x-ratelimit-\(kind)-\(name)")
          ?? response.header("llm_provider-anthropic-ratelimit-\(name)-\(kind)")
      }
      let limit = RateLimit(
        name: name,
        limit: value("limit"),
        remaining: value("remaining"),
        reset: value("reset")
      )
      return limit.limit == nil && limit.remaining == nil && limit.reset == nil ? nil : limit
    }
  }
}
