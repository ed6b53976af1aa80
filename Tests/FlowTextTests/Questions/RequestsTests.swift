import FlowText
import Testing

@Suite struct `Requests for a deed` {
  @Test(arguments: [
    "Can you fix the build?", "could you look at this", "Would you write a test", "Help me plan the trip",
    "Should I take the train?", "should we deploy", "How do I renew it?", "how can we speed it up",
    "Please translate this", "I need to write a letter", "I want to bake bread", "I'm about to leave",
    "I’m trying to sleep", "I am planning a party", "i'm looking for a hotel", "I am working on a talk",
    "Let's start", "let’s go", "First of all, PLEASE stop", "Well, how would I know",
    "배포 스크립트를 고쳐 줘. 확인도 해 줘", "번역해줘", "요약해 주세요", "도와줘", "어떻게 하면 빨라질까", "식당 추천해 주라",
    "여행을 계획하려고 해", "빵을 굽고 싶어. 운동도 하고 싶어",
    "请翻译这句话", "請幫忙", "帮我写一封信", "怎么办", "我想学做面包",
    "手伝ってください", "使い方を教えて", "パンを焼きたいので勉強したい", "どうすればいい",
  ]) func `what wants something done now is one`(text: String) {
    #expect(Requests.isRequest(text))
  }

  @Test(arguments: [
    "", " ", "?", "When did the deploy fail?", "What did Caroline buy?", "Who was at the party",
    "She can do what you need", "You could be right", "I needed to write", "He wants to bake", "canyou",
    "letss go",
    "I went to the shop", "pleased to meet them", "the helper meant it", "how did I do it",
    "언제 배포가 실패했어?", "누가 왔어", "인증서가 만료됐다", "昨天部署失败了吗？", "谁来了", "昨日何がありましたか", "誰が来た", "😀",
  ]) func `what asks for what was, or tells, is none`(text: String) {
    #expect(!Requests.isRequest(text))
  }

  @Test func `a long text is read through`() {
    let long = String(repeating: "nothing of the kind, ", count: 2000)
    #expect(!Requests.isRequest(long))
    #expect(Requests.isRequest(long + "please"))
    #expect(!Requests.isRequest(String(repeating: "가나다 ", count: 2000)))
  }
}
