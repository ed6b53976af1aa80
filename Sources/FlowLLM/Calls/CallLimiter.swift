import FlowCore
import Synchronization

/// Lets so many calls at once pass, the others in the order in which they came.
///
/// A slot that becomes free goes to the one that waits longest, never to one that came just now. Who is cancelled while
/// waiting leaves at once, without a slot.
///
/// Invariant: while somebody waits, no slot is free. Tickets are numbered; `waiting` may have gaps where somebody left,
/// and no ticket below `next` waits.
package final class CallLimiter: Sendable {
  private struct State {
    var free: Int
    var issued = 0
    /// Where to look for the one that waits longest.
    var next = 0
    var waiting: [Int: CheckedContinuation<Bool, Never>] = [:]
  }

  private let state: Mutex<State>

  package init(limit: Int) {
    precondition(limit > 0, "a limit lets at least one pass")
    state = Mutex(State(free: limit))
  }

  /// Waits for a slot.
  ///
  /// Each call that gives true is followed by one `release`; false means that the task was cancelled.
  package func acquire() async -> Bool {
    let ticket: Int? = state.withLock { state in
      guard !Task.isCancelled else { return nil }
      if state.free > 0 {
        state.free -= 1
        return -1
      }
      state.issued += 1
      return state.issued
    }
    guard let ticket else { return false }
    return ticket < 0 ? true : await wait(ticket)
  }

  /// How many wait.
  var waitingCount: Int { state.withLock { $0.waiting.count } }

  /// Gives a slot back.
  package func release() {
    let waiter = state.withLock { state -> CheckedContinuation<Bool, Never>? in
      guard !state.waiting.isEmpty else {
        state.free += 1
        return nil
      }
      while true {
        let ticket = state.next
        state.next += 1
        if let waiter = state.waiting.removeValue(forKey: ticket) { return waiter }
      }
    }
    waiter?.resume(returning: true)
  }

  private func wait(_ ticket: Int) async -> Bool {
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let outcome: Bool? = state.withLock { state in
          // A task is marked as cancelled before its handler runs: who is not yet marked here is found by the handler.
          if Task.isCancelled { return false }
          if state.free > 0 {
            state.free -= 1
            return true
          }
          state.waiting[ticket] = continuation
          // A slot may have been given to a later one between the ticket and this.
          state.next = min(state.next, ticket)
          return nil
        }
        if let outcome { continuation.resume(returning: outcome) }
      }
    } onCancel: {
      state.withLock { $0.waiting.removeValue(forKey: ticket) }?.resume(returning: false)
    }
  }
}
