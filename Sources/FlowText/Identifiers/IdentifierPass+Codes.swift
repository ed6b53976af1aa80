/// Atoms that are more than words: which rule an atom goes to.
extension IdentifierPass {
  /// Longer runs are data, not identifiers.
  private static let longestCode = 512

  /// Reads an atom that holds digits or signs; returns the place behind what was read of it.
  mutating func readCode(_ core: Range<Int>, _ bits: UInt16) -> Int {
    let first = bytes[core.lowerBound]
    if bits & ByteTraits.colon == 0, core.count > Self.longestCode { return core.upperBound }
    let before = lastWord
    lastWord = Word(start: core.lowerBound, end: core.upperBound, isCapital: ASCII.isUpper(first))
    if bits & ByteTraits.colon != 0, let end = readColons(core, bits) { return end }
    switch first {
    case 0x30...0x39: return readDigits(core, bits, after: before)
    case UInt8(ascii: "$"): return readDollar(core)
    case UInt8(ascii: "#"): return readTag(core)
    case UInt8(ascii: "-"): return readFlag(core)
    default: break
    }
    let core = withoutPossessive(core)
    if bits & ByteTraits.at != 0 { return readAt(core, bits) }
    if bits & ByteTraits.slash != 0 { return readSlashes(core) }
    if bits & ByteTraits.sign != 0,
      let sign = core.firstIndex(where: { traits[Int(bytes[$0])] == ByteTraits.sign })
    {
      if first == UInt8(ascii: "*"), let end = readPattern(core) { return end }
      return sign == core.lowerBound
        ? sign + 1 : split(from: core.lowerBound, to: core.upperBound, at: ByteTraits.sign)
    }
    if bits & ByteTraits.dot != 0 { return readDots(core, bits) }
    return readCodeWord(core, bits)
  }

  private func withoutPossessive(_ core: Range<Int>) -> Range<Int> {
    guard let mark = core.firstIndex(where: { bytes[$0] == UInt8(ascii: "'") }), mark > core.lowerBound else {
      return core
    }
    return core.lowerBound..<mark
  }

  // MARK: Colons

  /// `https://…`, `C:\…`, `sha256:…`, `Flow::Text`, `localhost:8080`; else the part before the colon is read alone.
  private mutating func readColons(_ core: Range<Int>, _ bits: UInt16) -> Int? {
    guard let colon = core.firstIndex(where: { bytes[$0] == UInt8(ascii: ":") }), colon > core.lowerBound
    else {
      return nil
    }
    let next = bytes.byte(at: colon + 1)
    let head = core.lowerBound..<colon
    if next == UInt8(ascii: "/"), bytes.byte(at: colon + 2) == next { return readURL(from: core.lowerBound) }
    if head.count == 1, next == UInt8(ascii: "\\") || next == UInt8(ascii: "/"),
      ASCII.isLetter(bytes[head.lowerBound])
    {
      return readSlashes(core)
    }
    if ASCII.isDigit(bytes[core.lowerBound]) {
      if isAddress(head), let port = port(after: colon) {
        append(IdentifierFind(.url, core.lowerBound, port, IdentifierWeights.host))
        return port
      }
      // A clock time, or a label in digits.
      return ASCII.isDigit(next)
        ? nil : split(from: core.lowerBound, to: core.upperBound, at: ByteTraits.colon)
    }
    if bits & ByteTraits.at != 0, head.contains(where: { bytes[$0] == UInt8(ascii: "@") }),
      bits & ByteTraits.slash != 0
    {
      append(IdentifierFind(.url, core.lowerBound, core.upperBound, IdentifierWeights.url))
      return core.upperBound
    }
    let tail = colon + 1..<core.upperBound
    if tail.count >= 8, isHexadecimal(tail), isDigestName(head) {
      append(IdentifierFind(.hash, core.lowerBound, core.upperBound, IdentifierWeights.digest))
      return core.upperBound
    }
    if next == UInt8(ascii: ":"), bits & ~(ByteTraits.alphanumeric | ByteTraits.low | ByteTraits.colon) == 0 {
      append(IdentifierFind(.id, core.lowerBound, core.upperBound, IdentifierWeights.reference))
      return core.upperBound
    }
    if let port = port(after: colon), port == core.upperBound, isHost(head) {
      append(IdentifierFind(.url, core.lowerBound, port, IdentifierWeights.host))
      return port
    }
    // `main.swift:12:5`: the line says nothing without its file.
    if tail.allSatisfy({ ASCII.isDigit(bytes[$0]) || bytes[$0] == UInt8(ascii: ":") }),
      let weight = FileNames.isFile(bytes, head) ? IdentifierWeights.fileName : PathShape(bytes, head).weight
    {
      append(IdentifierFind(.path, head.lowerBound, head.upperBound, weight))
      return core.upperBound
    }
    return split(from: core.lowerBound, to: core.upperBound, at: ByteTraits.colon)
  }

  private func port(after colon: Int) -> Int? {
    var end = colon + 1
    while ASCII.isDigit(bytes.byte(at: end)) { end += 1 }
    return (3...6).contains(end - colon) ? end : nil
  }

  private func isHost(_ range: Range<Int>) -> Bool {
    equals(range, "localhost") || isDomain(range)
  }

  private func isDigestName(_ range: Range<Int>) -> Bool {
    ["sha1", "sha256", "sha512", "md5", "blake3", "sha384"].contains { equals(range, $0) }
  }

  func equals(_ range: Range<Int>, _ text: StaticString) -> Bool {
    range.count == text.utf8CodeUnitCount
      && bytes[range].elementsEqual(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  // MARK: Words of code

  /// Letters and digits with low lines and hyphens: hashes, versions, tickets, names of code.
  mutating func readCodeWord(_ core: Range<Int>, _ bits: UInt16) -> Int {
    let end = core.upperBound
    let find: IdentifierFind?
    if bits & ByteTraits.hyphen != 0, isUUID(core) {
      find = IdentifierFind(.hash, core.lowerBound, end, IdentifierWeights.uuid)
    } else if bits & (ByteTraits.hyphen | ByteTraits.low | ByteTraits.long) == 0,
      let weight = hashWeight(core, bits)
    {
      find = IdentifierFind(.hash, core.lowerBound, end, weight)
    } else if isVersion(core) {
      find = IdentifierFind(.version, core.lowerBound, end, IdentifierWeights.shortVersion)
    } else if bits & ByteTraits.low != 0 {
      find = lowLineCode(core, bits)
    } else if bits & ByteTraits.hyphen != 0 {
      guard let code = hyphenCode(core) else {
        return split(from: core.lowerBound, to: end, at: ByteTraits.hyphen)
      }
      find = code
    } else {
      find = digitCode(core, bits)
    }
    if let find, find.kind != .id || !isKey(core) { append(find) }
    return end
  }

  /// A key of JSON names no fact.
  func isKey(_ core: Range<Int>) -> Bool {
    bytes.byte(at: core.upperBound) == UInt8(ascii: "\"")
      && bytes.byte(at: core.lowerBound - 1) == UInt8(ascii: "\"")
      && bytes.byte(at: core.upperBound + 1) == UInt8(ascii: ":")
  }

  /// `snake_case`, `SCREAMING_CASE`, `user_9265`.
  private func lowLineCode(_ core: Range<Int>, _ bits: UInt16) -> IdentifierFind? {
    guard bits & ByteTraits.alphanumeric != 0 else { return nil }
    let hasInner = core.dropFirst().dropLast().contains {
      bytes[$0] == UInt8(ascii: "_") && bytes[$0 + 1] != UInt8(ascii: "_")
    }
    let isSpecial =
      bytes[core.lowerBound] == UInt8(ascii: "_") && bits & ByteTraits.letter != 0 && core.count > 2
    guard hasInner || isSpecial else { return nil }
    let digits = core.count { ASCII.isDigit(bytes[$0]) }
    let weight = digits > 1 ? IdentifierWeights.code : IdentifierWeights.codeName
    return IdentifierFind(.id, core.lowerBound, core.upperBound, weight)
  }

  /// `JIRA-123`, `m1-40`, `gpt-4`, but not "mid-2023".
  private func hyphenCode(_ core: Range<Int>) -> IdentifierFind? {
    let hyphen = core.firstIndex { bytes[$0] == UInt8(ascii: "-") } ?? core.upperBound
    let head = core.lowerBound..<hyphen
    guard !head.isEmpty, core.contains(where: { ASCII.isDigit(bytes[$0]) }) else { return nil }
    let isUpper = head.allSatisfy { ASCII.isUpper(bytes[$0]) || ASCII.isDigit(bytes[$0]) }
    if isUpper { return IdentifierFind(.id, core.lowerBound, core.upperBound, IdentifierWeights.code) }
    guard head.allSatisfy({ !ASCII.isLetter(bytes[$0]) || ASCII.isLower(bytes[$0]) }),
      !IdentifierWords.prefixes.contains(EnglishLexicon.Key(String(decoding: bytes[head], as: UTF8.self)))
    else { return nil }
    let hasDigitPart = ASCII.isDigit(bytes.byte(at: hyphen + 1)) || head.contains { ASCII.isDigit(bytes[$0]) }
    return hasDigitPart
      ? IdentifierFind(.id, core.lowerBound, core.upperBound, IdentifierWeights.shortCode) : nil
  }

  /// `T001`, `4WQ150`, `s42`, `python3`.
  func digitCode(_ core: Range<Int>, _ bits: UInt16) -> IdentifierFind? {
    guard bits & ByteTraits.digit != 0, bits & ByteTraits.letter != 0, bits & ByteTraits.long == 0 else {
      return nil
    }
    let digits = core.count { ASCII.isDigit(bytes[$0]) }
    let isCode =
      bits & ByteTraits.upper != 0 && core.count > 3
      && (digits > 1 || bits & ByteTraits.lower == 0 && core.count > 4)
      || core.count > 11 && digits > 1
    let weight = isCode ? IdentifierWeights.code : IdentifierWeights.shortCode
    return IdentifierFind(.id, core.lowerBound, core.upperBound, weight)
  }

  // MARK: Hashes and versions

  func isHexadecimal(_ range: Range<Int>) -> Bool {
    range.allSatisfy { ASCII.isDigit(bytes[$0]) || bytes[$0] | 0x20 &- 0x61 < 6 }
  }

  /// The weight of a run of hexadecimal digits that a hash can be; words and plain numbers are none.
  func hashWeight(_ core: Range<Int>, _ bits: UInt16) -> Int? {
    if core.count > 4, bytes[core.lowerBound] == UInt8(ascii: "0"),
      bytes[core.lowerBound + 1] | 0x20 == UInt8(ascii: "x")
    {
      return isHexadecimal(core.dropFirst(2)) ? IdentifierWeights.shortHash : nil
    }
    guard (7...128).contains(core.count), bits & ByteTraits.digit != 0, bits & ByteTraits.letter != 0,
      bits & ByteTraits.letter != ByteTraits.letter, isHexadecimal(core),
      core.count(where: { ASCII.isDigit(bytes[$0]) }) > 1
    else { return nil }
    return core.count >= 32 ? IdentifierWeights.digest : IdentifierWeights.shortHash
  }

  /// RFC 9562: 8-4-4-4-12 hexadecimal digits.
  func isUUID(_ core: Range<Int>) -> Bool {
    guard core.count == 36 else { return false }
    return core.allSatisfy { index in
      switch index - core.lowerBound {
      case 8, 13, 18, 23: bytes[index] == UInt8(ascii: "-")
      default: isHexadecimal(index..<index + 1)
      }
    }
  }

  /// `v1`, `v1.2.3-rc.1`, `1.2.3+build`: digits between dots, three of them without a `v`.
  func isVersion(_ core: Range<Int>) -> Bool {
    var index = core.lowerBound
    let hasMark = bytes[index] | 0x20 == UInt8(ascii: "v")
    if hasMark { index += 1 }
    var parts = 0
    while index < core.upperBound, ASCII.isDigit(bytes[index]) {
      while index < core.upperBound, ASCII.isDigit(bytes[index]) { index += 1 }
      parts += 1
      guard index + 1 < core.upperBound, bytes[index] == UInt8(ascii: ".") else { break }
      index += 1
    }
    guard parts >= (hasMark ? 1 : 3) else { return false }
    if index == core.upperBound { return true }
    if bytes[index] == UInt8(ascii: ".") { index += 1 }
    // `-rc.1`, `+build`, `.dev0`, `rc1`, `b2`
    guard index < core.upperBound else { return true }
    if bytes[index] == UInt8(ascii: "-") || bytes[index] == UInt8(ascii: "+") { return parts > 1 }
    return parts > 1 && ASCII.isLower(bytes[index]) && core.upperBound - index < 7
  }

  func isAddress(_ core: Range<Int>) -> Bool {
    var parts = 0
    var index = core.lowerBound
    while index < core.upperBound {
      var value = 0
      let start = index
      while index < core.upperBound, ASCII.isDigit(bytes[index]), index - start < 4 {
        value = value * 10 + Int(bytes[index] - 0x30)
        index += 1
      }
      guard index > start, value < 256 else { return false }
      parts += 1
      if index == core.upperBound { break }
      guard bytes[index] == UInt8(ascii: ".") else { return false }
      index += 1
    }
    return parts == 4
  }
}
