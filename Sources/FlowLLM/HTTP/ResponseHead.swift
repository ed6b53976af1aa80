/// The headers of an answer as they come, line by line, within limits.
///
/// Those of an interim answer (1xx) give way to the next; fields behind a chunked body (trailers) are counted, and
/// dropped: nothing may say there what should have been said before (RFC 9110, section 6.5.1).
struct ResponseHead {
  static let maxBytes = 64 << 10
  static let maxLines = 200

  /// In the order in which they came, without the white space around values.
  private(set) var headers: [(name: String, value: String)] = []
  private(set) var isComplete = false
  private var bytes = 0
  private var lines = 0

  /// Takes a line; false where there are more than there may be.
  mutating func add(_ line: UnsafeRawBufferPointer) -> Bool {
    bytes += line.count
    lines += 1
    guard bytes <= Self.maxBytes, lines <= Self.maxLines else { return false }
    let text = String(decoding: line, as: UTF8.self)
    if text.hasPrefix("HTTP/") {
      headers = []
      isComplete = false
    } else if line.allSatisfy({ $0 == 13 || $0 == 10 }) {
      isComplete = true
    } else if !isComplete {
      addField(text)
    }
    return true
  }

  private mutating func addField(_ text: String) {
    // An old way to go on with a value on the next line (RFC 9112, section 5.2).
    if text.first == " " || text.first == "\t" {
      guard let last = headers.indices.last else { return }
      headers[last].value += " " + Self.trimmed(text[...])
      return
    }
    guard let colon = text.firstIndex(of: ":") else { return }
    headers.append((Self.trimmed(text[..<colon]), Self.trimmed(text[text.index(after: colon)...])))
  }

  private static func trimmed(_ text: Substring) -> String {
    let isSpace = { (character: Character) in " \t\r\n\r\n".contains(character) }
    guard let first = text.firstIndex(where: { !isSpace($0) }),
      let last = text.lastIndex(where: { !isSpace($0) })
    else { return "" }
    return String(text[first...last])
  }
}
