// One pass over the UTF-8 bytes. A table says of each byte whether a rule can begin at it: the first letters of
// keys' prefixes (checked with the byte behind them before anything else is), and the signs `:` `=` `>` `-` `[` `.`
// and the full-width colon, from which rules look back for a name. All other bytes cost one look-up.
//
// `floor` is the end of the last mask, put or found. No rule looks back over it, so that a text reads the same
// whether a secret or its mark stands before a place.

/// The state of one pass.
struct SecretScan {
  let bytes: UnsafeBufferPointer<UInt8>
  private(set) var masks: [Mask] = []
  /// Where marks stood already.
  private(set) var marks: [Range<Int>] = []
  var floor = 0

  init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  mutating func read() {
    Self.triggers.withUnsafeBufferPointer { triggers in
      KeyPrefixes.pairs.withUnsafeBufferPointer { pairs in
        var index = 0
        while index < bytes.count {
          let byte = bytes[index]
          switch triggers[Int(byte)] {
          case Trigger.none: index += 1
          case Trigger.letter:
            let next = index + 1 < bytes.count ? bytes[index + 1] : 0
            index = pairs[KeyPrefixes.pair(byte, next)] ? readPrefix(at: index) : index + 1
          default: index = readSign(byte, at: index)
          }
        }
      }
    }
  }

  private mutating func readSign(_ byte: UInt8, at index: Int) -> Int {
    switch byte {
    case UInt8(ascii: ":"): readColon(at: index)
    case UInt8(ascii: "="): readEquals(at: index)
    case UInt8(ascii: ">"): readElement(at: index)
    case UInt8(ascii: "-"): readDashes(at: index)
    case UInt8(ascii: "."): readDiscordToken(at: index)
    case UInt8(ascii: "["): readMark(at: index)
    default: readFullWidthSign(at: index)
    }
  }

  private mutating func readMark(at index: Int) -> Int {
    guard let end = MaskMark.end(bytes, at: index) else { return index + 1 }
    return pass(mark: index..<end)
  }

  private mutating func readFullWidthSign(at index: Int) -> Int {
    guard bytes.byte(at: index + 1) == 0xBC else { return index + 1 }
    switch bytes.byte(at: index + 2) {
    // `：` and `＝`
    case 0x9A: return readAssignment(at: index, length: 3, sign: UInt8(ascii: ":"))
    case 0x9D: return readAssignment(at: index, length: 3, sign: UInt8(ascii: "="))
    default: return index + 1
    }
  }

  // MARK: What rules do

  /// Masks a place, and goes on behind it.
  mutating func mask(_ range: Range<Int>, _ kind: MaskKind) -> Int {
    masks.append(Mask(kind: kind, range: range))
    floor = range.upperBound
    return range.upperBound
  }

  /// Goes on behind a mark that stands in the text.
  mutating func pass(mark: Range<Int>) -> Int {
    marks.append(mark)
    floor = mark.upperBound
    return mark.upperBound
  }

  /// Whether a word can begin at a place: no letter or digit stands before it, unless it ends an escape.
  func isWordStart(_ index: Int) -> Bool {
    guard index > floor else { return true }
    let before = bytes[index - 1]
    guard ASCII.isAlphanumeric(before) else { return true }
    // `\n` and its like in JSON; `%3D` in URLs.
    if index - 2 >= floor, bytes[index - 2] == UInt8(ascii: "\\") { return "nrt".utf8.contains(before) }
    if index - 3 >= floor, bytes[index - 3] == UInt8(ascii: "%"), ASCII.isHex(bytes[index - 2]) {
      return ASCII.isHex(before)
    }
    guard before == UInt8(ascii: "m") else { return false }
    // `[31m`, the colours of terminals.
    var place = index - 2
    while place > floor, index - place < 12, ASCII.isDigit(bytes[place]) || bytes[place] == UInt8(ascii: ";")
    {
      place -= 1
    }
    return place >= floor && bytes[place] == UInt8(ascii: "[")
  }

  /// Whether a line begins at a place, also one behind a `\n` in a JSON string.
  func isLineStart(_ index: Int) -> Bool {
    guard index > floor else { return index == 0 }
    let before = bytes[index - 1]
    if before == 0x0A || before == 0x0D { return true }
    return before == UInt8(ascii: "n") && index - 2 >= floor && bytes[index - 2] == UInt8(ascii: "\\")
  }

  // MARK: Where rules begin

  private enum Trigger {
    static let none: UInt8 = 0
    static let letter: UInt8 = 1
    static let sign: UInt8 = 2
  }

  private static let triggers: [UInt8] = {
    var table = [UInt8](repeating: Trigger.none, count: 256)
    for rule in KeyPrefixes.all { table[Int(rule.prefix[0])] = Trigger.letter }
    for byte in ":=>-.[".utf8 { table[Int(byte)] = Trigger.sign }
    table[0xEF] = Trigger.sign
    return table
  }()
}
