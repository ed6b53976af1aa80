/// The words of a question that say which sort of answer is wanted, not what it is about.
enum QuestionWords {
  /// English patterns: a word that asks, and the words after it that go with it.
  private static let afterHow: Set<String> = [
    "long", "often", "far", "old", "big", "large", "tall", "soon", "come", "exactly",
  ]
  private static let sorts: Set<String> = ["kind", "kinds", "type", "types", "sort", "sorts"]
  private static let openings: [[String]] = [
    ["can", "you"], ["could", "you"], ["would", "you"], ["please"], ["tell", "me"], ["remind", "me"],
    ["show", "me"], ["let", "me", "know"], ["do", "you", "remember"], ["according", "to"],
  ]

  /// Korean interrogatives as whole words, with the particles and endings they take.
  private static let korean: Set<String> = [
    "언제", "언제부터", "언제까지", "어디", "어디에", "어디에서", "어디서", "어디로", "누가", "누구", "누구의",
    "누구를", "누구와", "무엇", "무엇을", "무엇이", "무엇인가", "무엇인가요", "무엇인지", "뭐", "뭘", "뭐가", "뭐야",
    "왜", "어떻게", "어떤", "어느", "몇", "얼마", "얼마나", "누구인가", "누구인가요", "알려줘", "알려주세요",
  ]

  /// Chinese and Japanese interrogatives; those scripts have no spaces to find words by.
  private static let unspaced = [
    "为什么", "為什麼", "什么", "什麼", "怎么", "怎麼", "哪里", "哪裡", "多少", "なぜ", "どうして", "どこ", "ですか",
  ]

  /// The query with its asking words replaced by spaces.
  static func removed(from query: String) -> String {
    var words = query.split(whereSeparator: \.isWhitespace)
    let bare = words.map { word in
      String(word.drop { !$0.isLetter }.prefix { $0.isLetter || $0.isNumber }).lowercased()
    }
    for index in words.indices where isAsking(at: index, of: bare) { words[index] = "" }
    return removeUnspaced(from: words.joined(separator: " "))
  }

  private static func isAsking(at index: Int, of words: [String]) -> Bool {
    let word = words[index]
    if korean.contains(word) { return true }
    let previous = index > 0 ? words[index - 1] : ""
    let next = index + 1 < words.count ? words[index + 1] : ""
    if afterHow.contains(word), previous == "how" { return true }
    if sorts.contains(word), next == "of" || previous == "what" || previous == "which" { return true }
    return openings.contains { pattern in
      guard let place = pattern.firstIndex(of: word), index >= place else { return false }
      return words[(index - place)...].starts(with: pattern)
    }
  }

  private static func removeUnspaced(from query: String) -> String {
    guard query.utf8.contains(where: { $0 >= 0xE3 }) else { return query }
    let scalars = Array(query.unicodeScalars)
    let patterns = unspaced.map { Array($0.unicodeScalars) }
    var rest = String.UnicodeScalarView()
    var index = 0
    while index < scalars.count {
      if let pattern = patterns.first(where: { scalars[index...].starts(with: $0) }) {
        rest.append(" ")
        index += pattern.count
      } else {
        rest.append(scalars[index])
        index += 1
      }
    }
    return String(rest)
  }
}
