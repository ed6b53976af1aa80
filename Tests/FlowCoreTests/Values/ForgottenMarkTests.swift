import FlowCore
import Testing

@Suite struct `The mark of a forgotten step` {
  private let date = CivilDate(year: 2026, month: 11, day: 22)

  @Test(arguments: [
    ("pasted a key", "pasted a key"), ("  two\nlines\t \u{2028}and\u{0}more ", "two lines and more"),
    ("\u{1B}[31mred", "[31mred"), ("x]", "x]"), ("[forgotten 2026-11-22: y]", "[forgotten 2026-11-22: y]"),
    ("열쇠", "열쇠"), ("e\u{301}", "e\u{301}"), ("\u{301}x", "\u{301}x"), ("a: b", "a: b"),
    ("\u{600}", "\u{600}"),
  ])
  func `says when and why on one line, and is read again`(reason: String, line: String) throws {
    let mark = try ForgottenMark(date: date, reason: reason)
    #expect(mark.description.utf8.elementsEqual("[forgotten 2026-11-22: \(line)]".utf8))
    #expect(ForgottenMark(mark.description) == mark)
    #expect(Step(role: .user, content: mark.description).forgotten == mark)
    #expect(Step(role: .user, content: mark.description, meta: ["a": 1]).forgotten == nil)
  }

  @Test func `a long reason is cut to 200 characters`() throws {
    for (reason, count) in [
      (String(repeating: "가", count: 200), 200), (String(repeating: "ab ", count: 90), 200),
    ] {
      let mark = try ForgottenMark(date: date, reason: reason)
      #expect(mark.reason.unicodeScalars.count <= count)
      #expect(mark.reason.hasSuffix("…") == (reason.count > 200))
      #expect(ForgottenMark(mark.description) == mark)
    }
    let accents = try ForgottenMark(date: date, reason: "e" + String(repeating: "\u{301}", count: 5000))
    #expect(accents.reason.unicodeScalars.count == 200)
  }

  @Test(arguments: ["", " ", "\n\u{7}\u{202E}"])
  func `a reason that shows nothing is refused`(reason: String) {
    let error = #expect(throws: FlowError.self) { try ForgottenMark(date: date, reason: reason) }
    #expect(error?.code == .invalidArgument)
  }

  @Test(arguments: [
    "", "[forgotten]", "[forgotten 2026-11-22: ]", "[forgotten 2026-11-22:x]", "[forgotten 2026-02-30: x]",
    "[forgotten 2026-11-22: x] ", " [forgotten 2026-11-22: x]", "[forgotten 2026-11-22: x\ny]",
    "[forgotten 2026-11-22T08:00:00Z: x]", "[Forgotten 2026-11-22: x]", "[forgotten 2026-11-22: x",
    "the key is [x]",
    "[forgotten 2026-11-22: " + String(repeating: "x", count: 201) + "]",
  ])
  func `another text is no mark`(text: String) {
    #expect(ForgottenMark(text) == nil)
  }
}
