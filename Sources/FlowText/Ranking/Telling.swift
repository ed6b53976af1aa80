/// How telling a sentence is by its form: facts have numbers, names and dates; talk has greetings.
///
/// The factors are prior odds, multiplied: 1 is a plain statement. The word lists are closed classes of
/// English grammar and phrase-book courtesies, not taken from any corpus.
enum Telling {
  /// The factor for a sentence with this many distinct terms.
  static func factor(of sentence: String, terms: Int) -> Double {
    let body = withoutSpeaker(sentence)
    var factor = 1.0
    if isQuestion(body) { factor *= 0.35 }
    let words = body.split { !$0.isLetter && !$0.isNumber && $0 != "'" && $0 != "’" }
    if isDated(body, words) { factor *= 1.3 }
    factor *= 1 + 0.15 * Double(min(3, names(in: body)))
    if hasIdentifier(body) { factor *= 1.3 }
    if terms < 4 { factor *= 0.5 }
    if let first = words.first, courtesies.contains(first.lowercased()) { factor *= 0.7 }
    return factor
  }

  /// The sentence without a leading "[14:02] Jun Park: ".
  static func withoutSpeaker(_ sentence: String) -> Substring {
    var body = sentence[...]
    if body.first == "[", let close = body.prefix(40).firstIndex(of: "]") {
      body = body[body.index(after: close)...].drop(while: \.isWhitespace)
    }
    guard let colon = body.prefix(24).firstIndex(of: ":") else { return body }
    let label = body[..<colon]
    let after = body[body.index(after: colon)...]
    let isName = label.allSatisfy { $0.isLetter || $0.isNumber || $0 == " " || $0 == "." || $0 == "_" }
    guard isName, label.count(where: { $0 == " " }) < 3, after.first?.isWhitespace == true else {
      return body
    }
    return after.drop(while: \.isWhitespace)
  }

  static func isQuestion(_ body: Substring) -> Bool {
    let last = body.last { !$0.isWhitespace && !"\"'”’)]".contains($0) }
    return last == "?" || last == "？"
  }

  private static func isDated(_ body: Substring, _ words: [Substring]) -> Bool {
    body.utf8.contains(where: ASCII.isDigit) || words.contains { times.contains($0.lowercased()) }
  }

  /// Words with a capital inside the sentence, where English capitals mean names.
  private static func names(in body: Substring) -> Int {
    var count = 0
    var previous: Character = "."
    var beforePrevious: Character = " "
    for (character, next) in zip(body, body.dropFirst()) {
      let isInside = previous == " " && (beforePrevious.isLowercase || beforePrevious == ",")
      if isInside, character.isUppercase, next.isLowercase { count += 1 }
      beforePrevious = previous
      previous = character
    }
    return count
  }

  /// A path, a URL, an address, a call or a name of code.
  private static func hasIdentifier(_ body: Substring) -> Bool {
    let bytes = Array(body.utf8)
    for index in bytes.indices.dropFirst().dropLast() {
      let before = bytes[index - 1]
      let after = bytes[index + 1]
      guard ASCII.isAlphanumeric(after) else { continue }
      switch bytes[index] {
      case UInt8(ascii: "_"), UInt8(ascii: "@"), UInt8(ascii: "/"), UInt8(ascii: "."):
        if ASCII.isAlphanumeric(before) { return true }
      default:
        if ASCII.isLower(before), ASCII.isUpper(bytes[index]) { return true }
      }
    }
    return false
  }

  /// First words of greetings, thanks, good wishes and agreement.
  private static let courtesies: Set<String> = [
    "hi", "hello", "hey", "bye", "goodbye", "thanks", "thank", "welcome", "congrats", "congratulations",
    "wow", "oh", "ah", "haha", "great", "nice", "cool", "awesome", "ok", "okay", "sure", "sorry", "yes",
    "yeah", "yep", "no", "good", "cheers", "please", "absolutely", "definitely", "exactly", "안녕", "안녕하세요",
    "감사합니다", "고마워", "고마워요", "네", "예",
  ]

  private static let times: Set<String> = [
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "dozen", "hundred", "thousand", "million", "billion", "first", "second", "third", "half", "twice",
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february",
    "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
    "yesterday", "today", "tonight", "tomorrow", "last", "next", "ago", "since", "until",
  ]
}
