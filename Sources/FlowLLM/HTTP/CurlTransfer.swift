import CCurl
import FlowCore
import Synchronization

/// One request on its way, and what has come for it.
///
/// Callbacks of libcurl find it by an unretained pointer: it outlives its easy handle, which it frees itself.
// It belongs to one thread at a time: to the task that makes it until the loop's lock is taken to queue it, and to the
// loop's thread afterwards. Only the mark of cancellation is touched by both, and that is atomic.
final class CurlTransfer: @unchecked Sendable {
  typealias Outcome = Result<HTTPResponse, HTTPFault>
  typealias Continuation = CheckedContinuation<Outcome, Never>

  /// libcurl watches the time itself and has better words for it, but not while a transfer waits for a free connection
  /// (seen with 7.88.1); so the loop looks a little later.
  private static let grace = Duration.milliseconds(20)

  let request: HTTPRequest
  let isCancelled = Atomic(false)
  var continuation: Continuation?
  private(set) var easy: UnsafeMutableRawPointer?
  private(set) var hasProxyPassword = false
  /// Freed with the handle, which uses them as long as it lives.
  var lists: [UnsafeMutablePointer<curl_slist>] = []
  private let errorBuffer: UnsafeMutablePointer<CChar>
  var head = ResponseHead()
  var body: [UInt8] = []
  var uploaded = 0
  var isBodyTooLarge = false
  var isHeadTooLarge = false
  /// When it has to be over, whatever it waits for.
  let deadline: ContinuousClock.Instant

  init(_ request: HTTPRequest) {
    self.request = request
    deadline = .now + min(request.timeout, .seconds(1_000_000)) + Self.grace
    errorBuffer = .allocate(capacity: Int(CURL_ERROR_SIZE))
    errorBuffer.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
  }

  deinit {
    release()
    errorBuffer.deallocate()
  }

  /// Makes the handle that does the transfer.
  func prepare(_ route: CurlRoute) throws(HTTPFault) -> UnsafeMutableRawPointer {
    guard let easy = flow_easy_init() else {
      throw HTTPFault(.refused, "there is no memory for a transfer", isUnsent: true)
    }
    self.easy = easy
    hasProxyPassword = route.proxy?.contains("@") ?? false
    let options = CurlOptions(easy: easy)
    try options.setPolicy(request.url, route)
    try options.setRequest(self)
    try options.set(CURLOPT_ERRORBUFFER, pointer: UnsafeMutableRawPointer(errorBuffer))
    return easy
  }

  /// Gives the task its answer, and frees what belongs to libcurl; the handle is in no multi handle any more.
  func finish(_ result: Outcome) {
    release()
    let continuation = continuation.take()
    precondition(continuation != nil, "a transfer ends once")
    continuation?.resume(returning: result)
  }

  private func release() {
    if let easy { flow_easy_cleanup(easy) }
    easy = nil
    for list in lists { flow_list_free(list) }
    lists = []
  }

  /// Whether no byte of the request was sent, to a proxy or an endpoint.
  var isUnsent: Bool {
    // Counted as they are handed to the connection, so that a byte which may have left is never missed.
    long(CURLINFO_REQUEST_SIZE) == 0 && uploaded == 0
  }

  /// What has become of it.
  func result(of code: CURLcode) -> Outcome {
    if code == CURLE_OK {
      // A connection that ends in the middle of the head is no error for libcurl.
      guard head.isComplete else {
        return .failure(
          HTTPFault(CURLE_RECV_ERROR, of: self, detail: "it ended in the middle of the headers")
        )
      }
      return .success(response)
    }
    return .failure(HTTPFault(code, of: self, detail: String(cString: errorBuffer)))
  }

  private var response: HTTPResponse {
    let version =
      switch long(CURLINFO_HTTP_VERSION) {
      case Int(CURL_HTTP_VERSION_1_0): "1.0"
      case Int(CURL_HTTP_VERSION_2_0): "2"
      case Int(CURL_HTTP_VERSION_3): "3"
      default: "1.1"
      }
    return HTTPResponse(
      status: long(CURLINFO_RESPONSE_CODE),
      headers: head.headers,
      body: body,
      version: version,
      connections: long(CURLINFO_NUM_CONNECTS),
      times: HTTPTimes(
        connect: time(CURLINFO_CONNECT_TIME_T),
        tls: time(CURLINFO_APPCONNECT_TIME_T),
        firstByte: time(CURLINFO_STARTTRANSFER_TIME_T),
        total: time(CURLINFO_TOTAL_TIME_T)
      )
    )
  }

  private func long(_ info: CURLINFO) -> Int {
    guard let easy else { return 0 }
    var value = 0
    return flow_easy_get_long(easy, info, &value) == CURLE_OK ? value : 0
  }

  private func time(_ info: CURLINFO) -> Duration {
    guard let easy else { return .zero }
    var microseconds: curl_off_t = 0
    guard flow_easy_get_offset(easy, info, &microseconds) == CURLE_OK else { return .zero }
    return .microseconds(microseconds)
  }
}
