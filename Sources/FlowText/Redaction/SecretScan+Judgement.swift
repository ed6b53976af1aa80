/// Whether a value behind a name that says secret is one.
extension SecretScan {
  func isSecret(_ value: Range<Int>, _ meaning: SecretName, isQuoted: Bool) -> Bool {
    guard value.count > 2, !SecretValue.isPlaceholder(bytes, value) else { return false }
    // PEM blocks have a rule of their own; URLs too.
    if bytes.hasBytes(Self.dashes, at: value.lowerBound) || isAddress(value) { return false }
    let hasSpace = value.contains { bytes[$0] == 0x20 }
    switch meaning {
    case .password:
      if isPath(value, segments: 2) { return false }
      if !isQuoted { return value.contains { bytes[$0] < 0x80 && bytes[$0] != UInt8(ascii: "_") } }
      return !isLabel(value, hasSpace: hasSpace)
    case .secret:
      guard !hasSpace, !isPath(value, segments: 1) else { return false }
      if SecretShape(bytes, value).isSecret { return true }
      return isQuoted && value.count > 5 && !SecretValue.isReference(bytes, value)
        && value.allSatisfy { ASCII.isAlphanumeric(bytes[$0]) }
    case .token, .key, .privateKey, .authorization, .cookie:
      return !hasSpace && !isPath(value, segments: 1) && SecretShape(bytes, value).isSecret
    }
  }

  private static let dashes = Array("-----BEGIN".utf8)

  private func isAddress(_ value: Range<Int>) -> Bool {
    let scheme = value.prefix(16).prefix { ASCII.isAlphanumeric(bytes[$0]) || bytes[$0] == UInt8(ascii: "+") }
    guard scheme.count > 1, bytes.byte(at: scheme.upperBound) == UInt8(ascii: ":") else { return false }
    if bytes.hasBytes(Array("arn:".utf8), at: value.lowerBound) { return true }
    return bytes.byte(at: scheme.upperBound + 1) == UInt8(ascii: "/")
      && bytes.byte(at: scheme.upperBound + 2) == UInt8(ascii: "/")
  }

  /// A path of a file; what is long and mixed between two slashes is none.
  private func isPath(_ value: Range<Int>, segments: Int) -> Bool {
    var start = value.lowerBound
    if bytes[start] == UInt8(ascii: "~") || bytes[start] == UInt8(ascii: ".") { start += 1 }
    if bytes.byte(at: start) == UInt8(ascii: ".") { start += 1 }
    guard bytes.byte(at: start) == UInt8(ascii: "/") else { return false }
    var slashes = 0
    var longest = 0
    var row = 0
    for index in start..<value.upperBound {
      if bytes[index] == UInt8(ascii: "/") {
        (slashes, row) = (slashes + 1, 0)
      } else {
        row += 1
        longest = max(longest, row)
      }
    }
    return slashes >= segments && (longest < 20 || !SecretShape(bytes, value).isSecret)
  }

  /// A text of a form: "Enter your password", "비밀번호".
  private func isLabel(_ value: Range<Int>, hasSpace: Bool) -> Bool {
    if value.allSatisfy({ bytes[$0] >= 0x80 || bytes[$0] == 0x20 || ".!?:".utf8.contains(bytes[$0]) }) {
      return true
    }
    // `"password": "errors.password"`: a key of translations.
    guard hasSpace else {
      return value.contains { bytes[$0] == UInt8(ascii: ".") } && SecretValue.isReference(bytes, value)
    }
    if value.count > 80 { return true }
    var start = value.lowerBound
    while start < value.upperBound {
      var end = start
      while end < value.upperBound, ASCII.isLetter(bytes[end]) { end += 1 }
      if end > start, Self.labels.contains(SecretValue.folded(bytes, start..<end)) { return true }
      start = max(end, start) + 1
    }
    return false
  }

  private static let labels: Set<String> = [
    "your", "must", "is", "the", "a", "an", "enter", "please", "required", "invalid", "should", "and", "or",
    "for", "to",
    "of", "password", "passwords", "new", "current", "old", "at", "least", "not", "forgot", "confirm",
    "login", "in",
  ]
}
