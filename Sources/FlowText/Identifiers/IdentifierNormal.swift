/// Normal forms of what the rules do not read as a value: the spelling that all ways of writing it share.
enum IdentifierNormal {
  /// The normal form of a text of a kind; that of a normal form is itself.
  static func form(of text: String, kind: Identifier.Kind) -> String {
    let text = composed(text)
    switch kind {
    case .path: return path(text)
    case .url: return url(text)
    case .email, .hash: return text.lowercased()
    case .version: return version(text)
    case .command, .quoted, .name: return spaced(text)
    case .date: return spaced(text).lowercased()
    case .id, .time, .number: return text
    }
  }

  private static func path(_ text: String) -> String {
    var path = Array(text.utf8)
    if path.contains(UInt8(ascii: "\\")) {
      for index in path.indices where path[index] == UInt8(ascii: "\\") { path[index] = UInt8(ascii: "/") }
    }
    while path.starts(with: "./".utf8), path.count > 2 { path.removeFirst(2) }
    while path.count > 1, path.last == UInt8(ascii: "/") { path.removeLast() }
    return String(decoding: path, as: UTF8.self)
  }

  /// Scheme and host in small letters (RFC 3986, section 6.2.2.1), no slash at the end.
  private static func url(_ text: String) -> String {
    let bytes = Array(text.utf8)
    var start = 0
    if let colon = bytes.firstIndex(of: UInt8(ascii: ":")), bytes[colon...].starts(with: "://".utf8) {
      start = colon + 3
    }
    let end = bytes[start...].firstIndex { "/?#".utf8.contains($0) } ?? bytes.endIndex
    let head = String(decoding: bytes[..<end], as: UTF8.self).lowercased()
    var rest = bytes[end...]
    while rest.last == UInt8(ascii: "/") { rest.removeLast() }
    return head + String(decoding: rest, as: UTF8.self)
  }

  /// Without the `v`, in small letters: `1.2.3-rc.1`, `python 3.12`.
  private static func version(_ text: String) -> String {
    let text = spaced(text.split(separator: "/").joined(separator: " ")).lowercased()
    let bytes = text.utf8
    guard bytes.first == UInt8(ascii: "v"), let second = bytes.dropFirst().first, ASCII.isDigit(second) else {
      return text
    }
    return String(text.dropFirst())
  }

  /// One space for any white space, none at the ends.
  private static func spaced(_ text: String) -> String {
    guard text.utf8.contains(where: { $0 <= 0x20 || $0 >= 0x80 }) else { return text }
    var scalars = String.UnicodeScalarView()
    var isBehindSpace = true
    for scalar in text.unicodeScalars {
      let isSpace = scalar.properties.isWhitespace
      if !isSpace { scalars.append(scalar) } else if !isBehindSpace { scalars.append(" ") }
      isBehindSpace = isSpace
    }
    if isBehindSpace, !scalars.isEmpty { scalars.removeLast() }
    return String(scalars)
  }

  // MARK: Composition

  /// The text with letters and their marks composed, as NFC does: Latin letters, Hangul and Kana.
  static func composed(_ text: String) -> String {
    guard text.utf8.contains(where: { $0 >= 0xCC }) else { return text }
    var scalars: [Unicode.Scalar] = []
    for scalar in text.unicodeScalars {
      if let last = scalars.last, let joined = composed(last, scalar) {
        scalars[scalars.count - 1] = joined
      } else {
        scalars.append(scalar)
      }
    }
    var result = String.UnicodeScalarView()
    result.append(contentsOf: scalars)
    return String(result)
  }

  private static func composed(_ letter: Unicode.Scalar, _ mark: Unicode.Scalar) -> Unicode.Scalar? {
    switch mark.value {
    case 0x300...0x36F:
      if let small = LatinMarks.composed(letter, mark) { return small }
      guard letter.properties.isUppercase, let small = single(letter.properties.lowercaseMapping),
        let composed = LatinMarks.composed(small, mark)
      else { return nil }
      return single(composed.properties.uppercaseMapping)
    case 0x1161...0x11FF:
      return HangulRun.joined(letter.value, mark.value).flatMap(Unicode.Scalar.init)
    case 0x3099, 0x309A: return UnspacedRun.voiced(letter, mark)
    default: return nil
    }
  }

  private static func single(_ mapping: String) -> Unicode.Scalar? {
    mapping.unicodeScalars.count == 1 ? mapping.unicodeScalars.first : nil
  }
}
