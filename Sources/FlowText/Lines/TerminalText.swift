/// A text without what only a terminal obeys.
package enum TerminalText {
  /// The text without control sequences (ECMA-48, 5.4: `ESC [ … final`) and control characters; line ends and tabs stay.
  package static func plain(_ text: String) -> String {
    guard text.utf8.contains(where: { $0 < 0x20 && $0 != 0x0A && $0 != 0x0D && $0 != 0x09 || $0 == 0x7F })
    else {
      return text
    }
    var plain: [UInt8] = []
    plain.reserveCapacity(text.utf8.count)
    var bytes = text.utf8.makeIterator()
    var next = bytes.next()
    while let byte = next {
      next = bytes.next()
      guard byte == 0x1B else {
        if byte >= 0x20 && byte != 0x7F || byte == 0x0A || byte == 0x0D || byte == 0x09 { plain.append(byte) }
        continue
      }
      guard next == UInt8(ascii: "[") else { continue }
      // Parameters and intermediates, then one final byte; anything else is no sequence, and stays.
      next = bytes.next()
      while let inner = next, (0x20...0x3F).contains(inner) { next = bytes.next() }
      if let final = next, (0x40...0x7E).contains(final) { next = bytes.next() }
    }
    return String(decoding: plain, as: UTF8.self)
  }
}
