import FlowCore
import Synchronization

/// Keeps calls from an endpoint that does not answer, so that a batch of ten thousand does not wait ten thousand times.
///
/// Closed at first. It opens after a number of failures in a row that say that the endpoint is ill, and at once where it
/// wants a key or money that only a person can give. After a pause one call may try (half-open): it closes the
/// breaker, or opens it for another pause. What an endpoint says of one request, a refusal or an unfit answer, shows
/// that it is well, and closes it.
///
/// Invariants: at most one probe is under way; each `admit` that does not throw is followed by exactly one `record` or
/// `abandon` with its permit. A call that was admitted before the breaker opened does not close it again when it
/// succeeds late: its success counts, but only a probe's closes.
final class CircuitBreaker: Sendable {
  /// The right to make one attempt.
  struct Permit: Sendable {
    fileprivate let isProbe: Bool
  }

  private enum State: Sendable {
    case closed(failures: Int)
    case open(since: Timestamp, until: Timestamp, cause: FlowError)
    case halfOpen(cause: FlowError)
  }

  private let threshold: Int
  private let pause: Duration
  private let label: String
  private let state = Mutex(State.closed(failures: 0))

  /// - Parameters:
  ///   - label: whom it is about, for messages.
  ///   - threshold: how many failures in a row open it.
  init(label: String, threshold: Int = 5, pause: Duration = .seconds(30)) {
    self.label = label
    self.threshold = threshold
    self.pause = pause
  }

  /// Whether an attempt made now would be refused; takes nothing.
  func check(at now: Timestamp) throws(FlowError) {
    if let refusal = state.withLock({ refusal($0, at: now) }) { throw refusal }
  }

  /// Asks to make an attempt.
  ///
  /// - Throws: `model.paused`.
  func admit(at now: Timestamp) throws(FlowError) -> Permit {
    let result: Result<Permit, FlowError> = state.withLock { state in
      if let refusal = refusal(state, at: now) { return .failure(refusal) }
      guard case .open(_, _, let cause) = state else { return .success(Permit(isProbe: false)) }
      state = .halfOpen(cause: cause)
      return .success(Permit(isProbe: true))
    }
    return try result.get()
  }

  /// Ends an attempt by what it showed; nil stands for an answer.
  func record(_ fault: CallFault?, _ permit: Permit, at now: Timestamp) {
    switch fault?.verdict ?? .well {
    case .well: recordWell(permit)
    case .ill: recordFailure(fault, permit, at: now, opensAtOnce: false)
    case .closed: recordFailure(fault, permit, at: now, opensAtOnce: true)
    case .busy, .nothing: abandon(permit)
    }
  }

  /// Counts a failure that an attempt's end alone does not make: a call has given up on an endpoint that asks for patience.
  func recordExhaustion(_ error: FlowError, at now: Timestamp) {
    state.withLock { state in
      if case .closed(let failures) = state { count(failures + 1, error, &state, now) }
    }
  }

  /// Ends an attempt that showed nothing, such as one that was cancelled; another may probe.
  func abandon(_ permit: Permit) {
    guard permit.isProbe else { return }
    state.withLock { state in
      if case .halfOpen(let cause) = state {
        // A time long past, so that the next one may probe at once.
        let past = Timestamp.range.lowerBound
        state = .open(since: past, until: past, cause: cause)
      }
    }
  }

  private func recordWell(_ permit: Permit) {
    state.withLock { state in
      switch state {
      case .closed: state = .closed(failures: 0)
      case .halfOpen where permit.isProbe: state = .closed(failures: 0)
      case .open, .halfOpen: break
      }
    }
  }

  private func recordFailure(_ fault: CallFault?, _ permit: Permit, at now: Timestamp, opensAtOnce: Bool) {
    guard let error = fault?.error else { return }
    state.withLock { state in
      switch state {
      case .closed(let failures): count(opensAtOnce ? threshold : failures + 1, error, &state, now)
      case .halfOpen where permit.isProbe: count(threshold, error, &state, now)
      case .open, .halfOpen: break
      }
    }
  }

  private func count(_ failures: Int, _ error: FlowError, _ state: inout State, _ now: Timestamp) {
    guard failures >= threshold else {
      state = .closed(failures: failures)
      return
    }
    let until = Timestamp(milliseconds: now.milliseconds + Int64(pause / .milliseconds(1)))
    state = .open(since: now, until: until, cause: error)
  }

  private func refusal(_ state: State, at now: Timestamp) -> FlowError? {
    switch state {
    case .closed:
      return nil
    case .open(let since, let until, let cause):
      // A clock that was set back must not keep it open for hours.
      guard now >= since, now < until else { return nil }
      let seconds = (until.milliseconds - now.milliseconds + 999) / 1000
      return paused(cause, "until \(until.clockTimeWithSeconds), for another \(seconds) s", until)
    case .halfOpen(let cause):
      return paused(cause, "while one call tries whether it is well again", nil)
    }
  }

  private func paused(_ cause: FlowError, _ how: String, _ until: Timestamp?) -> FlowError {
    var context = cause.context
    context["cause"] = cause.code.rawValue
    context["until"] = until?.description
    return FlowError(
      .modelPaused,
      "calls to \(label) are paused \(how): \(cause.message)",
      hint: cause.hint,
      context: context
    )
  }
}

extension Timestamp {
  /// `08:15:20Z`.
  fileprivate var clockTimeWithSeconds: String {
    let second = secondOfDay % 60
    return "\(clockTime):\(second < 10 ? "0" : "")\(second)Z"
  }
}
