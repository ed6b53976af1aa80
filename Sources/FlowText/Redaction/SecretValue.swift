/// What values are made of, and which of them stand for a secret without being one.
enum SecretValue {
  /// A byte of a token in a header.
  static func isCredential(_ byte: UInt8) -> Bool {
    ASCII.isAlphanumeric(byte) || "-._~+/=:".utf8.contains(byte)
  }

  /// Whether a value only marks the place of one: `<your-key>`, `xxxx`, `${TOKEN}`, `process.env.X`, null.
  static func isPlaceholder(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Bool {
    guard let first = range.first.map({ bytes[$0] }), let last = range.last.map({ bytes[$0] }) else {
      return true
    }
    if MaskMark.end(bytes, at: range.lowerBound) != nil { return true }
    switch first {
    case UInt8(ascii: "$"):
      let next = bytes.byte(at: range.lowerBound + 1)
      if next == UInt8(ascii: "{") || next == UInt8(ascii: "(") { return true }
      if isName(bytes, range.lowerBound + 1..<range.upperBound) { return true }
    case UInt8(ascii: "<"):
      if last == UInt8(ascii: ">") { return true }
    case UInt8(ascii: "{"):
      if last == UInt8(ascii: "}") { return true }
    case UInt8(ascii: "%"):
      if last == UInt8(ascii: "%") || range.count == 2 || bytes[range.lowerBound + 1] == UInt8(ascii: "(") {
        return true
      }
    case UInt8(ascii: "#"):
      if bytes.byte(at: range.lowerBound + 1) == UInt8(ascii: "{") { return true }
    default: break
    }
    if range.allSatisfy({ bytes[$0] == first }), range.count > 2 { return true }
    if isTemplate(bytes, range) || isSample(bytes, range) { return true }
    return range.count < 24 && words.contains(folded(bytes, range))
  }

  /// A reference of code: `process.env.X`, `os.environ`, `self.token`, `secrets.TOKEN`, or a name that says secret itself.
  static func isReference(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Bool {
    guard isPath(bytes, range) else { return false }
    let head = range.prefix { bytes[$0] != UInt8(ascii: ".") }
    guard head.count == range.count else {
      if references.contains(folded(bytes, head.lowerBound..<head.upperBound)) { return true }
      let stop = range.lastIndex { bytes[$0] == UInt8(ascii: ".") } ?? range.lowerBound
      let name = stop + 1..<range.upperBound
      return !name.contains { ASCII.isDigit(bytes[$0]) } && SecretName(bytes, name) != nil
    }
    return !range.contains { ASCII.isDigit(bytes[$0]) } && SecretName(bytes, range) != nil
  }

  /// Names joined by full stops.
  static func isPath(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Bool {
    var isStart = true
    for index in range {
      let byte = bytes[index]
      if byte == UInt8(ascii: ".") {
        guard !isStart else { return false }
        isStart = true
      } else {
        guard ASCII.isLetter(byte) || byte == UInt8(ascii: "_") || !isStart && ASCII.isDigit(byte) else {
          return false
        }
        isStart = false
      }
    }
    return !isStart
  }

  static func folded(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> String {
    String(decoding: range.map { ASCII.folded(bytes[$0]) }, as: UTF8.self)
  }

  private static func isName(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Bool {
    guard let first = range.first, ASCII.isLetter(bytes[first]) || bytes[first] == UInt8(ascii: "_") else {
      return false
    }
    return range.allSatisfy { ASCII.isAlphanumeric(bytes[$0]) || "_.:[]->".utf8.contains(bytes[$0]) }
  }

  /// `…`, `...`, `***`, `xxxx`, `{{ x }}`, `${x}` anywhere.
  private static func isTemplate(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Bool {
    for index in range.dropLast(1) {
      let (byte, next) = (bytes[index], bytes[index + 1])
      if next == UInt8(ascii: "{"), "${#".utf8.contains(byte) { return true }
      guard index + 2 < range.upperBound else { continue }
      let third = bytes[index + 2]
      if byte == 0xE2, next == 0x80, third == 0xA6 { return true }
      guard byte == next, next == third else { continue }
      if byte == UInt8(ascii: "."), index + 3 == range.upperBound || index == range.lowerBound { return true }
      if byte == UInt8(ascii: "*") { return true }
      if byte | 0x20 == UInt8(ascii: "x"), index + 3 < range.upperBound, bytes[index + 3] == byte {
        return true
      }
    }
    return false
  }

  /// Words of examples at the beginning, at the end, or as a word of their own.
  private static func isSample(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Bool {
    for word in samples {
      var index = range.lowerBound
      while index + word.count <= range.upperBound {
        if bytes.hasLetters(word, at: index) {
          let end = index + word.count
          let isStart = index == range.lowerBound || !ASCII.isAlphanumeric(bytes[index - 1])
          if isStart, end == range.upperBound || !ASCII.isLower(bytes[end]) || index == range.lowerBound {
            return true
          }
        }
        index += 1
      }
    }
    return range.count > 7 && bytes.hasBytes(example, at: range.upperBound - example.count)
  }

  private static let example = Array("EXAMPLE".utf8)
  private static let samples = [
    "your", "example", "placeholder", "changeme", "change-me", "change_me", "replace", "insert", "redacted",
  ]
  .map { Array($0.utf8) }

  private static let references: Set<String> = [
    "process", "os", "env", "environ", "self", "this", "args", "options", "opts", "config", "settings",
    "secrets",
    "vars", "params", "props", "req", "request", "state", "user", "data", "body", "ctx", "context", "var",
    "local",
    "module", "input", "inputs", "form", "values", "system", "import", "credentials", "account", "arn",
    "event",
  ]

  private static let words = Set(
    """
    null nil none undefined true false yes no on off n/a na - -- string str text number int integer bool boolean any
    object bytes byte char varchar secretstr optional array list dict map required missing invalid incorrect wrong
    expired reset changed protected hidden forgotten forgot prompt ask input stdin needed empty set unset default ok
    enabled disabled see same as and or is are was must should cannot can not the a an your with for to of in if when
    username user name todo tbd unknown plaintext file keyring include same-origin omit basic bearer digest masked
    hashed encrypted password passwd pwd pass secret token key value here self
    """.split { $0 == " " || $0 == "\n" }.map(String.init)
  )
}

/// How a value reads: like words, or like a secret.
struct SecretShape {
  /// It has letters and digits mixed in a way that words, versions, dates and names do not, or is one long run.
  let isSecret: Bool

  init(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) {
    guard range.count > 7 else {
      isSecret = false
      return
    }
    var (letters, digits) = (0, 0)
    var isPlain = true
    var piece = Piece()
    for index in range {
      let byte = bytes[index]
      if ASCII.isLetter(byte) { letters += 1 }
      if ASCII.isDigit(byte) { digits += 1 }
      if ASCII.isAlphanumeric(byte) {
        piece.append(byte)
      } else {
        isPlain = isPlain && piece.isPlain && byte < 0x80
        piece = Piece()
      }
    }
    isPlain = isPlain && piece.isPlain
    isSecret = !isPlain && letters > 0 && (digits > 0 || range.count > 19)
  }

  /// Letters and digits without a sign between them.
  private struct Piece {
    private var letters = 0
    private var digits = 0
    private var isTurned = false
    private var count = 0

    mutating func append(_ byte: UInt8) {
      count += 1
      if ASCII.isDigit(byte) {
        digits += 1
      } else {
        // A letter behind a digit.
        if digits > 0 { isTurned = true }
        letters += 1
      }
    }

    /// A word of up to 20 letters, a short number, or a short word with a digit or two behind it.
    var isPlain: Bool {
      if digits == 0 { return letters < 20 }
      if letters == 0 { return digits < 20 }
      return !isTurned && digits < 3 && count < 11 || count < 4
    }
  }
}
