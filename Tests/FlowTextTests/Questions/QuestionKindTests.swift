import FlowText
import Testing

@Suite struct `Question kinds` {
  private static let kinds: [String: QuestionKind] = [
    "when": .asksWhen, "many": .asksHowMany, "who": .asksWho, "overview": .asksOverview,
    "answers": .asksAboutAnswers, "self": .isFirstPerson,
  ]

  @Test(arguments: [
    ("When did Ann move?", "when"), ("What year was it?", "when"), ("how long ago was that", "when"),
    ("Since when is it so?", "when"), ("How many weeks did the trip take?", "when many"),
    ("Can she remember when it began?", "when"), ("How many dogs does Bo have?", "many"),
    ("Who called?", "who"), ("Whose idea was it?", "who"), ("Summarize the project", "overview"),
    ("Walk me through the timeline", "overview"),
    ("the order in which things happened", "overview"), ("What did you recommend?", "answers"),
    ("your advice on shoes", "answers"), ("the book you suggested", "answers"),
    ("Where is my key?", "self"), ("What colour is it?", ""), ("He left when it rained", ""),
    ("When it rains, where does Bo go?", ""), ("", ""),
    ("언제 갔어?", "when"), ("몇 월에 시작했어?", "when"), ("며칠 걸렸어?", "when"), ("몇 명이 왔어?", "many"),
    ("누가 왔어?", "who"), ("회의 내용을 요약해줘", "overview"), ("네가 추천한 책", "answers"),
    ("내 차는 어디 있어?", "self"), ("언제나 좋아", ""), ("누군가 왔다", ""),
    ("他什么时候来的？", "when"), ("花了几天？", "when many"), ("有几个人？", "many"),
    ("谁来了？", "who"), ("请总结一下", "overview"), ("你建议的书", "answers"), ("我的车在哪里？", "self"),
    ("いつ始まった？", "when"), ("何人来た？", "many"), ("だれが来た？", "who"), ("会議をまとめて", "overview"),
    ("教えてくれた本", "answers"), ("私の車はどこ？", "self"), ("いつも元気", ""),
  ])
  func `a query has its kinds and no others`(query: String, names: String) {
    let kinds = names.split(separator: " ").map { Self.kinds[String($0)]! }
    #expect(QuestionKind(of: query) == QuestionKind(kinds))
  }
}
