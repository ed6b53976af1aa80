import Testing

@testable import FlowText
import RandomSupport

@Suite struct `Vocabulary table` {
  private let table = BytePairTokenizer.o200kBase.table

  /// The id found by looking the bytes up, at the end of memory that may be read and before more of it.
  private func ids(_ bytes: [UInt8], in table: VocabularyTable) -> [UInt32] {
    let followed = bytes + [UInt8](repeating: 0xFF, count: 16)
    let last = bytes.withUnsafeBufferPointer {
      table.id($0.baseAddress!, length: bytes.count, readable: bytes.count)
    }
    let inner = followed.withUnsafeBufferPointer {
      table.id($0.baseAddress!, length: bytes.count, readable: followed.count)
    }
    return [last, inner]
  }

  @Test(arguments: [(BytePairTokenizer.o200kBase, 199_998, 128), (.cl100kBase, 100_256, 128)])
  func `every token is found by its bytes`(_ tokenizer: BytePairTokenizer, _ count: Int, _ longest: Int) {
    let table = tokenizer.table
    var wrong: [UInt32] = []
    for id in 0..<UInt32(table.tokenCount) {
      let bytes = Array(table.bytes(of: id)!)
      // Those are left to merging; see the head of VocabularyTable.swift.
      let expected = bytes.last == 0 ? VocabularyTable.none : id
      if ids(bytes, in: table) != [expected, expected] { wrong.append(id) }
      if bytes.last != 0, bytes.count <= PieceKey.most {
        let padded = bytes + [UInt8](repeating: 0xFF, count: 16)
        let key = padded.withUnsafeBufferPointer { PieceKey($0.baseAddress!, length: bytes.count) }
        if !table.contains(key, slot: table.slot(key)) { wrong.append(id) }
      }
    }
    #expect(wrong.isEmpty)
    #expect(table.tokenCount == count)
    #expect(table.longestToken == longest)
    #expect(table.bytes(of: UInt32(count)) == nil)
  }

  /// The merge table answers with the token that two tokens spell if that is what their bytes merge
  /// into, and with nothing for pairs that spell none.
  @Test(arguments: [BytePairTokenizer.o200kBase, .cl100kBase])
  func `every token is the merge of two`(_ tokenizer: BytePairTokenizer) {
    let table = tokenizer.table
    var unreached = Set(0..<UInt32(table.tokenCount)).filter { table.bytes(of: $0)!.count > 2 }
    for id in unreached {
      let bytes = Array(table.bytes(of: id)!)
      for cut in 1..<bytes.count {
        let (left, right) = (Array(bytes[..<cut]), Array(bytes[cut...]))
        let parts = [left, right].map { part in
          part.last == 0 ? VocabularyTable.none : ids(part, in: table)[0]
        }
        guard !parts.contains(VocabularyTable.none) else { continue }
        if table.merge(parts[0], parts[1]) == id { unreached.remove(id) }
      }
    }
    // What ends in a zero byte is not found by its bytes.
    #expect(unreached.allSatisfy { table.bytes(of: $0)!.contains(0) })
    #expect(table.merges.result(of: table.merges.noPair) == VocabularyTable.none)
    var random = SeededRandom(seed: 1)
    let all = 0..<UInt32(table.tokenCount)
    for _ in 0..<100_000 {
      let (left, right) = (all.randomElement(using: &random)!, all.randomElement(using: &random)!)
      let merged = table.merge(left, right)
      guard merged != VocabularyTable.none else { continue }
      #expect(
        Array(table.bytes(of: merged)!) == Array(table.bytes(of: left)!) + Array(table.bytes(of: right)!)
      )
    }
  }

  @Test(arguments: [
    "zqxjkvb", "\0", "a\0", "hello\0\0\0", "\0\0\0\0\0\0\0\0", "\0\0\0\0\0\0\0\0\0", "zqxjkvbwpy\0",
  ])
  func `what is no token is not found`(_ text: String) {
    #expect(ids(Array(text.utf8), in: table) == [VocabularyTable.none, VocabularyTable.none])
  }

  @Test(arguments: [17, 40, 128, 129, 1_000])
  func `a long piece that is no token is not found`(_ length: Int) {
    let bytes = (0..<length).map { UInt8(ascii: "a") + UInt8($0 % 7) }
    #expect(ids(bytes, in: table) == [VocabularyTable.none, VocabularyTable.none])
  }
}

@Suite struct `Character classes` {
  private let table = CharacterClassTable()

  @Test(
    arguments: [
      ("A", .upper), ("ǅ", .upper), ("a", .lower), ("ß", .lower), ("ª", .otherLetter), ("ʰ", .otherLetter),
      ("中", .otherLetter), ("\u{301}", .mark), ("\u{20DD}", .mark), ("1", .number), ("Ⅳ", .number),
      ("½", .number),
      (" ", .space), ("\t", .space), ("\u{85}", .space), ("\u{A0}", .space), ("\u{3000}", .space),
      ("\n", [.space, .newline]), ("\r", [.space, .newline]), ("\u{2028}", .space), ("!", []), ("\u{1C}", []),
      ("\u{200B}", []), ("\u{FEFF}", []), ("\u{E000}", []), ("\u{378}", []), ("\u{10FFFF}", []),
    ] as [(Unicode.Scalar, CharacterClass)]
  )
  func `a character has its class`(_ scalar: Unicode.Scalar, _ expected: CharacterClass) {
    #expect(table[scalar.value] == expected)
  }

  @Test func `ASCII has the same classes by its shorter way`() {
    for byte in 0..<128 as Range<UInt8> { #expect(table.ascii(byte) == table[UInt32(byte)]) }
  }

  // New in Unicode 16.0, and in 17.0.
  @Test(arguments: [(0x105C0, true), (0xA7DA, true), (0x10940, false), (0x16EA0, false), (0x323B0, false)])
  func `the version is that of the published tokenizer`(_ code: UInt32, _ isLetter: Bool) {
    #expect(table[code].meets(.letter) == isLetter)
  }
}
