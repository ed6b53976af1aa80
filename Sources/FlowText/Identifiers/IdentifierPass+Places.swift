/// Paths, URLs, e-mail addresses, domains and dotted names.
extension IdentifierPass {
  private static let longestURL = 2048

  // MARK: URLs

  /// From its scheme to a sign that cannot stand in a URL (RFC 3986), without punctuation behind it.
  mutating func readURL(from start: Int) -> Int {
    var end = start
    var parentheses = 0
    scan: while end < bytes.count, end - start < Self.longestURL {
      switch bytes[end] {
      case 0...0x20, UInt8(ascii: "\""), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "`"),
        UInt8(ascii: "|"),
        UInt8(ascii: "\\"), UInt8(ascii: "^"), UInt8(ascii: "{"), UInt8(ascii: "}"):
        break scan
      case UInt8(ascii: "("): parentheses += 1
      case UInt8(ascii: ")"):
        if parentheses == 0 { break scan }
        parentheses -= 1
      case 0x80...: if spacedLetter(at: end) == nil { break scan }
      default: break
      }
      end += 1
    }
    while end > start, ".,;:!?'*_~]".utf8.contains(bytes[end - 1]) { end -= 1 }
    while end < bytes.count, bytes[end] & 0xC0 == 0x80 { end += 1 }
    let scheme = bytes[start..<end].firstIndex(of: UInt8(ascii: ":")) ?? end
    guard end > scheme + 3, ASCII.isLetter(bytes[start]) else { return max(end, start + 1) }
    let hasPath = bytes[scheme + 3..<end].dropLast().contains(UInt8(ascii: "/"))
    append(IdentifierFind(.url, start, end, hasPath ? IdentifierWeights.url : IdentifierWeights.host))
    return end
  }

  // MARK: At signs

  /// `name@example.com`, `@handle`, `@scope/package`, `user@host`.
  mutating func readAt(_ core: Range<Int>, _ bits: UInt16) -> Int {
    guard let at = core.firstIndex(where: { bytes[$0] == UInt8(ascii: "@") }) else { return core.upperBound }
    let domain = at + 1..<core.upperBound
    if at == core.lowerBound {
      if domain.count > 1, bits & ByteTraits.letter != 0 {
        let weight = bits & ByteTraits.slash != 0 ? IdentifierWeights.reference : IdentifierWeights.handle
        append(IdentifierFind(.id, core.lowerBound, core.upperBound, weight))
      }
    } else if hasTopLevel(domain), bits & ByteTraits.slash == 0 {
      append(IdentifierFind(.email, core.lowerBound, core.upperBound, IdentifierWeights.email))
    } else if !domain.isEmpty {
      append(IdentifierFind(.id, core.lowerBound, core.upperBound, IdentifierWeights.shortCode))
    }
    return core.upperBound
  }

  /// Labels between dots, the last of two letters or more.
  private func hasTopLevel(_ domain: Range<Int>) -> Bool {
    guard let dot = domain.lastIndex(where: { bytes[$0] == UInt8(ascii: ".") }), dot > domain.lowerBound
    else {
      return false
    }
    let last = dot + 1..<domain.upperBound
    return last.count > 1 && last.allSatisfy { ASCII.isLetter(bytes[$0]) }
      && domain.allSatisfy { bytes[$0] != UInt8(ascii: "@") }
  }

  /// A domain by its last label, of those in common use.
  func isDomain(_ range: Range<Int>) -> Bool {
    guard let dot = range.lastIndex(where: { bytes[$0] == UInt8(ascii: ".") }), dot > range.lowerBound,
      range.upperBound - dot <= 7, ASCII.isAlphanumeric(bytes[range.lowerBound])
    else { return false }
    let last = bytes[dot + 1..<range.upperBound]
    return range.allSatisfy { ASCII.isAlphanumeric(bytes[$0]) || bytes[$0] == 0x2D || bytes[$0] == 0x2E }
      && FileNames.topLevels.contains(EnglishLexicon.Key(String(decoding: last, as: UTF8.self)))
  }

  // MARK: Dots

  /// File names, domains, versions, dotted names of modules and members; else the first word is read alone.
  mutating func readDots(_ core: Range<Int>, _ bits: UInt16) -> Int {
    let start = core.lowerBound
    let end = core.upperBound
    if isVersion(core) {
      append(IdentifierFind(.version, start, end, IdentifierWeights.version))
    } else if !isMember(core), FileNames.isFile(bytes, core) {
      append(IdentifierFind(.path, start, end, IdentifierWeights.fileName))
    } else if isDomain(core) {
      append(IdentifierFind(.url, start, end, IdentifierWeights.host))
    } else if isInitials(core) {
      if ASCII.isUpper(bytes[start]) {
        names.add(NameRuns.Word(range: core, key: key(core), isAcronym: true), bytes)
      }
    } else if isDottedName(core, bits) {
      append(IdentifierFind(.id, start, end, IdentifierWeights.reference))
    } else {
      return split(from: start, to: end, at: ByteTraits.dot)
    }
    return end
  }

  /// `request.json["x"]` is no file.
  private func isMember(_ core: Range<Int>) -> Bool {
    let next = bytes.byte(at: core.upperBound)
    return next == UInt8(ascii: "(") || next == UInt8(ascii: "[")
  }

  /// `U.S`, `e.g`, `Ph.D`.
  private func isInitials(_ core: Range<Int>) -> Bool {
    var length = 0
    for index in core {
      if bytes[index] == UInt8(ascii: ".") {
        guard length > 0, length < 3 else { return false }
        length = 0
      } else {
        guard ASCII.isLetter(bytes[index]) else { return false }
        length += 1
      }
    }
    return length == 1
  }

  private func isDottedName(_ core: Range<Int>, _ bits: UInt16) -> Bool {
    var parts = 1
    var length = 0
    var humps = 0
    for index in core {
      let byte = bytes[index]
      if byte == UInt8(ascii: ".") {
        guard length > 0 else { return false }
        parts += 1
        length = 0
      } else {
        guard ASCII.isAlphanumeric(byte) || byte == UInt8(ascii: "_") else { return false }
        if length > 0, ASCII.isUpper(byte), ASCII.isLower(bytes[index - 1]) { humps += 1 }
        length += 1
      }
    }
    guard length > 0, bits & ByteTraits.letter != 0 else { return false }
    if humps > 0 || bits & (ByteTraits.low | ByteTraits.digit) != 0 { return true }
    return parts > 2 || isMember(core)
      || IdentifierWords.objects.contains(
        key(core.lowerBound..<(core.first { bytes[$0] == 0x2E } ?? core.upperBound))
      )
  }

  // MARK: Slashes

  /// A path, or the words on both sides of a slash.
  mutating func readSlashes(_ core: Range<Int>) -> Int {
    if let slash = core.firstIndex(where: { bytes[$0] == UInt8(ascii: "/") }), slash + 1 < core.upperBound,
      bytes[slash + 1..<core.upperBound].allSatisfy({ ASCII.isDigit($0) || $0 == UInt8(ascii: ".") }),
      (2...12).contains(slash - core.lowerBound)
    {
      // `HTTP/1.1`, `curl/8.5.0`
      append(IdentifierFind(.version, core.lowerBound, core.upperBound, IdentifierWeights.shortVersion))
      return core.upperBound
    }
    if let weight = pathWeight(core) {
      let domain = core.prefix { bytes[$0] != UInt8(ascii: "/") }
      let isURL = domain.count > 3 && isDomain(domain.lowerBound..<domain.upperBound)
      append(
        IdentifierFind(
          isURL ? .url : .path,
          core.lowerBound,
          core.upperBound,
          isURL ? IdentifierWeights.url : weight
        )
      )
      return core.upperBound
    }
    return split(from: core.lowerBound, to: core.upperBound, at: ByteTraits.slash)
  }

  mutating func readPattern(_ core: Range<Int>) -> Int? {
    guard core.count > 2, core.contains(where: { ASCII.isLetter(bytes[$0]) }) else { return nil }
    append(IdentifierFind(.path, core.lowerBound, core.upperBound, IdentifierWeights.fileName))
    return core.upperBound
  }

  private func pathWeight(_ core: Range<Int>) -> Int? {
    guard bytes.byte(at: core.lowerBound - 1) != UInt8(ascii: "<") else { return nil }
    let shape = PathShape(bytes, core)
    return shape.weight
  }

  // MARK: Signs

  /// `$HOME`; an amount of money.
  mutating func readDollar(_ core: Range<Int>) -> Int {
    let start = core.lowerBound
    let next = bytes.byte(at: start + 1)
    if ASCII.isDigit(next) { return readMoney(from: start, digits: start + 1) }
    guard ASCII.isLetter(next) || next == UInt8(ascii: "_") else { return start + 1 }
    var end = start + 1
    while ASCII.isAlphanumeric(bytes.byte(at: end)) || bytes.byte(at: end) == UInt8(ascii: "_") { end += 1 }
    guard end - start > 2 else { return end }
    let weight = ASCII.isUpper(next) ? IdentifierWeights.reference : IdentifierWeights.shortCode
    append(IdentifierFind(.id, start, end, weight))
    return end
  }

  /// `#4597`, `#ff8800`, `#hashtag`.
  mutating func readTag(_ core: Range<Int>) -> Int {
    let start = core.lowerBound
    var end = start + 1
    while ASCII.isAlphanumeric(bytes.byte(at: end)) || bytes.byte(at: end) == UInt8(ascii: "_") { end += 1 }
    let tag = start + 1..<end
    guard !tag.isEmpty else { return start + 1 }
    let isNumber = tag.allSatisfy { ASCII.isDigit(bytes[$0]) }
    let isColor =
      (tag.count == 6 || tag.count == 3) && isHexadecimal(tag) && tag.contains { ASCII.isDigit(bytes[$0]) }
    if isNumber || isColor {
      if tag.count < 10 { append(IdentifierFind(.id, start, end, IdentifierWeights.reference)) }
    } else if tag.count > 2, ASCII.isLetter(bytes[tag.lowerBound]),
      !FileNames.directives.contains(
        EnglishLexicon.Key(String(decoding: bytes[tag], as: UTF8.self))
      )
    {
      append(IdentifierFind(.id, start, end, IdentifierWeights.tag))
    }
    return end
  }

  /// `--max-time=3`.
  mutating func readFlag(_ core: Range<Int>) -> Int {
    let start = core.lowerBound
    var end = start + 2
    while ASCII.isAlphanumeric(bytes.byte(at: end)) || bytes.byte(at: end) == 0x2D
      || bytes.byte(at: end) == 0x5F
    {
      end += 1
    }
    while bytes[end - 1] == 0x2D { end -= 1 }
    guard end - start > 3 else { return max(end, start + 1) }
    if bytes.byte(at: end) == UInt8(ascii: "="), bytes.byte(at: end + 1) > 0x20 {
      let limit = min(bytes.count, end + 64)
      while end < limit, bytes[end] > 0x20, bytes[end] < 0x80, !"\"'`,;)]".utf8.contains(bytes[end]) {
        end += 1
      }
      while bytes[end - 1] == UInt8(ascii: ".") { end -= 1 }
    }
    append(IdentifierFind(.command, start, end, IdentifierWeights.flag))
    return end
  }
}
