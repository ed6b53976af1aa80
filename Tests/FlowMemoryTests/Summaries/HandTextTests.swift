import FlowCore
import FlowText
import RandomSupport
import Testing

@testable import FlowMemory

@Suite struct `Text of a summary by hand` {
  private static let range = StepID(3)...StepID(20)

  private func read(_ text: String, _ range: ClosedRange<StepID> = Self.range) -> [String] {
    HandText.lines(in: text, about: range).map {
      Summary.Bullet(text: $0.text, source: $0.source, weight: 0).line
    }
  }

  @Test(arguments: [
    // Items with their anchors.
    ("- a [s3]\n- b [s4-5]", ["- a [s3]", "- b [s4-5]"]),
    ("* a [s3]\n+ b [s4-5]\n• c", ["- a [s3]", "- b [s4-5]", "- c [s3-20]"]),
    ("-   spaced\tout   [s3]  ", ["- spaced out [s3]"]),
    ("- a[s3]", ["- a [s3]"]), ("- a [s4-4]", ["- a [s4]"]),
    ("- 저장은 UTC, 표시는 KST [s6]", ["- 저장은 UTC, 표시는 KST [s6]"]),
    (
      "1. first [s3]\n2) second\n10. tenth",
      ["- 1. first [s3]", "- 2) second [s3-20]", "- 10. tenth [s3-20]"]
    ),
    ("- [ ] to do\n- [x] done [s3]", ["- [ ] to do [s3-20]", "- [x] done [s3]"]),
    (
      "- parent [s3]\n  - child\n\t* grandchild [s4]",
      ["- parent [s3]", "- child [s3-20]", "- grandchild [s4]"]
    ),
    // No anchor, or one of other steps: it may come from all, and stays what it says.
    ("- a", ["- a [s3-20]"]), ("- a [s2]", ["- a [s2] [s3-20]"]), ("- a [s20-21]", ["- a [s20-21] [s3-20]"]),
    ("- a [m3-20]", ["- a [m3-20] [s3-20]"]), ("- a [x]", ["- a [x] [s3-20]"]),
    ("- a [s0]", ["- a [s0] [s3-20]"]),
    ("- a [s3] b", ["- a [s3] b [s3-20]"]), ("- [s3]", ["- [s3] [s3-20]"]),
    ("- a [s3] [s4]", ["- a [s3] [s4]"]),
    // Lines that belong to an item.
    ("- a\n  b\n   c [s3]\n- d", ["- a b c [s3]", "- d [s3-20]"]), ("- a [s3]\n  and b", ["- a and b [s3]"]),
    ("- a [s3]\n  b [s4]", ["- a [s3] b [s4]"]), ("- a\nb [s3]", ["- a b [s3]"]),
    ("- a\n\n  b [s3]", ["- a b [s3]"]),
    ("- a\r\n  b [s3]\r\n- c\r\n", ["- a b [s3]", "- c [s3-20]"]),
    // Text that is no item.
    ("a\nb\n\nc [s3]", ["- a b [s3-20]", "- c [s3]"]), ("- a [s3]\nmine", ["- a [s3]", "- mine [s3-20]"]),
    ("one [s3]\ntwo [s4]", ["- one [s3]", "- two [s4]"]), ("- a\n\nmine", ["- a [s3-20]", "- mine [s3-20]"]),
    ("### Why\nBecause.", ["- ### Why [s3-20]", "- Because. [s3-20]"]),
    ("## Why\n\n# b", ["- ## Why [s3-20]", "- # b [s3-20]"]),
    ("```\nlet a = 1\n```", ["- ``` let a = 1 ``` [s3-20]"]),
    ("| a | b |\n| - | - |", ["- | a | b | | - | - | [s3-20]"]),
    ("#hashtag\n-5 degrees", ["- #hashtag -5 degrees [s3-20]"]),
    ("- a\n---\nb\n***\n", ["- a [s3-20]", "- b [s3-20]"]),
    // Nothing to say.
    ("", []), ("\n \n\t", []), ("-", []), ("- \n* \n", []), ("- - -", []), ("-\n  a", ["- a [s3-20]"]),
    // Control characters and what ends a line elsewhere.
    ("- a\0b\u{1B}[31m [s3]", ["- a b [31m [s3]"]), ("- a\u{2028}- b\u{85}c\rd", ["- a - b c d [s3-20]"]),
    ("- e\u{301} [s3]", ["- e\u{301} [s3]"]), ("\u{FEFF}- a", ["- \u{FEFF}- a [s3-20]"]),
  ]) func `becomes bullets`(text: String, bullets: [String]) {
    #expect(read(text).map { Array($0.utf8) } == bullets.map { Array($0.utf8) }, "\(read(text))")
  }

  @Test func `of a single step has its anchor`() {
    #expect(read("- a\n- b [s7]", StepID(7)...StepID(7)) == ["- a [s7]", "- b [s7]"])
  }

  /// What a bullet of Flow's own says: anything on one line.
  private func text(_ random: inout SeededRandom) -> String {
    let pieces = [
      "- ", "* ", "## ", "\\## ", "\\", "[s3]", " [s4-5]", "1. ", "가나다", "é", "e\u{301}", "--- ", "```", "x",
      " ", "]", "[",
      "<!-- flow m1-2 v1 by x sha256:0123456789abcdef -->", "\u{FEFF}", "\u{200B}", "👩‍👩‍👧", "\u{301}", "|", "#",
    ]
    while true {
      let text = OneLine.folded((0..<random.number(1...8)).map { _ in random.pick(pieces) }.joined())
      if !text.isEmpty { return text }
    }
  }

  @Test(arguments: 1...40 as ClosedRange<UInt64>)
  func `that Flow rendered gives the bullets back`(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    for _ in 0..<25 {
      let bullets = (0..<random.number(0...6)).map { _ in
        let first = random.number(3...20)
        let source = StepID(first)...StepID(random.number(first...20))
        let content = random.once(in: 3) ? OneLine.folded(random.content()) : text(&random)
        return Summary.Bullet(text: content.isEmpty ? "x" : content, source: source, weight: 1)
      }
      let rendered = bullets.map(\.line).joined(separator: "\n")
      let found = HandText.lines(in: rendered, about: Self.range)
      #expect(found == bullets.map(HandText.Line.init), "seed \(seed): \(rendered.debugDescription)")
    }
  }

  @Test(arguments: 1...40 as ClosedRange<UInt64>)
  func `loses no word, and reads its own rendering the same`(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    for _ in 0..<25 {
      var words: [String] = []
      var text = ""
      for number in 0..<random.number(1...12) {
        words.append("w\(number)ord\(random.number(0...99))")
        text += random.pick(["- ", "* ", "  ", "\t", "### ", "> ", "3. ", "", "", "[s4] ", "\\", "    - "])
        text += words[number]
        text += random.pick([
          "\n", "\n", "\n\n", " ", " [s4]\n", " [s3-9]\n", " [s99]\n", "\r\n", "\u{85}", "\n---\n",
        ])
      }
      let lines = HandText.lines(in: text, about: Self.range)
      let all = lines.map(\.text).joined(separator: " ").split(separator: " ")
      let found = all.map(String.init).filter { $0.contains("ord") }
      #expect(found.map { $0.filter { $0 != "\\" } } == words, "seed \(seed): \(text.debugDescription)")
      #expect(lines.allSatisfy { OneLine.folded($0.text) == $0.text && !$0.text.isEmpty }, "seed \(seed)")
      let rendered = lines.map { Summary.Bullet(text: $0.text, source: $0.source, weight: 0).line }
      let again = HandText.lines(in: rendered.joined(separator: "\n"), about: Self.range)
      #expect(again == lines, "seed \(seed): \(text.debugDescription)")
    }
  }
}
