import FlowCore
import FlowLLM
import Synchronization

/// A meter that knows whether each reservation was settled, once, with the amount that was reserved.
final class SpendingLog: SpendingMeter {
  private struct State {
    var open: [Cost: Int] = [:]
    var reserved = Cost.zero
    var settled = Cost.zero
    var attempts: [CallAttempt] = []
    var strays = 0
  }

  private let state = Mutex(State())
  private let limit: Cost

  init(limit: Cost = Cost(picodollars: .max)) { self.limit = limit }

  var attempts: [CallAttempt] { state.withLock { $0.attempts } }
  var outcomes: [CallAttempt.Outcome] { attempts.map(\.outcome) }
  var spent: Cost { attempts.reduce(.zero) { $0 + ($1.cost ?? .zero) } }
  /// Whether nothing is left open, and nothing was settled that was not reserved.
  var isBalanced: Bool {
    state.withLock { $0.reserved == $0.settled && $0.open.values.allSatisfy { $0 == 0 } && $0.strays == 0 }
  }
  var reservedInAll: Cost { state.withLock { $0.reserved } }

  func reserve(_ most: Cost) throws(FlowError) {
    let fits = state.withLock { state in
      let known = state.attempts.reduce(Cost.zero) { $0 + ($1.cost ?? .zero) }
      guard known + most <= limit else { return false }
      state.open[most, default: 0] += 1
      state.reserved = state.reserved + most
      return true
    }
    if !fits { throw FlowError(.costLimitReached, "the limit is reached") }
  }

  func settle(_ attempt: CallAttempt, reserved: Cost) {
    state.withLock { state in
      state.attempts.append(attempt)
      state.settled = state.settled + reserved
      state.open[reserved, default: 0] -= 1
      if state.open[reserved, default: 0] < 0 { state.strays += 1 }
    }
  }
}
