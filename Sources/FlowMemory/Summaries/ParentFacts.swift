import FlowCore
import FlowText

/// The identifiers that summaries name, for the line of facts of the one above them.
///
/// Which ones count is what `FactsLine` is for: those that nobody can say again in other words. They come from texts that
/// are made of steps word for word, so what a parent names stands in its steps.
struct ParentFacts {
  private struct Fact {
    let identifier: Identifier
    var source: ClosedRange<StepID>
    var count: Int
    /// The part that names it first, and how many of it come before.
    let part: Int
    var value: Int { identifier.weight * (4 + min(count, 5)) }
  }

  private let facts: [Fact]
  private let tokenizer: any Tokenizer

  init(_ parts: [Summary], tokenizer: any Tokenizer) {
    self.tokenizer = tokenizer
    let scanner = IdentifierScanner()
    var numbers: [String: Int] = [:]
    var found: [Fact] = []
    for (part, summary) in parts.enumerated() {
      for bullet in summary.bullets {
        for text in FactsLine(reading: bullet.text)?.facts ?? [bullet.text] {
          for identifier in scanner.identifiers(in: text) where FactsLine.mayName(identifier) {
            if let known = numbers[identifier.key] {
              found[known].count += 1
              let source = found[known].source
              found[known].source = source.lowerBound...max(source.upperBound, bullet.source.upperBound)
              continue
            }
            numbers[identifier.key] = found.count
            found.append(Fact(identifier: identifier, source: bullet.source, count: 1, part: part))
          }
        }
      }
    }
    facts = ParentFacts.inTurn(found, parts: parts.count)
  }

  /// Whether a bullet is a line of facts.
  static func isFacts(_ bullet: Summary.Bullet) -> Bool { bullet.text.hasPrefix(FactsLine.prefix) }

  var isEmpty: Bool { facts.isEmpty }

  /// By value; each further one of a part counts for less, so that every part has its say.
  private static func inTurn(_ facts: [Fact], parts: Int) -> [Fact] {
    var order: [(value: Int, place: Int)] = []
    for part in 0..<parts {
      let own = facts.indices.filter { facts[$0].part == part }
        .sorted { (facts[$1].value, $0) < (facts[$0].value, $1) }
      for (rank, place) in own.enumerated() { order.append((facts[place].value * 8 / (8 + rank), place)) }
    }
    return order.sorted { ($0.value, $1.place) > ($1.value, $0.place) }.map { facts[$0.place] }
  }

  /// The line of the best that these texts lack, in at most so many tokens as rendered; nil where none fits.
  func bullet(lackingIn texts: [String], room: Int) -> Summary.Bullet? {
    guard !facts.isEmpty, room > 0 else { return nil }
    return FactsLine.best(
      of: facts,
      lackingIn: texts,
      budget: room,
      identifier: { $0.identifier },
      tokens: { tokenizer.count(" \($0.identifier.text)") + 1 }
    ) { chosen in
      let first = chosen.map(\.source.lowerBound).min() ?? StepID(0)
      let line = FactsLine(facts: chosen.map(\.identifier.text))
      let weight = chosen.reduce(0) { $0 + $1.identifier.weight } * FactsLine.weight
      let bullet = Summary.Bullet(
        text: line.text,
        source: first...(chosen.map(\.source.upperBound).max() ?? first),
        weight: weight
      )
      return (bullet, tokenizer.count(bullet.line + "\n"))
    }
  }
}
