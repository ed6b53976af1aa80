import CCurl
import Synchronization

/// The transfers that a loop's thread has under way; all of it happens on that thread.
struct ActiveTransfers {
  private let multi: MultiHandle
  private let route: CurlRoute
  private var transfers: [UnsafeMutableRawPointer: CurlTransfer] = [:]

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
    var running: Int32 = 0
    var code = flow_multi_perform(multi.pointer, &running)
    reap()
    if code == CURLM_OK {
      // An idle thread waits for orders alone; with transfers libcurl's own time-outs shorten the wait.
      code = flow_multi_poll(multi.pointer, transfers.isEmpty ? 3_600_000 : 1000)
    }
    guard code != CURLM_OK else { return }
    for easy in transfers.keys { end(easy, .failure(.refusal(by: code))) }
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
