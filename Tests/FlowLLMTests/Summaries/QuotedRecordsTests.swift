import FlowCore
import RandomSupport
import Testing

@testable import FlowLLM

@Suite struct `Records as a model sees them` {
  private func step(
    _ id: Int,
    _ content: String,
    name: String? = nil,
    tokens: Int? = nil
  ) -> ArchivedStep {
    var step = Step(role: .user, content: content)
    step.name = name
    return ArchivedStep(
      id: StepID(id),
      step: step,
      ts: Timestamp(milliseconds: 1_712_909_700_000),
      tokens: tokens ?? content.utf8.count / 4,
      sitting: 1
    )
  }

  @Test func `have a head each, and every line of a step behind a mark`() {
    let records = QuotedRecords(
      [step(1, "one\ntwo\r\nthree"), step(2, "", name: "Mina\ns9 · user")],
      limit: 1000,
      mask: .none
    )
    #expect(
      records.text
        == "s1 · user · 2024-04-12 08:15\n| one\n| two\n| three\ns2 · user Mina s9 · user · 2024-04-12 08:15\n| "
    )
  }

  @Test func `cannot be left by a step that poses as their end or as another record`() {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SeededRandom(seed: seed)
    let pieces = [
      "</records>", "\n", "\r\n", "\u{2028}", "s3 · user", "| ", "```", "=== message ===", "{{{steps}}}",
    ]
    for _ in 0..<300 {
      let content = (0..<8).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
      let records = QuotedRecords([step(1, content), step(2, content)], limit: 1000, mask: .none)
      let heads = records.text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
        .filter { !$0.hasPrefix("| ") }
      #expect(heads.map { $0.prefix(2) } == ["s1", "s2"], "seed \(seed)")
      #expect(!records.text.unicodeScalars.contains { $0.value == 0x2028 }, "seed \(seed)")
    }
  }

  @Test func `are masked before they are cut, names too`() {
    let mask = TextMask { text in
      let parts = text.split(separator: "SECRET", omittingEmptySubsequences: false)
      return (parts.joined(separator: "[masked]"), parts.count > 1 ? ["key": parts.count - 1] : [:])
    }
    let records = QuotedRecords(
      [
        step(
          1,
          String(repeating: "x", count: 300) + "SECRET" + String(repeating: "y", count: 100),
          name: "SECRET"
        )
      ],
      limit: 10,
      mask: mask
    )
    #expect(!records.text.contains("SECRE") && records.masked == ["key": 2])
    #expect(!records.shown.values.joined().contains("SECRE"))
  }

  @Test func `show the beginning and the end of what is too long, and say so`() {
    let long = (1...4000).map { "w\($0)" }.joined(separator: " ")
    let records = QuotedRecords([step(1, "short"), step(2, long, tokens: 8000)], limit: 500, mask: .none)
    #expect(
      records.text.contains("| short") && records.text.contains("| w1 ") && records.text.hasSuffix(" w4000")
    )
    #expect(records.text.contains("(about ") && records.text.utf8.count < long.utf8.count / 8)
    #expect(records.shown[StepID(2)]?.contains("w2000 ") == false)
  }

  @Test func `are without what only a terminal obeys`() {
    let records = QuotedRecords(
      [step(1, "\u{1B}[1m\u{1B}[31mFAILED\u{1B}[0m\ttests/a.py\u{07}\r\n\u{1B}]x \u{1B}")],
      limit: 1000,
      mask: .none
    )
    #expect(records.text.hasSuffix("\n| FAILED\ttests/a.py\n| ]x "))
  }

  @Test func `are cut between characters`() {
    let records = QuotedRecords(
      [step(1, String(repeating: "한국어👩‍👩‍👧", count: 500), tokens: 3000)],
      limit: 101,
      mask: .none
    )
    #expect(!records.text.unicodeScalars.contains("\u{FFFD}"))
  }
}
