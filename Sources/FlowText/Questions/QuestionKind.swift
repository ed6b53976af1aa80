/// What sort of answer a question wants, in English, Korean, Chinese and Japanese.
public struct QuestionKind: OptionSet, Sendable, Hashable {
  public let rawValue: UInt8

  public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// A time or a length of time: when, what year, how long ago, how many days; 언제, 몇 월; 什么时候; いつ.
  public static let asksWhen = QuestionKind(rawValue: 1)
  /// A number: how many, how much, 몇 명, 多少, いくつ.
  public static let asksHowMany = QuestionKind(rawValue: 2)
  /// A person: who, whose, 누가, 谁, だれ.
  public static let asksWho = QuestionKind(rawValue: 4)
  /// An account of the whole or of its order: summary, recap, timeline, in order; 요약, 순서; 总结; まとめ.
  public static let asksOverview = QuestionKind(rawValue: 8)
  /// What the one asked said before: did you, your advice, you suggested; 추천해준; 你建议; 教えてくれた.
  public static let asksAboutAnswers = QuestionKind(rawValue: 16)
  /// The asker speaks of themselves: I, my, we; 내, 우리; 我; 私.
  public static let isFirstPerson = QuestionKind(rawValue: 32)

  /// The kinds of a query.
  ///
  /// "When" counts where it asks: not in "when I was young, who …", where a subject follows it.
  public init(of query: String) {
    let text = TimeTokens(query)
    var kind: QuestionKind = []
    for (index, token) in text.tokens.enumerated() {
      let classes = token.classes
      if classes.has(.when), Self.asksWhen(index, text) { kind.formUnion(.asksWhen) }
      if classes.has(.howMany) { kind.formUnion(.asksHowMany) }
      if classes.has(.who) { kind.formUnion(.asksWho) }
      if classes.has(.overview) { kind.formUnion(.asksOverview) }
      if classes.has(.answers) { kind.formUnion(.asksAboutAnswers) }
      if classes.has(.firstPerson) { kind.formUnion(.isFirstPerson) }
      if classes.has(.vague), token.word == 0 { kind.formUnion(Self.ofNumeral(index, text)) }
    }
    self = kind
  }

  /// A bare "when" needs an auxiliary behind it, nothing at all, or a place inside the sentence after a verb
  /// ("tell me when …").
  private static func asksWhen(_ index: Int, _ text: TimeTokens) -> Bool {
    let token = text.tokens[index]
    let isBare = token.word != 0 && token.end - token.start == 4
    guard isBare else { return true }
    let next = text.classes(index + 1)
    if index + 1 == text.tokens.count || next.has(.auxiliary) || next.has(.preposition) { return true }
    if token.startsSentence { return next.has(.interrogative) }
    return asks.contains { text.classes(index - 1).has($0) }
  }

  /// What stands before an indirect question: "remind me when", "know when", "and when", "about when".
  private static let asks: [WordClass] = [.asking, .firstPerson, .preposition, .of]

  /// 몇 월, 几天: when; 몇 명, 几个: how many; before a unit of time both.
  private static func ofNumeral(_ index: Int, _ text: TimeTokens) -> QuestionKind {
    let next = text.adjacent(index + 1)
    if text.classes(index + 2).has([.ago, .hence]), text.adjacent(index + 2).has([.ago, .hence]) {
      return .asksWhen
    }
    if next.has([.monthSuffix, .daySuffix, .yearSuffix, .clockMark]) { return .asksWhen }
    return next.has(.unit) ? [.asksWhen, .asksHowMany] : .asksHowMany
  }
}
