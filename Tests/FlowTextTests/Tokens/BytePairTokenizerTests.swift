import Testing

@testable import FlowText
import RandomSupport

@Suite struct `Byte-pair tokenizer` {
  @Test(arguments: [
    (BytePairTokenizer.o200kBase, TokenFixture.o200kBase), (.cl100kBase, TokenFixture.cl100kBase),
  ])
  func `the ids are those of the published tokenizer`(
    _ tokenizer: BytePairTokenizer,
    _ fixtures: [TokenFixture]
  ) {
    for fixture in fixtures {
      let ids = fixture.ids.split(separator: " ").map { UInt32($0)! }
      #expect(tokenizer.encode(fixture.text) == ids, "\(fixture.group)")
      #expect(tokenizer.count(fixture.text) == ids.count, "\(fixture.group)")
      #expect(tokenizer.decode(ids).map { Array($0.utf8) } == Array(fixture.text.utf8))
    }
  }

  @Test(arguments: [
    (BytePairTokenizer.o200kBase, "a", 24_000, 3_000), (.o200kBase, " ", 12_800, 100),
    (.o200kBase, "\n", 16, 1),
    (.cl100kBase, "a", 24_000, 3_000), (.cl100kBase, "\n", 16, 1),
  ])
  func `a long run of one character is counted exactly`(
    _ tokenizer: BytePairTokenizer,
    _ unit: String,
    _ length: Int,
    _ tokens: Int
  ) {
    #expect(tokenizer.count(String(repeating: unit, count: length)) == tokens)
  }

  // Every way of counting is met: with and without a cache, blocks, lanes and windows.
  @Test(arguments: [BytePairTokenizer.o200kBase, .cl100kBase], 1...12 as ClosedRange<UInt64>)
  func `a long text is counted as it is encoded`(_ tokenizer: BytePairTokenizer, _ seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let some = (0..<6).map { _ in RandomText.text(400, using: &random) }
    let text = (0..<24).map { _ in some.randomElement(using: &random) ?? "" }.joined()
    let count = tokenizer.encode(text).count
    #expect(tokenizer.count(text) == count)
    #expect(tokenizer.count(text, upTo: count) == count)
    #expect(tokenizer.count(text, upTo: count - 1) == nil)
  }

  @Test func `counts at the same time do not disturb one another`() async {
    var random = SeededRandom(seed: 1)
    let texts = (0..<16).map { _ in RandomText.text(3_000, using: &random) }
    let counts = texts.map { BytePairTokenizer.o200kBase.encode($0).count }
    await withTaskGroup(of: (Int, Int).self) { group in
      for round in 0..<64 {
        group.addTask { (round % 16, BytePairTokenizer.o200kBase.count(texts[round % 16])) }
      }
      for await (number, count) in group { #expect(count == counts[number]) }
    }
  }

  @Test(arguments: [BytePairTokenizer.o200kBase, .cl100kBase], 1...40 as ClosedRange<UInt64>)
  func `random text comes back from its tokens`(_ tokenizer: BytePairTokenizer, _ seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let text = RandomText.text(300, using: &random)
    let ids = tokenizer.encode(text)
    // Equality of strings would take canonically equivalent ones for the same: bytes are compared.
    #expect(tokenizer.decode(ids).map { Array($0.utf8) } == Array(text.utf8))
    #expect(tokenizer.count(text) == ids.count)
    #expect(Array(text.utf8).withUnsafeBytes(tokenizer.count(utf8:)) == ids.count)
  }

  @Test(arguments: [BytePairTokenizer.o200kBase, .cl100kBase], 1...20 as ClosedRange<UInt64>)
  func `a limit is told from one less`(_ tokenizer: BytePairTokenizer, _ seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let text = RandomText.text(100, using: &random)
    let count = tokenizer.count(text)
    #expect(tokenizer.count(text, upTo: count) == count)
    #expect(tokenizer.count(text, upTo: .max) == count)
    #expect(tokenizer.count(text, upTo: count - 1) == nil)
    #expect(tokenizer.count(text, upTo: 0) == nil)
    #expect(tokenizer.count(text, upTo: -1) == nil)
  }

  @Test func `an empty text has no tokens`() {
    let tokenizer = BytePairTokenizer.o200kBase
    #expect(tokenizer.encode("").isEmpty)
    #expect(tokenizer.count("", upTo: 0) == 0)
    #expect(tokenizer.count("", upTo: -1) == nil)
    #expect(tokenizer.count(utf8: UnsafeRawBufferPointer(start: nil, count: 0)) == 0)
    #expect(tokenizer.decode([]) == "")
  }

  @Test(arguments: BytePairTokenizer.names, 0..<20)
  func `a text counts the same part by part`(_ name: String, _ seed: Int) throws {
    var random = SeededRandom(seed: UInt64(seed))
    let tokenizer = try #require(BytePairTokenizer.named(name))
    let text = (0..<40).map { _ in random.text(most: 30) }.joined(separator: "\n")
    var done: [Int] = []
    let count = Array(text.utf8).withUnsafeBytes { bytes in
      tokenizer.count(utf8: bytes, partBytes: 50) { done.append($0) }
    }
    #expect(count == tokenizer.count(text), "seed \(seed)")
    #expect(done.last == text.utf8.count)
    #expect(done == done.sorted())
  }

  @Test(arguments: [BytePairTokenizer.o200kBase, .cl100kBase], 1...40 as ClosedRange<UInt64>)
  func `blocks that end in a newline add up`(_ tokenizer: BytePairTokenizer, _ seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let starts = ["a", "#", "`", "-", "[", "é", "中", "1", "'s", "\u{301}x"]
    let blocks = (0..<8).map { _ in
      (starts.randomElement(using: &random) ?? "") + RandomText.text(60, using: &random) + "\n"
    }
    #expect(tokenizer.count(blocks.joined()) == blocks.map(tokenizer.count).reduce(0, +))
  }

  @Test func `a slash or a space behind a newline does not add up`() {
    let tokenizer = BytePairTokenizer.o200kBase
    #expect(tokenizer.count(")\n") + tokenizer.count("/") != tokenizer.count(")\n/"))
    #expect(tokenizer.count("\n") + tokenizer.count("\n") != tokenizer.count("\n\n"))
  }

  @Test func `an unknown id cannot be decoded`() {
    let tokenizer = BytePairTokenizer.o200kBase
    #expect(tokenizer.decode([199_997]) != nil)
    #expect(tokenizer.decode([199_998]) == nil)
    #expect(tokenizer.decode([0, .max]) == nil)
    #expect(BytePairTokenizer.cl100kBase.decode([100_255]) != nil)
    #expect(BytePairTokenizer.cl100kBase.decode([100_256]) == nil)
  }

  @Test func `part of a character decodes to the replacement character`() {
    let tokenizer = BytePairTokenizer.o200kBase
    let parts = tokenizer.encode("\u{10FFFF}")
    #expect(parts.count > 1)
    #expect(tokenizer.decode(parts.prefix(1)) == "\u{FFFD}")
  }

  @Test(
    arguments: [
      ([0x61, 0xFF, 0x62], "a\u{FFFD}b"), ([0xED, 0xA0, 0x80], "\u{FFFD}\u{FFFD}\u{FFFD}"),
      ([0xF0, 0x9F, 0x98], "\u{FFFD}"), ([0xC0, 0x80], "\u{FFFD}\u{FFFD}"),
    ] as [([UInt8], String)]
  )
  func `ill-formed bytes count as repaired`(_ bytes: [UInt8], _ repaired: String) {
    let tokenizer = BytePairTokenizer.o200kBase
    #expect(bytes.withUnsafeBytes(tokenizer.count(utf8:)) == tokenizer.count(repaired))
  }

  @Test func `tokenizers are found by name`() {
    #expect(BytePairTokenizer.names == ["o200k_base", "cl100k_base"])
    #expect(BytePairTokenizer.names.allSatisfy { BytePairTokenizer.named($0)?.name == $0 })
    #expect(BytePairTokenizer.named("o200k_base") == .o200kBase)
    #expect(BytePairTokenizer.named("cl100k_base") == .cl100kBase)
    #expect(BytePairTokenizer.named("O200K_BASE") == nil)
  }
}
