import Foundation
import Synchronization

/// Counts the calls that are under way in a server; the first ones wait there for each other.
package final class CallGate: Sendable {
  private let opensAt: Int
  private let open = DispatchSemaphore(value: 0)
  private let state = Mutex((underWay: 0, most: 0, arrived: 0, waitedInVain: false))

  /// - Parameter opensAt: so many calls must have come before the first one goes on, or a minute must be over.
  package init(opensAt: Int) { self.opensAt = opensAt }

  /// The most that were under way at once.
  package var most: Int { state.withLock { $0.most } }

  /// Whether a minute was over before all of the first calls had come.
  package var hasWaitedInVain: Bool { state.withLock { $0.waitedInVain } }

  /// Called on a server's own thread, for each call.
  package func pass() {
    let isLast = state.withLock { state in
      state.underWay += 1
      state.arrived += 1
      state.most = max(state.most, state.underWay)
      return state.arrived == opensAt
    }
    if isLast {
      for _ in 1..<max(opensAt, 2) { open.signal() }
    } else if state.withLock({ $0.arrived < opensAt }) {
      if open.wait(timeout: .now() + 60) == .timedOut { state.withLock { $0.waitedInVain = true } }
    }
    // Others that may come are given the time to.
    Thread.sleep(forTimeInterval: 0.02)
    state.withLock { $0.underWay -= 1 }
  }
}
