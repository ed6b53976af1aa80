import FlowCore
import FlowLLM

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

  func mask() throws(FlowError) -> TextMask { .none }
}
