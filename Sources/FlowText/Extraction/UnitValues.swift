// What a unit is worth before anything has been said: a log-linear model of named features.
//
// Each feature multiplies the prior by its weight. The weights were found on conversations with half of them left out
// each time, averaged over both halves and rounded; docs/summaries.md has what each one is worth.

/// The features that multiply a unit's prior.
struct UnitValues {
  /// The prior of each unit; zero where it has no terms.
  private(set) var priors: [Double] = []

  private static let question = 0.5
  /// It has a number or a word of time.
  private static let dated = 1.1
  /// For each name inside it, up to three.
  private static let names = 0.15
  /// It has fewer than three terms.
  private static let short = 0.8
  private static let firstPerson = 1.2
  private static let secondPerson = 0.75
  /// It begins with a greeting, thanks, consent.
  private static let courtesy = 0.6
  /// It begins with it, that or this.
  private static let anaphor = 0.9
  /// An aside in brackets.
  private static let aside = 0.7
  /// The first words after another speaker's question.
  private static let answer = 1.2
  /// What the last sentence of prose without speakers loses: prose says first what it is about.
  private static let descent = 0.9
  /// What the rank of the random walk adds or takes, at most.
  ///
  /// A central sentence says what others say; a summary wants
  /// what only it says, so this is a nudge.
  private static let rank = 0.05
  /// A nudge needs no more digits than these steps of the walk give.
  private static let mostIterations = 5

  init(_ units: ExtractUnits, _ weights: TermWeights, isTalk: Bool) {
    let walk = SharedTermWalk(
      terms: weights.terms,
      offsets: weights.offsets,
      frequencies: weights.frequencies
    )
    let count = Double(units.units.count)
    let ranks = TextRank(tolerance: 0.05 / count, mostIterations: Self.mostIterations).scores(of: walk)
    var seen: Set<UInt64> = []
    var afterQuestion = false
    var line = -1
    var wasQuestion = false
    priors.reserveCapacity(units.units.count)
    for (number, unit) in units.units.enumerated() {
      if unit.line != line {
        afterQuestion = wasQuestion
        line = unit.line
      } else {
        afterQuestion = false
      }
      let terms = weights.offsets[number + 1] - weights.offsets[number]
      let traits = Self.traits(of: unit, in: units)
      wasQuestion = traits.isQuestion
      // What says nothing, and what was said in the same words.
      guard terms > 0, seen.insert(Self.hash(weights.terms(of: number))).inserted else {
        priors.append(0)
        continue
      }
      guard unit.shape == nil else {
        priors.append(Double(unit.shape ?? 0) / 1000)
        continue
      }
      let rank = ranks[number] * count
      var prior = traits.factor * (1 - Self.rank + 2 * Self.rank * rank / (1 + rank))
      if terms < 3 { prior *= Self.short }
      if afterQuestion { prior *= Self.answer }
      if !isTalk { prior *= 1 - Self.descent * Double(unit.place) / 1000 }
      priors.append(prior)
    }
  }

  private static func hash(_ terms: ArraySlice<Int32>) -> UInt64 {
    terms.reduce(0xCBF2_9CE4_8422_2325) {
      ($0 ^ UInt64(UInt32(bitPattern: $1))) &* 0x9E37_79B9_7F4A_7C15 &+ 0x7F4A
    }
  }

  private static func traits(of unit: ExtractUnit, in units: ExtractUnits) -> (
    factor: Double, isQuestion: Bool
  ) {
    var names = 0
    var isDated = false
    var isFirst = false
    var isSecond = false
    for index in unit.words {
      let traits = units.word(index).traits
      if traits.has(WordTraits.number | WordTraits.time | WordTraits.digit) { isDated = true }
      if traits.has(WordTraits.firstPerson) { isFirst = true }
      if traits.has(WordTraits.secondPerson) { isSecond = true }
      if isName(index, of: unit, in: units) { names += 1 }
    }
    let first = units.word(unit.words.lowerBound).traits
    let isQuestion = units.word(unit.words.upperBound - 1).traits.has(WordTraits.question)
    var factor = 1 + Self.names * Double(min(names, 3))
    if isQuestion { factor *= question }
    if isDated { factor *= dated }
    if isFirst { factor *= firstPerson }
    if isSecond { factor *= secondPerson }
    if first.has(WordTraits.courtesy) { factor *= courtesy }
    if first.has(WordTraits.anaphor) { factor *= anaphor }
    if first.has(WordTraits.opensBracket) { factor *= aside }
    return (factor, isQuestion)
  }

  /// Whether a word has a capital inside its sentence, where capitals mean names.
  static func isName(_ index: Int, of unit: ExtractUnit, in units: ExtractUnits) -> Bool {
    let word = units.word(index)
    guard word.traits.has(WordTraits.capital), !word.terms.isEmpty, index > unit.words.lowerBound else {
      return false
    }
    return !units.word(index - 1).traits.has(WordTraits.stop | WordTraits.colon)
  }
}
