import FlowText
import Testing

@Suite struct `Configured patterns` {
  private func masked(_ text: String, _ patterns: String...) throws -> String {
    Redactor(patterns: try patterns.map { try RedactionPattern($0) }).redact(text).text
  }

  @Test func `mask what they match`() throws {
    #expect(try masked("ticket ACME-123456, ACME-12", "ACME-[0-9]{6}") == "ticket [masked pattern], ACME-12")
    #expect(try masked("사번 A1234 입니다", "[A-Z][0-9]{4}") == "사번 [masked pattern] 입니다")
    #expect(try masked("암구호는 하늘소 입니다", "하늘소") == "암구호는 [masked pattern] 입니다")
  }

  @Test func `mask the first group alone`() throws {
    #expect(
      try masked("PIN: 1234 pin 99", "(?i)pin:? ([0-9]+)") == "PIN: [masked pattern] pin [masked pattern]"
    )
    #expect(try masked("ab", "a(x)?b") == "[masked pattern]")
    #expect(try masked("key= key=v", "key=([a-z]*)") == "key= key=[masked pattern]")
  }

  @Test func `the earliest match wins, and masked places are left alone`() throws {
    #expect(try masked("xaby", "ab", "xab") == "[masked pattern]y")
    #expect(
      try masked("PASSWORD=" + "hunter-2", "hunter", "PASS") == "[masked pattern]WORD=[masked password]"
    )
    #expect(try masked("[masked token] masked", "masked") == "[masked token] [masked pattern]")
  }

  @Test func `see one line at a time`() throws {
    #expect(try masked("a\nb", "a[^x]b") == "a\nb")
    #expect(try masked("ab\nab", "^ab$") == "[masked pattern]\n[masked pattern]")
  }

  @Test(arguments: [0, 500, 1000, 1020, 1024, 1500, 3000])
  func `find a match anywhere in a long line`(offset: Int) throws {
    let before = String(repeating: "가.", count: offset / 4) + " "
    let after = " " + String(repeating: "b", count: 3000)
    #expect(try masked(before + "ACME-1234" + after, "ACME-[0-9]+") == before + "[masked pattern]" + after)
  }

  @Test(arguments: [
    ("(ab", "expected ')'"), ("a{2,1}", "less than or equal"), ("x*", "empty"), ("a?|b", "empty"),
    ("^$", "empty"),
    ("(?=a)", "empty"), ("\\b", "empty"), ("(a+)+b", "at character 1"), ("x(?:a|a)*b", "at character 2"),
    ("(?:a*){3}b", "several ways"), ("a+b+c+d+e", "more than three"), ("(a)\\1*", "several ways"),
    (String(repeating: "(", count: 80) + "a" + String(repeating: ")", count: 80), "nested"),
  ])
  func `are refused with the reason`(pattern: String, reason: String) {
    let fault = #expect(throws: RedactionPatternFault.self) { try RedactionPattern(pattern) }
    #expect(fault?.description.contains(reason) == true, "\(fault?.description ?? "")")
  }

  @Test(arguments: [
    "a+", "[0-9]{4}-[0-9]{4}", "(?:\\d{1,3}\\.){3}\\d{1,3}", "(?i)acme-\\w+", "(?<id>[A-Z]+)-\\d+",
    "\\Qa+\\Eb",
    "(?:foo|bar)-[0-9]+", "\\p{Han}+番", "a{x", "(?#note)a",
  ])
  func `are taken where they are harmless`(pattern: String) throws {
    #expect(try RedactionPattern(pattern).pattern == pattern)
  }
}
