/// What stands where a secret will be, and is none.
enum Placeholder {
  /// Whether a value is a variable, a reference, filler, or a word that says what belongs there.
  static func matches(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Bool {
    guard let first = range.first.map({ bytes[$0] }) else { return true }
    switch first {
    case UInt8(ascii: "<"), UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: "("), UInt8(ascii: ":"):
      return true
    case UInt8(ascii: "$"): if isVariable(bytes, range) { return true }
    case UInt8(ascii: "#") where bytes.byte(at: range.lowerBound + 1) == UInt8(ascii: "{"): return true
    case UInt8(ascii: "%"):
      // `%s`, `%(name)s`, `%NAME%`.
      if range.count == 2 || bytes.byte(at: range.lowerBound + 1) == UInt8(ascii: "(")
        || bytes[range.upperBound - 1] == UInt8(ascii: "%")
      {
        return true
      }
    default: break
    }
    if isFiller(bytes, range) { return true }
    let text = folded(bytes, range)
    return words.contains(text) || saysSo(text)
  }

  /// Whether what follows the prefix of a key was written by hand to look like one.
  static func isKeyBody(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Bool {
    var seen: (UInt64, UInt64) = (0, 0)
    var isPlain = true
    for index in range {
      let byte = bytes[index] & 0x7F
      if byte < 64 { seen.0 |= 1 << UInt64(byte) } else { seen.1 |= 1 << UInt64(byte - 64) }
      if !ASCII.isLower(byte), byte != UInt8(ascii: "-"), byte != UInt8(ascii: "_") { isPlain = false }
    }
    if isPlain || seen.0.nonzeroBitCount + seen.1.nonzeroBitCount < 6 { return true }
    return saysSo(folded(bytes, range))
  }

  /// A variable of a shell, of PHP or of a template: `$TOKEN`, `$env:TOKEN`, `${TOKEN}`, `$(cat token)`.
  private static func isVariable(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Bool {
    guard range.count > 1 else { return true }
    let second = bytes[range.lowerBound + 1]
    if second == UInt8(ascii: "{") || second == UInt8(ascii: "(") { return true }
    var isUpper = true
    var isLower = true
    var hasDigit = false
    for index in range.dropFirst() {
      let byte = bytes[index]
      // `$user->password`, `$keys[0]`.
      if byte == UInt8(ascii: "[") || byte == UInt8(ascii: "{") { return true }
      if byte == UInt8(ascii: "-"), bytes.byte(at: index + 1) == UInt8(ascii: ">") { return true }
      guard ASCII.isAlphanumeric(byte) || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ":") else {
        return false
      }
      if ASCII.isLower(byte) { isUpper = false }
      if ASCII.isUpper(byte) { isLower = false }
      if ASCII.isDigit(byte) { hasDigit = true }
    }
    // Letters in any order with digits among them are rather a password that begins with a dollar.
    return !ASCII.isDigit(second)
      && (isUpper || !hasDigit || bytes.has("$env:", at: range.lowerBound) || isLower && range.count < 4)
  }

  /// Only signs that stand for something left out, or one character again and again.
  private static func isFiller(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Bool {
    let first = bytes[range.lowerBound]
    var isSame = true
    for index in range {
      let byte = bytes[index]
      if byte != first { isSame = false }
      switch byte {
      case UInt8(ascii: "x"), UInt8(ascii: "X"), UInt8(ascii: "*"), UInt8(ascii: "."), UInt8(ascii: "-"),
        UInt8(ascii: "_"), UInt8(ascii: "?"), UInt8(ascii: "#"), 0xE2, 0x80, 0xA2, 0xA6:
        continue
      default: if !isSame { return false }
      }
    }
    return true
  }

  private static func saysSo(_ text: String) -> Bool {
    for prefix in prefixes where text.hasPrefix(prefix) { return true }
    return text.withContiguousUTF8 { bytes in
      bytes.indices.contains { index in
        switch bytes[index] {
        case UInt8(ascii: "y"):
          bytes.has("your", at: index)
            && (index == 0 || bytes[index - 1] == UInt8(ascii: "-") || bytes[index - 1] == UInt8(ascii: "_")
              || bytes.byte(at: index + 4) == UInt8(ascii: "-")
              || bytes.byte(at: index + 4) == UInt8(ascii: "_"))
        case UInt8(ascii: "e"): bytes.has("example", at: index)
        case UInt8(ascii: "p"): bytes.has("placeholder", at: index)
        case UInt8(ascii: "c"):
          bytes.has("changeme", at: index) || bytes.has("change-me", at: index)
            || bytes.has("change_me", at: index)
        case UInt8(ascii: "r"): bytes.has("redacted", at: index) || bytes.has("replace", at: index)
        case UInt8(ascii: "x"): bytes.has("xxxx", at: index)
        case UInt8(ascii: "*"): bytes.has("****", at: index)
        case UInt8(ascii: "."): bytes.has("...", at: index)
        case UInt8(ascii: "%"): bytes.has("%s", at: index) && bytes.count < 16
        case 0xE2: bytes.has("…", at: index)
        default: false
        }
      }
    }
  }

  /// References to where a secret is kept.
  private static let prefixes = [
    "process.env", "os.environ", "os.getenv", "getenv", "env.", "env[", "import.meta", "op://", "arn:",
    "vault:",
    "ssm:", "secrets.", "var.", "data.", "local.", "file:", "http://", "https://", "keychain:", "!", "self.",
    "this.",
    "config.", "settings.", "ref+", "@microsoft.keyvault",
  ]

  /// Types, answers, and words that say what belongs there.
  private static let words: Set<String> = [
    "password", "passwd", "passphrase", "pass", "pwd", "secret", "token", "apikey", "api_key", "api-key",
    "key",
    "string", "str", "text", "varchar", "char", "int", "integer", "number", "bool", "boolean", "bytes", "any",
    "object", "none", "null", "nil", "undefined", "true", "false", "yes", "no", "on", "off", "required",
    "optional",
    "invalid", "incorrect", "wrong", "missing", "empty", "unset", "expired", "hidden", "masked", "removed",
    "changed", "updated", "reset", "forgot", "forgotten", "disabled", "enabled", "default", "protected",
    "encrypted", "hashed", "confirm", "input", "field", "label", "value", "unknown", "n/a", "todo", "tbd",
    "include", "omit", "same-origin", "bearer", "basic", "digest", "prompt", "stdin", "foobar",
    "strong", "weak", "correct", "accepted", "rejected", "failed", "success", "secretstr", "cleartext",
    "plain",
    "plaintext", "supported", "unsupported", "refused", "needed", "current", "random", "generated", "getpass",
  ]

  private static func folded(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> String {
    String(
      decoding: bytes[range.prefix(128)].lazy.map { ASCII.isUpper($0) ? $0 | 0x20 : $0 },
      as: UTF8.self
    )
  }
}

extension String {
  fileprivate func withContiguousUTF8<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    var text = self
    return text.withUTF8(body)
  }
}
