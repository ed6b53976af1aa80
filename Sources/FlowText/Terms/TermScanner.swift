// One pass over the UTF-8 bytes of a text.
//
// Most words of most texts are runs of ASCII letters with a space or a full stop behind them: `scanPlainWord`
// takes those without building anything. Whatever else may be part of a word — digits, humps, marks,
// apostrophes, connectors — goes to `scanCompound`. Scripts without spaces and Hangul go to `scanRun`.
// Each function is given the place where its kind of text begins and returns a later place, and none
// looks back, so the pass is linear.

/// The state of one pass: the terms so far and the buffers that words are built in.
struct TermScanner {
  var terms: [String] = []
  var word = StemmingWord()
  var compound = CompoundWord()
  /// Where the last word ended: a Hangul run that starts there is attached to it.
  private var lastWordEnd = -1

  mutating func scan(_ text: String) {
    let done: Void? = text.utf8.withContiguousStorageIfAvailable { scan($0) }
    if done == nil { Array(text.utf8).withUnsafeBufferPointer { scan($0) } }
  }

  private mutating func scan(_ bytes: UnsafeBufferPointer<UInt8>) {
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      if byte < 0x80 {
        guard ASCII.isAlphanumeric(byte) else {
          index += byte == Self.escape ? Self.controlSequence(bytes, at: index) : 1
          continue
        }
        index = scanPlainWord(bytes, from: index) ?? scanCompound(bytes, from: index)
        lastWordEnd = index
        continue
      }
      let (scalar, length) = bytes.scalar(at: index)
      switch ScalarClass(scalar) {
      case .spaced:
        index = scanCompound(bytes, from: index)
        lastWordEnd = index
      case .hangul: index = scanHangul(bytes, from: index)
      case .unspaced: index = scanUnspaced(bytes, from: index)
      case .mark, .ignorable, .separator: index += length
      }
    }
  }

  static let escape: UInt8 = 0x1B

  /// The length of the control sequence that an escape opens, or 1: the colours of a tool's output are no part of
  /// its words (ECMA-48, 5.4).
  static func controlSequence(_ bytes: UnsafeBufferPointer<UInt8>, at start: Int) -> Int {
    guard bytes.byte(at: start + 1) == UInt8(ascii: "[") else { return 1 }
    var index = start + 2
    while index < bytes.count, (0x20...0x3F).contains(bytes[index]) { index += 1 }
    guard index < bytes.count, (0x40...0x7E).contains(bytes[index]) else { return 1 }
    return index + 1 - start
  }

  // MARK: ASCII words

  /// Takes a word of ASCII letters that surely ends where they end; nil if it may be more than that.
  private mutating func scanPlainWord(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
    var end = start
    var capitals = 0
    while end < bytes.count, ASCII.isLetter(bytes[end]) {
      if ASCII.isUpper(bytes[end]) { capitals += 1 }
      end += 1
    }
    guard end > start else { return nil }
    let startsUpper = ASCII.isUpper(bytes[start])
    let isOneHump = capitals == 0 || capitals == 1 && startsUpper || capitals == end - start
    guard isOneHump, Self.endsWord(bytes, at: end, length: end - start) else { return nil }
    word.bytes.removeAll(keepingCapacity: true)
    for index in start..<end { word.bytes.append(bytes[index] | 0x20) }
    if startsUpper, isName(capitals: capitals) {
      append(word.bytes[...])
    } else {
      appendWord()
    }
    return end
  }

  /// Whether nothing after an ASCII word can make it longer or change it.
  private static func endsWord(_ bytes: UnsafeBufferPointer<UInt8>, at end: Int, length: Int) -> Bool {
    guard end < bytes.count else { return true }
    switch bytes[end] {
    case 0x20, 0x0A, UInt8(ascii: ","): return true
    case 0x80..., UInt8(ascii: "_"), 0x30...0x39: return false
    case UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "/"), UInt8(ascii: "\\"), UInt8(ascii: "@"),
      UInt8(ascii: "'"):
      let next = bytes.byte(at: end + 1)
      return next < 0x80 && !ASCII.isAlphanumeric(next)
    case UInt8(ascii: ":"):
      let next = bytes.byte(at: end + 1)
      return next != UInt8(ascii: ":") && next != UInt8(ascii: "/")
    case UInt8(ascii: "+"), UInt8(ascii: "#"): return length > 1
    default: return true
    }
  }

  /// Names that look like function words but for their capitals: the month, the country, the trade.
  private func isName(capitals: Int) -> Bool {
    switch word.bytes.count {
    case 2: capitals == 2 && (word.bytes == Self.us || word.bytes == Self.it)
    case 3: capitals == 1 && word.bytes == Self.may
    default: false
    }
  }

  private static let us = Array("us".utf8)
  private static let it = Array("it".utf8)
  private static let may = Array("may".utf8)

  // MARK: Other words

  private mutating func scanCompound(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    let end = compound.read(bytes, from: start)
    appendCompound()
    return max(end, start + 1)
  }

  private mutating func scanHangul(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    var run = HangulRun()
    let end = run.read(bytes, from: start)
    // A particle on a foreign word or a number (CSV를, 3은) is grammar, not content.
    if start == lastWordEnd, run.isParticle { return end }
    appendBigrams(of: run.bytes, offsets: run.offsets)
    if let noun = run.nounBeforeParticle { append(run.bytes[noun]) }
    lastWordEnd = end
    return end
  }

  private mutating func scanUnspaced(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    var run = UnspacedRun()
    let end = run.read(bytes, from: start)
    appendBigrams(of: run.bytes, offsets: run.offsets)
    lastWordEnd = end
    return end
  }

  /// Each two neighbouring characters as a term; a character on its own as one.
  ///
  /// `offsets` holds the start of each character, then the end of the last one.
  private mutating func appendBigrams(of bytes: [UInt8], offsets: [Int]) {
    if offsets.count == 2 { append(bytes[offsets[0]..<offsets[1]]) }
    guard offsets.count > 2 else { return }
    for index in 0..<(offsets.count - 2) { append(bytes[offsets[index]..<offsets[index + 2]]) }
  }
}
