import Testing

@testable import FlowText
import RandomSupport

@Suite struct `Sentence splitter` {
  private func split(_ text: String) -> [String] { SentenceSplitter().sentences(in: text).map(String.init) }

  @Test(arguments: [
    "Dr. Smith paid $3.50 on Jan. 5.| He met J. R. Tolkien in the U.S. yesterday.| It rained!",
    "\"Really?\" he asked.| \"Yes.\"| She left.",
    "Visit https://a.com/b.html.| Open main.swift.| See e.g. the docs etc. and so on... and leave.",
    "No. 5 is alive.| He said no.| Then he left...| Gone.", "Wait... what?!| fine by me.| ok",
    "He lives in the U.S.| The rest is history.", "1. First comes this.", "Is it done?| yes it is",
  ])
  func `English prose ends at its full stops and at no others`(text: String) {
    let expected = text.split(separator: "|").map { String($0.drop { $0 == " " }) }
    #expect(split(expected.joined(separator: " ")) == expected)
  }

  @Test(arguments: [
    ["데이터를 수집했습니다.", " 그리고 끝났어요!", " 정말요?"], ["했다.", "그리고 갔다."],
    ["今日は晴れです。", "「はい。行きます。」と言った。"], ["「はい。」", "「いいえ。」"], ["你好！", "再见。", "3.14"],
  ])
  func `East Asian sentences need no space between them`(parts: [String]) {
    #expect(split(parts.joined()) == parts.map { String($0.drop { $0 == " " }) })
  }

  @Test(arguments: [
    "배포했습니다| 로그 볼까요| 네 확인해 주세요", "서버가 또 죽었어요ㅠㅠ| 다시 켤게요", "그렇죠| 내일 봐요", "됐다ㅋㅋ| 이제 자자",
    "왔다 갔다 하다 보니 늦었다", "필요 없는 수요 예측과 중요 사항", "다니다 말고 돌아왔다", "요 며칠 바빴다", "회의는 3시예요| 늦지 마세요",
  ])
  func `Korean chat ends where its verb does`(text: String) {
    let expected = text.split(separator: "|").map { String($0.drop { $0 == " " }) }
    #expect(split(expected.joined(separator: " ")) == expected)
  }

  @Test(arguments: [
    ["# Heading. With dot", "Text one.", "- item one. Two sentences.", "1. First. Item.", "| a. B | c. D |"],
    ["```swift", "let x = one. Foo", "it is. Bar it is", "```", "After it."],
    ["2024-04-12 08:15:20 ERROR failed. Retrying.", "INFO up", "func run() {", "    call it. Now", "}"],
    [
      "Kim: hello there everybody", "Lee: hello", "Kim: a line that is long enough to be wrapped but is not",
      "Lee: so",
    ],
  ])
  func `lines of code, logs, lists and talk are units`(lines: [String]) {
    #expect(split(lines.joined(separator: "\n")) == lines.map { String($0.drop { $0 == " " }) })
    #expect(split(lines.joined(separator: "\r\n")) == lines.map { String($0.drop { $0 == " " }) })
  }

  @Test func `wrapped prose is joined over its line ends`() {
    let text =
      "This is a long line of prose that was wrapped by\nthe mail program. And it goes on.\n\nnext one"
    #expect(
      split(text) == [
        "This is a long line of prose that was wrapped by\nthe mail program.", "And it goes on.", "next one",
      ]
    )
  }

  @Test func `a long sentence is cut after a clause or at a space`() {
    let clauses = Array(repeating: "and then he went on to say more", count: 40).joined(separator: ", ")
    for piece in split(clauses).dropLast() {
      #expect(piece.hasSuffix(","))
      #expect(piece.count <= 400)
    }
    let words = Array(repeating: "word", count: 300).joined(separator: " ")
    #expect(split(words).allSatisfy { $0.hasPrefix("word") && $0.hasSuffix("word") && $0.count <= 400 })
    #expect(split(String(repeating: "가", count: 1000)).map(\.count) == [400, 400, 200])
  }

  @Test func `everything but white space is in one sentence, in order`() {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SeededRandom(seed: seed)
    for _ in 0..<500 {
      let text = random.text(most: 900)
      let sentences = SentenceSplitter().sentences(in: text)
      let solid = { (part: Substring) in part.unicodeScalars.filter { !$0.properties.isWhitespace } }
      #expect(sentences.flatMap { Array(solid($0)) } == Array(solid(text[...])), "seed \(seed)")
      for sentence in sentences {
        let scalars = sentence.unicodeScalars
        #expect(!scalars.isEmpty && scalars.count <= 432, "seed \(seed)")
        #expect(scalars.first?.properties.isWhitespace == false, "seed \(seed)")
        #expect(scalars.last?.properties.isWhitespace == false, "seed \(seed)")
      }
      for (left, right) in zip(sentences, sentences.dropFirst()) {
        #expect(left.endIndex <= right.startIndex, "seed \(seed)")
      }
    }
  }

  @Test(arguments: ["", " ", "\n\n\t\u{3000}"])
  func `white space has no sentences`(text: String) {
    #expect(split(text).isEmpty)
  }
}
