// `NAME = value` in the forms of shells, YAML, JSON, INI, code, query strings and connection strings. Read from the
// sign: back for the name, and only where the name says secret, ahead for the value.

/// Values whose name says that they are secret.
extension SecretScan {
  /// Where a value stands, which says what ends it.
  enum Setting {
    /// A line of its own: the value goes on to white space.
    case line
    /// `?a=b&c=d`
    case query
    /// `A=b;C=d`
    case connection
    /// Inside of a line of code or prose.
    case inline
  }

  mutating func readEquals(at place: Int) -> Int {
    readAssignment(at: place, length: 1, sign: UInt8(ascii: "="))
  }

  mutating func readAssignment(at place: Int, length: Int, sign: UInt8) -> Int {
    let next = place + length
    guard let name = name(before: place), let meaning = meaning(of: name, quoted: isQuoted(name, place))
    else {
      return next
    }
    var start = next
    var isComparison = false
    if sign == UInt8(ascii: "=") {
      if place > floor, "!<>~".utf8.contains(bytes[place - 1]) { return next }
      while bytes.byte(at: start) == UInt8(ascii: "=") { (start, isComparison) = (start + 1, true) }
      if bytes.byte(at: start) == UInt8(ascii: ">") { start += 1 }
    }
    let blank = start
    start = skipBlanks(from: start, overLines: isQuoted(name, place))
    if bytes.hasBytes(Self.bold, at: start), name.lowerBound > floor,
      bytes[name.lowerBound - 1] == UInt8(ascii: "*")
    {
      start = skipBlanks(from: start + 2, overLines: false)
    }
    if let mark = MaskMark.end(bytes, at: start) { return pass(mark: start..<mark) }
    if meaning == .authorization || meaning == .cookie {
      return readHeader(meaning, from: start, isPlain: start > blank || sign == UInt8(ascii: ":")) ?? next
    }
    if let quoted = quoted(from: start) {
      let value = quoted.value
      if let mark = MaskMark.end(bytes, at: value.lowerBound) { return pass(mark: value.lowerBound..<mark) }
      guard isSecret(value, meaning, isQuoted: true) else { return next }
      return mask(value, kind(of: value, meaning))
    }
    guard !isComparison else { return next }
    return readBare(from: start, name, meaning, hasSpace: start > blank, isColon: sign == UInt8(ascii: ":"))
      ?? next
  }

  private static let bold = Array("**".utf8)

  /// The value's own form says more than its name.
  func kind(of value: Range<Int>, _ meaning: SecretName) -> MaskKind {
    if let known = knownSecret(at: value.lowerBound), known.end == value.upperBound { return known.kind }
    return meaning.kind
  }

  // MARK: Names

  /// The name before a sign: without quotes, brackets and bold marks around it.
  func name(before place: Int) -> Range<Int>? {
    var end = place
    while end > floor, place - end < 8, ASCII.isBlank(bytes[end - 1]) { end -= 1 }
    var closers = 0
    while end > floor, closers < 6, "\"'`]*?\\:)".utf8.contains(bytes[end - 1]) {
      end -= 1
      closers += 1
    }
    var start = end
    while start > floor, end - start < 64, isOfName(bytes[start - 1]) { start -= 1 }
    return start < end ? start..<end : nil
  }

  private func isOfName(_ byte: UInt8) -> Bool {
    ASCII.isAlphanumeric(byte) || byte >= 0x80 || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
      || byte == UInt8(ascii: ".")
  }

  private func isQuoted(_ name: Range<Int>, _ place: Int) -> Bool {
    name.upperBound < place && "\"'\\".utf8.contains(bytes[name.upperBound])
  }

  /// What a name says, if need be with the word before it: "API key".
  private func meaning(of name: Range<Int>, quoted: Bool) -> SecretName? {
    if let meaning = SecretName(bytes, name) { return meaning }
    guard name.lowerBound > floor, bytes[name.lowerBound - 1] == 0x20 else {
      return nil
    }
    var start = name.lowerBound - 1
    while start > floor, name.lowerBound - start < 16, isOfName(bytes[start - 1]) { start -= 1 }
    if let meaning = SecretName(bytes, start..<name.upperBound), meaning == .key || meaning == .privateKey {
      return meaning
    }
    // `let token: String = "…"`, `var token string = "…"`: the type stands between name and sign.
    guard SecretValue.isPath(bytes, name), name.count < 12 else { return nil }
    guard Self.types.contains(SecretValue.folded(bytes, name)) else { return nil }
    return self.name(before: name.lowerBound).flatMap { SecretName(bytes, $0) }
  }

  private static let types: Set<String> = ["string", "str", "text", "secretstr", "bytes", "string?", "any"]

  private func skipBlanks(from start: Int, overLines: Bool) -> Int {
    var index = start
    while index < bytes.count, index - start < 64,
      overLines ? ASCII.isSpace(bytes[index]) : ASCII.isBlank(bytes[index])
    {
      index += 1
    }
    return index
  }

  // MARK: Values

  /// What stands in quotes at a place, also in the escaped ones of JSON inside of JSON, or up to the end of the line.
  func quoted(from start: Int) -> (value: Range<Int>, isClosed: Bool)? {
    var opening = start
    // Python's and Rust's letters before a string.
    if opening + 1 < bytes.count, "bfru@".utf8.contains(bytes[opening] | (bytes[opening] == 0x40 ? 0 : 0x20)),
      "\"'".utf8.contains(bytes[opening + 1])
    {
      opening += 1
    }
    var depth = 0
    while bytes.byte(at: opening) == UInt8(ascii: "\\"), depth < 8 {
      (opening, depth) = (opening + 1, depth + 1)
    }
    let quote = bytes.byte(at: opening)
    guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") || quote == UInt8(ascii: "`") else {
      return nil
    }
    let first = opening + 1
    var index = first
    var escapes = 0
    while index < bytes.count, index - first < 4096 {
      let byte = bytes[index]
      if byte == 0x0A { break }
      if byte == quote, depth == 0 ? escapes.isMultiple(of: 2) : escapes <= depth {
        return (first..<index - (depth == 0 ? 0 : escapes), true)
      }
      escapes = byte == UInt8(ascii: "\\") ? escapes + 1 : 0
      index += 1
    }
    while index > first, bytes[index - 1] >= 0x80, index < bytes.count, bytes[index] & 0xC0 == 0x80 {
      index -= 1
    }
    return (first..<index, false)
  }

  private mutating func readBare(
    from start: Int,
    _ name: Range<Int>,
    _ meaning: SecretName,
    hasSpace: Bool,
    isColon: Bool
  ) -> Int? {
    let setting = setting(of: name, hasSpace: hasSpace, isColon: isColon)
    let value = bare(from: start, setting)
    guard !value.isEmpty, !"[({<|=,;>&/\\".utf8.contains(bytes[start]) || setting == .line && canOpen(value)
    else {
      return nil
    }
    // `password: str = "…"`: a type, and the value behind it.
    if isColon, SecretValue.isPath(bytes, value), isType(value) { return nil }
    let isShell = setting == .line && !hasSpace && !isColon && !name.contains { ASCII.isLower(bytes[$0]) }
    if !isShell, isCall(value) { return nil }
    if SecretValue.isReference(bytes, value) { return nil }
    if hasSpace || setting == .inline, isProse(value, meaning) { return nil }
    guard isSecret(value, meaning, isQuoted: false) else { return nil }
    return mask(value, kind(of: value, meaning))
  }

  /// `getpass()`, `os.environ["X"]`, `Option<String>`: a name of code and what opens behind it.
  private func isCall(_ value: Range<Int>) -> Bool {
    let head = value.prefix { !"([<".utf8.contains(bytes[$0]) }
    return "([<".utf8.contains(bytes.byte(at: head.upperBound))
      && SecretValue.isPath(bytes, head.lowerBound..<head.upperBound)
  }

  private func isType(_ value: Range<Int>) -> Bool {
    let next = skipBlanks(from: value.upperBound, overLines: false)
    return bytes.byte(at: next) == UInt8(ascii: "=") && next > value.upperBound
  }

  /// A secret may begin with a sign of code where nothing but the line's end ends it: base64 does with `/`.
  private func canOpen(_ value: Range<Int>) -> Bool {
    "/&=\\".utf8.contains(bytes[value.lowerBound]) || SecretShape(bytes, value).isSecret
  }

  private func setting(of name: Range<Int>, hasSpace: Bool, isColon: Bool) -> Setting {
    var place = name.lowerBound
    while place > floor, name.lowerBound - place < 64,
      ASCII.isBlank(bytes[place - 1]) || bytes[place - 1] == UInt8(ascii: "-")
    {
      place -= 1
    }
    if isLineStart(place) { return .line }
    let before = bytes[name.lowerBound - 1 >= 0 ? name.lowerBound - 1 : 0]
    if !isColon, before == UInt8(ascii: "?") || before == UInt8(ascii: "&") { return .query }
    if !isColon, before == UInt8(ascii: ";") { return .connection }
    // `export TOKEN=…`, `-e TOKEN=…`
    let isShell = !isColon && !hasSpace && before == 0x20 && !name.contains { ASCII.isLower(bytes[$0]) }
    return isShell ? .line : .inline
  }

  /// A value without quotes.
  func bare(from start: Int, _ setting: Setting) -> Range<Int> {
    var end = start
    while end < bytes.count, end - start < 1024 {
      let byte = bytes[end]
      if byte <= 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") || byte == UInt8(ascii: "`")
      {
        break
      }
      // East Asian text goes on without a space; letters such as é belong to a password.
      if byte >= 0xE0 { break }
      if byte == UInt8(ascii: "\\"), "nrt\"'\\".utf8.contains(bytes.byte(at: end + 1)) { break }
      if byte == UInt8(ascii: "["), end > start, MaskMark.end(bytes, at: end) != nil { break }
      let isEnd =
        switch setting {
        case .line: byte == UInt8(ascii: "&") && isParameter(end + 1)
        case .query: "&#<>)],;}".utf8.contains(byte)
        case .connection: byte == UInt8(ascii: ";")
        case .inline: ",;)}]><|".utf8.contains(byte) || byte == UInt8(ascii: "&") && isParameter(end + 1)
        }
      if isEnd { break }
      end += 1
    }
    // What was cut off at the limit belongs to it too.
    while end - start >= 1024, end < bytes.count, SecretValue.isCredential(bytes[end]) { end += 1 }
    while end > start, end < bytes.count, bytes[end] & 0xC0 == 0x80 { end -= 1 }
    while end > start, ".,;:!?".utf8.contains(bytes[end - 1]) { end -= 1 }
    if setting == .inline, end - start > 1, "*_".utf8.contains(bytes[end - 1]),
      bytes[end - 1] == bytes[end - 2]
    {
      end -= 2
    }
    return start..<end
  }

  /// `name=`, the next parameter of a form.
  private func isParameter(_ start: Int) -> Bool {
    var end = start
    while isOfName(bytes.byte(at: end)), end - start < 32 { end += 1 }
    return end > start && bytes.byte(at: end) == UInt8(ascii: "=")
  }

  /// A plain word, or a number, that goes on as a sentence: "password: is required".
  private func isProse(_ value: Range<Int>, _ meaning: SecretName) -> Bool {
    guard bytes.byte(at: value.upperBound) == 0x20 || "!?,.".utf8.contains(bytes.byte(at: value.upperBound))
    else {
      return false
    }
    let next = bytes.byte(at: skipBlanks(from: value.upperBound, overLines: false))
    guard ASCII.isLetter(next) || next >= 0x80 else { return false }
    let hasLetter = value.contains { ASCII.isLetter(bytes[$0]) }
    let isWord = value.allSatisfy { ASCII.isLetter(bytes[$0]) || "'-/".utf8.contains(bytes[$0]) }
    let isNumber = value.allSatisfy { ASCII.isDigit(bytes[$0]) || "-.,+".utf8.contains(bytes[$0]) }
    return hasLetter && isWord || isNumber
  }
}
