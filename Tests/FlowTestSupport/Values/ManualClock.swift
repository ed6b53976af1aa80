package import FlowCore
import Synchronization

/// A clock that stands still until a test moves it.
package final class ManualClock: FlowClock {
  private let time: Mutex<Timestamp>

  /// A clock that shows a time, such as `2024-04-12T08:15:20Z`.
  package init(_ text: String = "2024-04-12T08:15:20Z") {
    guard let time = Timestamp(iso8601: text) else { preconditionFailure("\(text) is no time") }
    self.time = Mutex(time)
  }

  package func now() -> Timestamp { time.withLock { $0 } }

  /// Moves the clock on.
  package func advance(seconds: Int) {
    time.withLock { $0 = Timestamp(milliseconds: $0.milliseconds + Int64(seconds) * 1000) }
  }

  /// Sets the clock.
  package func set(_ now: Timestamp) { time.withLock { $0 = now } }
}
