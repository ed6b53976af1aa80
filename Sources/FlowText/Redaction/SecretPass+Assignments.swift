/// Values of names that say secret: in environments, YAML, JSON, INI files, shells, URLs, code and talk.
extension SecretPass {
  /// A name with what stands between it and its value.
  private struct Assignment {
    var name: SecretName
    var form = SecretValue.Form()
    /// The form is loose but for the line that the name begins.
    var isLoose = false
    /// Where the value or its opening quote begins.
    var value: Int
  }

  /// The value behind the separator, which is `length` bytes long.
  mutating func readAssignment(at separator: Int, length: Int = 1) -> Int? {
    guard let assignment = assignment(at: separator, length: length) else { return nil }
    if assignment.name.strength == .header {
      return assignment.name.kind == .cookie
        ? readCookie(at: assignment.value, isSet: bytes.hasAnyCase("set-cookie", at: assignment.name.start))
        : readCredentials(at: assignment.value)
    }
    if let end = maskValue(of: assignment, assignment.form) { return end }
    guard assignment.form.isLineStart else { return nil }
    // A line that does not begin with its name, since a pattern masked what stood there, is read again like this.
    var form = assignment.form
    form.isLineStart = false
    form.isLoose = assignment.isLoose
    return maskValue(of: assignment, form)
  }

  private mutating func maskValue(of assignment: Assignment, _ form: SecretValue.Form) -> Int? {
    guard let value = value(at: assignment.value, form),
      SecretValue(bytes, value.range).isSecret(named: assignment.name.strength, value.form)
    else { return nil }
    return maskValue(value, named: assignment.name.kind)
  }

  /// The text of `<password>…</password>`; the pass is at the end of the first tag.
  mutating func readElement(at index: Int) -> Int? {
    guard index > floor, ASCII.isAlphanumeric(bytes[index - 1]),
      let name = SecretName(bytes, endingAt: index, floor: floor, isHardFloor: isHardFloor),
      name.start > floor,
      bytes[name.start - 1] == UInt8(ascii: "<"), name.strength != .header
    else { return nil }
    var end = index + 1
    while end < bytes.count, end - index <= Self.sight, bytes[end] != UInt8(ascii: "<"), bytes[end] != 0x0A {
      if bytes.endOfMark(at: end) != nil { return nil }
      end += 1
    }
    guard bytes.has("</", at: end),
      SecretValue(bytes, index + 1..<end).isSecret(named: name.strength, SecretValue.Form(isQuoted: true))
    else { return nil }
    return mask(name.kind, index + 1, end)
  }

  // MARK: Names

  private func assignment(at separator: Int, length: Int) -> Assignment? {
    // `::`, and the second byte of `:=` or `==`, whose first was looked at already.
    guard separator > floor, !isSeparator(bytes[separator - 1]) else { return nil }
    var value = separator + length
    var form = SecretValue.Form()
    form.isEqual = bytes[separator] == UInt8(ascii: "=") || length == 3 && bytes.has("＝", at: separator)
    var isComparison = false
    while value < bytes.count, value - separator < 4 {
      if bytes[value] == UInt8(ascii: "=") {
        isComparison = form.isEqual
        form.isEqual = true
      } else if bytes[value] == UInt8(ascii: ":") {
        return nil
      } else if !(bytes[value] == UInt8(ascii: ">") && form.isEqual) {
        break
      }
      value += 1
    }

    var end = separator
    if let last = bytes.byte(at: end - 1).nonzero,
      last == UInt8(ascii: "!") || last == UInt8(ascii: "?") || last == UInt8(ascii: "+")
    {
      end -= 1
      isComparison = isComparison || last == UInt8(ascii: "!")
    }
    end = skipBack(from: end) { $0 == 0x20 || $0 == 0x09 }
    let hasSpaceBefore = end < separator
    if end > floor, bytes[end - 1] == UInt8(ascii: "]") { end -= 1 }
    let bracket = end
    end = skipBack(from: end) { $0 == UInt8(ascii: "*") }
    end = closingQuote(before: end)
    let isQuotedName = end < bracket
    if bracket > 0, bracket < separator, bytes[bracket] == UInt8(ascii: "]"), !isQuotedName { return nil }

    var name = SecretName(bytes, endingAt: end, floor: floor, isHardFloor: isHardFloor)
    let beginning = value
    value = skipForward(from: value)
    if name == nil, form.isEqual, !isQuotedName { name = annotatedName(before: end) }
    guard let name, value < bytes.count else { return nil }
    form.isTight = value == beginning && !hasSpaceBefore
    form.isLoose = hasSpaceBefore && !form.isEqual && !isQuotedName
    if isComparison { form.isLoose = true }
    let before = bytes.byte(at: name.start - 1)
    form.isField =
      form.isTight && form.isEqual
      && (before == UInt8(ascii: "?") || before == UInt8(ascii: "&") || before == UInt8(ascii: ";"))
    form.isLineStart = isLineStart(name.start, isQuoted: isQuotedName)
    let isLoose = form.isLoose
    if form.isLineStart, !isComparison { form.isLoose = false }
    return Assignment(name: name, form: form, isLoose: isLoose, value: value)
  }

  private func isSeparator(_ byte: UInt8) -> Bool { byte == UInt8(ascii: ":") || byte == UInt8(ascii: "=") }

  private func skipBack(from end: Int, _ isSkipped: (UInt8) -> Bool) -> Int {
    var index = end
    while index > floor, end - index < 64, isSkipped(bytes[index - 1]) { index -= 1 }
    return index
  }

  /// Behind the spaces and the marks of bold letters before a value.
  private func skipForward(from start: Int) -> Int {
    var index = start
    while index < bytes.count, index - start < 64,
      bytes[index] == 0x20 || bytes[index] == 0x09 || bytes.has("**", at: index) || bytes.has("* ", at: index)
    {
      index += 1
    }
    return bytes.has("　", at: index) ? index + 3 : index
  }

  /// Where the name within quotes ends, which may be escaped: `"name"`, `\"name\"`.
  private func closingQuote(before end: Int) -> Int {
    guard end > floor, isQuote(bytes[end - 1]) else { return end }
    return skipBack(from: end - 1) { $0 == UInt8(ascii: "\\") }
  }

  func isQuote(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") || byte == UInt8(ascii: "`")
  }

  /// `apiKey: String = "…"`: the name before the type that ends at `end`.
  private func annotatedName(before end: Int) -> SecretName? {
    var index = skipBack(from: end) { ASCII.isAlphanumeric($0) || "_?<>[].|&".utf8.contains($0) }
    guard index < end else { return nil }
    index = skipBack(from: index) { $0 == 0x20 }
    guard index > floor, bytes[index - 1] == UInt8(ascii: ":") else { return nil }
    return SecretName(bytes, endingAt: index - 1, floor: floor, isHardFloor: isHardFloor)
  }

  /// Whether only what may begin a line of settings stands before the name: spaces, `- `, `export `, `ENV `, `+`.
  private func isLineStart(_ start: Int, isQuoted: Bool) -> Bool {
    var index = skipBack(from: start) {
      $0 == 0x20 || $0 == 0x09 || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+")
        || $0 == UInt8(ascii: "*")
        || $0 == UInt8(ascii: "#") || isQuoted && isQuote($0)
    }
    for word: StaticString in ["export", "ENV", "set", "ARG", "Environment="] {
      let length = word.utf8CodeUnitCount
      if index - length >= floor, bytes.has(word, at: index - length) {
        index = skipBack(from: index - length) { $0 == 0x20 || $0 == 0x09 }
        break
      }
    }
    return index == 0 || index > floor && (bytes[index - 1] == 0x0A || isEscape(before: index))
  }

  // MARK: Values

  /// A value that was read, at least as far as decides.
  struct Value {
    var range: Range<Int>
    var form: SecretValue.Form
    /// It goes on until a quotation mark with as many backslashes; none for values without.
    var quote: (byte: UInt8, escapes: Int)?
    var isWhole = true
  }

  /// Reads what stands behind a separator; nil where a mark is met.
  func value(at start: Int, _ form: SecretValue.Form) -> Value? {
    var form = form
    if let opening = openingQuote(at: start) {
      form.isQuoted = true
      var end = opening.end
      while end < bytes.count, bytes[end] != 0x0A, end - opening.end < Self.sight {
        if isClosing(opening, at: end) {
          return Value(range: opening.end..<closed(end, opening), form: form, quote: nil)
        }
        if bytes.endOfMark(at: end) != nil { return nil }
        end += 1
      }
      // Never closed on its line, or long: then it is one word that is judged.
      if end < bytes.count, bytes[end] != 0x0A {
        return Value(
          range: opening.end..<end,
          form: form,
          quote: (opening.byte, opening.escapes),
          isWhole: false
        )
      }
      form.isQuoted = false
      return plainValue(at: opening.end, form)
    }
    return plainValue(at: start, form)
  }

  private func plainValue(at start: Int, _ form: SecretValue.Form) -> Value? {
    var form = form
    var end = start
    let sight = min(bytes.count, start + Self.sight)
    while end < sight, !endsPlain(at: end, form, from: start) {
      if bytes.endOfMark(at: end) != nil { return nil }
      end += 1
    }
    if end < bytes.count, bytes.endOfMark(at: end) != nil { return nil }
    if end == sight, end < bytes.count {
      return Value(range: start..<end, form: form, quote: nil, isWhole: false)
    }
    form.isLineEnd = isLineEnd(end)
    while end > start, ",;.:".utf8.contains(bytes[end - 1]) { end -= 1 }
    guard end > start else { return nil }
    return Value(range: start..<end, form: form, quote: nil)
  }

  /// On a line of its own a value ends at white space; elsewhere also at what may close around it.
  private func endsPlain(at index: Int, _ form: SecretValue.Form, from start: Int) -> Bool {
    let byte = bytes[index]
    let trait = traits[Int(byte)]
    if byte == UInt8(ascii: "\\") {
      return "nrt\"'".utf8.contains(bytes.byte(at: index + 1))
    }
    guard trait & SecretBytes.valueEnd != 0 else { return false }
    if trait & SecretBytes.space != 0 || byte >= 0x80 || byte < 0x20 || isQuote(byte) { return true }
    if byte == UInt8(ascii: "<"), index == start { return false }
    if byte == UInt8(ascii: ">"), bytes[start] == UInt8(ascii: "<") { return false }
    if byte == UInt8(ascii: "}") && (bytes[start] == UInt8(ascii: "$") || bytes[start] == UInt8(ascii: "{")) {
      return false
    }
    return !(form.isLineStart && (form.isTight || !form.isEqual))
  }

  /// Whether the line ends here, but for a comment or what ends a statement.
  private func isLineEnd(_ end: Int) -> Bool {
    var index = end
    while index < bytes.count, index - end < 64, " \t\r,;".utf8.contains(bytes[index]) { index += 1 }
    guard index < bytes.count else { return true }
    return bytes[index] == 0x0A || bytes[index] == UInt8(ascii: "\\")
      || index > end && bytes[index] == UInt8(ascii: "#")
      || isQuote(bytes[index]) || bytes.has("//", at: index) || bytes.has("</", at: index)
  }

  /// Masks a value to its end.
  mutating func maskValue(_ value: Value, named kind: MaskKind) -> Int? {
    var end = value.range.upperBound
    if !value.isWhole {
      while end < bytes.count, bytes[end] != 0x0A {
        if let quote = value.quote {
          if isClosing((quote.byte, quote.escapes, 0), at: end) { break }
          if bytes[end] == 0x20 { break }
        } else if endsPlain(at: end, value.form, from: value.range.lowerBound) {
          break
        }
        end += 1
      }
    }
    // A key of a known form is one whatever it is called; a private key is masked with the lines around it.
    let start = value.range.lowerBound
    if bytes.has("-----BEGIN", at: start) { return nil }
    if let form = form(at: start), form.end == end { return mask(form.kind, start, end) }
    return mask(kind, start, end)
  }

  // MARK: Quotation marks

  typealias Opening = (byte: UInt8, escapes: Int, end: Int)

  /// `"`, `\"`, and the letter that may stand before: `f"`, `b'`, `@"`.
  func openingQuote(at start: Int) -> Opening? {
    var index = start
    if "bBrRuUfFL@$".utf8.contains(bytes.byte(at: index)), isQuote(bytes.byte(at: index + 1)) { index += 1 }
    var escapes = 0
    while escapes < 8, bytes.byte(at: index) == UInt8(ascii: "\\") {
      escapes += 1
      index += 1
    }
    guard isQuote(bytes.byte(at: index)) else { return nil }
    return (bytes[index], escapes, index + 1)
  }

  /// Whether the quotation ends here: at its mark with no more backslashes before it than the first had.
  func isClosing(_ opening: Opening, at index: Int) -> Bool {
    guard bytes[index] == opening.byte else { return false }
    var escapes = 0
    while index - escapes > opening.end, escapes <= 8, bytes[index - escapes - 1] == UInt8(ascii: "\\") {
      escapes += 1
    }
    return opening.escapes == 0 ? escapes.isMultiple(of: 2) : escapes <= opening.escapes
  }

  /// The end of the value before its closing mark and the backslashes that belong to that.
  private func closed(_ end: Int, _ opening: Opening) -> Int {
    var end = end
    var escapes = opening.escapes
    while escapes > 0, end > opening.end, bytes[end - 1] == UInt8(ascii: "\\") {
      end -= 1
      escapes -= 1
    }
    return end
  }
}

extension UInt8 {
  fileprivate var nonzero: UInt8? { self == 0 ? nil : self }
}
