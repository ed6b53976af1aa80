import FlowCore
import Testing
import RandomSupport

@Suite struct `Flow error` {
  /// Programs match on these; a change here breaks them.
  private static let published: Set<String> = [
    "argument.invalid", "json.invalid", "workflow.invalid", "history.invalid", "project.name_invalid",
    "task.invalid", "task.cycle", "task.unknown_dep", "step.invalid", "tokenizer.unknown",
    "context.budget_too_small", "file.newer_format", "storage.corrupt", "project.not_found",
    "project.none_active", "task.not_found", "step.not_found", "summary.not_found", "cache.not_found",
    "file.not_found", "project.locked", "project.exists", "task.exists", "step.ref_conflict",
    "revision.conflict", "task.none_ready", "task.claimed", "task.not_held", "task.not_ready", "task.needed",
    "storage.read_failed", "storage.write_failed", "config.invalid", "internal",
    "hook.vetoed", "hook.failed", "library.missing", "model.unreachable", "model.untrusted",
    "model.timed_out", "model.overloaded", "model.rate_limited", "model.unpaid", "model.unauthorized",
    "model.rejected", "model.paused", "model.cancelled", "model.answer_too_large", "model.answer_malformed",
    "model.answer_empty", "model.answer_truncated", "model.answer_refused", "model.answer_unfit",
    "cost.limit_reached", "history.event_not_found",
  ]

  @Test func `no published code was taken away or renamed`() {
    let codes = FlowError.Code.allCases.map(\.rawValue)
    #expect(Self.published.subtracting(codes).isEmpty)
  }

  @Test func `codes are unique, lower case and of one form`() {
    let codes = FlowError.Code.allCases.map(\.rawValue)
    #expect(Set(codes).count == codes.count)
    for code in codes {
      #expect(code.wholeMatch(of: /[a-z]+(\.[a-z]+(_[a-z]+)*)?/) != nil, "\(code)")
    }
  }

  @Test func `the description is the message and, where there is one, the hint`() {
    #expect("\(FlowError(.internal, "it broke"))" == "it broke")
    #expect("\(FlowError(.internal, "it broke", hint: "mend it"))" == "it broke; mend it")
  }
}

@Suite struct `Excerpt` {
  @Test(arguments: [
    ("", ""), ("abc", "abc"), ("가나다", "가나다"), ("abcdefgh", "abcdefgh"), ("abcdefghi", "abcdefgh…"),
    ("a\nb", "a\\u{a}b"), ("\u{1B}[31m", "\\u{1b}[31m"), ("\0", "\\u{0}"), ("\u{202E}x", "\\u{202e}x"),
    ("\u{2028}", "\\u{2028}"), ("\u{85}", "\\u{85}"), ("\u{7F}", "\\u{7f}"), ("\u{200D}", "\u{200D}"),
  ]) func `control and bidirectional characters become visible, the rest is cut`(
    text: String,
    excerpt: String
  ) {
    #expect(text.excerpt(limit: 8) == excerpt)
  }

  @Test func `quotes stand around at most sixty characters`() {
    let long = String(repeating: "x", count: 61)
    #expect(long.quotedExcerpt == "'\(String(repeating: "x", count: 60))…'")
    #expect("it".quotedExcerpt == "'it'")
  }

  @Test(arguments: 1...3 as ClosedRange<UInt64>)
  func `no excerpt holds what a terminal obeys, and none is longer than it may be`(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    for _ in 0..<2000 {
      var text = ""
      for _ in 0..<Int.random(in: 0...40, using: &random) {
        let value = UInt32.random(in: 0...0x2070, using: &random)
        if let scalar = Unicode.Scalar(value) { text.unicodeScalars.append(scalar) }
      }
      let limit = Int.random(in: 0...30, using: &random)
      let excerpt = text.excerpt(limit: limit)
      #expect(!excerpt.unicodeScalars.contains { $0.isUnsafeToPrint }, "seed \(seed)")
      let isCut = text.unicodeScalars.count > limit
      let isMarked = excerpt.unicodeScalars.last == "…"
      #expect(isMarked == isCut || text.unicodeScalars.contains("…"), "seed \(seed)")
      #expect(excerpt.unicodeScalars.count <= 8 * limit + 1, "seed \(seed)")
    }
  }
}
