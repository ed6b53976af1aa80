import CCurl
import Glibc
import Synchronization

/// The transfers that a loop's thread has under way; all of it happens on that thread.
struct ActiveTransfers {
  private let multi: MultiHandle
  private let route: CurlRoute
  private var transfers: [UnsafeMutableRawPointer: CurlTransfer] = [:]
  /// No later than the first deadline of a transfer; it may be that of one which has ended.
  private var nextDeadline: ContinuousClock.Instant?

  init(multi: MultiHandle, route: CurlRoute) {
    self.multi = multi
    self.route = route
  }

  var isEmpty: Bool { transfers.isEmpty }

  /// Starts a transfer, or ends it at once where it was cancelled or cannot be.
  mutating func add(_ transfer: CurlTransfer) {
    guard !transfer.isCancelled.load(ordering: .acquiring) else {
      return transfer.finish(.failure(.cancelled(isUnsent: true)))
    }
    do throws(HTTPFault) {
      let easy = try transfer.prepare(route)
      transfers[easy] = transfer
      nextDeadline = nextDeadline.map { min($0, transfer.deadline) } ?? transfer.deadline
      let code = flow_multi_add(multi.pointer, easy)
      if code != CURLM_OK { end(easy, .failure(.refusal(by: code))) }
    } catch {
      transfer.finish(.failure(error))
    }
  }

  /// Ends a transfer, if it has not ended.
  mutating func cancel(_ transfer: CurlTransfer) {
    guard let easy = transfer.easy, transfers[easy] === transfer else { return }
    end(easy, .failure(.cancelled(isUnsent: transfer.isUnsent)))
  }

  /// Does what can be done now, then sleeps until there is more.
  mutating func advance() {
    let wasBusy = !isEmpty
    var running: Int32 = 0
    var code = flow_multi_perform(multi.pointer, &running)
    reap()
    expire()
    // The last one is over: the order to end may have come before, and would not wake the thread again.
    if wasBusy, isEmpty { return }
    if code == CURLM_OK {
      code = flow_multi_poll(multi.pointer, pause)
    }
    guard code != CURLM_OK else { return }
    // A machine without memory: the transfers end, and the thread must not ask in a circle.
    _ = poll(nil, 0, 100)
    for easy in transfers.keys { end(easy, .failure(.refusal(by: code))) }
  }

  /// How long to sleep at most, in milliseconds.
  ///
  /// An idle thread waits for orders alone; with transfers libcurl's own
  /// time-outs shorten the wait.
  private var pause: Int32 {
    guard let nextDeadline, !transfers.isEmpty else { return 3_600_000 }
    let (seconds, attoseconds) = (nextDeadline - .now).components
    return seconds > 0 ? 1000 : Int32(max(0, attoseconds / 1_000_000_000_000_000) + 1)
  }

  /// Ends what is past its deadline.
  private mutating func expire() {
    let now = ContinuousClock.now
    guard let nextDeadline, nextDeadline <= now else { return }
    for (easy, transfer) in transfers where transfer.deadline <= now {
      end(
        easy,
        .failure(HTTPFault(CURLE_OPERATION_TIMEDOUT, of: transfer, detail: "no connection was free in time"))
      )
    }
    self.nextDeadline = transfers.values.map(\.deadline).min()
  }

  private mutating func reap() {
    var left: Int32 = 0
    while let message = flow_multi_info_read(multi.pointer, &left) {
      guard message.pointee.msg == CURLMSG_DONE, let easy = message.pointee.easy_handle else { continue }
      // The message is gone once its handle is removed.
      let code = message.pointee.data.result
      guard let transfer = transfers[easy] else { continue }
      end(easy, transfer.result(of: code))
    }
  }

  private mutating func end(_ easy: UnsafeMutableRawPointer, _ result: CurlTransfer.Outcome) {
    guard let transfer = transfers.removeValue(forKey: easy) else { return }
    flow_multi_remove(multi.pointer, easy)
    transfer.finish(result)
  }
}
