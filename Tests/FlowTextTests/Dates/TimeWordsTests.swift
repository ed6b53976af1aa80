import FlowText
import Testing

@Suite struct `Time words` {
  @Test(arguments: [
    ("We met yesterday.", 1), ("On Monday morning", 1), ("Monday and Tuesday", 2), ("in May 2023", 1),
    ("two weeks ago", 1), ("for three weeks", 1), ("We left at 10:30 and came back at 3 pm.", 2),
    ("I saw her recently, and again last summer.", 2), ("on May 7, 2023", 1), ("2023-05-07T10:00:00Z", 1),
    ("every day", 1), ("It took years", 1), ("in 2019", 1), ("the weekend", 1), ("soon", 1),
    ("tonight at 8 o'clock", 2), ("this fall", 1), ("in the spring", 1), ("on Sun", 1),
    ("last week's talk", 1),
    ("You may march on; the sun sat in a fall.", 0), ("a second opinion", 0), ("I am here", 0),
    ("2000 people", 0), ("the meeting minutes", 0), ("Now, then.", 0), ("", 0), ("well-known facts", 0),
  ])
  func `English`(text: String, count: Int) {
    #expect(TimeWords.count(in: text) == count)
  }

  @Test(arguments: [
    ("어제 만났어", 1), ("지난주 월요일에 시작해서 내일 끝나", 2), ("3월 5일", 1), ("3일 전에", 1), ("여름에", 1), ("봄이 왔다", 1),
    ("아침에 일어났다", 1), ("세 시간 동안", 1), ("봄보로", 0), ("그제야 알았다", 0), ("5분의 1", 0), ("안녕하세요", 0),
    ("昨天我们见面了", 1), ("上周一开始，下个月结束", 2), ("三天前", 1), ("2023年3月5日", 1), ("最近很忙", 1), ("春天来了", 1),
    ("十分好", 0), ("有一点累", 0), ("青春万岁", 0), ("天气好", 0),
    ("昨日会いました", 1), ("先週の月曜日", 1), ("3日前に", 1), ("毎朝走る", 1), ("夏に行く", 1), ("きょうだいがいる", 0),
    ("今井さん", 0), ("朝食を作る", 0),
  ])
  func `Korean, Chinese and Japanese`(text: String, count: Int) {
    #expect(TimeWords.count(in: text) == count)
  }
}
