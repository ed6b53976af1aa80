public import FlowCore
import Synchronization

/// Sees to it that calls never cost more than they may: before each attempt the most that it can cost is set aside.
///
/// What holds at any moment: what was spent and what is set aside are together no more than the limit. What was spent is
/// what endpoints say, or, where they do not say, the most that it can have been.
public final class SpendingLimit: SpendingMeter {
  /// The most that may be spent; nil for as much as it takes.
  public let limit: Cost?
  private let state = Mutex(State())

  private struct State {
    var reserved = Cost.zero
    var line = LedgerLine(model: "")
  }

  public init(_ limit: Cost? = nil) { self.limit = limit }

  public func reserve(_ most: Cost) throws(FlowError) {
    let refusal: Cost? = state.withLock { state in
      let after = state.line.cost + state.reserved + most
      if let limit, after > limit { return state.line.cost }
      state.reserved = state.reserved + most
      return nil
    }
    guard let limit, let spent = refusal else { return }
    throw FlowError(
      .costLimitReached,
      "the next call could cost \(most.text), and \(spent.text) of \(limit.text) are spent",
      hint: "raise --max-cost, or go on another day: what is left stays marked",
      context: ["spent": spent.text, "limit": limit.text]
    )
  }

  public func settle(_ attempt: CallAttempt, reserved: Cost) {
    state.withLock { state in
      state.reserved = state.reserved - reserved
      state.line.add(attempt)
    }
  }

  /// What calls came to so far.
  public var spent: LedgerLine { state.withLock { $0.line } }
}

extension Cost {
  /// `$0.0123`: four digits, or as many as a small amount needs to show two that are not 0.
  public var text: String {
    if self == .zero { return "$0" }
    var places = 4
    var unit = 100_000_000
    while places < 12, picodollars < unit * 10 {
      places += 1
      unit /= 10
    }
    let rounded = (picodollars / unit) + (picodollars % unit * 2 >= unit && unit > 1 ? 1 : 0)
    var digits = String(rounded)
    if digits.utf8.count <= places {
      digits = String(repeating: "0", count: places + 1 - digits.utf8.count) + digits
    }
    return "$\(digits.dropLast(places)).\(digits.suffix(places))"
  }
}
