/// A line of a summary that lists identifiers as they were written: `Facts: src/loader.py · v1.2.3 · $1,204.50`.
///
/// What the sentences of a summary had no room for and cannot be guessed. One type writes and reads the line, so that a
/// summary of summaries can merge the facts of its parts.
public struct FactsLine: Sendable, Hashable {
  /// What such a line begins with.
  public static let prefix = "Facts: "
  /// What a thousandth of a fact's weight is in the millionths of a line's: a fact weighs as a rare name does.
  public static let weight = 6000
  static let separator = " · "
  /// The most bytes of a fact.
  static let longestFact = 120

  /// The facts as written, those that tell most first.
  public let facts: [String]

  /// A line of these facts; those that could not be read back, with a line end or the separator in them, are left out.
  public init(facts: [String]) {
    self.facts = facts.filter(FactsLine.canStand)
  }

  /// Reads the text of a bullet; nil if it is none of facts.
  ///
  /// By bytes: a fact may begin with a mark that would join the space before it in one character.
  public init?(reading text: some StringProtocol) {
    let bytes = Array(text.utf8)
    guard bytes.starts(with: FactsLine.prefix.utf8) else { return nil }
    let separator = Array(FactsLine.separator.utf8)
    var facts: [String] = []
    var start = FactsLine.prefix.utf8.count
    for index in bytes.indices.dropFirst(start)
    where index >= start && bytes[index...].starts(with: separator) {
      facts.append(String(decoding: bytes[start..<index], as: UTF8.self))
      start = index + separator.count
    }
    facts.append(String(decoding: bytes[start...], as: UTF8.self))
    self.facts = facts.filter { !$0.isEmpty }
  }

  /// The line; empty without facts.
  public var text: String {
    facts.isEmpty ? "" : FactsLine.prefix + facts.joined(separator: FactsLine.separator)
  }

  private static let leastWeight = 550
  private static let leastAmount = 700

  /// Whether such a line may name an identifier: one that a reader cannot say again in other words.
  ///
  /// Paths, URLs, addresses, hashes, versions, ids, commands, whole dates, amounts with a unit. Names and lone numbers
  /// are none: without their sentence they tell nothing.
  public static func mayName(_ identifier: Identifier) -> Bool {
    guard canStand(identifier.text) else { return false }
    switch identifier.kind {
    case .path, .url, .email, .hash, .version, .id, .command: return identifier.weight >= leastWeight
    case .date, .number: return identifier.weight >= leastAmount
    case .quoted, .time, .name: return false
    }
  }

  /// Whether a fact can be one of a line.
  static func canStand(_ fact: String) -> Bool {
    let bytes = fact.utf8.count
    guard bytes > 0, bytes <= longestFact, fact.utf8.first != 0x20, fact.utf8.last != 0x20 else {
      return false
    }
    return fact.unicodeScalars.allSatisfy { scalar in
      scalar.isASCII
        ? scalar.value >= 0x20 && scalar.value != 0x7F : scalar != "·" && !scalar.properties.isWhitespace
    }
  }
}

extension FactsLine {
  /// A line of the first facts that texts lack and that fit, in the form that `render` gives it; nil where none fits.
  ///
  /// `tokens` is what a fact costs among others. `render` gets one fact at least, and says what the whole line costs:
  /// where that is more than the budget, the last facts go.
  package static func best<Fact, Line>(
    of facts: [Fact],
    lackingIn texts: [String],
    budget: Int,
    identifier: (Fact) -> Identifier,
    tokens: (Fact) -> Int,
    render: ([Fact]) -> (line: Line, tokens: Int)
  ) -> Line? {
    let told = IdentifierSet(texts)
    var chosen: [Fact] = []
    var left = budget
    for fact in facts {
      guard left > 0 else { break }
      guard !told.contains(identifier(fact)) else { continue }
      let cost = tokens(fact)
      // A path says its folder too.
      guard cost <= left,
        !chosen.contains(where: { identifier($0).text.contains(identifier(fact).text) })
      else { continue }
      left -= cost
      chosen.append(fact)
    }
    while !chosen.isEmpty {
      let rendered = render(chosen)
      if rendered.tokens <= budget { return rendered.line }
      chosen.removeLast()
    }
    return nil
  }
}
