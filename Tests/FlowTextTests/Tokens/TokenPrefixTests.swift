import FlowText
import Testing
import RandomSupport

@Suite struct `Longest prefix that fits` {
  private let tokenizer = BytePairTokenizer.o200kBase

  /// The definition: the longest of all prefixes whose own count is within the limit.
  private func longest(
    of text: String,
    fitting limit: Int,
    by tokenizer: BytePairTokenizer = .o200kBase
  ) -> Substring {
    var end = text.endIndex
    while end > text.startIndex, tokenizer.count(String(text[..<end])) > limit {
      end = text.index(before: end)
    }
    return text[..<end]
  }

  @Test(arguments: [BytePairTokenizer.o200kBase, .cl100kBase], 1...12 as ClosedRange<UInt64>)
  func `no longer prefix fits`(_ tokenizer: BytePairTokenizer, _ seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let text = RandomText.text(40, using: &random)
    for limit in 0...tokenizer.count(text) {
      let found = tokenizer.prefix(of: text, fitting: limit)
      #expect(found.endIndex == longest(of: text, fitting: limit, by: tokenizer).endIndex, "limit \(limit)")
    }
  }

  @Test(arguments: [
    "it're we'll   \n\n  x  ", "\u{4E2D}HELLOa \u{4E2D}HELLO", "!\u{301}ABC\u{301}\u{301}d",
    "  \n \n   \t x\n\n  ",
    "12345\u{301}67", "e\u{301}e\u{301}e\u{301}", "🇰🇷🇩🇪🇫🇷", "👩\u{200D}👩\u{200D}👧👩\u{200D}👩\u{200D}👧",
    "\r\n\r\n\r\nx\r\n",
    "internationalization", "!!!!!!!////\n\n//", "\u{3000}\u{3000}\u{3000}a\u{3000}!",
  ])
  func `no longer prefix fits where a cut changes the pieces`(_ text: String) {
    for limit in 0...tokenizer.count(text) {
      let found = tokenizer.prefix(of: text, fitting: limit)
      #expect(found.endIndex == longest(of: text, fitting: limit).endIndex, "limit \(limit)")
    }
  }

  @Test func `a longer prefix with fewer tokens is found`() {
    #expect(tokenizer.count("throug") == 3)
    #expect(tokenizer.prefix(of: "throughx y", fitting: 1) == "through")
  }

  @Test(
    arguments: ["a", "ab", "中", "e\u{301}", " ", " \n", "=", "中A", "xyzzyq", "👩\u{200D}👧"],
    [1, 7, 50]
  )
  func `the prefix of a long run fits and is nearly the longest`(_ unit: String, _ limit: Int) {
    let text = String(repeating: unit, count: 1_000)
    let prefix = tokenizer.prefix(of: text, fitting: limit)
    let count = tokenizer.count(String(prefix))
    #expect(count <= limit)
    #expect(text.hasPrefix(prefix))
    if prefix.endIndex < text.endIndex, prefix.count > 1 {
      #expect(count * 10 >= limit * 9 || limit < 10)
    }
  }

  @Test(arguments: ["ab", "中", "xyzzyq", "e\u{301}", " ", "=-"], [1, 6, 40, 101])
  func `a piece of some hundred bytes is cut where it is longest`(_ unit: String, _ limit: Int) {
    let text = String(repeating: unit, count: 900 / unit.utf8.count) + "end"
    let found = tokenizer.prefix(of: text, fitting: limit)
    #expect(found.endIndex == longest(of: text, fitting: limit).endIndex)
  }

  @Test func `a limit of nothing leaves nothing, and one that is enough leaves all`() {
    #expect(tokenizer.prefix(of: "hello", fitting: 0).isEmpty)
    #expect(tokenizer.prefix(of: "hello", fitting: -3).isEmpty)
    #expect(tokenizer.prefix(of: "", fitting: 0).isEmpty)
    #expect(tokenizer.prefix(of: "", fitting: -1).isEmpty)
    #expect(tokenizer.prefix(of: "hello world", fitting: 2) == "hello world")
    #expect(tokenizer.prefix(of: "hello world", fitting: .max) == "hello world")
    #expect(tokenizer.prefix(of: "hello world", fitting: 1) == "hello")
  }

  @Test func `a character of several code points is not cut`() {
    let family = "👨\u{200D}👩\u{200D}👧\u{200D}👦"
    #expect(tokenizer.prefix(of: family, fitting: tokenizer.count(family) - 1).isEmpty)
    let marked = "x" + String(repeating: "\u{301}", count: 2_000)
    #expect(tokenizer.prefix(of: marked, fitting: 5).isEmpty)
    #expect(tokenizer.prefix(of: "a " + marked, fitting: 5) == "a ")
  }
}
