import CCurl
import FlowCore

extension HTTPFault {
  static func cancelled(isUnsent: Bool) -> HTTPFault {
    HTTPFault(.cancelled, "the request was cancelled", isUnsent: isUnsent)
  }

  /// What the multi interface did not want; that is a fault of ours, or no memory.
  static func refusal(by code: CURLMcode) -> HTTPFault {
    HTTPFault(.refused, "libcurl gave up: \(String(cString: flow_multi_strerror(code)))", isUnsent: false)
  }

  /// Why a transfer failed.
  ///
  /// - Parameter detail: libcurl's own words, or none.
  init(_ code: CURLcode, of transfer: CurlTransfer, detail: String) {
    let isUnsent = transfer.isUnsent
    let host = transfer.request.url.host.excerpt(limit: 100)
    let isTooLarge = transfer.isBodyTooLarge || transfer.isHeadTooLarge
    let kind = isTooLarge ? .tooLarge : Self.kind(of: code, isUnsent: isUnsent)
    let reason = Self.reason(code, detail, transfer)
    let message =
      switch kind {
      case .unreachable: "\(host) cannot be reached: \(reason)"
      case .untrusted: "the certificate of \(host) is not trusted: \(reason)"
      case .handshake: "no TLS connection to \(host) came about: \(reason)"
      case .timedOut: "\(host) took too long: \(reason)"
      case .cut: "the connection to \(host) broke: \(reason)"
      case .tooLarge: Self.tooLarge(host, code, transfer)
      case .libraryMissing, .cancelled, .refused: "the exchange with \(host) is not possible: \(reason)"
      }
    self.init(kind, message, isUnsent: isUnsent)
  }

  private static func kind(of code: CURLcode, isUnsent: Bool) -> Kind {
    switch code {
    case CURLE_COULDNT_RESOLVE_PROXY, CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_CONNECT, CURLE_PROXY:
      .unreachable
    case CURLE_OPERATION_TIMEDOUT: .timedOut
    case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_CRL_BADFILE,
      CURLE_SSL_ISSUER_ERROR, CURLE_SSL_PINNEDPUBKEYNOTMATCH, CURLE_SSL_INVALIDCERTSTATUS:
      .untrusted
    case CURLE_SSL_CONNECT_ERROR, CURLE_SSL_ENGINE_INITFAILED, CURLE_SSL_CIPHER, CURLE_SSL_CERTPROBLEM,
      CURLE_SSL_CLIENTCERT, CURLE_USE_SSL_FAILED:
      .handshake
    case CURLE_FILESIZE_EXCEEDED: .tooLarge
    // libcurl's limit for one line of a head is a limit of memory; before a request it is what it says.
    case CURLE_OUT_OF_MEMORY: isUnsent ? .refused : .tooLarge
    case CURLE_PARTIAL_FILE, CURLE_GOT_NOTHING, CURLE_SEND_ERROR, CURLE_RECV_ERROR, CURLE_SEND_FAIL_REWIND,
      CURLE_HTTP2, CURLE_HTTP2_STREAM, CURLE_SSL_SHUTDOWN_FAILED:
      .cut
    default: .refused
    }
  }

  private static func tooLarge(_ host: String, _ code: CURLcode, _ transfer: CurlTransfer) -> String {
    transfer.isBodyTooLarge || code == CURLE_FILESIZE_EXCEEDED
      ? "the answer of \(host) has more than \(transfer.request.maxResponseBytes) bytes"
      : "the answer of \(host) has more than \(ResponseHead.maxLines) headers or \(ResponseHead.maxBytes) bytes of them"
  }

  /// libcurl's words on one line; its plain ones where the others have something of the headers in them.
  private static func reason(_ code: CURLcode, _ detail: String, _ transfer: CurlTransfer) -> String {
    // libcurl quotes the address of a proxy, with its password, where it cannot read it.
    if transfer.hasProxyPassword, detail.contains("@") { return "the address of the proxy cannot be used" }
    let isSafe = !transfer.request.headers.contains { $0.value.utf8.count >= 4 && detail.contains($0.value) }
    let words = isSafe && !detail.isEmpty ? detail : String(cString: flow_easy_strerror(code))
    return words.split(whereSeparator: \.isNewline).joined(separator: " ").excerpt(limit: 200)
  }
}
