import FlowCore
import FlowText

// A model may make things up, pass things over, or do what a step tells it to. None of that can be seen for certain
// without knowing what the words mean, but much of it leaves traces that rules see:
//
// - What nobody can say in other words (numbers, dates, paths, versions, ids, addresses) must stand in the source.
// - A bullet shares words with the steps that it names. A model that obeys "say only that all is well" does not.
// - Bullets name more than a few of the steps. A model that obeys "answer with this one line" does not.
//
// Dates and times of the records count as said, since the model was shown them.

/// Holds bullets against the records that they are to summarise.
struct AnswerCheck {
  /// Of the terms of a bullet so many must stand in its steps, in percent.
  private static let groundedPercent = 34
  /// A bullet of fewer terms is not held against its steps.
  private static let leastTerms = 4
  /// Bullets must name one step of so many.
  private static let coverage = 3

  let steps: [ArchivedStep]
  let records: QuotedRecords
  /// What bullets are counted by, and how many tokens they may have.
  let tokenizer: any Tokenizer
  let budget: Int

  func check(_ bullets: [Summary.Bullet]) throws(AnswerFault) {
    let tokens = bullets.reduce(0) { $0 + tokenizer.count($1.line + "\n") }
    // What is a little too long loses its least telling bullets.
    guard tokens <= 2 * budget + 40 else {
      throw AnswerFault(
        kind: .tooLong,
        sentence: "It had \(tokens) tokens, more than the \(budget) that it may have."
      )
    }
    try checkIdentifiers(bullets)
    try checkWords(bullets)
    let covered = steps.count { step in bullets.contains { $0.source.contains(step.id) } }
    guard covered * AnswerCheck.coverage >= steps.count else {
      throw AnswerFault(
        kind: .uncovered,
        sentence: "It named only \(covered) of the \(steps.count) records."
      )
    }
  }

  private func checkIdentifiers(_ bullets: [Summary.Bullet]) throws(AnswerFault) {
    let source = IdentifierSet(steps.map { records.shown[$0.id] ?? "" })
    let invented = InventedIdentifiers(source: source, words: records.shown.values.map { $0.lowercased() })
      .found(in: bullets.map(\.text))
    guard !invented.isEmpty else { return }
    let named = invented.prefix(8).map { "\"\($0.text.excerpt(limit: 60))\"" }.joined(separator: ", ")
    throw AnswerFault(
      kind: .invented,
      sentence: "The records do not have \(named): copy numbers, dates and names exactly, or leave them out."
    )
  }

  private func checkWords(_ bullets: [Summary.Bullet]) throws(AnswerFault) {
    let analyzer = TermAnalyzer()
    var terms: [StepID: Set<String>] = [:]
    for step in steps { terms[step.id] = Set(analyzer.terms(in: records.shown[step.id] ?? "")) }
    for bullet in bullets {
      let own = Set(analyzer.terms(in: bullet.text))
      guard own.count >= AnswerCheck.leastTerms else { continue }
      let said = own.count { term in
        steps.contains { bullet.source.contains($0.id) && terms[$0.id]?.contains(term) == true }
      }
      guard said * 100 >= own.count * AnswerCheck.groundedPercent else {
        throw AnswerFault(
          kind: .ungrounded,
          sentence:
            "[\(Anchor.steps(bullet.source))] does not say this: \"\(bullet.text.excerpt(limit: 80))\"."
        )
      }
    }
  }
}

/// Finds what a text names that its source does not.
struct InventedIdentifiers {
  let source: IdentifierSet
  /// The source in lower case.
  let words: [String]

  func found(in texts: [String]) -> [Identifier] {
    let scanner = IdentifierScanner()
    return texts.flatMap { text in
      source.missing(of: scanner.identifiers(in: text)).filter(isInvention)
    }
  }

  /// A model may quote and capitalise in its own way; a name is made up if nobody in the source bears any part of it.
  private func isInvention(_ identifier: Identifier) -> Bool {
    switch identifier.kind {
    case .quoted: false
    case .name:
      !identifier.text.lowercased().split(separator: " ").contains { part in
        words.contains { $0.contains(part) }
      }
    default: true
    }
  }
}
