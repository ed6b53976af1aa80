/// The words of a range of UTF-8: what stands between white space, or behind an East Asian comma.
struct Words: Sequence, IteratorProtocol {
  struct Word {
    let range: Range<Int>
    /// No white space stands before it, as behind an East Asian comma.
    let isGlued: Bool
  }

  private let bytes: UnsafeBufferPointer<UInt8>
  private let end: Int
  private var index: Int
  private var isGlued = false

  init(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) {
    self.bytes = bytes
    index = range.lowerBound
    end = range.upperBound
  }

  mutating func next() -> Word? {
    while index < end, case let length = spaceLength(at: index), length > 0 {
      index += length
      isGlued = false
    }
    guard index < end else { return nil }
    let start = index
    let wasGlued = isGlued
    isGlued = true
    while index < end {
      let byte = bytes[index]
      if byte > 0x20, byte < 0x7F {
        index += 1
      } else if byte < 0x80 {
        guard byte == 0x7F else { break }
        index += 1
      } else {
        guard spaceLength(at: index) == 0 else { break }
        let length = Swift.min(byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4, end - index)
        index += length
        if byte == 0xEF, length == 3, bytes[index - 2] == 0xBC,
          bytes[index - 1] == 0x8C || bytes[index - 1] == 0x9B
        {
          break
        }
      }
    }
    return Word(range: start..<index, isGlued: wasGlued)
  }

  /// The length of the control sequence that an escape opens (ECMA-48, 5.4), or 1: colours are no part of a text.
  private func controlSequence(at start: Int) -> Int {
    guard bytes.byte(at: start + 1) == UInt8(ascii: "[") else { return 1 }
    var index = start + 2
    while index < end, (0x20...0x3F).contains(bytes[index]) { index += 1 }
    guard index < end, (0x40...0x7E).contains(bytes[index]) else { return 1 }
    return index + 1 - start
  }

  /// The length of white space, or of a control character that some reader takes for it; zero if there is none.
  private func spaceLength(at index: Int) -> Int {
    let byte = bytes[index]
    if byte < 0x80 { return byte == 0x1B ? controlSequence(at: index) : byte <= 0x20 ? 1 : 0 }
    switch byte {
    case 0xC2, 0xE1, 0xE2: return bytes.whiteSpaceLength(at: index)
    case 0xE3: return bytes.byte(at: index + 1) == 0x80 && bytes.byte(at: index + 2) == 0x80 ? 3 : 0
    default: return 0
    }
  }
}
