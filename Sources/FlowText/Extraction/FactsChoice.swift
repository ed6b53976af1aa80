// Which identifiers of a source its summary must name although no sentence does.
// `FactsLine` says which kinds count.
//
// The units that may hold one are known from their words, so that only these are scanned.

/// The identifiers of a source that may stand in a `Facts:` line, those that tell most first.
struct FactsChoice {
  struct Fact {
    let identifier: Identifier
    /// The first and the last part that has it.
    var parts: ClosedRange<Int>
    var count: Int
    let tokens: Int

    var value: Int { identifier.weight * (4 + min(count, 5)) }
  }

  private(set) var facts: [Fact] = []

  /// The most units that are scanned: the time for the facts of a huge source stays bounded.
  private static let mostUnits = 20_000
  /// The most tokens of one fact.
  private static let mostTokens = 40

  init(_ units: ExtractUnits, count: (String) -> Int) {
    let scanner = IdentifierScanner()
    var numbers: [String: Int] = [:]
    var scanned = 0
    for unit in units.units where scanned < Self.mostUnits && Self.mayHold(unit, units) {
      scanned += 1
      for identifier in scanner.identifiers(in: units.text(of: unit, isCut: false))
      where FactsLine.mayName(identifier) && Self.isTelling(identifier, unit) {
        if let known = numbers[identifier.key] {
          facts[known].count += 1
          facts[known].parts = facts[known].parts.lowerBound...max(unit.part, facts[known].parts.upperBound)
          continue
        }
        numbers[identifier.key] = facts.count
        let tokens = count(" " + identifier.text) + 1
        facts.append(Fact(identifier: identifier, parts: unit.part...unit.part, count: 1, tokens: tokens))
      }
    }
    let order = facts.indices.filter { facts[$0].tokens <= Self.mostTokens }
      .sorted { (facts[$1].value, $0) < (facts[$0].value, $1) }
    facts = order.map { facts[$0] }
  }

  private static func mayHold(_ unit: ExtractUnit, _ units: ExtractUnits) -> Bool {
    unit.words.contains { units.word($0).traits.has(WordTraits.digit | WordTraits.code) }
  }

  /// Every record of a log has its time and its measures.
  private static func isTelling(_ identifier: Identifier, _ unit: ExtractUnit) -> Bool {
    switch identifier.kind {
    case .date, .number: (unit.shape ?? 1000) >= 1000
    default: true
    }
  }

  /// The tokens that the facts of a line would like to have.
  var tokens: Int { facts.reduce(0) { $0 + $1.tokens } }

  /// The line of the best facts that these texts lack, in at most `budget` tokens as rendered; nil for none.
  func line(lackingIn texts: [String], budget: Int, count: (ExtractLine) -> Int) -> ExtractLine? {
    FactsLine.best(
      of: facts,
      lackingIn: texts,
      budget: budget,
      identifier: { $0.identifier },
      tokens: { $0.tokens }
    ) { chosen in
      let line = ExtractLine(
        parts: (chosen.map(\.parts.lowerBound).min() ?? 0)...(chosen.map(\.parts.upperBound).max() ?? 0),
        label: nil,
        text: FactsLine(facts: chosen.map(\.identifier.text)).text,
        weight: chosen.reduce(0) { $0 + $1.identifier.weight } * FactsLine.weight
      )
      return (line, count(line))
    }
  }
}
