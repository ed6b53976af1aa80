import FlowText
import Testing

@Suite struct `Redaction patterns` {
  @Test func `mask what they match, or their first group`() throws {
    let whole = Redactor(patterns: [try RedactionPattern("ACME-[0-9]{4}")])
    #expect(whole.redact("order ACME-1234 of ACME-12").text == "order [masked pattern] of ACME-12")
    let group = Redactor(patterns: [try RedactionPattern("badge (\\w+)")])
    #expect(
      group.redact("배지 badge 가나 and badge x7").text == "배지 badge [masked pattern] and badge [masked pattern]"
    )
  }

  @Test func `leave marks and what rules have masked alone`() throws {
    let redactor = Redactor(patterns: [try RedactionPattern("\\w+")])
    #expect(redactor.redact("[masked token]").text == "[masked token]")
    let once = redactor.redact("password=hunter4711 x")
    #expect(once.text == "[masked pattern]=[masked password] [masked pattern]")
    #expect(redactor.redact(once.text).text == once.text)
  }

  @Test func `find up to 256 bytes on lines of any length`() throws {
    let redactor = Redactor(patterns: [try RedactionPattern("<[a-z]{1,254}>")])
    let secret = "<" + String(repeating: "k", count: 254) + ">"
    for offset in stride(from: 0, through: 1200, by: 37) {
      let text = String(repeating: "가 ", count: offset / 4) + secret + String(repeating: " x", count: 700)
      #expect(redactor.redact(text).masks.map(\.range.count) == [256], "\(offset)")
    }
    #expect(redactor.redact("<a\nb>").masks.isEmpty)
  }

  @Test(arguments: [
    ("", "empty"), ("a*", "nothing stands"), ("\\b", "nothing stands"), ("(a+)+", "exponential"),
    ("(a|b)*c", "exponential"), ("(?:a?b){2,}", "exponential"), ("(a)\\1", "refers back"),
    ("(a", "not closed"),
    ("a)", "none opened"), (".*a.*b.*c.*d", "more than 3"), (String(repeating: "a", count: 1001), "longer"),
  ])
  func `that could match nothing or take too long are refused`(pattern: String, reason: String) {
    let fault = #expect(throws: RedactionPatternFault.self) { try RedactionPattern(pattern) }
    #expect(fault?.description.contains(reason) == true, "\(pattern): \(fault?.description ?? "taken")")
  }

  @Test func `a fault has its place`() {
    let fault = #expect(throws: RedactionPatternFault.self) { try RedactionPattern("ab(c+)+") }
    #expect(fault?.place == 7 && fault?.description.hasPrefix("at character 7: ") == true)
  }

  @Test(arguments: [
    "[+*]{2}x", "(?:[A-Z0-9]{5}-){4}[A-Z0-9]{5}", "a\\(b+\\)+", "(?i)acme", "[[a-z]--[x]]+y", "a|b",
  ])
  func `of a plain kind are taken`(pattern: String) throws {
    #expect(try RedactionPattern(pattern).source == pattern)
  }

  @Test func `a text made to be slow ends`() throws {
    let redactor = Redactor(patterns: [try RedactionPattern("a+b+c")])
    #expect(redactor.redact(String(repeating: "a", count: 2000)).masks.isEmpty)
  }
}
