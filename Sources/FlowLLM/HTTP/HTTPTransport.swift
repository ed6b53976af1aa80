/// Sends one HTTP request and gives back what came: no retry, no redirect, no judgement of the status.
package protocol HTTPTransport: Sendable {
  /// Sends the request. Cancelling the task ends the transfer and throws `HTTPFault.Kind.cancelled`.
  func send(_ request: HTTPRequest) async throws(HTTPFault) -> HTTPResponse
}

/// A request to an endpoint.
package struct HTTPRequest: Sendable {
  package enum Method: String, Sendable { case get = "GET", post = "POST" }

  package var method: Method
  package var url: EndpointURL
  /// In the order in which they are sent; values never appear in messages.
  package var headers: [(name: String, value: String)]
  package var body: [UInt8]
  /// How long the whole exchange may take, the time for a connection included.
  package var timeout: Duration
  /// The most bytes of an answer's body, as they arrive.
  package var maxResponseBytes: Int

  package init(
    method: Method = .post,
    url: EndpointURL,
    headers: [(name: String, value: String)] = [],
    body: [UInt8] = [],
    timeout: Duration,
    maxResponseBytes: Int = 4 << 20
  ) {
    self.method = method
    self.url = url
    self.headers = headers
    self.body = body
    self.timeout = timeout
    self.maxResponseBytes = maxResponseBytes
  }
}

/// What an endpoint sent.
package struct HTTPResponse: Sendable {
  package let status: Int
  /// In the order in which they came.
  package let headers: [(name: String, value: String)]
  package let body: [UInt8]
  /// `1.1` or `2`.
  package let version: String
  /// How many connections were opened for it: 0 where one was used again.
  package let connections: Int
  /// How long its parts took; nil where the transport does not know.
  package let times: HTTPTimes?

  package init(
    status: Int,
    headers: [(name: String, value: String)],
    body: [UInt8],
    version: String = "1.1",
    connections: Int = 0,
    times: HTTPTimes? = nil
  ) {
    self.status = status
    self.headers = headers
    self.body = body
    self.version = version
    self.connections = connections
    self.times = times
  }

  /// The last value of a header, whatever the case of its name.
  package func header(_ name: String) -> String? {
    headers.last { $0.name.lowercased() == name.lowercased() }?.value
  }
}

/// When the parts of an exchange were over, from its start.
package struct HTTPTimes: Sendable, Hashable {
  /// The TCP connection; zero where one was used again.
  package let connect: Duration
  /// The TLS handshake; zero without one.
  package let tls: Duration
  /// The first byte of the answer.
  package let firstByte: Duration
  /// All.
  package let total: Duration

  package init(connect: Duration, tls: Duration, firstByte: Duration, total: Duration) {
    self.connect = connect
    self.tls = tls
    self.firstByte = firstByte
    self.total = total
  }
}

/// Why there is no answer.
package struct HTTPFault: Error, Sendable, Equatable {
  package enum Kind: Sendable, Equatable {
    /// libcurl is not there, or not whole.
    case libraryMissing
    /// The name of the host is not known, or nobody listens there.
    case unreachable
    /// Its certificate is not to be trusted, or is another host's.
    case untrusted
    /// No TLS connection came about for another reason.
    case handshake
    /// It took longer than it may.
    case timedOut
    /// The connection ended in the middle.
    case cut
    /// The answer has more bytes than it may.
    case tooLarge
    /// The task was cancelled.
    case cancelled
    /// What libcurl did not want to do.
    case refused
  }

  package let kind: Kind
  /// One sentence in lower case, without a secret.
  package let message: String
  /// Whether the request cannot have reached the endpoint, so that it cannot have been charged.
  package let isUnsent: Bool

  package init(_ kind: Kind, _ message: String, isUnsent: Bool) {
    self.kind = kind
    self.message = message
    self.isUnsent = isUnsent
  }
}

// A request in a log or a failed test must not show a key.
extension HTTPRequest: CustomStringConvertible, CustomReflectable {
  package var description: String {
    "\(method.rawValue) \(url.text), \(headers.count) headers, \(body.count) bytes"
  }

  package var customMirror: Mirror { Mirror(self, children: [:]) }
}
