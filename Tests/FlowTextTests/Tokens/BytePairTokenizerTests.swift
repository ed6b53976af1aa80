import Testing

@testable import FlowText

@Suite struct `Byte-pair tokenizer` {
  private let tokenizer = BytePairTokenizer.o200kBase

  @Test(arguments: TokenFixture.o200kBase)
  func `the ids are those of the published tokenizer`(_ fixture: TokenFixture) {
    let ids = fixture.ids.split(separator: " ").map { UInt32($0)! }
    #expect(tokenizer.encode(fixture.text) == ids, "\(fixture.group)")
    #expect(tokenizer.count(fixture.text) == ids.count)
    #expect(tokenizer.decode(ids).map { Array($0.utf8) } == Array(fixture.text.utf8))
  }

  @Test(arguments: [("a", 24_000, 3_000), (" ", 12_800, 100), ("\n", 16, 1)])
  func `a long run of one character is counted exactly`(_ unit: String, _ length: Int, _ tokens: Int) {
    #expect(tokenizer.count(String(repeating: unit, count: length)) == tokens)
  }

  @Test(arguments: 1...40 as ClosedRange<UInt64>)
  func `random text comes back from its tokens`(_ seed: UInt64) {
    var random = RandomText.Generator(seed: seed)
    let text = RandomText.text(300, using: &random)
    let ids = tokenizer.encode(text)
    // Equality of strings would take canonically equivalent ones for the same: bytes are compared.
    #expect(tokenizer.decode(ids).map { Array($0.utf8) } == Array(text.utf8))
    #expect(tokenizer.count(text) == ids.count)
    #expect(Array(text.utf8).withUnsafeBytes(tokenizer.count(utf8:)) == ids.count)
  }

  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func `a limit is told from one less`(_ seed: UInt64) {
    var random = RandomText.Generator(seed: seed)
    let text = RandomText.text(100, using: &random)
    let count = tokenizer.count(text)
    #expect(tokenizer.count(text, upTo: count) == count)
    #expect(tokenizer.count(text, upTo: .max) == count)
    #expect(tokenizer.count(text, upTo: count - 1) == nil)
    #expect(tokenizer.count(text, upTo: 0) == nil)
    #expect(tokenizer.count(text, upTo: -1) == nil)
  }

  @Test func `an empty text has no tokens`() {
    #expect(tokenizer.encode("").isEmpty)
    #expect(tokenizer.count("", upTo: 0) == 0)
    #expect(tokenizer.count("", upTo: -1) == nil)
    #expect(tokenizer.count(utf8: UnsafeRawBufferPointer(start: nil, count: 0)) == 0)
    #expect(tokenizer.decode([]) == "")
  }

  @Test(arguments: 1...40 as ClosedRange<UInt64>)
  func `blocks that end in a newline add up`(_ seed: UInt64) {
    var random = RandomText.Generator(seed: seed)
    let first = RandomText.text(80, using: &random) + "\n"
    let second =
      (["a", "#", "`", "-", "[", "é", "中", "1", "'s", "\u{301}x"].randomElement(using: &random) ?? "")
      + RandomText.text(80, using: &random)
    #expect(tokenizer.count(first + second) == tokenizer.count(first) + tokenizer.count(second))
  }

  @Test func `a slash or a space behind a newline does not add up`() {
    #expect(tokenizer.count(")\n") + tokenizer.count("/") != tokenizer.count(")\n/"))
    #expect(tokenizer.count("\n") + tokenizer.count("\n") != tokenizer.count("\n\n"))
  }

  @Test func `an unknown id cannot be decoded`() {
    #expect(tokenizer.decode([199_997]) != nil)
    #expect(tokenizer.decode([199_998]) == nil)
    #expect(tokenizer.decode([0, .max]) == nil)
  }

  @Test func `part of a character decodes to the replacement character`() {
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
    #expect(bytes.withUnsafeBytes(tokenizer.count(utf8:)) == tokenizer.count(repaired))
  }

  @Test func `tokenizers are found by name`() {
    #expect(BytePairTokenizer.names.contains("o200k_base"))
    #expect(BytePairTokenizer.names.allSatisfy { BytePairTokenizer.named($0)?.name == $0 })
    #expect(BytePairTokenizer.named("o200k_base") == .o200kBase)
    #expect(BytePairTokenizer.named("O200K_BASE") == nil)
  }
}
