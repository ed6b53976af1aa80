import CCurl
import Glibc
import Synchronization

// The problem: libcurl's multi interface does many transfers at once, but only on one thread, and it blocks while it
// waits, which no task may do.
//
// The design: a thread of its own owns the multi handle, and all easy handles in it. Tasks leave orders in a queue, and
// wake the thread; it takes all orders at once, works, and sleeps in `curl_multi_poll` until a socket, a time-out or
// the next wake-up wants it. Connections live in the multi handle, so they outlive their transfers.
//
// Invariants:
// - A transfer belongs to its task until it is in the queue, and to the thread from then on. The thread ends each
//   exactly once: taken out of `active`, it is resumed and forgotten. Only its mark of cancellation is shared.
// - A cancellation marks the transfer first, and orders its removal second. Submissions are taken before removals, and
//   the mark is looked at as a transfer starts: so whichever comes first, the other finds it.
// - `multi` in the state is set while, and only while, the handle lives: waking it under the lock is safe.
// - The thread ends under the lock in which it sees that nothing is left to do. A later order starts another one.
//
// The thread is not joined: at the end of the process it sleeps in poll(2), where nothing can be lost.
final class CurlLoop: Sendable {
  private struct State {
    var multi: MultiHandle?
    var submitted: [CurlTransfer] = []
    var cancelled: [CurlTransfer] = []
    var isClosed = false
  }

  private let route: CurlRoute
  private let maxConnectionsPerHost: Int
  private let state = Mutex(State())

  init(route: CurlRoute, maxConnectionsPerHost: Int) {
    self.route = route
    self.maxConnectionsPerHost = maxConnectionsPerHost
  }

  /// Hands a transfer over; its continuation is resumed exactly once.
  func submit(_ transfer: CurlTransfer, _ continuation: CurlTransfer.Continuation) {
    transfer.continuation = continuation
    let refusal = state.withLock { state -> HTTPFault? in
      guard !state.isClosed else {
        return HTTPFault(.refused, "the transport is closed", isUnsent: true)
      }
      if state.multi == nil {
        guard let multi = start() else {
          return HTTPFault(.refused, "the machine has no memory or thread for a connection", isUnsent: true)
        }
        state.multi = multi
      }
      state.submitted.append(transfer)
      state.multi?.wake()
      return nil
    }
    if let refusal { transfer.finish(.failure(refusal)) }
  }

  /// Ends a transfer early, wherever it is.
  func cancel(_ transfer: CurlTransfer) {
    transfer.isCancelled.store(true, ordering: .releasing)
    state.withLock { state in
      guard let multi = state.multi else { return }
      state.cancelled.append(transfer)
      multi.wake()
    }
  }

  func close() {
    state.withLock { state in
      state.isClosed = true
      state.multi?.wake()
    }
  }

  private func start() -> MultiHandle? {
    guard let multi = MultiHandle(maxConnectionsPerHost: maxConnectionsPerHost) else { return nil }
    let isStarted = DetachedThread.start { self.run(multi) }
    guard isStarted else {
      multi.free()
      return nil
    }
    return multi
  }

  private func run(_ multi: MultiHandle) {
    var active = ActiveTransfers(multi: multi, route: route)
    while let orders = takeOrders(ending: active.isEmpty) {
      for transfer in orders.submitted { active.add(transfer) }
      for transfer in orders.cancelled { active.cancel(transfer) }
      active.advance()
    }
    multi.free()
  }

  /// All orders since the last time, or nil where the thread has nothing left to live for.
  private func takeOrders(ending canEnd: Bool) -> (submitted: [CurlTransfer], cancelled: [CurlTransfer])? {
    state.withLock { state in
      if canEnd, state.isClosed, state.submitted.isEmpty {
        state.multi = nil
        state.cancelled = []
        return nil
      }
      defer {
        state.submitted.removeAll()
        state.cancelled.removeAll()
      }
      return (state.submitted, state.cancelled)
    }
  }
}

// All of libcurl's calls are made by the loop's thread, but `wake`, which libcurl allows from any.
struct MultiHandle: @unchecked Sendable {
  let pointer: UnsafeMutableRawPointer

  init?(maxConnectionsPerHost: Int) {
    guard let pointer = flow_multi_init() else { return nil }
    self.pointer = pointer
    flow_multi_set_long(pointer, CURLMOPT_MAX_HOST_CONNECTIONS, maxConnectionsPerHost)
    flow_multi_set_long(pointer, CURLMOPT_PIPELINING, Int(CURLPIPE_MULTIPLEX))
    flow_multi_set_long(pointer, CURLMOPT_MAX_CONCURRENT_STREAMS, 100)
    // libcurl's own limit follows the number of transfers, and would close connections as a batch ends.
    flow_multi_set_long(pointer, CURLMOPT_MAXCONNECTS, 2 * maxConnectionsPerHost)
  }

  func wake() { flow_multi_wakeup(pointer) }

  func free() { flow_multi_cleanup(pointer) }
}
