/// What the form and the class of a word show, found once for each distinct word of a source.
///
/// The classes are closed ones of the lexicon (`WordClass`): persons, numbers, words of time, greetings.
struct WordTraits: Sendable {
  private var bits: UInt32 = 0

  private static let timeClasses: WordClass = [
    .month, .ambiguousMonth, .weekday, .shortWeekday, .shortMonth, .relativeDay, .relativeUnit, .dayPart,
    .timeAdverb, .unit, .season, .ago, .daySpan, .clock, .clockMark, .weekdayOfWeek,
  ]
  private static let numberClasses: WordClass = [.number, .ordinal, .date, .eitherDate, .clock, .yearSuffix]

  static let capital: UInt32 = 1
  static let number: UInt32 = 1 << 1
  static let time: UInt32 = 1 << 2
  static let firstPerson: UInt32 = 1 << 3
  static let secondPerson: UInt32 = 1 << 4
  static let courtesy: UInt32 = 1 << 5
  /// It, that, this: the sentence leans on the one before.
  static let anaphor: UInt32 = 1 << 6
  /// And, but, because, which: a clause may begin here.
  static let joins: UInt32 = 1 << 7
  /// And, so, well, anyway: nothing is lost if a sentence begins after it.
  static let opener: UInt32 = 1 << 8
  static let comma: UInt32 = 1 << 9
  /// Ends with `.`, `!`, `?`, `…` or an East Asian form, quotes and brackets behind them allowed.
  static let stop: UInt32 = 1 << 10
  static let question: UInt32 = 1 << 11
  static let dash: UInt32 = 1 << 12
  static let opensBracket: UInt32 = 1 << 13
  static let closesBracket: UInt32 = 1 << 14
  /// A Korean connective ending after which a new clause begins.
  static let connective: UInt32 = 1 << 15
  /// A comma or a semicolon of East Asian width, which needs no space behind it.
  static let wideComma: UInt32 = 1 << 16
  static let digit: UInt32 = 1 << 17
  static let colon: UInt32 = 1 << 18
  /// A sign or a capital inside, as in paths, addresses and names of code; or back-ticks around.
  static let code: UInt32 = 1 << 19

  @inline(__always)
  func has(_ any: UInt32) -> Bool { bits & any != 0 }

  init(_ word: UnsafeBufferPointer<UInt8>) {
    var start = 0
    var end = word.count
    while start < end, Self.isSign(word[start]) { start += 1 }
    readEnd(word, &end, from: start)
    if word[0] == UInt8(ascii: "["), word.count > 1 { bits |= Self.opensBracket }
    if word[word.count - 1] == UInt8(ascii: "]") { bits |= Self.closesBracket }
    guard start < end else {
      if word.count <= 3, Self.isDash(word) { bits |= Self.dash }
      return
    }
    if word[start..<end].contains(where: ASCII.isDigit) { bits |= Self.digit }
    if Self.isCode(word, start..<end) { bits |= Self.code }
    let core = String(decoding: word[start..<end], as: UTF8.self)
    if end - start <= Self.longestListed, let listed = Self.listed[core.lowercased()] { bits |= listed }
    readClasses(of: core)
    let first = word.scalar(at: start).scalar
    if first.properties.isUppercase, !has(Self.firstPerson) { bits |= Self.capital }
    if word[start] >= 0xEA, KoreanClause.endsClause(word[start..<end], hasComma: has(Self.comma)) {
      bits |= Self.connective
    }
  }

  private mutating func readClasses(of core: String) {
    for token in WordLexer.tokens(in: core) {
      let classes = token.classes
      if classes.has(.firstPerson) { bits |= Self.firstPerson }
      if classes.has(.secondPerson) { bits |= Self.secondPerson }
      if classes.has(.greeting) { bits |= Self.courtesy }
      if classes.has(Self.numberClasses), token.isDigits || token.value > 1 { bits |= Self.number }
      if classes.has(Self.timeClasses) || classes.has(.modifier) && token.value != 0 { bits |= Self.time }
    }
  }

  /// Moves `end` before the punctuation that ends the word and notes what it means.
  private mutating func readEnd(_ word: UnsafeBufferPointer<UInt8>, _ end: inout Int, from start: Int) {
    while end > start {
      var last = end - 1
      while last > start, word[last] & 0xC0 == 0x80 { last -= 1 }
      switch word.scalar(at: last).scalar {
      case ".", "!", "…", "。", "！", "｡": bits |= Self.stop
      case "?", "？": bits |= Self.stop | Self.question
      case ",", ";": bits |= Self.comma
      case "，", "；": bits |= Self.comma | Self.wideComma
      case ":": bits |= Self.colon
      case "\"", "'", "”", "’", ")", "]", "}", "»", "」", "』", "*", "_", "`", "~": break
      default: return
      }
      end = last
    }
  }

  private static func isCode(_ word: UnsafeBufferPointer<UInt8>, _ core: Range<Int>) -> Bool {
    guard word[0] != UInt8(ascii: "`"), word[0] != UInt8(ascii: "$"), word[0] != UInt8(ascii: "/") else {
      return true
    }
    for index in core.dropFirst().dropLast() {
      switch word[index] {
      case UInt8(ascii: "_"), UInt8(ascii: "/"), UInt8(ascii: "@"), UInt8(ascii: "\\"), UInt8(ascii: "."),
        UInt8(ascii: ":"):
        return true
      case let byte: if ASCII.isUpper(byte), ASCII.isLower(word[index - 1]) { return true }
      }
    }
    return false
  }

  private static func isSign(_ byte: UInt8) -> Bool { byte < 0x80 && !ASCII.isAlphanumeric(byte) }

  private static func isDash(_ word: UnsafeBufferPointer<UInt8>) -> Bool {
    switch word.scalar(at: 0).scalar {
    case "-", "–", "—": true
    default: false
    }
  }

  private static let longestListed = 16

  /// Words with the traits that they have by themselves: closed classes, and first words of greetings, thanks, good
  /// wishes and agreement that the lexicon has no class for.
  private static let listed: [String: UInt32] = {
    let lists: [(UInt32, String)] = [
      (
        joins,
        "and but or so because since although though while which where when if then plus whereas unless until who"
      ),
      (opener, "and so well oh also plus anyway anyways then"),
      (anaphor, "it it's it’s that that's that’s this these those"),
      (
        courtesy,
        "congrats congratulations hmm aw aww ooh whoa yay yup uh um mm hm gosh absolutely definitely exactly"
      ),
      (courtesy, "totally indeed agreed alright right sorry please good great"),
      (courtesy, "안녕 안녕하세요 감사합니다 고마워 고마워요 네 예 응 你好 谢谢 はい ありがとう"),
    ]
    var listed: [String: UInt32] = [:]
    for (trait, words) in lists {
      for word in words.split(separator: " ") { listed[String(word), default: 0] |= trait }
    }
    return listed
  }()
}

/// Where a Korean clause ends: verbs carry the conjunction as their ending.
enum KoreanClause {
  /// Endings that close a clause with a comma behind them.
  private static let beforeComma = endings("고 며 나 만 데 서 자 니 면 지 여 해")
  /// Endings long enough to close one without a comma.
  private static let alone = endings("으며 했고 였고 었고 았고 졌고 지만 는데 면서 하여 으나 하며 되며 으므로 기에")

  private static func endings(_ words: String) -> [[UInt8]] {
    words.split(separator: " ").map { Array($0.utf8) }
  }

  static func endsClause(_ word: Slice<UnsafeBufferPointer<UInt8>>, hasComma: Bool) -> Bool {
    // A syllable is three bytes; a stem of one syllable at least stands before the ending.
    (hasComma ? beforeComma : alone).contains { ending in
      word.count > ending.count && word.suffix(ending.count).elementsEqual(ending)
    }
  }
}
