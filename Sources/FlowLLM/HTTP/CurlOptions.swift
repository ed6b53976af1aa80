import CCurl
import FlowCore

/// What libcurl may do for a request, and what the request is.
///
/// Each option is checked: a libcurl that does not know one of them must not go on without it.
struct CurlOptions {
  let easy: UnsafeMutableRawPointer

  /// The rules that hold for every request, whatever it is.
  func setPolicy(_ url: EndpointURL, _ route: CurlRoute) throws(HTTPFault) {
    // Without these libcurl reads files, too, and whatever else it was built for.
    try set(CURLOPT_PROTOCOLS_STR, text: url.isLoopback ? "http,https" : "https")
    try set(CURLOPT_REDIR_PROTOCOLS_STR, text: "https")
    try set(CURLOPT_FOLLOWLOCATION, 0)
    try set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_2TLS))
    try set(CURLOPT_HTTP09_ALLOWED, 0)
    // Requests that start together wait for the first connection, and share it where it is HTTP/2. TLS tells that as
    // it begins; without it they would wait for a whole answer, which takes a model a minute.
    try set(CURLOPT_PIPEWAIT, url.text.hasPrefix("https://") ? 1 : 0)
    try set(CURLOPT_TCP_KEEPALIVE, 1)
    try set(CURLOPT_NOSIGNAL, 1)
    // A cancelled look-up must not hold up the other transfers until the resolver gives in.
    try set(CURLOPT_QUICK_EXIT, 1)
    try set(CURLOPT_NETRC, Int(CURL_NETRC_IGNORED.rawValue))
    try set(CURLOPT_USERAGENT, text: "flow/0.1")
    try setTrust(route)
    try setProxy(url, route)
  }

  private func setTrust(_ route: CurlRoute) throws(HTTPFault) {
    try set(CURLOPT_SSL_VERIFYPEER, 1)
    try set(CURLOPT_SSL_VERIFYHOST, 2)
    try set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
    if let caFile = route.caFile {
      try set(CURLOPT_CAINFO, text: caFile)
      // In place of the system's, which libcurl would go on looking at.
      try set(CURLOPT_CAPATH, text: nil)
    }
  }

  private func setProxy(_ url: EndpointURL, _ route: CurlRoute) throws(HTTPFault) {
    // Empty, not unset: libcurl would look into the environment.
    try set(CURLOPT_PROXY, text: url.isLoopback ? "" : route.proxy ?? "")
    try set(CURLOPT_NOPROXY, text: "")
    try set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
  }

  func set(_ option: CURLoption, _ value: Int) throws(HTTPFault) {
    try check(flow_easy_set_long(easy, option, value), option)
  }

  func set(_ option: CURLoption, offset value: Int) throws(HTTPFault) {
    try check(flow_easy_set_offset(easy, option, curl_off_t(value)), option)
  }

  func set(_ option: CURLoption, text: String?) throws(HTTPFault) {
    try check(flow_easy_set_text(easy, option, text), option)
  }

  func set(_ option: CURLoption, pointer: UnsafeMutableRawPointer?) throws(HTTPFault) {
    try check(flow_easy_set_pointer(easy, option, pointer), option)
  }

  func set(_ option: CURLoption, list: UnsafeMutablePointer<curl_slist>?) throws(HTTPFault) {
    try check(flow_easy_set_list(easy, option, list), option)
  }

  func set(_ option: CURLoption, function: flow_data_function) throws(HTTPFault) {
    try check(flow_easy_set_function(easy, option, function), option)
  }

  private func check(_ code: CURLcode, _ option: CURLoption) throws(HTTPFault) {
    guard code != CURLE_OK else { return }
    let reason = String(cString: flow_easy_strerror(code))
    throw HTTPFault(
      .refused,
      "libcurl does not take option \(option.rawValue): \(reason); version 7.87 or later is needed",
      isUnsent: true
    )
  }
}
