/// Secrets that are known by their form alone.
extension SecretScan {
  /// Masks the secret that begins at a place, or goes on with the next byte.
  mutating func readPrefix(at start: Int) -> Int {
    guard let (end, kind) = knownSecret(at: start) else {
      return netrc(at: start) ?? bearer(at: start) ?? start + 1
    }
    return mask(start..<end, kind)
  }

  /// The end and the kind of a secret of a known form.
  func knownSecret(at start: Int) -> (end: Int, kind: MaskKind)? {
    guard start < bytes.count else { return nil }
    for rule in KeyPrefixes.byFirst[Int(bytes[start])] where bytes.hasBytes(rule.prefix, at: start) {
      guard isWordStart(start) else { return nil }
      let tail = start + rule.prefix.count
      switch rule.form {
      case .run(let alphabet, let lengths):
        guard let end = run(of: alphabet, lengths, from: tail), !isSample(tail..<end) else { continue }
        return (end, .apiKey)
      case .mixed(let alphabet, let lengths):
        guard let end = run(of: alphabet, lengths, from: tail), isMixed(tail..<end), !isSample(tail..<end)
        else {
          continue
        }
        return (end, .apiKey)
      case .pair(let first, let second):
        guard let middle = run(of: .base64URL, first, from: tail),
          bytes.byte(at: middle) == UInt8(ascii: "."),
          let end = run(of: .base64URL, second, from: middle + 1), !isSample(tail..<end)
        else { continue }
        return (end, .apiKey)
      case .webToken:
        guard let end = JSONWebToken.end(bytes, from: start) else { continue }
        return (end, .jwt)
      case .bearer, .machine: continue
      }
    }
    return nil
  }

  /// The end of a run that is as long as a key's, and that nothing of a longer word follows.
  private func run(of alphabet: KeyAlphabet, _ lengths: ClosedRange<Int>, from start: Int) -> Int? {
    var end = start
    while end < bytes.count, alphabet.contains(bytes[end]), end - start < lengths.upperBound { end += 1 }
    if alphabet != .path {
      guard end == bytes.count || !ASCII.isAlphanumeric(bytes[end]) || end - start == 4096 else { return nil }
    }
    return end - start >= lengths.lowerBound ? end : nil
  }

  private func isMixed(_ range: Range<Int>) -> Bool {
    var (digits, capitals, longest, row) = (0, 0, 0, 0)
    for index in range {
      let byte = bytes[index]
      if ASCII.isDigit(byte) { digits += 1 }
      if ASCII.isUpper(byte) { capitals += 1 }
      row = ASCII.isAlphanumeric(byte) ? row + 1 : 0
      longest = max(longest, row)
    }
    return digits > 0 && (capitals > 0 || longest > 15)
  }

  /// Whether a key is one of documentation: `xxxx`, `your-key-here`, `…EXAMPLE`.
  private func isSample(_ range: Range<Int>) -> Bool {
    for index in range {
      let byte = bytes[index]
      if byte | 0x20 == UInt8(ascii: "x"), index + 4 <= range.upperBound,
        bytes[index + 1] == byte, bytes[index + 2] == byte, bytes[index + 3] == byte
      {
        return true
      }
      if byte == UInt8(ascii: "E"), bytes.hasBytes(Self.example, at: index) { return true }
    }
    return bytes.hasLetters(Self.your, at: range.lowerBound)
  }

  private static let example = Array("EXAMPLE".utf8)
  private static let your = Array("your".utf8)

  // MARK: Tokens without a prefix

  /// `123456789:AA…` of Telegram, from its colon.
  mutating func readTelegramToken(at colon: Int) -> Int? {
    guard ASCII.isDigit(bytes.byte(at: colon - 1)), let end = run(of: .base64URL, 34...36, from: colon + 1)
    else {
      return nil
    }
    var start = colon
    while start > floor, ASCII.isDigit(bytes[start - 1]), colon - start < 12 { start -= 1 }
    guard colon - start > 7, colon - start < 12, isMixed(colon + 1..<end) else { return nil }
    return mask(start..<end, .apiKey)
  }

  /// `M….….…` of Discord, from its first full stop.
  mutating func readDiscordToken(at stop: Int) -> Int {
    guard bytes.byte(at: stop + 7) == UInt8(ascii: "."),
      run(of: .base64URL, 6...6, from: stop + 1) == stop + 7,
      let end = run(of: .base64URL, 27...40, from: stop + 8)
    else { return stop + 1 }
    // The longest that a word can begin with: what stands before may be of the same alphabet.
    let starts = (max(floor, stop - 28)...max(floor, stop - 23)).filter { start in
      "MNO".utf8.contains(bytes[start]) && isWordStart(start)
        && (start..<stop).allSatisfy { KeyAlphabet.base64URL.contains(bytes[$0]) }
    }
    guard let start = starts.first, stop - start > 22, isMixed(start..<end) else { return stop + 1 }
    return mask(start..<end, .apiKey)
  }

  // MARK: Bearer and .netrc

  private mutating func bearer(at start: Int) -> Int? {
    guard bytes.hasLetters(Self.bearer, at: start), isWordStart(start) else { return nil }
    let value = start + Self.bearer.count
    var end = value
    while end < bytes.count, SecretValue.isCredential(bytes[end]), end - value < 8192 { end += 1 }
    guard end - value > 15, SecretShape(bytes, value..<end).isSecret,
      !SecretValue.isPlaceholder(bytes, value..<end)
    else { return nil }
    return mask(value..<end, knownSecret(at: value)?.kind ?? .authorization)
  }

  private static let bearer = Array("bearer ".utf8)
  private static let machine = Array("machine ".utf8)

  /// `machine HOST login USER password SECRET`, on one line or on several.
  private mutating func netrc(at start: Int) -> Int? {
    guard bytes.hasBytes(Self.machine, at: start), isWordStart(start) else { return nil }
    var index = start + Self.machine.count
    var hasLogin = false
    for _ in 0..<8 {
      let word = nextWord(from: index)
      guard !word.isEmpty else { return nil }
      index = word.upperBound
      if bytes[word].elementsEqual("login".utf8) { hasLogin = true }
      guard hasLogin, bytes[word].elementsEqual("password".utf8) else { continue }
      let secret = nextWord(from: index)
      guard !secret.isEmpty, MaskMark.end(bytes, at: secret.lowerBound) == nil,
        !SecretValue.isPlaceholder(bytes, secret)
      else { return nil }
      return mask(secret, knownSecret(at: secret.lowerBound)?.kind ?? .password)
    }
    return nil
  }

  private func nextWord(from start: Int) -> Range<Int> {
    var first = start
    while first < bytes.count, ASCII.isSpace(bytes[first]), first - start < 64 { first += 1 }
    var end = first
    while end < bytes.count, !ASCII.isSpace(bytes[end]), end - first < 512 { end += 1 }
    return first..<end
  }
}

/// JSON Web Tokens in their compact form (RFC 7515, 7516).
enum JSONWebToken {
  /// The end of the token: three parts, or the five of an encrypted one, of which the first is JSON that names an
  /// algorithm.
  static func end(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
    var place = start
    var stops: [Int] = []
    while stops.count < 5 {
      while place < bytes.count, KeyAlphabet.base64URL.contains(bytes[place]) { place += 1 }
      guard stops.count < 4, place < bytes.count, bytes[place] == UInt8(ascii: ".") else { break }
      if stops.isEmpty, !namesAlgorithm(bytes, start..<place) { return nil }
      stops.append(place)
      place += 1
    }
    guard stops.count > 1, stops[1] - stops[0] > 4 || stops.count == 4 else { return nil }
    if stops.count < 4 {
      // A third stop ends the sentence.
      return stops.count == 2 ? place : stops[2]
    }
    return place
  }

  private static func namesAlgorithm(_ bytes: UnsafeBufferPointer<UInt8>, _ part: Range<Int>) -> Bool {
    guard part.count < 4096 else { return false }
    var decoded: [UInt8] = []
    var (bits, count): (UInt32, UInt32) = (0, 0)
    for index in part {
      bits = bits << 6 | value(bytes[index])
      count += 6
      if count >= 8 {
        count -= 8
        decoded.append(UInt8(truncatingIfNeeded: bits >> count))
      }
    }
    guard decoded.first == UInt8(ascii: "{"), decoded.last == UInt8(ascii: "}") else { return false }
    return decoded.withUnsafeBufferPointer { json in
      json.indices.contains { json[$0] == UInt8(ascii: "\"") && json.hasBytes(algorithm, at: $0) }
    }
  }

  private static let algorithm = Array("\"alg\"".utf8)

  private static func value(_ byte: UInt8) -> UInt32 {
    switch byte {
    case 0x41...0x5A: UInt32(byte - 0x41)
    case 0x61...0x7A: UInt32(byte - 0x61 + 26)
    case 0x30...0x39: UInt32(byte - 0x30 + 52)
    case UInt8(ascii: "-"): 62
    default: 63
    }
  }
}
