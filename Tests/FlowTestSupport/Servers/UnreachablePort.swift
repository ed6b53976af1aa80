import Glibc

/// A port on 127.0.0.1 that no connection can be had from.
package final class UnreachablePort: Sendable {
  package enum Manner: Sendable {
    /// Nobody listens: a connection is refused at once.
    case refusing
    /// Nobody answers: the queue of connections is full, and more are dropped in silence.
    case silent
  }

  package let port: UInt16
  /// Such as `http://127.0.0.1:49152`.
  package var baseURL: String { "http://127.0.0.1:\(port)" }
  private let descriptors: [CInt]

  package init(_ manner: Manner) throws {
    let (descriptor, port) = try LoopbackSocket.bound()
    self.port = port
    switch manner {
    case .refusing:
      // Bound, so that nobody else gets the port in the meantime.
      descriptors = [descriptor]
    case .silent:
      guard listen(descriptor, 0) == 0 else {
        close(descriptor)
        throw ServerError("port \(port) cannot be listened on: errno \(errno)")
      }
      // A backlog of 0 still holds one connection; some more make sure that it is full.
      descriptors = [descriptor] + (0..<4).map { _ in LoopbackSocket.connecting(to: port) }
    }
  }

  deinit { for descriptor in descriptors { close(descriptor) } }
}
