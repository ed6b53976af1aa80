/// Headers of HTTP, and what stands before a colon without being a name: users in URLs, on command lines and in .pgpass.
extension SecretScan {
  mutating func readColon(at place: Int) -> Int {
    if bytes.byte(at: place + 1) == UInt8(ascii: "/"), bytes.byte(at: place + 2) == UInt8(ascii: "/") {
      return readAuthority(from: place + 3)
    }
    if let end = readTelegramToken(at: place) ?? readUserOption(at: place) ?? readPasswordFile(at: place) {
      return end
    }
    return readAssignment(at: place, length: 1, sign: UInt8(ascii: ":"))
  }

  // MARK: Headers

  /// `Authorization: Bearer …`, `Cookie: …`: up to the quote that encloses the header, or the end of the line.
  mutating func readHeader(_ meaning: SecretName, from start: Int, isPlain: Bool) -> Int? {
    guard isPlain else { return nil }
    var place = start
    if "\"'`".utf8.contains(bytes.byte(at: place)) { place += 1 }
    if bytes.byte(at: place) == UInt8(ascii: "\\"), bytes.byte(at: place + 1) == UInt8(ascii: "\"") {
      place += 2
    }
    if bytes.byte(at: place) | 0x20 == UInt8(ascii: "f"), "\"'".utf8.contains(bytes.byte(at: place + 1)) {
      place += 2
    }
    return meaning == .cookie ? readCookies(from: place) : readCredentials(from: place)
  }

  private mutating func readCredentials(from start: Int) -> Int? {
    var place = start
    while ASCII.isAlphanumeric(bytes.byte(at: place)) || bytes.byte(at: place) == UInt8(ascii: "-"),
      place - start < 20
    {
      place += 1
    }
    let hasScheme =
      bytes.byte(at: place) == 0x20 && Self.schemes.contains(SecretValue.folded(bytes, start..<place))
    let first = hasScheme ? place + 1 : start
    if let mark = MaskMark.end(bytes, at: first) { return pass(mark: first..<mark) }
    var end = first
    let isList = hasScheme && "dDaA".utf8.contains(bytes[start])
    while end < bytes.count, end - first < 8192,
      SecretValue.isCredential(bytes[end]) || isList && " ,\"".utf8.contains(bytes[end])
    {
      end += 1
    }
    while end > first, " ,:\"".utf8.contains(bytes[end - 1]) { end -= 1 }
    let value = first..<end
    guard value.count > 5, !SecretValue.isPlaceholder(bytes, value), !SecretValue.isReference(bytes, value)
    else { return nil }
    let isBasic =
      hasScheme && bytes[start] | 0x20 == UInt8(ascii: "b") && bytes[start + 1] | 0x20 == UInt8(ascii: "a")
    guard SecretShape(bytes, value).isSecret || isBasic && isBase64(value) else { return nil }
    return mask(value, kind(of: value, .authorization))
  }

  /// Base64 of user and password: a capital or a digit inside, or padding; no word is.
  private func isBase64(_ value: Range<Int>) -> Bool {
    value.dropFirst().contains { !ASCII.isLower(bytes[$0]) && bytes[$0] != UInt8(ascii: "-") }
  }

  private static let schemes: Set<String> = [
    "bearer", "basic", "digest", "token", "negotiate", "apikey", "bot", "key", "aws4-hmac-sha256",
  ]

  private mutating func readCookies(from start: Int) -> Int? {
    var end = start
    var hasPair = false
    while end < bytes.count, end - start < 8192 {
      let byte = bytes[end]
      if byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") || byte == UInt8(ascii: "`") {
        break
      }
      if byte == UInt8(ascii: "\\") || byte >= 0xE0 { break }
      if byte == UInt8(ascii: "["), MaskMark.end(bytes, at: end) != nil { break }
      if byte == UInt8(ascii: "=") { hasPair = true }
      // Prose has no pair in its first words.
      if byte == 0x20, !hasPair { return nil }
      end += 1
    }
    while end > start, end < bytes.count, bytes[end] & 0xC0 == 0x80 { end -= 1 }
    while end > start, ASCII.isBlank(bytes[end - 1]) { end -= 1 }
    let value = start..<end
    guard hasPair, value.count > 4, !SecretValue.isPlaceholder(bytes, value) else { return nil }
    return mask(value, .cookie)
  }

  // MARK: URLs

  /// `scheme://user:secret@host`; a token may stand in the user's place.
  private mutating func readAuthority(from start: Int) -> Int {
    var first = start
    var user = start..<start
    if let mark = MaskMark.end(bytes, at: start) {
      first = pass(mark: start..<mark)
    } else if let known = knownSecret(at: start), "@:".utf8.contains(bytes.byte(at: known.end)) {
      first = mask(start..<known.end, known.kind)
    }
    guard let (colon, at) = userInfo(from: first) else { return first }
    user = start..<(colon ?? at)
    if let colon {
      let secret = colon + 1..<at
      if let mark = MaskMark.end(bytes, at: secret.lowerBound) { return pass(mark: secret.lowerBound..<mark) }
      guard !secret.isEmpty, !SecretValue.isPlaceholder(bytes, secret), !isSpelledOut(secret) else {
        return first
      }
      return mask(secret, kind(of: secret, .password))
    }
    guard first == start, user.count > 19, SecretShape(bytes, user).isSecret,
      !SecretValue.isPlaceholder(bytes, user)
    else {
      return first
    }
    return mask(user, .token)
  }

  /// `USER:PASSWORD@`, `user:db_password@` in a manual.
  private func isSpelledOut(_ secret: Range<Int>) -> Bool { SecretValue.isReference(bytes, secret) }

  /// The first colon and the last `@` before the host; a password may hold slashes, though it must not.
  private func userInfo(from start: Int) -> (colon: Int?, at: Int)? {
    var index = start
    var colon: Int?
    var at: Int?
    var isPort = true
    while index < bytes.count, index - start < 512 {
      let byte = bytes[index]
      if byte <= 0x20 || byte >= 0xE0 || "\"'`<>\\".utf8.contains(byte) { break }
      if byte == UInt8(ascii: "["), MaskMark.end(bytes, at: index) != nil {
        // A mark is the password or ends the search.
        guard colon == index - 1, let end = MaskMark.end(bytes, at: index),
          bytes.byte(at: end) == UInt8(ascii: "@")
        else { break }
        return (colon, end)
      }
      if "/?#".utf8.contains(byte) {
        if at != nil || colon == nil || isPort { break }
      } else if byte == UInt8(ascii: ":") {
        if colon == nil { colon = index } else { isPort = false }
      } else if byte == UInt8(ascii: "@") {
        at = index
      } else if colon != nil, !ASCII.isDigit(byte), at == nil {
        isPort = false
      }
      index += 1
    }
    guard let at else { return nil }
    return (colon.flatMap { $0 < at ? $0 : nil }, at)
  }

  // MARK: Command lines and password files

  /// `-u user:secret` of curl and its like, from the colon.
  private mutating func readUserOption(at colon: Int) -> Int? {
    var start = colon
    while start > floor, colon - start < 64, isOfUser(bytes[start - 1]) { start -= 1 }
    guard start < colon else { return nil }
    var place = start
    while place > floor, start - place < 6, " \"'=,\\".utf8.contains(bytes[place - 1]) { place -= 1 }
    let options: [[UInt8]] = Self.userOptions
    guard options.contains(where: { bytes.hasBytes($0, at: place - $0.count) && place - $0.count >= floor })
    else { return nil }
    guard isHTTPClient(before: place) else { return nil }
    let quote = start > 0 ? bytes[start - 1] : 0
    let secret = quoteEnd(from: colon + 1, quote)
    guard !secret.isEmpty, !SecretValue.isPlaceholder(bytes, secret) else { return nil }
    return mask(secret, kind(of: secret, .password))
  }

  private static let userOptions = [" -u", "\"-u", "'-u", "--user", "--proxy-user", " -U"].map {
    Array($0.utf8)
  }
  private static let clients = ["curl", "wget", "http "].map { Array($0.utf8) }

  private func isOfUser(_ byte: UInt8) -> Bool { ASCII.isAlphanumeric(byte) || "._-@+%$".utf8.contains(byte) }

  private func isHTTPClient(before place: Int) -> Bool {
    var index = place
    while index > floor, place - index < 1024 {
      index -= 1
      if bytes[index] == 0x0A, index > 0, bytes[index - 1] == 0x0A { return false }
      if Self.clients.contains(where: { bytes.hasBytes($0, at: index) }) { return true }
    }
    return false
  }

  private func quoteEnd(from start: Int, _ quote: UInt8) -> Range<Int> {
    guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else { return bare(from: start, .line) }
    var end = start
    while end < bytes.count, end - start < 512, bytes[end] != quote, bytes[end] != 0x0A, bytes[end] != 0x5C {
      end += 1
    }
    return start..<end
  }

  /// A line of .pgpass, `host:port:database:user:secret`, from its first colon.
  private mutating func readPasswordFile(at colon: Int) -> Int? {
    let port = bytes.byte(at: colon + 1)
    guard ASCII.isDigit(port) || port == UInt8(ascii: "*") else { return nil }
    var start = colon
    while start > floor, colon - start < 128, isOfHost(bytes[start - 1]) { start -= 1 }
    guard start < colon, isLineStart(start), !isLineStart(colon) else { return nil }
    var fields = [colon]
    var end = colon + 1
    while end < bytes.count, end - colon < 256, bytes[end] > 0x20, bytes[end] < 0xE0 {
      if bytes[end] == UInt8(ascii: ":"), fields.count < 4 {
        fields.append(end)
      } else if fields.count < 4, !isOfHost(bytes[end]) {
        return nil
      }
      end += 1
    }
    guard fields.count == 4, end == bytes.count || bytes[end] == 0x0A || bytes[end] == 0x0D else {
      return nil
    }
    let number = fields[0] + 1..<fields[1]
    let isPort =
      number.count == 1 && port == UInt8(ascii: "*")
      || number.count > 3 && number.count < 6 && number.allSatisfy { ASCII.isDigit(bytes[$0]) }
    let user = fields[2] + 1..<fields[3]
    let secret = fields[3] + 1..<end
    guard isPort, !user.isEmpty, !user.allSatisfy({ ASCII.isDigit(bytes[$0]) }), !secret.isEmpty,
      !SecretValue.isPlaceholder(bytes, secret)
    else { return nil }
    return mask(secret, kind(of: secret, .password))
  }

  private func isOfHost(_ byte: UInt8) -> Bool { ASCII.isAlphanumeric(byte) || "._-*".utf8.contains(byte) }

  // MARK: Options and elements

  /// `--password secret`, `"--token", "secret"`.
  mutating func readOption(at start: Int) -> Int {
    let name = start + 2
    var end = name
    while end < bytes.count, ASCII.isAlphanumeric(bytes[end]) || bytes[end] == UInt8(ascii: "-"),
      end - name < 40
    { end += 1 }
    guard end > name,
      start == floor || ASCII.isSpace(bytes[start - 1]) || "\"'`([,".utf8.contains(bytes[start - 1])
    else {
      return max(end, start + 1)
    }
    guard let meaning = SecretName(bytes, name..<end), meaning != .cookie else { return end }
    var value = end
    while value < bytes.count, value - end < 6, " \"',".utf8.contains(bytes[value]) { value += 1 }
    guard value > end, bytes[value..<min(value + 1, bytes.count)].first != UInt8(ascii: "-") else {
      return end
    }
    if let mark = MaskMark.end(bytes, at: value) { return pass(mark: value..<mark) }
    let secret = bare(from: value, .inline)
    let hasMore =
      bytes.byte(at: secret.upperBound) == 0x20 && ASCII.isLetter(bytes.byte(at: secret.upperBound + 1))
    let isWord = secret.allSatisfy { ASCII.isLetter(bytes[$0]) }
    guard !secret.isEmpty, !(isWord && (hasMore || secret.count < 6)),
      !SecretValue.isReference(bytes, secret),
      isSecret(secret, meaning, isQuoted: false)
    else { return end }
    return mask(secret, kind(of: secret, meaning))
  }

  /// `<password>secret</password>`, from the end of the tag.
  mutating func readElement(at place: Int) -> Int {
    guard place > floor, ASCII.isAlphanumeric(bytes[place - 1]) else { return place + 1 }
    var start = place
    while start > floor, place - start < 48,
      ASCII.isAlphanumeric(bytes[start - 1]) || "._-:".utf8.contains(bytes[start - 1])
    {
      start -= 1
    }
    guard start > floor, bytes[start - 1] == UInt8(ascii: "<"), let meaning = SecretName(bytes, start..<place)
    else {
      return place + 1
    }
    var end = place + 1
    while end < bytes.count, end - place < 1024, bytes[end] != UInt8(ascii: "<"), bytes[end] != 0x0A {
      end += 1
    }
    let value = place + 1..<end
    guard bytes.byte(at: end) == UInt8(ascii: "<"), bytes.byte(at: end + 1) == UInt8(ascii: "/"),
      isSecret(value, meaning, isQuoted: true)
    else { return place + 1 }
    return mask(value, kind(of: value, meaning))
  }
}
