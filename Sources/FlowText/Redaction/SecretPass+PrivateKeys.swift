/// PEM blocks with private keys (RFC 7468); certificates and public keys stay.
extension SecretPass {
  /// The block, with its last line or without; the pass is at the hyphens of the first.
  mutating func readPrivateKey(at start: Int) -> Int? {
    guard let body = endOfBoundary(at: start + 11) else { return nil }
    if let end = endOfBlock(from: body) { return mask(.privateKey, start, end) }
    let end = endOfTruncated(from: body)
    return end > body ? mask(.privateKey, start, end) : nil
  }

  /// Behind the hyphens of a first or last line whose label names a private key.
  private func endOfBoundary(at label: Int) -> Int? {
    var end = label
    var isPrivate = false
    while end < bytes.count, end - label < 64, bytes[end] != UInt8(ascii: "-"), bytes[end] >= 0x20,
      bytes[end] < 0x7F
    {
      if bytes.has("PRIVATE KEY", at: end) { isPrivate = true }
      end += 1
    }
    guard isPrivate, bytes.has("-----", at: end) else { return nil }
    return end + 5
  }

  /// The end of the block's last line, if that stands within the size of a key and before another block.
  private mutating func endOfBlock(from body: Int) -> Int? {
    if nextPEMEnd < body {
      nextPEMEnd = body
      while nextPEMEnd < bytes.count,
        bytes[nextPEMEnd] != UInt8(ascii: "-") || !bytes.has("-----END ", at: nextPEMEnd)
      {
        nextPEMEnd += 1
      }
    }
    guard nextPEMEnd < bytes.count, nextPEMEnd - body <= 32 << 10, let end = endOfBoundary(at: nextPEMEnd + 9)
    else {
      return nil
    }
    var run = 0
    var longest = 0
    for index in body..<nextPEMEnd {
      if bytes[index] == UInt8(ascii: "-"), bytes.has("-----BEGIN", at: index) { return nil }
      if bytes.endOfMark(at: index) != nil { return nil }
      run = traits[Int(bytes[index])] & SecretBytes.base64 != 0 ? run + 1 : 0
      longest = max(longest, run)
    }
    // The two lines alone, as code that reads such files has them, are no key.
    guard longest >= 16 else { return nil }
    return end
  }

  /// The end of the base64 that follows, its lines ended as in a file or as in a JSON text.
  private func endOfTruncated(from body: Int) -> Int {
    var end = body
    var index = body
    while index < bytes.count {
      // Between lines: white space, `\n`, and what indents or quotes a line.
      while index < bytes.count {
        if traits[Int(bytes[index])] & SecretBytes.space != 0 || "\"'|>#".utf8.contains(bytes[index]) {
          index += 1
        } else if bytes[index] == UInt8(ascii: "\\"), "nr".utf8.contains(bytes.byte(at: index + 1)) {
          index += 2
        } else {
          break
        }
      }
      let line = index
      while index < bytes.count, traits[Int(bytes[index])] & SecretBytes.base64 != 0 { index += 1 }
      // Prose goes on in words; the last line of a key is short and is no word.
      let isShort = index - line < 16
      if index == line || bytes.endOfMark(at: index) != nil { break }
      if isShort,
        end == body || !endsLine(index) || !bytes[line..<index].contains(where: { !ASCII.isLetter($0) })
      {
        break
      }
      end = index
    }
    return end
  }

  private func endsLine(_ index: Int) -> Bool {
    index >= bytes.count || bytes[index] == 0x0A || bytes[index] == 0x0D || bytes[index] == UInt8(ascii: "\\")
      || isQuote(bytes[index])
  }
}
