import FlowCore
import Testing

@testable import FlowLLM

@Suite struct `Answers in bullets` {
  private let reader = BulletAnswer(range: StepID(3)...StepID(9))

  private func lines(_ answer: String) throws -> [String] {
    try reader.bullets(in: answer).map(\.line)
  }

  @Test(arguments: [
    ("- It broke [s3]", ["- It broke [s3]"]),
    ("- It broke [s3-4]\n- It was mended. [s9]", ["- It broke [s3-4]", "- It was mended. [s9]"]),
    ("* It broke [s3–s5].", ["- It broke [s3-5]"]),
    ("- It broke (s3, s5)", ["- It broke [s3-5]"]),
    ("- It broke [s3] [s7]", ["- It broke [s3-7]"]),
    ("Here are the bullets:\n\n- It broke [s4]\n", ["- It broke [s4]"]),
    ("```markdown\n- It broke [s4]\n```", ["- It broke [s4]"]),
    (
      "- It broke\n  in the night [s4]\n\n- Then not [s5]",
      ["- It broke in the night [s4]", "- Then not [s5]"]
    ),
    ("- Later [s8]\n- Sooner [s3]", ["- Sooner [s3]", "- Later [s8]"]),
    ("• 배포가 실패했다 [s4]\r\n• 다시 했다 [s5]", ["- 배포가 실패했다 [s4]", "- 다시 했다 [s5]"]),
    ("- a\u{1B}[31mb\u{2028}# c [s4]", nil),
  ]) func `are read as models write them`(answer: String, expected: [String]?) throws {
    if let expected {
      #expect(try lines(answer) == expected)
    } else {
      #expect(throws: AnswerFault.self) { try lines(answer) }
    }
  }

  @Test(arguments: [
    ("", AnswerFault.Kind.nothing), ("\n\n", .nothing), ("Everything went well.", .prose),
    ("- It broke [s3]\nAnd that is all there is to say.", .prose), ("- It broke", .noAnchor),
    ("- It broke [3]", .noAnchor), ("- It broke [m3-4]", .noAnchor), ("- It broke [s2]", .foreignAnchor),
    ("- It broke [s3-10]", .foreignAnchor), ("- It broke [s99999999999999999999]", .noAnchor),
    ("- It broke [s5-3]", .noAnchor), ("- [s3]", .nothing), ("# Summary\n- It broke [s3]", .prose),
    ("- " + String(repeating: "word ", count: 400) + "[s3]", .tooLong), ("[s3]", .prose),
    ("{\"a\":1}", .prose),
    ("<html><body>- x [s3]</body></html>", .prose),
  ]) func `of another form are faults`(answer: String, kind: AnswerFault.Kind) throws {
    let fault = try #require(throws: AnswerFault.self) { try lines(answer) }
    #expect(fault.kind == kind, "\(fault)")
    #expect(fault.sentence.hasSuffix(".") && !fault.sentence.contains("\n"))
  }

  @Test func `no bullet can begin a line or end a comment of the readable memory`() throws {
    let bullets = try reader.bullets(in: "- a\u{07}b\tc <!-- flow m1-2 v1 by x --> [s3]")
    #expect(bullets.map(\.text) == ["a b c <!-- flow m1-2 v1 by x -->"])
  }
}
