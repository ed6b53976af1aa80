// A word that is more than ASCII letters: `T001`, `café`, `Sources/Flow/main.swift`, `jun@example.com`,
// `2024-04-12`, `v1.2.3`, `HTTPServer`, `1,204`.
//
// `read` writes the normal form into `bytes` as it goes: lowercase, NFC, hyphens and underscores left out
// unless both neighbours are digits, commas left out of numbers. `words` and `humps` are places in it.
// A compound ends at 1,024 bytes at the next connector, so that a line of megabytes is many bounded ones.

/// A run of words joined by connectors, in its normal form.
struct CompoundWord {
  struct Word {
    var range: Range<Int>
    /// Into `humps`: where the parts of a camelCase word begin, but for the first.
    var humps: Range<Int>
    var isASCII = true
    var isNumber = true
    /// Whether a slash or an at sign stands before it.
    var opensSegment = false
  }

  private(set) var bytes: [UInt8] = []
  private(set) var words: [Word] = []
  private(set) var humps: [Int] = []
  /// The connectors are those of a time of day.
  private var isTime = false
  private static let mostBytes = 1024

  /// `3.14` and `08:15`: the parts of a decimal or a time say nothing on their own.
  var isOneNumber: Bool {
    guard words.allSatisfy(\.isNumber) else { return false }
    return isTime || words.count == 2 && bytes[words[0].range.upperBound] == UInt8(ascii: ".")
  }

  /// Reads from the start of a word; returns the place after the compound.
  mutating func read(_ source: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    bytes.removeAll(keepingCapacity: true)
    words.removeAll(keepingCapacity: true)
    humps.removeAll(keepingCapacity: true)
    isTime = false
    var index = start
    var opensSegment = false
    while true {
      let (end, goesOn) = readWord(source, from: index, opensSegment: opensSegment)
      index = end
      guard goesOn, bytes.count < Self.mostBytes else { break }
      guard let connector = connector(source, at: index) else { break }
      opensSegment = connector.opensSegment
      if connector.dropsBefore {
        bytes.removeAll(keepingCapacity: true)
        words.removeAll(keepingCapacity: true)
        humps.removeAll(keepingCapacity: true)
      } else if let mark = connector.mark {
        bytes.append(mark)
        if mark == UInt8(ascii: ":") { isTime = true }
      }
      index += connector.length
    }
    return index
  }

  // MARK: Words

  /// Reads one word; false if the compound ends with it whatever follows.
  private mutating func readWord(
    _ source: UnsafeBufferPointer<UInt8>,
    from start: Int,
    opensSegment: Bool
  ) -> (end: Int, goesOn: Bool) {
    let first = bytes.count
    let firstHump = humps.count
    var reader = WordReader(first: first)
    var index = reader.read(source, from: start, into: &bytes, humps: &humps)
    index = readClitic(source, from: index, of: &reader)
    if reader.isDropped { bytes.removeSubrange(first...) }
    guard bytes.count > first else { return (index, false) }
    stripVersionMark(source, at: index)
    words.append(
      Word(
        range: first..<bytes.count,
        humps: firstHump..<humps.count,
        isASCII: reader.isASCII,
        isNumber: reader.isNumber,
        opensSegment: opensSegment
      )
    )
    return (index, !reader.endsCompound)
  }

  /// The apostrophe and what follows: `Jun's`, `we'll`, `don't`, `o'clock`.
  private mutating func readClitic(
    _ source: UnsafeBufferPointer<UInt8>,
    from index: Int,
    of reader: inout WordReader
  ) -> Int {
    let mark = Self.apostropheLength(source, at: index)
    guard mark > 0, ASCII.isLetter(source.byte(at: index + mark)) else { return index }
    reader.endsCompound = true
    var end = index + mark
    var clitic = ""
    while end < source.count, ASCII.isLetter(source[end]), clitic.utf8.count < 3 {
      clitic.unicodeScalars.append(Unicode.Scalar(source[end] | 0x20))
      end += 1
    }
    if end < source.count, ASCII.isAlphanumeric(source[end]) { clitic = "" }
    switch clitic {
    case "s", "ll", "re", "ve", "d", "m": return end
    // Every word in n't is an auxiliary.
    case "t" where bytes.last == UInt8(ascii: "n"):
      reader.isDropped = true
      return end
    default:
      guard bytes.count == reader.first + 1, bytes.last == UInt8(ascii: "o") else { return index + mark }
      return reader.read(source, from: index + mark, into: &bytes, humps: &humps)
    }
  }

  private static func apostropheLength(_ source: UnsafeBufferPointer<UInt8>, at index: Int) -> Int {
    switch source.byte(at: index) {
    case UInt8(ascii: "'"): 1
    case 0xE2 where source.byte(at: index + 1) == 0x80 && source.byte(at: index + 2) == 0x99: 3
    default: 0
    }
  }

  /// `v1.2.3` names the same version as `1.2.3`.
  private mutating func stripVersionMark(_ source: UnsafeBufferPointer<UInt8>, at index: Int) {
    guard words.isEmpty, bytes.count > 1, bytes[0] == UInt8(ascii: "v"),
      bytes[1...].allSatisfy(ASCII.isDigit), source.byte(at: index) == UInt8(ascii: "."),
      ASCII.isDigit(source.byte(at: index + 1))
    else { return }
    bytes.removeFirst()
  }

  // MARK: Connectors

  private struct Connector {
    var length: Int
    var mark: UInt8?
    var opensSegment = false
    var dropsBefore = false
  }

  /// The connector at a place, if a word follows it.
  private func connector(_ source: UnsafeBufferPointer<UInt8>, at index: Int) -> Connector? {
    let byte = source.byte(at: index)
    let next = source.byte(at: index + 1)
    let followsWord = ASCII.isAlphanumeric(next) || next >= 0xC3
    let lastIsDigit = bytes.last.map(ASCII.isDigit) ?? false
    switch byte {
    case UInt8(ascii: "_"):
      var length = 1
      while source.byte(at: index + length) == byte { length += 1 }
      let after = source.byte(at: index + length)
      guard ASCII.isAlphanumeric(after) || after >= 0xC3 else { return nil }
      return Connector(length: length, mark: lastIsDigit && ASCII.isDigit(after) ? UInt8(ascii: "-") : nil)
    case UInt8(ascii: "-") where followsWord:
      return Connector(length: 1, mark: lastIsDigit && ASCII.isDigit(next) ? byte : nil)
    case UInt8(ascii: ".") where followsWord:
      if words.count == 1, bytes.elementsEqual("www".utf8) { return Connector(length: 1, dropsBefore: true) }
      return Connector(length: 1, mark: byte)
    case UInt8(ascii: "/") where followsWord, UInt8(ascii: "\\") where followsWord:
      return Connector(length: 1, mark: UInt8(ascii: "/"), opensSegment: true)
    case UInt8(ascii: "@") where followsWord: return Connector(length: 1, mark: byte, opensSegment: true)
    case UInt8(ascii: ":"): return colon(source, at: index, lastIsDigit: lastIsDigit)
    default: return nil
    }
  }

  /// `08:15`, `Flow::Text` and the end of `https://`.
  private func colon(_ source: UnsafeBufferPointer<UInt8>, at index: Int, lastIsDigit: Bool) -> Connector? {
    let next = source.byte(at: index + 1)
    if lastIsDigit, ASCII.isDigit(next), words.allSatisfy(\.isNumber) {
      return Connector(length: 1, mark: UInt8(ascii: ":"))
    }
    let afterNext = source.byte(at: index + 2)
    if next == UInt8(ascii: ":"), ASCII.isAlphanumeric(afterNext) {
      return Connector(length: 2, mark: UInt8(ascii: "."))
    }
    let isWeb = bytes.elementsEqual("https".utf8) || bytes.elementsEqual("http".utf8)
    let isAddress = next == UInt8(ascii: "/") && afterNext == next
    guard isWeb, isAddress, ASCII.isAlphanumeric(source.byte(at: index + 3)) else { return nil }
    return Connector(length: 3, dropsBefore: true)
  }
}
