import FlowCore
import FlowText

/// Makes the next version of a leaf of what a model said: within the budget, with facts that it left out, and with
/// weights that compare with those of other leaves.
struct UpgradedLeaf {
  let tree: SummaryTree
  let model: any ModelSummarizer

  /// The share of the budget that bullets may have before facts, in percent.
  static let bulletsPercent = 75

  /// The next version.
  ///
  /// - Parameter local: what the local summarizer makes of the same steps.
  func version(
    after current: Summary,
    local: Summary,
    of steps: [ArchivedStep],
    saying said: [Summary.Bullet],
    now: Timestamp
  ) -> Summary {
    let budget = tree.leafBudget(of: current.sourceTokens)
    var bullets = weighed(said, like: local)
    // Whole bullets go: a part of a sentence may say the opposite.
    while cost(of: bullets) > budget, bullets.count > 1,
      let least = bullets.indices.min(by: { (bullets[$0].weight, $1) < (bullets[$1].weight, $0) })
    {
      bullets.remove(at: least)
    }
    let room = budget - cost(of: bullets)
    let facts = TextRankSummarizer.facts(
      of: steps,
      lackingIn: bullets,
      budget: room,
      tokenizer: tree.tokenizer
    )
    bullets += [facts].compactMap { $0 }
    return Summary(
      id: current.id,
      level: 0,
      version: current.version + 1,
      by: model.name,
      prompt: model.prompt,
      created: now,
      bullets: bullets,
      sourceTokens: current.sourceTokens,
      tokens: cost(of: bullets),
      span: current.span
    )
  }

  /// Each bullet's share of what the local summary weighs, by what it names and says: so a leaf tells as much beside
  /// others as it did before, whoever found the words.
  private func weighed(_ bullets: [Summary.Bullet], like local: Summary) -> [Summary.Bullet] {
    let whole = local.bullets.filter { !ParentFacts.isFacts($0) }.reduce(0) { $0 + $1.weight }
    let scanner = IdentifierScanner()
    var seen: Set<String> = []
    var told: Set<String> = []
    let values = bullets.map { bullet in
      let terms = TermAnalyzer().frequencies(in: bullet.text).count { seen.insert($0.term).inserted }
      let identifiers = scanner.identifiers(in: bullet.text).filter { told.insert($0.key).inserted }
      return 1 + terms + identifiers.reduce(0) { $0 + $1.weight } / 300
    }
    let sum = values.reduce(0, +)
    return zip(bullets, values).map { bullet, value in
      Summary.Bullet(
        text: bullet.text,
        source: bullet.source,
        weight: max(1, whole / max(1, sum) * value)
      )
    }
  }

  private func cost(of bullets: [Summary.Bullet]) -> Int {
    bullets.reduce(0) { $0 + tree.tokenizer.count($1.line + "\n") }
  }
}
