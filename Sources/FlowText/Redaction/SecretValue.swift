/// Whether what stands behind a name that says secret is one.
///
/// A name alone proves little: prose, types, code, forms and labels have `password:` too. What counts is how the value
/// is written and whether it reads as a word.
struct SecretValue {
  /// How the value stands behind its name.
  struct Form {
    var isQuoted = false
    /// No space around the separator.
    var isTight = false
    /// The separator is `=`.
    var isEqual = false
    /// The name is the first of its line.
    var isLineStart = false
    /// Nothing stands behind the value but a comma or a comment.
    var isLineEnd = false
    /// A name in a URL's query or in a connection string: `?token=`, `;Password=`.
    var isField = false
    /// `a ? password : other`: the colon separates no name from its value.
    var isLoose = false
    /// The value of an option: `--password x`.
    var isOption = false
  }

  let bytes: UnsafeBufferPointer<UInt8>
  let range: Range<Int>
  private var lower = 0
  private var upper = 0
  private var digits = 0
  /// Signs that join words: `-`, `_`, `.`.
  private var joints = 0
  private var spaces = 0
  private var foreign = 0
  /// All other signs.
  private var signs = 0
  /// How often letters and digits, or small letters and capitals, follow one another.
  private var turns = 0

  /// - Parameter range: the value as far as it was read.
  init(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) {
    self.bytes = bytes
    self.range = range
    var last = 0
    for index in range {
      let byte = bytes[index]
      var kind = 0
      if ASCII.isLower(byte) {
        lower += 1
        kind = 1
      } else if ASCII.isUpper(byte) {
        upper += 1
        kind = 2
      } else if ASCII.isDigit(byte) {
        digits += 1
        kind = 3
      } else if byte >= 0x80 {
        foreign += 1
      } else if byte == 0x20 {
        spaces += 1
      } else if byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".") {
        joints += 1
      } else if index < range.upperBound - 1 || byte != UInt8(ascii: "!") && byte != UInt8(ascii: "?") {
        signs += 1
      }
      // A word with a capital turns once, and not from capital to small letter.
      if kind != last, kind != 0, last != 0, !(last == 2 && kind == 1) { turns += 1 }
      last = kind
    }
  }

  private var letters: Int { lower + upper }

  func isSecret(named name: SecretName.Strength, _ form: Form) -> Bool {
    guard range.count >= 4, !isReference, !isPath, !Placeholder.matches(bytes, range) else { return false }
    if form.isLoose, !form.isQuoted { return false }
    if spaces > 0 || foreign > 0 { return name == .strong && form.isQuoted && hasRandomPart }
    switch name {
    case .strong: return isPassword(form)
    case .medium: return isKey(form)
    case .weak: return isToken(form)
    case .header: return isToken(form)
    }
  }

  private func isPassword(_ form: Form) -> Bool {
    let isSet =
      form.isQuoted || form.isField || form.isEqual && form.isTight || form.isLineStart && form.isLineEnd
    if letters > 0, digits > 0 || signs > 0 {
      if form.isOption || !form.isEqual && form.isTight && !form.isQuoted { return range.count >= 6 }
      return isSet || form.isEqual || range.count >= 6
    }
    // Digits, or nothing but signs: a number is one only where it was set.
    if letters == 0 {
      return isSet && !(form.isTight && !form.isEqual && !form.isQuoted) && (digits >= 4 || signs >= 4)
    }
    guard isSet, !endsWithSecretWord else { return false }
    if form.isQuoted { return range.count >= 6 }
    if form.isTight { return form.isEqual && (form.isField || form.isLineStart) }
    return range.count >= 6 && bytes[range].allSatisfy { $0 != UInt8(ascii: "_") && $0 != UInt8(ascii: ".") }
  }

  private func isKey(_ form: Form) -> Bool {
    guard range.count >= (form.isTight && form.isEqual || form.isField ? 6 : 8) else { return false }
    guard !readsAsWords, !isFileName, !holdsCode else { return false }
    if letters > 0, digits > 0 || signs > 0 { return !form.isOption || turns >= 1 }
    if letters == 0 { return digits >= 12 && form.isQuoted }
    return upper > 0 && lower > 0 && turns * 4 >= range.count
  }

  private func isToken(_ form: Form) -> Bool {
    guard range.count >= (form.isField ? 6 : 8), letters > 0, !readsAsWords, !isFileName, !holdsCode else {
      return false
    }
    if digits > 0 { return range.count >= 16 || turns >= 2 || form.isField }
    return range.count >= 20 && upper > 0 && lower > 0 && turns * 4 >= range.count
  }

  // MARK: Shapes

  /// `self.password`, `load(x)`, `tokens[0]`: code that gets the secret from elsewhere.
  private var isReference: Bool {
    var index = range.lowerBound
    if bytes[index] == UInt8(ascii: "&") || bytes[index] == UInt8(ascii: "*") { index += 1 }
    guard index < range.upperBound, ASCII.isLetter(bytes[index]) || bytes[index] == UInt8(ascii: "_") else {
      return false
    }
    var dots = 0
    var hasDigit = false
    while index < range.upperBound {
      switch bytes[index] {
      case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"): return true
      case UInt8(ascii: "."):
        guard ASCII.isLetter(bytes.byte(at: index + 1)) || bytes.byte(at: index + 1) == UInt8(ascii: "_")
        else {
          return false
        }
        dots += 1
      case let byte where ASCII.isAlphanumeric(byte) || byte == UInt8(ascii: "_"):
        if ASCII.isDigit(byte) { hasDigit = true }
      case UInt8(ascii: "?"), UInt8(ascii: "!"), UInt8(ascii: ";"): break
      case UInt8(ascii: ":") where bytes.byte(at: index + 1) == UInt8(ascii: ":"): return true
      default: return false
      }
      index += 1
    }
    return dots > 0 && (!hasDigit || endsWithSecretWord)
  }

  /// A path to where a secret is kept; base64 that begins with `/` is none.
  private var isPath: Bool {
    let first = bytes[range.lowerBound]
    guard first == UInt8(ascii: "/") || first == UInt8(ascii: "~") || first == UInt8(ascii: "."),
      bytes[range].contains(UInt8(ascii: "/"))
    else {
      return bytes.byte(at: range.lowerBound + 1) == UInt8(ascii: ":")
        && bytes.byte(at: range.lowerBound + 2) == UInt8(ascii: "\\")
    }
    return !(upper > 2 && digits > 2 && range.count >= 32 && joints == 0)
  }

  /// Brackets and backslashes, which no key has.
  private var holdsCode: Bool { bytes[range].contains { "[](){}<>|\\".utf8.contains($0) } }

  private var isFileName: Bool {
    for ending in Self.fileEndings where bytes.has(ending, at: range.upperBound - ending.utf8CodeUnitCount) {
      return true
    }
    return false
  }

  private static let fileEndings: [StaticString] = [
    ".pem", ".key", ".json", ".txt", ".p12", ".pfx", ".crt", ".pub", ".yml", ".yaml", ".jks", ".py", ".js",
    ".ts",
  ]

  /// Small words and short numbers joined by hyphens: a name of something.
  private var readsAsWords: Bool {
    guard signs == 0 else { return false }
    var length = 0
    var isDigits = false
    for index in range {
      let byte = bytes[index]
      if byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".") {
        length = 0
        continue
      }
      if length > 0, ASCII.isDigit(byte) != isDigits { return false }
      if length > 0, ASCII.isUpper(byte) && ASCII.isLower(bytes[index - 1]) { return false }
      isDigits = ASCII.isDigit(byte)
      length += 1
      if length > (isDigits ? 3 : 14) { return false }
    }
    return true
  }

  /// `new_password`, `userToken`: the name of a secret, not its value.
  private var endsWithSecretWord: Bool {
    SecretName(bytes, endingAt: range.upperBound, floor: range.lowerBound) != nil
  }

  /// One of the words holds a letter, a digit and a sign.
  private var hasRandomPart: Bool {
    bytes[range].split(separator: 0x20).contains { part in
      part.count >= 6 && part.contains(where: ASCII.isLetter) && part.contains(where: ASCII.isDigit)
        && part.dropLast().contains {
          $0 < 0x80 && !ASCII.isAlphanumeric($0) && !"-_.,:;/()'".utf8.contains($0)
        }
    }
  }
}
