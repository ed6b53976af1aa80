import CCurl
import FlowCore

extension CurlOptions {
  /// Headers that say where a request ends or whom it is for, which is libcurl's to say.
  private static let ownHeaders: Set<String> = [
    "host", "content-length", "transfer-encoding", "connection", "expect", "upgrade", "te", "trailer",
  ]

  /// The request itself, and where its answer goes.
  func setRequest(_ transfer: CurlTransfer) throws(HTTPFault) {
    let request = transfer.request
    try set(CURLOPT_URL, text: request.url.text)
    if request.url.host == "localhost" { try pin(request.url, in: transfer) }
    let timeout = Self.milliseconds(request.timeout)
    try set(CURLOPT_TIMEOUT_MS, timeout)
    try set(CURLOPT_CONNECTTIMEOUT_MS, min(timeout, 5000))
    // No limit of speed: a model that thinks sends nothing for minutes, and the time for all bounds a slow drip, too.
    switch request.method {
    case .get: try set(CURLOPT_HTTPGET, 1)
    case .post: try setBody(transfer)
    }
    try setHeaders(transfer)
    try setSinks(transfer)
  }

  /// Sets a body that is read through a callback that cannot rewind.
  ///
  /// Where a used connection breaks behind it, libcurl would
  /// send a request once more on its own, and an endpoint may charge for both; so it has to give up.
  private func setBody(_ transfer: CurlTransfer) throws(HTTPFault) {
    try set(CURLOPT_POST, 1)
    try set(CURLOPT_POSTFIELDSIZE_LARGE, offset: transfer.request.body.count)
    try set(CURLOPT_READFUNCTION, function: CurlTransfer.sendBody)
    try set(CURLOPT_READDATA, pointer: Unmanaged.passUnretained(transfer).toOpaque())
  }

  private func setSinks(_ transfer: CurlTransfer) throws(HTTPFault) {
    let context = Unmanaged.passUnretained(transfer).toOpaque()
    try set(CURLOPT_WRITEFUNCTION, function: CurlTransfer.receiveBody)
    try set(CURLOPT_WRITEDATA, pointer: context)
    try set(CURLOPT_HEADERFUNCTION, function: CurlTransfer.receiveHeader)
    try set(CURLOPT_HEADERDATA, pointer: context)
    // A declared length is refused before its first byte; the callback counts the rest. Zero would mean no limit.
    try set(CURLOPT_MAXFILESIZE_LARGE, offset: max(1, transfer.request.maxResponseBytes))
  }

  private func setHeaders(_ transfer: CurlTransfer) throws(HTTPFault) {
    var lines: [String] = []
    var names: Set<String> = []
    for (name, value) in transfer.request.headers {
      try Self.check(name, value)
      names.insert(name.lowercased())
      // libcurl's way to send a header without a value.
      lines.append(value.allSatisfy { $0 == " " || $0 == "\t" } ? "\(name);" : "\(name): \(value)")
    }
    // Without a value: not to be sent. libcurl would wait for the go-ahead of an `Expect`, and call the body a form.
    lines.append("Expect:")
    if !names.contains("content-type") { lines.append("Content-Type:") }
    try set(CURLOPT_HTTPHEADER, list: Self.append(lines, to: transfer))
  }

  private static func check(_ name: String, _ value: String) throws(HTTPFault) {
    let isToken = !name.isEmpty && name.utf8.allSatisfy { isTokenByte($0) }
    guard isToken, !ownHeaders.contains(name.lowercased()) else {
      throw HTTPFault(.refused, "a request cannot have the header \(name.quotedExcerpt)", isUnsent: true)
    }
    guard value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == 9 }) else {
      throw HTTPFault(.refused, "the value of the header \(name) has control characters", isUnsent: true)
    }
  }

  /// What a name of a header is made of (RFC 9110, section 5.6.2).
  private static func isTokenByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
    case UInt8(ascii: "0")...UInt8(ascii: "9"): true
    default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
    }
  }

  /// Makes localhost this machine, whatever a hosts file or a name server says.
  private func pin(_ url: EndpointURL, in transfer: CurlTransfer) throws(HTTPFault) {
    guard let parser = CurlURL(), parser.parse(url.text) == CURLUE_OK,
      let port = parser.part(CURLUPART_PORT, flags: CURLU_DEFAULT_PORT)
    else { throw HTTPFault(.refused, "the address of the endpoint cannot be read", isUnsent: true) }
    try set(CURLOPT_RESOLVE, list: Self.append(["localhost:\(port):127.0.0.1,[::1]"], to: transfer))
  }

  private static func append(
    _ lines: [String],
    to transfer: CurlTransfer
  ) throws(HTTPFault) -> UnsafeMutablePointer<curl_slist>? {
    var list: UnsafeMutablePointer<curl_slist>?
    for line in lines {
      guard let longer = flow_list_append(list, line) else {
        flow_list_free(list)
        throw HTTPFault(.refused, "there is no memory for a request", isUnsent: true)
      }
      list = longer
    }
    if let list { transfer.lists.append(list) }
    return list
  }

  /// At least one: for libcurl zero is no limit at all.
  private static func milliseconds(_ time: Duration) -> Int {
    let (seconds, attoseconds) = time.components
    guard seconds < 1_000_000 else { return 1_000_000_000 }
    return max(1, Int(seconds) * 1000 + Int(attoseconds / 1_000_000_000_000_000))
  }
}
