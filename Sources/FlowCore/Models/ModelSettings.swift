/// Which model to ask, where, and how; no secret is among it: the key is read from the environment when it is needed.
public struct ModelSettings: Sendable, Hashable {
  /// How an endpoint wants to be spoken to.
  public enum Provider: String, Sendable, CaseIterable {
    /// `POST /chat/completions` as OpenAI and those that follow it have it.
    case openai
    /// `POST /v1/messages` as Anthropic has it.
    case anthropic
  }

  /// The field that bounds an answer in requests of `Provider.openai`.
  public enum MaxTokensField: String, Sendable, CaseIterable {
    /// `max_completion_tokens` for api.openai.com, else `max_tokens`; the other one once an endpoint refuses it.
    case auto
    case maxTokens = "max_tokens"
    case maxCompletionTokens = "max_completion_tokens"
  }

  public var provider = Provider.openai
  /// Such as `http://127.0.0.1:8080/v1`; nil for the provider's own.
  public var baseURL: String?
  /// Nil where no model is configured.
  public var model: String?
  /// The environment variable that holds the key; nil for `OPENAI_API_KEY` or `ANTHROPIC_API_KEY`.
  public var apiKeyEnv: String?
  /// The header `anthropic-version`.
  public var anthropicVersion = "2026-10-21"
  public var maxTokensField = MaxTokensField.auto
  /// The most tokens of an answer, hidden reasoning included.
  public var maxTokens = 1024
  /// The most tokens of steps that the model is shown for one summary.
  public var maxPromptTokens = 16_000
  /// How long one attempt may take.
  public var timeoutSeconds = 120.0
  /// How often a call is repeated after an attempt that may be repeated.
  public var maxRetries = 2
  /// How many calls may be under way at once.
  public var maxConcurrency = 4
  /// Certificates to trust in place of the system's, in PEM.
  public var caFile: String?
  /// Such as `http://proxy.example:3128`; nil for none: the environment's proxies are not used.
  public var proxy: String?
  /// By name of model.
  public var prices: [String: ModelPrice] = [:]

  public init() {}

  /// What the model costs; nil where the configuration does not say.
  public var price: ModelPrice? { model.flatMap { prices[$0] } }
}
