import CCurl

/// The address of an endpoint that may be spoken to: https, or http on this machine.
package struct EndpointURL: Sendable, Hashable {
  /// As it is sent, without user or password.
  package let text: String
  /// The host as libcurl reads it.
  package let host: String
  /// Whether it can only be this machine.
  package let isLoopback: Bool

  package init(text: String, host: String, isLoopback: Bool) {
    self.text = text
    self.host = host
    self.isLoopback = isLoopback
  }
}
