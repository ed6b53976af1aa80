import FlowCore
import Testing

@testable import FlowMemory

@Suite struct `What a forgotten step said` {
  private let text = ForgottenText("the token is sk-99 88.\nIt works;\tdo not tell.\n")

  @Test(
    arguments: [
      "the token is sk-99 88.\nIt works;\tdo not tell.",
      "said: the token is sk-99 88.\nIt works;\tdo not tell. Ok",
      "token is sk-99 88", "It works;\tdo not", " do not tell.\n",
      ["a": ["the token is sk-99 88.\nIt works;\tdo not tell.\n"]],
    ] as [JSONValue]
  )
  func `is told by a result that holds all of it, or is a part of it`(value: JSONValue) {
    #expect(text.isTold(by: value))
  }

  @Test(
    arguments: [
      "sk-99", "sk-99 8", "the token is sk-99 89.", "", "  ", 42, nil, [], ["token is sk-99 88"],
      ["a": "the token is sk-99 88."], "The token is sk-99 88",
    ] as [JSONValue]
  )
  func `is not told by another result, nor by a few characters`(value: JSONValue) {
    #expect(!text.isTold(by: value))
  }

  @Test func `as JSON is told by a result that is the same JSON`() {
    #expect(ForgottenText(#"{"password":"x"}"# + "\n").isTold(by: ["user": 1, "auth": ["password": "x"]]))
  }

  @Test func `of white space is told by nothing`() {
    for content in ["", " \n\t "] {
      let text = ForgottenText(content)
      #expect(!text.isTold(by: "") && !text.isTold(by: "some words here") && !text.isTold(in: "words"))
    }
  }

  @Test(arguments: [
    "- user: the token is sk-99 88. [s1]", "x\nIt works;   do not\ntell.", "It works; do not tell.",
  ])
  func `is told in a text that holds a line or a sentence, however its white space is`(body: String) {
    #expect(text.isTold(in: body))
  }

  @Test(arguments: ["", "the token was sk-99 88", "It works", "do not tell"])
  func `is not told in a text that holds none`(body: String) {
    #expect(!text.isTold(in: body))
  }

  @Test func `is looked for in linear time`() {
    let ticks = String(repeating: "`", count: 200_000)
    #expect(!ForgottenText(ticks + "x").isTold(by: .string(ticks + ticks)))
    #expect(ForgottenText(ticks + "x").isTold(by: .string(ticks + ticks + "x")))
  }
}
