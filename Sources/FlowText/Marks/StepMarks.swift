/// What a text shows by its form: times, rules, preferences, persons, names, numbers.
///
/// Read in one pass. Every mark follows from closed classes of words and the build of a sentence.
public struct StepMarks: Sendable, Hashable {
  /// Expressions of time, see `TimeWords.count(in:)`.
  public let timeWords: Int
  /// An instruction that holds from now on: "always" or "never" at the head of a sentence or after "please",
  /// "from now on", "whenever I ask"; 항상 and the like with an imperative; 务必; 必ず…ください.
  public let isStandingRule: Bool
  /// The speaker tells what they like or would rather have; "would like" is a wish and not counted.
  public let isPreference: Bool
  /// Pronouns of the first person, singular and plural.
  public let firstPersonCount: Int
  /// Words with a capital inside a sentence, "I" left out; zero in scripts without case.
  public let properNameCount: Int
  /// Numbers in digits and words ("one" is a pronoun too often), dates and clock times.
  public let numberCount: Int
  /// The text ends with a question mark, or begins as a question.
  public let isQuestion: Bool
  /// Nothing but greetings, thanks, consent and the like.
  public let isGreeting: Bool

  public init(_ text: String) {
    let tokens = WordLexer.tokens(in: text)
    let words = TimeTokens(tokens)
    timeWords = TimeWords.count(in: words)
    firstPersonCount = tokens.count { $0.classes.has(.firstPerson) }
    properNameCount = tokens.count {
      $0.isCapital && !$0.startsSentence && $0.before <= .comma && !$0.classes.has(.firstPerson)
    }
    numberCount = tokens.indices.count { Self.isNumber($0, words, text.utf8) }
    isStandingRule = Imperatives.hasStandingRule(words)
    isPreference = tokens.indices.contains { Self.isPreference($0, words) }
    isQuestion = Interrogatives.isQuestion(text, words)
    isGreeting = Self.isGreeting(text, words)
  }

  private static func isNumber(_ index: Int, _ text: TimeTokens, _ bytes: String.UTF8View) -> Bool {
    let token = text.tokens[index]
    if token.classes.has([.date, .eitherDate, .clock]) { return true }
    guard token.classes.has(.number), !token.classes.has(.vague) else { return false }
    if token.word != 0 { return token.value > 1 }
    if token.isDigits { return true }
    return text.adjacent(index + 1).has([.afterNumber, .modified])
  }

  private static func isPreference(_ index: Int, _ text: TimeTokens) -> Bool {
    let classes = text.tokens[index].classes
    if classes.has(.preference) { return !text.previous(index).has(.secondPerson) }
    guard classes.has(.liking) else { return false }
    var place = index - 1
    while place >= max(0, index - 4), text.tokens[place + 1].isAdjacent {
      let before = text.tokens[place].classes
      // "I'd like" is a wish, "it's like me" no subject.
      if before.has(.firstPerson) { return before.has(.subject) }
      guard before.has([.degree, .negation]) else { return false }
      place -= 1
    }
    return false
  }

  private static func isGreeting(_ text: String, _ words: TimeTokens) -> Bool {
    guard text.utf8.count <= 120, words.tokens.count <= 10, let last = words.tokens.last,
      words.tokens[0].classes.has(.greeting)
    else { return false }
    let rest = String(decoding: text.utf8.dropFirst(last.end), as: UTF8.self)
    return rest.unicodeScalars.allSatisfy { ScalarClass($0) != .unspaced }
      && words.tokens.allSatisfy { token in
        token.classes.has([.greeting, .filler, .secondPerson, .please, .degree])
          ? token.before != .text : token.classes.rawValue == 0 && token.isCapital
      }
  }
}
