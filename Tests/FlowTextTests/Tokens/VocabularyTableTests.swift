import Testing

@testable import FlowText

@Suite struct `Vocabulary table` {
  private let table = BytePairTokenizer.o200kBase.table

  /// The id found by looking the bytes up, at the end of memory that may be read and before more of it.
  private func ids(_ bytes: [UInt8]) -> [UInt32] {
    let followed = bytes + [UInt8](repeating: 0xFF, count: 16)
    let last = bytes.withUnsafeBufferPointer {
      table.id($0.baseAddress!, length: bytes.count, readable: bytes.count)
    }
    let inner = followed.withUnsafeBufferPointer {
      table.id($0.baseAddress!, length: bytes.count, readable: followed.count)
    }
    return [last, inner]
  }

  @Test func `every token is found by its bytes`() {
    var wrong: [UInt32] = []
    for id in 0..<UInt32(table.tokenCount) {
      let bytes = Array(table.bytes(of: id)!)
      // Those are left to merging; see the head of VocabularyTable.swift.
      let expected = bytes.last == 0 ? VocabularyTable.none : id
      if ids(bytes) != [expected, expected] { wrong.append(id) }
    }
    #expect(wrong.isEmpty)
    #expect(table.tokenCount == 199_998)
    #expect(table.longestToken == 128)
    #expect(table.bytes(of: 199_998) == nil)
  }

  @Test(arguments: [
    "zqxjkvb", "\0", "a\0", "hello\0\0\0", "\0\0\0\0\0\0\0\0", "\0\0\0\0\0\0\0\0\0", "zqxjkvbwpy\0",
  ])
  func `what is no token is not found`(_ text: String) {
    #expect(ids(Array(text.utf8)) == [VocabularyTable.none, VocabularyTable.none])
  }

  @Test(arguments: [17, 40, 128, 129, 1_000])
  func `a long piece that is no token is not found`(_ length: Int) {
    let bytes = (0..<length).map { UInt8(ascii: "a") + UInt8($0 % 7) }
    #expect(ids(bytes) == [VocabularyTable.none, VocabularyTable.none])
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
