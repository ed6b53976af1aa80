import Synchronization

/// What the last exchange of a call was like, for those who want to know more than its answer.
final class CallTrace: Sendable {
  struct Exchange: Sendable {
    /// Nil where nothing came.
    var response: HTTPResponse?
    var milliseconds: Int64
  }

  private let state = Mutex<Exchange?>(nil)

  func note(_ response: HTTPResponse?, milliseconds: Int64) {
    state.withLock { $0 = Exchange(response: response, milliseconds: milliseconds) }
  }

  /// Nil where nothing was sent.
  var last: Exchange? { state.withLock { $0 } }
}
