import FlowCore
import FlowLLM
import FlowText

extension ModelAccess {
  /// The configured endpoint over libcurl.
  static func make(
    _ settings: ModelSettings,
    _ variable: @Sendable (String) -> String?
  ) throws(FlowError) -> HTTPChatModel {
    let transport = CurlTransport(
      caFile: settings.caFile,
      proxy: settings.proxy,
      maxConnectionsPerHost: settings.maxConcurrency
    )
    return try HTTPChatModel(settings: settings, variable: variable, transport: transport)
  }

  /// Masks secrets before anything leaves the machine, unless the configuration says not to.
  ///
  /// - Throws: `config.invalid` for a pattern that cannot be read: a text that it was to mask must not leave.
  static func mask(_ config: RedactionConfig) throws(FlowError) -> TextMask {
    let redactor = try config.redactor()
    guard config.enabled else { return .none }
    return TextMask { text in
      let redacted = redactor.redact(text)
      var counts: [String: Int] = [:]
      for (kind, count) in redacted.counts { counts[kind.rawValue] = count }
      return (redacted.text, counts)
    }
  }
}
