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
    let present = IdentifierSet(texts)
    var chosen: [Fact] = []
    var left = budget
    for fact in facts {
      guard left > 0 else { break }
      guard fact.tokens <= left, !present.contains(fact.identifier) else { continue }
      // A path says its folder too.
      guard !chosen.contains(where: { $0.identifier.text.contains(fact.identifier.text) }) else { continue }
      left -= fact.tokens
      chosen.append(fact)
    }
    while let first = chosen.first {
      let parts = chosen.dropFirst().reduce(first.parts) {
        min($0.lowerBound, $1.parts.lowerBound)...max($0.upperBound, $1.parts.upperBound)
      }
      let line = ExtractLine(
        parts: parts,
        label: nil,
        text: FactsLine(facts: chosen.map(\.identifier.text)).text,
        weight: chosen.reduce(0) { $0 + $1.identifier.weight } * FactsLine.weight
      )
      if count(line) <= budget { return line }
      chosen.removeLast()
    }
    return nil
  }
}
