// The Korean, Chinese and Japanese phrases of marks and questions.
extension PhraseTable {
  mutating func addKoreanMarks() {
    add("나 나는 난 내 내가 나의 나를 날 나도 나한테 나에게 저는 전 제 제가 저의 저를 저도 저한테 저에게", [.firstPerson, .wholeWord])
    add("우리 우리는 우리가 우리의 우리를 우리도 저희 저희는 저희가", [.firstPerson, .wholeWord])
    add("항상 언제나 늘 절대 절대로 반드시 매번 앞으로 앞으로는 이제부터 지금부터 다음부터", .ruleAdverb)
    add("주세요 줘 줘요 하지마 말아줘", .imperative)
    add("좋아하 좋아해 좋아함 싫어 싫다 싫은 선호 즐겨 최애", .preference)
    add("안녕 안녕하세요 안녕히 감사 감사합니다 감사해요 고마워 고마워요 고맙습니다 반가워 반갑습니다 네 예 응 알겠습니다", .greeting)
    add("언제 언제부터 언제까지 며칠 몇월 몇년 몇시 몇일", [.when, .interrogative])
    add("몇개 몇명 몇번", [.howMany, .interrogative])
    add("얼마나 얼마", [.howMany, .interrogative])
    add("누가 누구 누굴", [.who, .interrogative])
    add("누군가", .nothing)
    add("무엇 뭐 뭘 어디 왜 어떻게 어떤 어느 무슨", .interrogative)
    add("요약 정리 순서 개요 흐름 타임라인 전체적", .overview)
    add("정리함", .nothing)
    add("추천해준 추천해줬 추천했 추천한 알려준 알려줬 말해준 말해줬 설명해준 설명해줬 제안한 제안했 조언한 조언해준 권한 권했", .answers)
    add("네가 니가 당신이 너는 당신은", .secondPerson)
  }

  mutating func addChineseMarks() {
    add("我 我们 我們 咱们 咱們", .firstPerson)
    add("你 您 你们", .secondPerson)
    add("总是 總是 永远 永遠 始终 始終 绝不 絕不 绝对 絕對", .ruleAdverb)
    add("务必 務必 从现在起 從現在起 从今以后 從今以後 今后 以后请 以後請 以后都 以後都 以后不要 以后要 记住要", .rule)
    add("请 請 必须 必須 不要 一定要", .imperative)
    add("喜欢 喜歡 讨厌 討厭 偏好 偏爱 偏愛 宁愿 寧願 更愿意", .preference)
    add("你好 您好 大家好 谢谢 謝謝 多谢 再见 再見 早上好 晚上好 晚安 好的 不客气 不客氣", .greeting)
    add("什么时候 什麼時候 甚麼時候 何时 何時 哪天 哪一天 哪年 哪一年 哪个月 哪個月 几号 幾號 几月 幾月 几点 幾點 多久", .asking(.when))
    add("多少天 多少年", .asking([.when, .howMany]))
    add("多少 几个 幾個 几次 幾次 几位 幾位", .asking(.howMany))
    add("谁 誰 哪位", .asking(.who))
    add("什么 什麼 怎么 怎麼 为什么 為什麼 哪里 哪裡 哪个 哪個 吗 嗎", .interrogative)
    add("总结 總結 概述 概括 概要 回顾 回顧 按顺序 按順序 顺序 順序 时间线 時間線 梳理", .overview)
    add("你推荐 你推薦 你建议 你建議 你说 你說 你告诉 你告訴 你解释 你解釋 你提到 你的建议 你的建議 你的推荐 你的回答", .answers)
    add("您推荐 您建议 你之前说 你之前推荐 你之前建议 你给我 你給我", .answers)
  }

  mutating func addJapaneseMarks() {
    add("私 私たち 僕 僕たち 僕ら 俺 俺たち わたし ぼく 我々", .firstPerson)
    add("私立 私的", .nothing)
    add("あなた 君", .secondPerson)
    add("必ず 絶対 絶対に 常に いつも 決して", .ruleAdverb)
    add("今後 今後は これからは 今後ずっと 次回から", .ruleAdverb)
    add("ください 下さい なさい しないで", .imperative)
    add("好き 大好き 嫌い 大嫌い 嫌いな のほうがいい の方がいい 好む 好みは 苦手", .preference)
    add("こんにちは こんばんは おはよう おはようございます ありがとう ありがとうございます さようなら はじめまして よろしく よろしくお願いします はい", .greeting)
    add("いつ いつから いつまで 何日 何月 何年 何時 何曜日 何日間 何週間 何ヶ月 何か月 何年前", .asking(.when))
    add("いつも", .ruleAdverb)
    add("いつか", .timeAdverb)
    add("いくつ 何人 何個 何回 何本 いくら 何枚", .asking(.howMany))
    add("だれ 誰が 誰の 誰に どなた", .asking(.who))
    add("何 なに なぜ どうして どこ どの どれ どう ですか ますか でしょうか", .interrogative)
    add("まとめ まとめて 要約 概要 時系列 順番 経緯 振り返", .overview)
    add("あなたが勧め 勧めてくれ 教えてくれた 提案してくれ 薦めてくれ おすすめしてくれ 説明してくれ 言ってくれ アドバイスしてくれ", .answers)
  }
}

extension WordClass {
  fileprivate static func asking(_ classes: WordClass) -> WordClass { classes.union(.interrogative) }
}
