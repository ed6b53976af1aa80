import CTokenTables
import Testing

@testable import FlowText
import RandomSupport

@Suite struct `Piece scanner` {
  /// The ends of all pieces, found one by one and found many at once.
  private func ends(_ text: String, _ pattern: PiecePattern) -> (single: [Int], many: [Int]) {
    let bytes = Array(text.utf8)
    return bytes.withUnsafeBufferPointer { bytes in
      let scanner = PieceScanner(bytes.baseAddress!, count: bytes.count, pattern: pattern)
      var single: [Int] = []
      var many: [Int] = []
      while (single.last ?? 0) < bytes.count { single.append(scanner.end(from: single.last ?? 0)) }
      withUnsafeTemporaryAllocation(of: Int.self, capacity: PieceScanner.most) { found in
        while (many.last ?? 0) < bytes.count {
          let count = scanner.ends(from: many.last ?? 0, into: found.baseAddress!)
          many.append(contentsOf: found.prefix(count))
        }
      }
      return (single, many)
    }
  }

  /// ASCII in which all rules of the patterns meet, with a few other characters.
  private func text(_ length: Int, using random: inout SeededRandom) -> String {
    let parts = [
      "a", "b", "A", "B", "Ab", "aB", "the", "THE", "x's", "x'LL", "'re", "'", "'s", "''", " '", "1", "12",
      "1234", " ",
      "  ", "    ", "\t", "\n", "\r\n", "\n\n", "\n    ", "\n  \n", ".", "..", "/", "\n/", ".\n", "!\n/", "_",
      "(", "\u{B}",
      "\u{0}", "\u{1C}", "\u{7F}",
    ]
    let others = ["é", "É", "中", "\u{A0}", "\u{301}", "\u{17F}", "'\u{17F}", "½", "—", "😀"]
    let share = Int.random(in: 0...3, using: &random)
    var text = ""
    while text.utf8.count < length {
      let isOther = Int.random(in: 0..<60, using: &random) < share
      text += (isOther ? others : parts).randomElement(using: &random) ?? ""
    }
    return text
  }

  @Test(arguments: [PiecePattern.o200k, .cl100k], 1...60 as ClosedRange<UInt64>)
  func `blocks find the pieces that are found one by one`(_ pattern: PiecePattern, _ seed: UInt64) {
    var random = SeededRandom(seed: seed)
    for _ in 0..<20 {
      let text = text(Int.random(in: 1...700, using: &random), using: &random)
      let (single, many) = ends(text, pattern)
      #expect(single == many, "seed \(seed): \(text.debugDescription)")
    }
  }
}

@Suite struct `Processor instructions` {
  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func `are the same as their portable twins`(_ seed: UInt64) {
    var random = SeededRandom(seed: seed)
    for _ in 0..<50 {
      let bytes = (0..<64).map { _ in
        Bool.random(using: &random)
          ? UInt8.random(in: 0...255, using: &random) : UInt8.random(in: 0...64, using: &random)
      }
      let byte = bytes.randomElement(using: &random) ?? 0
      #expect(flow_bytes_equal(bytes, byte) == flow_bytes_equal_portable(bytes, byte))
      let (one, other) = (flow_classify64(bytes), flow_classify64_portable(bytes))
      #expect(one.lower == other.lower && one.upper == other.upper && one.digit == other.digit)
      #expect(one.space == other.space && one.blank == other.blank && one.newline == other.newline)
      #expect(one.slash == other.slash && one.apostrophe == other.apostrophe)
      #expect(one.other_than_ascii == other.other_than_ascii)

      let count = 16 * Int32.random(in: 1...16, using: &random)
      let keys = (0..<count).map { _ in UInt32.random(in: 0x80_0000...0x7F7F_FFFF, using: &random) }
      #expect(flow_least(keys, count) == flow_least_portable(keys, count))
      #expect(flow_least(keys, count) == keys.min())
    }
  }

  @Test func `every byte has its class`() {
    for byte in 0...255 as ClosedRange<UInt8> {
      let bytes = [UInt8](repeating: byte, count: 64)
      let (one, other) = (flow_classify64(bytes), flow_classify64_portable(bytes))
      #expect(one.lower == other.lower && one.upper == other.upper && one.digit == other.digit, "\(byte)")
      #expect(one.blank == other.blank && one.newline == other.newline && one.space == other.space, "\(byte)")
      #expect(one.other_than_ascii == other.other_than_ascii && one.slash == other.slash, "\(byte)")
    }
    #expect(flow_lowest_bit(1 << 63 | 1 << 40) == 40)
    #expect(flow_choose(true, 1, 2) == 1 && flow_choose(false, 1, 2) == 2)
  }
}
