import CCurl
import FlowCore

/// HTTP over libcurl: HTTP/2 where TLS offers it, connections that are used again, and nothing followed, looked up or
/// trusted that was not asked for.
///
/// One thread of its own, made for the first request, does all transfers of a transport. It ends with the transport's
/// last reference, or with `close()`, once no transfer is open. A process may end while the thread waits.
///
/// - Important: nothing is taken from the environment: no proxy, no netrc file, no cookies.
package final class CurlTransport: HTTPTransport {
  private let loop: CurlLoop

  /// Makes a transport; nothing is opened or loaded before the first request.
  ///
  /// - Parameters:
  ///   - caFile: certificates to trust in place of the system's, in PEM.
  ///   - proxy: such as `http://proxy.example:3128`; never used for this machine.
  ///   - maxConnectionsPerHost: further requests wait, or share a connection of HTTP/2.
  package init(caFile: String? = nil, proxy: String? = nil, maxConnectionsPerHost: Int = 16) {
    loop = CurlLoop(
      route: CurlRoute(caFile: caFile, proxy: proxy),
      maxConnectionsPerHost: max(1, maxConnectionsPerHost)
    )
  }

  deinit { loop.close() }

  /// Refuses further requests, and ends the thread once those that are under way have their answers.
  package func close() { loop.close() }

  package func send(_ request: HTTPRequest) async throws(HTTPFault) -> HTTPResponse {
    do {
      try CurlLibrary.load()
    } catch {
      throw HTTPFault(.libraryMissing, error.description, isUnsent: true)
    }
    let transfer = CurlTransfer(request)
    let result = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        loop.submit(transfer, continuation)
      }
    } onCancel: {
      loop.cancel(transfer)
    }
    return try result.get()
  }
}

/// How a transport's requests reach their endpoints.
struct CurlRoute: Sendable {
  let caFile: String?
  let proxy: String?
}
