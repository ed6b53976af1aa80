package import FlowCore
import Synchronization

/// Remembers attempts on their way to another meter.
final class SpendingTally: SpendingMeter {
  private let meter: any SpendingMeter
  private let known = Mutex<[CallAttempt]>([])

  init(_ meter: any SpendingMeter) { self.meter = meter }

  var attempts: [CallAttempt] { known.withLock { $0 } }

  func reserve(_ most: Cost) throws(FlowError) { try meter.reserve(most) }

  func settle(_ attempt: CallAttempt, reserved: Cost) {
    known.withLock { $0.append(attempt) }
    meter.settle(attempt, reserved: reserved)
  }
}

/// Refuses nothing and remembers nothing.
package struct UnlimitedSpending: SpendingMeter {
  package init() {}
  package func reserve(_ most: Cost) throws(FlowError) {}
  package func settle(_ attempt: CallAttempt, reserved: Cost) {}
}
