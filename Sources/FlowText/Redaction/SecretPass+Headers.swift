/// Secrets of the web: headers, options of its clients, passwords in URLs, and the files that hold passwords for them.
extension SecretPass {
  // MARK: Headers

  /// The credentials of an `Authorization` header (RFC 9110, section 11.6.2), with or without a scheme.
  mutating func readCredentials(at start: Int) -> Int? {
    var index = start
    var opening: Opening?
    if let quote = openingQuote(at: start) {
      opening = quote
      index = quote.end
    }
    var word = endOfCredentials(from: index)
    guard word > index else { return nil }
    var hasScheme = false
    if bytes.byte(at: word) == 0x20, word - index <= 20, isScheme(index..<word) {
      hasScheme = true
      index = word
      while bytes.byte(at: index) == 0x20, index - word < 16 { index += 1 }
      word = endOfCredentials(from: index)
      // Digest and AWS4 have fields.
      while bytes.byte(at: word - 1) == UInt8(ascii: ","), bytes.byte(at: word) == 0x20,
        word - index < Self.sight
      {
        word = endOfCredentials(from: word + 1)
      }
    }
    guard word > index, bytes.endOfMark(at: word) == nil else { return nil }
    let sight = min(word, index + Self.sight)
    let isQuoted = opening != nil
    guard !Placeholder.matches(bytes, index..<sight) else { return nil }
    let value = SecretValue(bytes, index..<sight)
    guard
      hasScheme
        ? value.isSecret(named: .strong, SecretValue.Form(isQuoted: isQuoted, isEqual: true))
        : value.isSecret(named: .weak, SecretValue.Form(isQuoted: isQuoted))
    else { return nil }
    if let form = form(at: index), form.end == word { return mask(form.kind, index, word) }
    return mask(.authorization, index, word)
  }

  private func endOfCredentials(from start: Int) -> Int {
    var end = start
    while end < bytes.count, bytes[end] > 0x20, bytes[end] < 0x7F, !isQuote(bytes[end]),
      bytes[end] != UInt8(ascii: "\\")
    {
      if bytes[end] == UInt8(ascii: "["), bytes.endOfMark(at: end) != nil { return end }
      end += 1
    }
    return end
  }

  private func isScheme(_ range: Range<Int>) -> Bool {
    for scheme: StaticString in [
      "bearer", "basic", "token", "apikey", "digest", "aws4-hmac-sha256", "negotiate", "key", "bot",
    ]
    where scheme.utf8CodeUnitCount == range.count && bytes.hasAnyCase(scheme, at: range.lowerBound) {
      return true
    }
    return false
  }

  /// What follows `Bearer` anywhere: random enough to be a token, not a word of prose.
  mutating func readBearer(at start: Int) -> Int? {
    guard bytes.hasAnyCase("bearer ", at: start) else { return nil }
    let index = start + 7
    var end = index
    while end < bytes.count, ASCII.isAlphanumeric(bytes[end]) || "-._~+/=".utf8.contains(bytes[end]) {
      end += 1
    }
    while end > index, bytes[end - 1] == UInt8(ascii: ".") { end -= 1 }
    guard end - index >= 16, bytes.endOfMark(at: end) == nil else { return nil }
    let sight = min(end, index + Self.sight)
    guard SecretValue(bytes, index..<sight).isSecret(named: .weak, SecretValue.Form()) else { return nil }
    if let form = form(at: index), form.end == end { return mask(form.kind, index, end) }
    return mask(.authorization, index, end)
  }

  /// The pairs of a `Cookie` header (RFC 6265, section 4), or the value of the one that `Set-Cookie` sets.
  mutating func readCookie(at start: Int, isSet: Bool) -> Int? {
    let opening = openingQuote(at: start)
    let index = opening?.end ?? start
    var end = index
    var equal: Int?
    while end < bytes.count, bytes[end] >= 0x20, bytes[end] < 0x7F {
      if let opening, isClosing(opening, at: end) { break }
      if opening == nil, bytes[end] == UInt8(ascii: "\"") || bytes[end] == UInt8(ascii: "'") { break }
      if bytes[end] == UInt8(ascii: "\\"), "nrt\"'".utf8.contains(bytes.byte(at: end + 1)) { break }
      if isSet, bytes[end] == UInt8(ascii: ";") { break }
      if bytes[end] == UInt8(ascii: "["), bytes.endOfMark(at: end) != nil { return nil }
      if equal == nil {
        if bytes[end] == UInt8(ascii: "=") {
          equal = end
        } else if bytes[end] == 0x20 || end - index > 128 {
          // A cookie's name is one token: prose has none.
          return nil
        }
      }
      end += 1
    }
    while end > index, bytes[end - 1] == 0x20 { end -= 1 }
    guard let equal, equal > index, equal + 1 < end else { return nil }
    let first = isSet ? equal + 1 : index
    guard !Placeholder.matches(bytes, equal + 1..<end) else { return nil }
    return mask(.cookie, first, end)
  }

  // MARK: Options

  /// `--password x`, `--token x`, and `-u user:password` of curl; the pass is at the hyphen.
  mutating func readOption(at index: Int) -> Int? {
    guard index == 0 || index > floor && (bytes[index - 1] <= 0x20 || isQuote(bytes[index - 1])) else {
      return nil
    }
    if bytes.byte(at: index + 1) == UInt8(ascii: "u") || bytes.has("-user", at: index + 1)
      || bytes.has("-proxy-user", at: index + 1)
    {
      return readUserOption(at: index)
    }
    guard bytes.byte(at: index + 1) == UInt8(ascii: "-") else { return nil }
    var end = index + 2
    while end < bytes.count, end - index < 48, NameWord.isPart(bytes[end]) { end += 1 }
    guard end > index + 3, bytes.byte(at: end) == 0x20,
      let name = SecretName(bytes, endingAt: end, floor: index), name.strength != .header
    else { return nil }
    var start = end
    while bytes.byte(at: start) == 0x20, start - end < 16 { start += 1 }
    guard bytes.byte(at: start) != UInt8(ascii: "-"), start < bytes.count,
      let value = value(at: start, SecretValue.Form(isOption: true)),
      SecretValue(bytes, value.range).isSecret(named: name.strength, value.form)
    else { return nil }
    return maskValue(value, named: name.kind)
  }

  private mutating func readUserOption(at index: Int) -> Int? {
    guard namesWebClient else { return nil }
    var start = index + 2
    while start < bytes.count, start - index < 16,
      ASCII.isLetter(bytes[start]) || bytes[start] == UInt8(ascii: "-")
    { start += 1 }
    if bytes[index + 1] == UInt8(ascii: "u") { start = index + 2 }
    guard start < bytes.count,
      bytes[index + 1] == UInt8(ascii: "u") || bytes[start] == 0x20 || bytes[start] == UInt8(ascii: "=")
    else { return nil }
    if bytes[start] == 0x20 || bytes[start] == UInt8(ascii: "=") { start += 1 }
    guard let value = value(at: start, SecretValue.Form(isTight: true, isLineStart: true)), value.isWhole,
      let colon = bytes[value.range].firstIndex(of: UInt8(ascii: ":")), colon > value.range.lowerBound
    else { return nil }
    let secret = colon + 1..<value.range.upperBound
    guard !secret.isEmpty, !Placeholder.matches(bytes, secret) else { return nil }
    return mask(.password, secret.lowerBound, secret.upperBound)
  }

  // MARK: URLs

  /// The password, or the token that stands for both, before the host (RFC 3986, section 3.2.1); the pass is at `://`.
  mutating func readURL(at colon: Int) -> Int? {
    guard colon > floor, ASCII.isAlphanumeric(bytes[colon - 1]) else { return nil }
    let start = colon + 3
    var end = start
    var at: Int?
    var separator: Int?
    while end < bytes.count, bytes[end] > 0x20, bytes[end] < 0x7F,
      !"/?#\"'`<>\\".utf8.contains(bytes[end]) || isWithinBraces(end, from: start)
    {
      switch bytes[end] {
      case UInt8(ascii: "["): if bytes.endOfMark(at: end) != nil { return nil }
      case UInt8(ascii: "@"): at = end
      case UInt8(ascii: ":"): if separator == nil { separator = end }
      default: break
      }
      end += 1
    }
    guard let at, at > start else { return nil }
    if let separator, separator < at {
      let secret = separator + 1..<at
      guard !secret.isEmpty, !Placeholder.matches(bytes, secret) else { return nil }
      if let form = form(at: secret.lowerBound), form.end == at {
        return mask(form.kind, secret.lowerBound, at)
      }
      return mask(.password, secret.lowerBound, at)
    }
    // https://TOKEN@host
    guard at - start >= 20,
      SecretValue(bytes, start..<min(at, start + Self.sight)).isSecret(named: .weak, SecretValue.Form())
    else { return nil }
    if let form = form(at: start), form.end == at { return mask(form.kind, start, at) }
    return mask(.token, start, at)
  }

  /// `${db/password}`, `<password>`: what a template leaves open may hold what ends a host.
  private func isWithinBraces(_ index: Int, from start: Int) -> Bool {
    (bytes[index] == UInt8(ascii: "<") || bytes[index] == UInt8(ascii: ">")) && index > start
      && (bytes[index - 1] == UInt8(ascii: ":") || ASCII.isLetter(bytes[index - 1]))
      && (bytes[index] == UInt8(ascii: ">") || ASCII.isLetter(bytes.byte(at: index + 1)))
  }

  // MARK: Files of passwords

  /// An entry of .netrc: `machine host login name password secret`, on one line or on several.
  mutating func readNetrc(at start: Int) -> Int? {
    var index = start
    func word(_ from: inout Int) -> Range<Int>? {
      let gap = from
      while from < bytes.count, from - gap < 64, traits[Int(bytes[from])] & SecretBytes.space != 0 {
        from += 1
      }
      let first = from
      while from < bytes.count, from - first < 4096, bytes[from] > 0x20, bytes[from] != UInt8(ascii: "\\") {
        if bytes.endOfMark(at: from) != nil { return nil }
        from += 1
      }
      return first < from && (first > gap || first == start) ? first..<from : nil
    }
    guard let first = word(&index) else { return nil }
    if first.count == 7, bytes[first.lowerBound] == UInt8(ascii: "m"), word(&index) == nil { return nil }
    var hasLogin = false
    for _ in 0..<3 {
      guard let key = word(&index), let value = word(&index) else { return nil }
      if bytes.has("login", at: key.lowerBound), key.count == 5 {
        hasLogin = true
      } else if bytes.has("password", at: key.lowerBound), key.count == 8 {
        if !hasLogin {
          // The login may also come last.
          var next = index
          guard let later = word(&next), bytes.has("login", at: later.lowerBound) else { return nil }
        }
        guard !Placeholder.matches(bytes, value) else { return nil }
        return mask(.password, value.lowerBound, value.upperBound)
      } else if !bytes.has("account", at: key.lowerBound), !bytes.has("port", at: key.lowerBound) {
        return nil
      }
    }
    return nil
  }

  /// A line of .pgpass, `host:port:database:user:password`; the pass is at its first colon.
  mutating func readPasswordFile(at colon: Int) -> Int? {
    var port = colon + 1
    if bytes.byte(at: port) == UInt8(ascii: "*") {
      port += 1
    } else {
      while port - colon <= 5, ASCII.isDigit(bytes.byte(at: port)) { port += 1 }
      guard port - colon - 1 >= 4 else { return nil }
    }
    guard bytes.byte(at: port) == UInt8(ascii: ":"), colon > floor else { return nil }
    var start = colon
    while start > floor, colon - start < 128,
      NameWord.isPart(bytes[start - 1]) || "*/".utf8.contains(bytes[start - 1])
    { start -= 1 }
    guard start < colon, start == 0 || start > floor && (bytes[start - 1] == 0x0A || isEscape(before: start))
    else { return nil }
    var fields = [port + 1]
    var end = port + 1
    while end < bytes.count, end - port < Self.sight, bytes[end] > 0x20, bytes[end] < 0x7F,
      bytes[end] != UInt8(ascii: "\"")
    {
      if bytes[end] == UInt8(ascii: "["), bytes.endOfMark(at: end) != nil { return nil }
      if bytes[end] == UInt8(ascii: "\\") {
        if "nr\"".utf8.contains(bytes.byte(at: end + 1)) { break }
        end += 1
      } else if bytes[end] == UInt8(ascii: ":") {
        fields.append(end + 1)
      }
      end += 1
    }
    end = min(end, bytes.count)
    guard fields.count == 3, fields[1] - fields[0] > 1, fields[2] - fields[1] > 1, end - fields[2] >= 4,
      !Placeholder.matches(bytes, fields[2]..<end)
    else { return nil }
    return mask(.password, fields[2], end)
  }
}
