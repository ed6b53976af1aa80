import FlowCore

/// A configured model's endpoint, checked: where it is, how it is spoken to, and with which key.
struct ModelEndpoint: Sendable {
  let model: String
  /// Where requests go.
  let url: EndpointURL
  let dialect: any ChatDialect
  let key: APIKey?
  let peer: Peer

  /// Reads the configuration.
  ///
  /// - Parameter variable: looks a variable of the environment up.
  /// - Throws: `config.invalid`, naming the key of the configuration; `library.missing`.
  init(_ settings: ModelSettings, variable: (String) -> String?) throws(FlowError) {
    guard let model = settings.model, !model.allSatisfy(\.isWhitespace) else {
      throw FlowError(
        .invalidConfiguration,
        "llm.model is not set",
        hint: "set it to the name of a model that the endpoint has, in config.json or as FLOW_LLM_MODEL"
      )
    }
    self.model = model
    let base: String
    switch settings.provider {
    case .openai:
      dialect = OpenAIDialect()
      base = OpenAIDialect.standardBase
    case .anthropic:
      dialect = AnthropicDialect(version: try Self.version(settings.anthropicVersion))
      base = AnthropicDialect.standardBase
    }
    url = dialect.endpoint(under: try Self.address(settings.baseURL ?? base))
    key = try Self.key(settings, url, variable)
    peer = Peer(model: model, host: url.host, words: ServerWords(hiding: key))
  }

  private static func address(_ text: String) throws(FlowError) -> EndpointURL {
    do throws(FlowError) {
      return try EndpointURL(text)
    } catch {
      guard error.code == .invalidConfiguration else { throw error }
      throw FlowError(error.code, "llm.baseURL: \(error.message)", hint: error.hint, context: error.context)
    }
  }

  private static func version(_ text: String) throws(FlowError) -> String {
    guard !text.isEmpty, text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
      throw FlowError(
        .invalidConfiguration,
        "llm.anthropicVersion is no value for a header",
        hint: "set it to a date such as \(ModelSettings().anthropicVersion)"
      )
    }
    return text
  }
}

extension ModelEndpoint {
  /// What `llm.apiKeyEnv` says where an endpoint wants no key.
  static let noKey = "none"

  /// The variable that holds the key: nil where none is wanted.
  static func keyVariable(_ settings: ModelSettings) -> String? {
    switch settings.apiKeyEnv {
    case noKey: nil
    case let name?: name
    case nil: settings.provider == .openai ? "OPENAI_API_KEY" : "ANTHROPIC_API_KEY"
    }
  }

  /// A variable that the configuration names must be set.
  ///
  /// The provider's own goes to the provider alone: a key that
  /// happens to be in the environment must not reach whatever else `llm.baseURL` names.
  private static func key(
    _ settings: ModelSettings,
    _ url: EndpointURL,
    _ variable: (String) -> String?
  ) throws(FlowError) -> APIKey? {
    guard let name = keyVariable(settings) else { return nil }
    if settings.apiKeyEnv == nil, !isOwn(url, of: settings.provider) {
      if url.isLoopback { return nil }
      throw FlowError(
        .invalidConfiguration,
        "llm.apiKeyEnv is not set, and \(url.host.quotedExcerpt) is not \(settings.provider.rawValue)'s own endpoint",
        hint:
          "set it to the name of the variable that holds the key for it, or to \(noKey) where none is needed",
        context: ["key": "llm.apiKeyEnv"]
      )
    }
    guard isVariableName(name) else {
      throw FlowError(
        .invalidConfiguration,
        "llm.apiKeyEnv is not the name of a variable",
        hint: "it names the environment variable that holds the key, and is never the key itself"
      )
    }
    guard let text = variable(name), !text.isEmpty else {
      throw FlowError(
        .invalidConfiguration,
        "\(shown(name)) is not set, and \(url.host.quotedExcerpt) needs a key (llm.apiKeyEnv)",
        hint: "set it to the key, or set llm.apiKeyEnv to \(noKey) where none is needed"
      )
    }
    guard let key = APIKey(text) else {
      throw FlowError(
        .invalidConfiguration,
        "the key in \(shown(name)) has spaces, line feeds or other characters that no key has",
        hint: "set the variable that llm.apiKeyEnv names to the key alone"
      )
    }
    return key
  }

  private static func isOwn(_ url: EndpointURL, of provider: ModelSettings.Provider) -> Bool {
    switch provider {
    case .openai: url.host == "api.openai.com"
    case .anthropic: url.host == "api.anthropic.com"
    }
  }

  private static func isVariableName(_ text: String) -> Bool {
    guard let first = text.utf8.first, !(0x30...0x39).contains(first) else { return false }
    return text.utf8.allSatisfy { byte in
      byte == UInt8(ascii: "_") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }
  }

  /// A variable's name, unless it may be a key that was put there by mistake.
  static func shown(_ name: String) -> String {
    let isPlain = name.utf8.count <= 48 && !name.contains { $0.isLowercase }
    return isPlain ? name : "the variable that llm.apiKeyEnv names"
  }
}
