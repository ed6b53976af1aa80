import Foundation
import Synchronization

/// Counts the calls that are under way in a server; the first ones wait there for each other.
final class CallGate: Sendable {
  private let opensAt: Int
  private let open = DispatchSemaphore(value: 0)
  private let state = Mutex((underWay: 0, most: 0, arrived: 0))

  /// - Parameter opensAt: so many calls must have come before the first one goes on, or half a minute must be over.
  init(opensAt: Int) { self.opensAt = opensAt }

  /// The most that were under way at once.
  var most: Int { state.withLock { $0.most } }

  /// Called on a server's own thread, for each call.
  func pass() {
    let isLast = state.withLock { state in
      state.underWay += 1
      state.arrived += 1
      state.most = max(state.most, state.underWay)
      return state.arrived == opensAt
    }
    if isLast {
      for _ in 1..<max(opensAt, 2) { open.signal() }
    } else if state.withLock({ $0.arrived < opensAt }) {
      _ = open.wait(timeout: .now() + 30)
    }
    // Others that may come are given the time to.
    Thread.sleep(forTimeInterval: 0.02)
    state.withLock { $0.underWay -= 1 }
  }
}
