// Korean, Chinese and Japanese phrases of time.
//
// The calendar words are built from their parts: modifiers, units and days of the week combine freely in all
// three languages, so a list of wholes would have holes.
extension PhraseTable {
  /// Phrases at the beginning of a Hangul word.
  static let hangul: PhraseTable = {
    var table = PhraseTable()
    table.addKoreanTimes()
    table.addKoreanMarks()
    return table
  }()

  /// Phrases anywhere in a run of Han and Kana.
  static let unspaced: PhraseTable = {
    var table = PhraseTable()
    table.addHanTimes()
    table.addChineseTimes()
    table.addJapaneseTimes()
    table.addChineseMarks()
    table.addJapaneseMarks()
    return table
  }()

  private mutating func addRelative(_ words: String, _ unit: TimeUnit, _ offset: Int) {
    add(words, .relativeUnit, RelativeUnit(unit, offset).value)
  }

  // MARK: Korean

  private mutating func addKoreanTimes() {
    let days: [(String, Int)] = [
      ("그끄저께", -3), ("그저께 그제 엊그제 엊그저께", -2), ("어제 어젯밤 어저께 간밤", -1), ("오늘", 0), ("내일", 1),
      ("모레 내일모레", 2), ("글피", 3),
    ]
    for (words, offset) in days { add(words, .relativeDay, offset) }
    add("그제야 그제서야", .nothing)
    for (word, offset) in [("지난", -1), ("저번", -1), ("이번", 0), ("다음", 1)] {
      add(word, .modifier, offset)
      addRelative("\(word)주", .week, offset)
      addRelative("\(word)달", .month, offset)
      addRelative("\(word)주말", .weekend, offset)
    }
    add("지지난주 저저번주", .relativeUnit, RelativeUnit(.week, -2).value)
    add("다다음주", .relativeUnit, RelativeUnit(.week, 2).value)
    addRelative("지난해 작년", .year, -1)
    addRelative("재작년", .year, -2)
    addRelative("올해 금년", .year, 0)
    addRelative("내년", .year, 1)
    addRelative("내후년", .year, 2)
    addRelative("금주", .week, 0)
    for (index, day) in ["월", "화", "수", "목", "금", "토", "일"].enumerated() {
      add("\(day)요일", .weekday, index + 1)
    }
    add("봄", .season, 3)
    add("여름", .season, 6)
    add("가을", .season, 9)
    add("겨울", .season, 12)
    add("년", [.yearSuffix, .unit, .afterNumber], TimeUnit.year.rawValue)
    add("월", [.monthSuffix, .afterNumber])
    add("일", [.daySuffix, .unit, .afterNumber], TimeUnit.day.rawValue)
    add("초", [.unit, .afterNumber], TimeUnit.second.rawValue)
    add("분", [.unit, .afterNumber], TimeUnit.minute.rawValue)
    add("분의", .nothing)
    add("시", [.clockMark, .afterNumber])
    add("시간", [.unit, .afterNumber], TimeUnit.hour.rawValue)
    add("주", [.unit, .modified], TimeUnit.week.rawValue)
    add("주일 주간", [.unit, .afterNumber], TimeUnit.week.rawValue)
    add("달", [.unit, .modified], TimeUnit.month.rawValue)
    add("개월", [.unit, .afterNumber], TimeUnit.month.rawValue)
    add("해", [.unit, .modified], TimeUnit.year.rawValue)
    add("주말", .unit, TimeUnit.weekend.rawValue)
    add("전", [.ago, .afterUnit])
    add("후 뒤", [.hence, .afterUnit])
    let spans = [
      ("하루", 1), ("이틀", 2), ("사흘", 3), ("나흘", 4), ("닷새", 5), ("엿새", 6), ("이레", 7), ("여드레", 8),
      ("아흐레", 9), ("열흘", 10), ("보름", 15), ("일주일", 7), ("이주일", 14), ("삼주일", 21),
    ]
    for (word, length) in spans { add(word, .daySpan, length) }
    let native = ["한", "두", "세", "네", "다섯", "여섯", "일곱", "여덟", "아홉", "열", "열한", "열두"]
    for (index, word) in native.enumerated() {
      add("\(word)달 \(word)주 \(word)해", .nothing)
      add(word, .number, index + 1)
    }
    add("몇", [.number, .vague], 3)
    add("아침 점심 저녁 밤 새벽 오전 오후 정오 자정 한밤중 한밤 대낮 낮", .dayPart)
    add("최근 요즘 요새 방금 아까 나중 이따가 곧 지금 이제 현재 예전 옛날 평일 매일 매주 매달 매년 매월", .timeAdverb)
    add("부터", .since)
  }

  // MARK: Han

  private mutating func addHanTimes() {
    add("今日 今天 今夜 今晚 今早 今朝 今晩 当日", .relativeDay, 0)
    add("昨日 昨天 昨夜 昨晚 昨晩", .relativeDay, -1)
    add("一昨日 前天 前日", .relativeDay, -2)
    add("大前天", .relativeDay, -3)
    add("明日 明天 明晚 明早 明朝", .relativeDay, 1)
    add("明後日 后天 後天", .relativeDay, 2)
    add("大后天 大後天", .relativeDay, 3)
    addRelative("今年", .year, 0)
    addRelative("去年 昨年", .year, -1)
    addRelative("前年 一昨年", .year, -2)
    addRelative("明年 来年 來年", .year, 1)
    addRelative("后年 後年 再来年", .year, 2)
    add("年", [.yearSuffix, .unit, .afterNumber], TimeUnit.year.rawValue)
    add("月 月份", [.monthSuffix, .afterNumber])
    add("日 号 號", [.daySuffix, .unit, .afterNumber], TimeUnit.day.rawValue)
    add("日間 天", [.unit, .afterNumber], TimeUnit.day.rawValue)
    add("週 周 週間 周间 星期 个星期 個星期 礼拜 个礼拜 個禮拜 周间", [.unit, .afterNumber], TimeUnit.week.rawValue)
    add("个月 個月 か月 ヶ月 カ月 ヵ月 ケ月 箇月 个多月", [.unit, .afterNumber], TimeUnit.month.rawValue)
    add("年間", [.unit, .afterNumber], TimeUnit.year.rawValue)
    add("小时 小時 个小时 個小時 時間 个钟头", [.unit, .afterNumber], TimeUnit.hour.rawValue)
    add("分钟 分鐘 分間", [.unit, .afterNumber], TimeUnit.minute.rawValue)
    add("点半 点钟 點半 點鐘 時 时 点整", [.clockMark, .afterNumber])
    add("前 以前 之前 まえ", [.ago, .afterUnit])
    add("后 後 以后 以後 之后 之後", [.hence, .afterUnit])
    add("春 春天 春季", .season, 3)
    add("夏 夏天 夏季", .season, 6)
    add("秋 秋天 秋季", .season, 9)
    add("冬 冬天 冬季", .season, 12)
    add("的 の", .link)
  }

  private mutating func addChineseTimes() {
    for (word, offset) in [("上", -1), ("上上", -2), ("这", 0), ("這", 0), ("本", 0), ("下", 1), ("下下", 2)] {
      addRelative("\(word)周 \(word)週 \(word)星期 \(word)个星期 \(word)個星期 \(word)礼拜 \(word)个礼拜", .week, offset)
      addRelative("\(word)个月 \(word)個月", .month, offset)
      addRelative("\(word)周末 \(word)週末 \(word)个周末 \(word)個週末", .weekend, offset)
      for (index, day) in ["一", "二", "三", "四", "五", "六", "日"].enumerated() {
        for week in ["周", "週", "星期", "个星期", "個星期", "礼拜"] where word != "本" {
          add("\(word)\(week)\(day)", .weekdayOfWeek, (offset + 4) * 8 + index + 1)
        }
      }
    }
    addRelative("本月", .month, 0)
    for week in ["周", "週", "星期", "礼拜", "禮拜"] {
      for (index, day) in ["一", "二", "三", "四", "五", "六", "日"].enumerated() {
        add(week + day, .weekday, index + 1)
      }
      add(week + "天", .weekday, 7)
    }
    add("周日", .weekday, 7)
    add("周末 週末", .unit, TimeUnit.weekend.rawValue)
    add("早上 早晨 上午 中午 下午 傍晚 晚上 夜里 夜裡 凌晨 半夜 午夜", .dayPart)
    add("最近 刚才 剛才 刚刚 剛剛 现在 現在 目前 以前 从前 從前 不久 将来 將來 每天 每周 每週 每年 每月 后来 後來", .timeAdverb)
    add("十分 一点 一點", .nothing)
    add("几 幾", [.number, .vague], 3)
    add("自从 自從", .since)
  }

  private mutating func addJapaneseTimes() {
    add("きょう", .relativeDay, 0)
    add("きのう", .relativeDay, -1)
    add("おととい", .relativeDay, -2)
    add("あした", .relativeDay, 1)
    add("あさって", .relativeDay, 2)
    add("きょうだい きょうみ きょういく", .nothing)
    for (word, offset) in [("先々", -2), ("先", -1), ("今", 0), ("来", 1), ("再来", 2)] {
      addRelative("\(word)週", .week, offset)
      addRelative("\(word)月", .month, offset)
      addRelative("\(word)週末", .weekend, offset)
    }
    addRelative("おととし", .year, -2)
    for (index, day) in ["月", "火", "水", "木", "金", "土", "日"].enumerated() {
      add("\(day)曜日 \(day)曜", .weekday, index + 1)
    }
    add("午前 午後 朝 昼 夕方 夜 夜中 早朝 深夜 正午", .dayPart)
    add("今 さっき 先ほど もうすぐ 最近 近頃 昔 毎日 毎週 毎月 毎年 毎朝 毎晩 平日 先日", .timeAdverb)
    add("数 数か", [.number, .vague], 3)
  }
}
