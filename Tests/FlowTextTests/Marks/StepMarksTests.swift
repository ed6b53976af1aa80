import FlowText
import Testing

@Suite struct `Step marks` {
  @Test(arguments: [
    "Always answer in French.", "Please never use tabs.", "From now on, call me Sam.",
    "Going forward use SI units.",
    "Whenever I ask for code, add tests.", "Remember to cite sources.", "Don't ever push to main.",
    "OK. Make sure you always run the tests.", "From now on I want you to be brief.", "- Never log secrets",
    "항상 존댓말로 답해 주세요", "앞으로는 짧게 써줘", "절대 삭제하지 마", "总是请用中文回答", "务必先测试", "今后请用中文", "必ず日本語で答えてください",
    "今後は短くしてください",
  ])
  func `an instruction that holds from now on`(text: String) {
    #expect(StepMarks(text).isStandingRule)
  }

  @Test(arguments: [
    "I always walk to work.", "She never came.", "Never mind.", "From now on I will run daily.",
    "I must remember to buy milk.", "When I ask around, people laugh.".replacing("ask", with: "look"), "",
    "나는 항상 커피를 마신다", "我总是迟到", "彼は必ず来る",
  ])
  func `no instruction`(text: String) {
    #expect(!StepMarks(text).isStandingRule)
  }

  @Test(arguments: [
    "I prefer tea.", "I'd rather stay.", "I really like jazz", "I don't like rain", "We love hiking.",
    "My favourite colour is red",
    "저는 커피를 좋아해요", "매운 음식은 싫어", "我喜欢茶", "我讨厌下雨", "紅茶が好きです", "お茶の方がいい",
  ])
  func `a preference`(text: String) {
    #expect(StepMarks(text).isPreference)
  }

  @Test(arguments: [
    "I'd like a ticket.", "It looks like rain.", "He likes it like that".replacing("likes", with: "took"),
    "Do you prefer tea?",
    "오늘 비가 와요", "我去商店", "駅に行きます", "",
  ])
  func `no preference`(text: String) {
    #expect(!StepMarks(text).isPreference)
  }

  @Test(arguments: [
    ("I told my sister about us.", 3), ("You know it", 0), ("나는 우리 집에 갔다", 2), ("나무가 있다", 0), ("我和我们", 2),
    ("私は僕だ", 2),
  ])
  func `first persons are counted`(text: String, count: Int) {
    #expect(StepMarks(text).firstPersonCount == count)
  }

  @Test(arguments: [
    ("Yesterday Ann met Bob in Paris. Then she left.", 3), ("I think I know", 0), ("The end", 0),
    ("나는 서울에 갔다", 0), ("我去北京", 0),
  ])
  func `names are capitals inside sentences`(text: String, count: Int) {
    #expect(StepMarks(text).properNameCount == count)
  }

  @Test(arguments: [
    ("It cost 1,204 dollars for three.", 2), ("On 2023-05-07 at 10:30", 2), ("One of them", 0),
    ("3.5 litres", 1), ("三天前", 1), ("一起去", 0),
    ("사과 3개", 1),
  ])
  func `numbers are counted`(text: String, count: Int) {
    #expect(StepMarks(text).numberCount == count)
  }

  @Test(arguments: [
    "Is it late?", "what is the time", "Do you know him", "when did it end", "Really? \"", "어디 가요?", "비가 올까",
    "你去吗", "どこですか。", "いつ来る",
  ])
  func `a question`(text: String) {
    #expect(StepMarks(text).isQuestion)
  }

  @Test(arguments: [
    "It is late.", "What a day!", "When I was young, we sang.", "Have a nice day", "Do the dishes", "집에 갔다",
    "我去了", "行きました。", "",
  ])
  func `no question`(text: String) {
    #expect(!StepMarks(text).isQuestion)
  }

  @Test(arguments: [
    "Hi!", "Thanks so much, Ann!", "Good morning", "안녕하세요", "감사합니다!", "你好", "谢谢你", "ありがとうございます",
  ])
  func `a greeting`(text: String) {
    #expect(StepMarks(text).isGreeting)
  }

  @Test(arguments: [
    "Hi, the build broke.", "Thanks, the meeting is on Monday", "No, stop it", "안녕 회의는 내일이야", "你好世界和平", "",
  ])
  func `more than a greeting`(text: String) {
    #expect(!StepMarks(text).isGreeting)
  }
}
