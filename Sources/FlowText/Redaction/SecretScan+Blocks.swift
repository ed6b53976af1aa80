/// PEM blocks (RFC 7468) of private keys, and options of commands: what begins with dashes.
extension SecretScan {
  mutating func readDashes(at start: Int) -> Int {
    guard bytes.byte(at: start + 1) == UInt8(ascii: "-") else { return start + 1 }
    if bytes.hasBytes(Self.begin, at: start) { return readBlock(at: start) }
    return readOption(at: start)
  }

  private static let begin = Array("-----BEGIN ".utf8)
  private static let end = Array("-----END ".utf8)
  private static let privateKey = Array("PRIVATE KEY".utf8)
  private static let dashes = Array("-----".utf8)

  private mutating func readBlock(at start: Int) -> Int {
    var label = start + Self.begin.count
    var isPrivate = false
    while label < bytes.count, bytes[label] != UInt8(ascii: "-"), label - start < 80 {
      if bytes[label] == UInt8(ascii: "P"), bytes.hasBytes(Self.privateKey, at: label) { isPrivate = true }
      label += 1
    }
    guard isPrivate, bytes.hasBytes(Self.dashes, at: label) else { return start + 1 }
    let body = label + Self.dashes.count
    if let end = blockEnd(from: body) {
      // Text about such blocks has nothing between the lines.
      return longestRun(body..<end) < 16 ? body : mask(start..<end, .privateKey)
    }
    let end = truncatedEnd(from: body)
    return end == body ? body : mask(start..<end, .privateKey)
  }

  /// The end of the line that ends a block; nil where another block begins before it.
  ///
  /// No byte is looked at for two blocks: the search ends where the next one begins.
  private func blockEnd(from body: Int) -> Int? {
    var index = body
    let limit = min(bytes.count, body + 65_536)
    while index < limit {
      if bytes[index] == UInt8(ascii: "-"), bytes.hasBytes(Self.dashes, at: index) {
        if bytes.hasBytes(Self.begin, at: index) { return nil }
        if bytes.hasBytes(Self.end, at: index) {
          var end = index + Self.end.count
          while end < bytes.count, bytes[end] != UInt8(ascii: "-"), bytes[end] != 0x0A, end - index < 80 {
            end += 1
          }
          return bytes.hasBytes(Self.dashes, at: end) ? end + Self.dashes.count : end
        }
      }
      index += 1
    }
    return nil
  }

  private func longestRun(_ range: Range<Int>) -> Int {
    var (longest, row) = (0, 0)
    for index in range {
      row = Self.isBase64(bytes[index]) ? row + 1 : 0
      longest = max(longest, row)
    }
    return longest
  }

  private static func isBase64(_ byte: UInt8) -> Bool {
    ASCII.isAlphanumeric(byte) || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "/")
      || byte == UInt8(ascii: "=")
  }

  /// The end of a block that was cut off: of its last run of base64, and of a shorter one that ends its line.
  private func truncatedEnd(from body: Int) -> Int {
    var end = body
    var index = body
    while index < bytes.count {
      // Between the runs: white space, `\n` of JSON, quotes and signs that join strings, marks of a diff.
      var gap = index
      while gap < bytes.count, gap - index < 16 {
        if bytes[gap] == UInt8(ascii: "\\"), "nrt\\".utf8.contains(bytes.byte(at: gap + 1)) {
          gap += 2
        } else if ASCII.isSpace(bytes[gap]) || "\"'+>|#*,\\".utf8.contains(bytes[gap]) {
          gap += 1
        } else {
          break
        }
      }
      gap = min(gap, bytes.count)
      var run = gap
      while run < bytes.count, Self.isBase64(bytes[run]) { run += 1 }
      if run - gap < 20 {
        // `Proc-Type: 4,ENCRYPTED` and its like.
        if bytes.byte(at: run) == UInt8(ascii: "-") || bytes.byte(at: run) == UInt8(ascii: ":"),
          let next = headerEnd(from: gap)
        {
          index = next
          continue
        }
        let isLast = run == bytes.count || ASCII.isSpace(bytes[run]) || "\"'\\".utf8.contains(bytes[run])
        return end > body && run > gap && isLast && endsLine(run) ? run : end
      }
      (end, index) = (run, run)
    }
    return end
  }

  private func headerEnd(from start: Int) -> Int? {
    guard ASCII.isUpper(bytes.byte(at: start)) else { return nil }
    var index = start
    var hasColon = false
    while index < bytes.count, index - start < 120 {
      if bytes[index] == UInt8(ascii: ":") { hasColon = true }
      if bytes[index] == 0x0A || bytes[index] == UInt8(ascii: "\\") { return hasColon ? index : nil }
      index += 1
    }
    return nil
  }

  private func endsLine(_ index: Int) -> Bool { index == bytes.count || !ASCII.isBlank(bytes[index]) }
}
