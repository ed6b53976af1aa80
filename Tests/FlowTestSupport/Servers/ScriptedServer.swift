import Glibc
import Synchronization

/// A server on 127.0.0.1 that answers each request as a test says, and remembers what it was asked.
///
/// It speaks HTTP/1.1 with connections that stay open, on threads of its own, and can misbehave in the ways that
/// real endpoints do: see `Answer`.
///
/// ```swift
/// let server = try ScriptedServer { request in
///   request.number == 1 ? .text(status: 503, "later") : .json(#"{"ok":true}"#)
/// }
/// let url = server.baseURL + "/v1"
/// ```
///
/// It ends with `close()` or with its last reference. The closure runs on the server's threads, and must return:
/// where an answer is to take its time, say so in the answer (`delayed`, `dripping`, `.silence`).
package final class ScriptedServer: Sendable {
  /// Such as `http://127.0.0.1:49152`, without a slash at the end.
  package let baseURL: String
  package let port: UInt16
  private let listener: CInt
  private let core: Core

  /// Starts it on a free port.
  package init(answer: @escaping @Sendable (Request) -> Answer) throws {
    (listener, port) = try LoopbackSocket.bound()
    baseURL = "http://127.0.0.1:\(port)"
    core = Core(answer: answer)
    guard listen(listener, 512) == 0 else {
      Glibc.close(listener)
      throw ServerError("port \(port) cannot be listened on: errno \(errno)")
    }
    core.threads.run { [core, listener] in core.accept(on: listener) }
  }

  deinit { close() }

  /// All requests so far, in the order in which they were read whole.
  package var requests: [Request] { core.state.withLock { $0.requests } }
  /// How many requests were read whole.
  package var requestCount: Int { core.state.withLock { $0.requests.count } }
  /// How many connections were accepted.
  package var connectionCount: Int { core.state.withLock { $0.accepted } }
  /// How many of them are still open.
  package var openConnectionCount: Int { core.state.withLock { $0.open.count } }

  /// Returns once this many requests have been read whole.
  package func waitForRequests(_ count: Int, within limit: Duration = .seconds(180)) async throws {
    try await wait(limit, "\(count) requests") { self.requestCount >= count }
  }

  /// Returns once every connection is closed by its peer.
  package func waitForClosedConnections(within limit: Duration = .seconds(180)) async throws {
    try await wait(limit, "the end of all connections") { self.openConnectionCount == 0 }
  }

  /// Closes the port and all connections, and waits for its threads.
  package func close() {
    guard core.end() else { return }
    // Wakes the thread that accepts.
    shutdown(listener, CInt(SHUT_RDWR))
    core.threads.wait()
    Glibc.close(listener)
  }

  private func wait(_ limit: Duration, _ what: String, until isReached: () -> Bool) async throws {
    let deadline = ContinuousClock.now + limit
    while !isReached() {
      guard ContinuousClock.now < deadline else { throw ServerError("\(what) did not come within \(limit)") }
      try await Task.sleep(for: .milliseconds(1))
    }
  }
}

extension ScriptedServer {
  /// What the threads share; they hold it, not the server, so that the server can go.
  final class Core: Sendable {
    struct State {
      var requests: [Request] = []
      var accepted = 0
      var open: Set<CInt> = []
      var hasEnded = false
    }

    let state = Mutex(State())
    let threads = ThreadGroup()
    let answer: @Sendable (Request) -> Answer

    init(answer: @escaping @Sendable (Request) -> Answer) { self.answer = answer }

    /// Takes connections until the listener is shut down.
    func accept(on listener: CInt) {
      while true {
        let descriptor = Glibc.accept(listener, nil, nil)
        if descriptor < 0, [EINTR, ECONNABORTED].contains(errno) { continue }
        guard descriptor >= 0 else { return }
        // Programs that other tests start must not hold the connection open.
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        let number = state.withLock { state -> Int? in
          guard !state.hasEnded else { return nil }
          state.accepted += 1
          state.open.insert(descriptor)
          return state.accepted
        }
        guard let number else {
          Glibc.close(descriptor)
          return
        }
        threads.run { [self] in
          ScriptedConnection(descriptor: descriptor, number: number, core: self).serve()
          // Under the lock: `end` must not shut down a descriptor that is somebody else's by now.
          state.withLock { state in
            state.open.remove(descriptor)
            _ = Glibc.close(descriptor)
          }
        }
      }
    }

    /// Numbers a request and remembers it.
    func record(_ request: (_ number: Int) -> Request) -> Request {
      state.withLock { state in
        let request = request(state.requests.count + 1)
        state.requests.append(request)
        return request
      }
    }

    /// Shuts all connections down; false where that was done before.
    func end() -> Bool {
      state.withLock { state in
        guard !state.hasEnded else { return false }
        state.hasEnded = true
        for descriptor in state.open { shutdown(descriptor, CInt(SHUT_RDWR)) }
        return true
      }
    }
  }
}
