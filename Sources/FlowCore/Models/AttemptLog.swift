import Synchronization

/// Keeps the attempts of one piece of work, and passes them on to another meter.
package final class AttemptLog: SpendingMeter {
  private let meter: any SpendingMeter
  private let list = Mutex<[CallAttempt]>([])

  package init(_ meter: any SpendingMeter) {
    self.meter = meter
  }

  package var attempts: [CallAttempt] { list.withLock { $0 } }

  package func reserve(_ most: Cost) throws(FlowError) { try meter.reserve(most) }

  package func settle(_ attempt: CallAttempt, reserved: Cost) {
    list.withLock { $0.append(attempt) }
    meter.settle(attempt, reserved: reserved)
  }
}
