/// Secrets that are known by their form, wherever they stand.
extension SecretPass {
  /// How far a rule reads before it has decided.
  static let sight = 512

  /// Masks the secret, or what holds one, whose word begins here.
  mutating func readForm(at start: Int) -> Int? {
    switch bytes[start] | 0x20 {
    case UInt8(ascii: "b"): return readBearer(at: start)
    case UInt8(ascii: "m") where bytes.has("machine", at: start),
      UInt8(ascii: "d") where bytes.has("default", at: start):
      return readNetrc(at: start)
    case UInt8(ascii: "c"), UInt8(ascii: "w"), UInt8(ascii: "h"):
      if bytes.has("curl", at: start) || bytes.has("wget", at: start) || bytes.has("http ", at: start) {
        namesWebClient = true
        return nil
      }
      fallthrough
    default:
      guard let form = form(at: start) else { return nil }
      return mask(form.kind, start, form.end)
    }
  }

  /// The secret of a known form that begins here.
  func form(at start: Int) -> (kind: MaskKind, end: Int)? {
    let first = bytes[start]
    // Behind a hyphen, what begins is rather a part of a longer word.
    let isPart = start > floor && bytes[start - 1] == UInt8(ascii: "-")
    if first == UInt8(ascii: "e"), !isPart, let end = endOfJWT(at: start) { return (.jwt, end) }
    if first &- UInt8(ascii: "M") < 3, let end = endOfDiscord(at: start) { return (.apiKey, end) }
    guard first < 0x80 else { return nil }
    for form in SecretForms.byFirstByte[Int(first)]
    where !(isPart && form.isCommon) && bytes.has(form.prefix, at: start) {
      if let end = end(of: form, at: start) { return (.apiKey, end) }
    }
    return nil
  }

  private func end(of form: SecretForm, at start: Int) -> Int? {
    let body = start + form.prefix.utf8CodeUnitCount
    var end = body
    let sight = min(bytes.count, body + Self.sight)
    while end < sight, form.allows(bytes[end]), !isBoundary(end) { end += 1 }
    if bytes.byte(at: end - 1) == UInt8(ascii: ".") { end -= 1 }
    guard end - body >= form.least, !form.isExact || end - body == form.least,
      !form.isExact || traits[Int(bytes.byte(at: end))] & SecretBytes.word == 0,
      !Placeholder.isKeyBody(bytes, body..<end)
    else { return nil }
    if form.isCommon, !hasRandomRun(body..<end) { return nil }
    if end == sight {
      while end < bytes.count, form.allows(bytes[end]), !isBoundary(end) { end += 1 }
    }
    return bytes.endOfMark(at: end) == nil ? end : nil
  }

  /// The hyphens that end or begin a line of a PEM block.
  private func isBoundary(_ index: Int) -> Bool {
    bytes[index] == UInt8(ascii: "-") && bytes.has("-----", at: index)
  }

  /// Whether sixteen letters and digits in a row hold both.
  private func hasRandomRun(_ range: Range<Int>) -> Bool {
    var length = 0
    var digits = 0
    for index in range {
      guard ASCII.isAlphanumeric(bytes[index]) else {
        length = 0
        digits = 0
        continue
      }
      length += 1
      if ASCII.isDigit(bytes[index]) { digits += 1 }
      if length >= 16, digits > 0, digits < length { return true }
    }
    return false
  }

  // MARK: JSON Web Tokens

  /// Three base64url parts (five when encrypted, RFC 7516), the first of which is a JSON object that names an
  /// algorithm.
  private func endOfJWT(at start: Int) -> Int? {
    guard bytes.has("eyJ", at: start) else { return nil }
    var end = start
    var parts = 0
    var isHeader = true
    while parts < 5 {
      let part = end
      // A header is a few names; what follows it belongs to the token however long it is.
      while end < bytes.count, !isHeader || end - part <= 2 * Self.sight,
        traits[Int(bytes[end])] & SecretBytes.keyBody != 0
      {
        end += 1
      }
      guard end > part || parts == 2 else {
        end -= 1
        break
      }
      if isHeader {
        guard bytes.byte(at: end) == UInt8(ascii: "."), Base64URL.namesAlgorithm(bytes, part..<end) else {
          return nil
        }
        isHeader = false
      }
      parts += 1
      guard parts < 5, bytes.byte(at: end) == UInt8(ascii: ".") else { break }
      end += 1
    }
    while bytes.byte(at: end - 1) == UInt8(ascii: ".") { end -= 1 }
    return parts >= 3 && bytes.endOfMark(at: end) == nil ? end : nil
  }

  // MARK: Bots

  /// A user's id in base64, a time stamp, a signature.
  private func endOfDiscord(at start: Int) -> Int? {
    func run(from index: Int, atMost limit: Int) -> Int {
      var end = index
      while end < bytes.count, end - index <= limit, traits[Int(bytes[end])] & SecretBytes.keyBody != 0 {
        end += 1
      }
      return end
    }
    let id = run(from: start, atMost: 28)
    guard (23...28).contains(id - start), bytes.byte(at: id) == UInt8(ascii: ".") else { return nil }
    let stamp = run(from: id + 1, atMost: 7)
    guard (5...7).contains(stamp - id - 1), bytes.byte(at: stamp) == UInt8(ascii: ".") else { return nil }
    let end = run(from: stamp + 1, atMost: 48)
    guard (25...48).contains(end - stamp - 1), bytes.endOfMark(at: end) == nil,
      bytes[start..<end].contains(where: ASCII.isDigit), !Placeholder.isKeyBody(bytes, start..<end)
    else { return nil }
    return end
  }

  /// A bot's number, a colon and 35 bytes; the pass is at the colon.
  mutating func readTelegram(at colon: Int) -> Int? {
    guard ASCII.isDigit(bytes.byte(at: colon - 1)) else { return nil }
    var start = colon
    while start > floor, colon - start <= 11, ASCII.isDigit(bytes[start - 1]) { start -= 1 }
    guard (8...11).contains(colon - start), start > floor || floor == 0 else { return nil }
    var end = colon + 1
    while end < bytes.count, end - colon <= 36, traits[Int(bytes[end])] & SecretBytes.keyBody != 0 {
      end += 1
    }
    guard end - colon - 1 == 35, bytes.endOfMark(at: end) == nil,
      !Placeholder.isKeyBody(bytes, colon + 1..<end)
    else { return nil }
    return mask(.apiKey, colon + 1, end)
  }
}

/// Reading base64url (RFC 4648, section 5).
enum Base64URL {
  /// Whether a JSON object with a member `alg` stands in the bytes.
  static func namesAlgorithm(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Bool {
    var decoded: [UInt8] = []
    decoded.reserveCapacity(range.count)
    var bits: UInt32 = 0
    var count = 0
    for index in range {
      guard let value = value(of: bytes[index]) else { return false }
      bits = bits << 6 | UInt32(value)
      count += 6
      if count >= 8 {
        count -= 8
        decoded.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
      }
    }
    return decoded.withUnsafeBufferPointer { text in
      text.first == UInt8(ascii: "{") && text.indices.contains { text.has("\"alg\"", at: $0) }
    }
  }

  private static func value(of byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte - 0x41
    case UInt8(ascii: "a")...UInt8(ascii: "z"): byte - 0x61 + 26
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - 0x30 + 52
    case UInt8(ascii: "-"): 62
    case UInt8(ascii: "_"): 63
    default: nil
    }
  }
}
