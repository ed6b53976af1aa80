import FlowCore
import Synchronization

/// Keeps the attempts of one piece of work for the transaction that uses its answer, and passes them on.
final class AttemptLog: SpendingMeter {
  private let meter: any SpendingMeter
  private let list = Mutex<[CallAttempt]>([])

  init(_ meter: any SpendingMeter) {
    self.meter = meter
  }

  var attempts: [CallAttempt] { list.withLock { $0 } }

  func reserve(_ most: Cost) throws(FlowError) { try meter.reserve(most) }

  func settle(_ attempt: CallAttempt, reserved: Cost) {
    list.withLock { $0.append(attempt) }
    meter.settle(attempt, reserved: reserved)
  }
}
