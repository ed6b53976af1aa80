import CCurl
package import FlowCore

/// The address of an endpoint that may be spoken to: https, or http on this machine.
///
/// What libcurl makes of the text is judged, and only that is kept and connected to: no second parser can read
/// another host out of it. Plain http is for a loopback address that needs no look-up: 127.0.0.0/8, `[::1]`, and
/// `localhost`, which is not looked up either. A name that only resolves to this machine today may be another's
/// tomorrow.
package struct EndpointURL: Sendable, Hashable {
  /// As it is sent, without user or password.
  package let text: String
  /// The host as libcurl reads it.
  package let host: String
  /// Whether it can only be this machine.
  package let isLoopback: Bool

  package init(text: String, host: String, isLoopback: Bool) {
    self.text = text
    self.host = host
    self.isLoopback = isLoopback
  }

  /// Reads an address, such as `https://api.example.com/v1` or `http://localhost:11434`.
  ///
  /// A query stays, behind the paths that are appended, for endpoints that want an `api-version` there. One that looks
  /// like it carries a key is refused, because addresses appear in messages.
  ///
  /// - Throws: `FlowError.Code.invalidConfiguration`, or `.libraryMissing` where there is no libcurl.
  package init(_ text: String) throws(FlowError) {
    try CurlLibrary.load()
    try Self.checkCharacters(of: text)
    guard let url = CurlURL() else { throw FlowError(.internal, "there is no memory to read an address") }
    try Self.check(url.parse(text), of: text)
    guard let scheme = url.part(CURLUPART_SCHEME), scheme == "https" || scheme == "http" else {
      throw Self.refusal("uses \(url.part(CURLUPART_SCHEME)?.quotedExcerpt ?? "no scheme")", use: "https://")
    }
    guard let host = url.part(CURLUPART_HOST)?.lowercased(), !host.isEmpty else {
      throw Self.refusal("has no host", use: "https://HOST/PATH")
    }
    guard host.utf8.allSatisfy(Self.isHostByte), url.part(CURLUPART_ZONEID) == nil else {
      throw Self.refusal(
        "has a host with characters that names cannot have",
        use: "the ASCII form of the name (xn--…)"
      )
    }
    if url.part(CURLUPART_FRAGMENT) != nil || text.contains("#") {
      throw Self.refusal("has a fragment (#…), which is never sent", use: "it without the fragment")
    }
    if let query = url.part(CURLUPART_QUERY) { try Self.check(query: query) }
    let isLoopback = LoopbackHost.contains(host)
    guard scheme == "https" || isLoopback else {
      throw Self.refusal(
        "would send prompts and keys in the clear to \(host.quotedExcerpt)",
        use: "https; plain http is for this machine only: localhost, 127.0.0.1 or [::1]"
      )
    }
    // Lower case, since that is how names are pinned and compared; the rest is what libcurl read.
    try Self.check(url.set(CURLUPART_HOST, host), of: text)
    guard let canonical = url.part(CURLUPART_URL) else {
      throw Self.refusal("cannot be read", use: "https://HOST/PATH")
    }
    self.init(text: canonical, host: host, isLoopback: isLoopback)
  }

  /// The address of something below this one; a slash on either side is as good as none, and a query stays behind it.
  ///
  /// - Parameter path: such as `chat/completions`; of characters that an address may hold, without `?` and `#`.
  package func appending(path: String) -> EndpointURL {
    precondition(
      path.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") },
      "the path of an endpoint is a constant"
    )
    let query = text.firstIndex(of: "?") ?? text.endIndex
    var base = text[..<query]
    while base.last == "/" { base.removeLast() }
    let text = "\(base)/\(path.drop { $0 == "/" })\(text[query...])"
    return EndpointURL(text: text, host: host, isLoopback: isLoopback)
  }
}

extension EndpointURL {
  /// Names of query parameters that hold keys at one endpoint or another.
  private static let secretNames: Set<String> = [
    "key", "api_key", "api-key", "apikey", "access_token", "token", "auth", "authorization", "secret", "sig",
    "signature", "password", "code", "subscription-key",
  ]

  private static func checkCharacters(of text: String) throws(FlowError) {
    guard text.utf8.count <= 2048 else { throw refusal("is longer than 2,048 bytes", use: "a shorter one") }
    if text.unicodeScalars.contains(where: { $0.isUnsafeToPrint || $0.value == 0x7F || $0 == " " }) {
      throw refusal("has spaces or control characters in it", use: "it without them")
    }
    // libcurl would decode the one, and pass over the other: what a person reads must be what is connected to.
    guard let start = text.firstRange(of: "://")?.upperBound else { return }
    let host = text[start...].prefix { !"/?#".contains($0) }
    if host.isEmpty { throw refusal("has no host", use: "https://HOST/PATH") }
    if host.contains("%") { throw refusal("has a % in its host", use: "the host's plain name") }
  }

  private static func check(query: String) throws(FlowError) {
    for pair in query.split(separator: "&") {
      let name = pair.prefix { $0 != "=" }
      if secretNames.contains(name.lowercased()) {
        throw refusal(
          "has the parameter \(name.lowercased().quotedExcerpt), which looks like a key",
          use: "it without, and name the variable that holds the key in llm.apiKeyEnv"
        )
      }
    }
  }

  private static func check(_ code: CURLUcode, of text: String) throws(FlowError) {
    switch code {
    case CURLUE_OK: return
    case CURLUE_USER_NOT_ALLOWED:
      throw refusal(
        "has a user or a password in it",
        use: "it without, and name the variable that holds the key in llm.apiKeyEnv"
      )
    case CURLUE_UNSUPPORTED_SCHEME:
      throw refusal("uses a scheme that is not https", use: "https://")
    default:
      // What stands before an @ may be a password, wherever libcurl stopped reading; so may a query.
      let shown = text.contains("@") || text.contains("?") ? "" : " (\(text.quotedExcerpt))"
      throw refusal("cannot be read\(shown)", use: "https://HOST/PATH")
    }
  }

  private static func refusal(_ problem: String, use remedy: String) -> FlowError {
    FlowError(.invalidConfiguration, "the address of the endpoint \(problem)", hint: "use \(remedy)")
  }

  private static func isHostByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
    case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"): true
    case UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: ":"): true
    default: false
    }
  }
}
