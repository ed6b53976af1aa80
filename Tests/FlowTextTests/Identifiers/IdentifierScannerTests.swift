import RandomSupport
import Testing

@testable import FlowText

@Suite struct `Identifier scanner` {
  /// Pieces of all kinds and signs between them, in any order.
  private static func text(_ random: inout SeededRandom) -> String {
    let pieces = [
      "src/main.swift", "https://example.com/x", "jun@example.com", "3f2a9c1", "v1.2.3", "T001",
      "`git status`", "\"bad rows\"",
      "April 12, 2024", "3:30 pm", "1,204", "rows", "New York", "Caroline:", "last week", "2024년 4월 12일",
      "12만 원", "오후 3시",
      "김민수 교수", "田中さん", "今年", "“", "”", "「", "」", "\"", "`", "$ make test", "--max=3", "the", "and", "of",
      "I", "C:\\a",
      "**", "_", "#", "@", "$5", "-5", "20%", "\u{1B}[31m", "é", "가.나/다", "1.", "two hundred", "twenty-five",
      "May",
    ]
    let gaps = [" ", " ", " ", "\n", ", ", ". ", "", "/", "-", "\t", ": ", "\r\n", "'s "]
    var text = ""
    for _ in 0..<Int.random(in: 0...30, using: &random) {
      text +=
        Int.random(in: 0..<4, using: &random) == 0
        ? random.text(most: 8) : pieces.randomElement(using: &random)!
      text += gaps.randomElement(using: &random)!
    }
    return text
  }

  @Test func `finds are slices of the text, in order, and repeat`() {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SeededRandom(seed: seed)
    for _ in 0..<300 {
      let text = Self.text(&random)
      let bytes = Array(text.utf8)
      let found = found(text)
      #expect(found == IdentifierScanner().identifiers(in: text), "seed \(seed)")
      for (identifier, next) in zip(found, found.dropFirst()) {
        let isInside = identifier.kind == .command || identifier.kind == .quoted || identifier.kind == .id
        #expect(
          identifier.range.lowerBound <= next.range.lowerBound,
          "seed \(seed): \(text.debugDescription)"
        )
        #expect(
          isInside || identifier.range.upperBound <= next.range.lowerBound
            || next.range.upperBound <= identifier.range.upperBound,
          "seed \(seed): \(text.debugDescription)"
        )
      }
      for identifier in found {
        #expect(!identifier.range.isEmpty && identifier.range.upperBound <= bytes.count, "seed \(seed)")
        #expect(
          Array(identifier.text.utf8) == Array(bytes[identifier.range]),
          "seed \(seed): \(text.debugDescription)"
        )
        #expect(identifier.weight > 0 && identifier.weight <= 1000, "seed \(seed)")
        #expect(!identifier.normal.isEmpty, "seed \(seed): \(identifier)")
      }
    }
  }

  @Test func `a normal form is its own normal form`() {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SeededRandom(seed: seed)
    for _ in 0..<300 {
      for identifier in found(Self.text(&random)) {
        #expect(
          IdentifierNormal.form(of: identifier.normal, kind: identifier.kind) == identifier.normal,
          "seed \(seed): \(identifier)"
        )
      }
    }
  }

  @Test func `paragraphs are read the same alone and together`() {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SeededRandom(seed: seed)
    for _ in 0..<300 {
      let (first, second) = (Self.text(&random), Self.text(&random))
      let offset = first.utf8.count + 2
      let shifted = found(second).map {
        Identifier(
          kind: $0.kind,
          text: $0.text,
          normal: $0.normal,
          range: $0.range.lowerBound + offset..<$0.range.upperBound + offset,
          weight: $0.weight
        )
      }
      #expect(found(first + "\n\n" + second) == found(first) + shifted, "seed \(seed): \((first, second))")
    }
  }

  @Test(arguments: [
    "a", "A", "1", " ", "\"", "`", "/", "\\", ".", "-", "_", ":", "@", "#", "$", "*", "'", "“", "「", "가", "年",
    "é", "\u{301}",
    "\u{FEFF}", "\u{FFFD}", "\n", "a.", "a/", "1,", "1-", "1.", "A b ", "a_", "가.", "http://", "@a", "\"a ",
    "$1", "the ", "“가 ",
    "Ab Cd ", "$ git a\n", "x:", "1:", "--a=", "1만 ", "January ", "a`",
  ])
  func `much of one thing is read to its end`(piece: String) {
    let text = String(repeating: piece, count: 100_000 / piece.utf8.count)
    let found = found(text)
    #expect(found.allSatisfy { $0.range.upperBound <= text.utf8.count })
  }

  @Test func `bytes that are no UTF-8 are read as U+FFFD`() {
    let text = String(
      decoding: [0xFF, 0x41, 0xC0, 0x80, 0xED, 0xA0, 0x80, 0x2F, 0x61, 0x2E, 0x63] as [UInt8],
      as: UTF8.self
    )
    #expect(found(text).allSatisfy { $0.range.upperBound <= text.utf8.count })
  }

  @Test func `colours of a terminal are no part of the text`() {
    #expect(found("\u{1B}[32mok\u{1B}[0m").isEmpty)
    #expect(texts("\u{1B}[1;31msrc/a.swift\u{1B}[0m", .path) == ["src/a.swift"])
  }
}
