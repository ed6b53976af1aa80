import FlowCore

/// A summary of summaries: the most telling bullets of its children, with the anchors that they have.
///
/// Nothing is summarised twice: a bullet of a parent stands word for word in one of its leaves, so it names the steps
/// it came from, and no wording drifts however high the tree grows.
struct ParentSummary {
  let tokenizer: any Tokenizer
  /// The most tokens of the bullets as rendered.
  let budget: Int

  /// The parent of these neighbours of one level, in order; nil where they are none.
  ///
  /// Bullets are taken by weight for their tokens; each further one of a child counts for less, so that every child
  /// has its say.
  func parent(of children: [Summary], now: Timestamp, by name: String) -> Summary? {
    guard let first = children.first, let last = children.last else { return nil }
    var valued: [(value: Int, order: Int, tokens: Int, bullet: Summary.Bullet)] = []
    for child in children {
      let ranks = child.bullets.sorted { $0.weight > $1.weight }
      for bullet in child.bullets {
        let tokens = tokenizer.count(bullet.line + "\n")
        let rank = ranks.firstIndex(of: bullet) ?? 0
        let value = bullet.weight / (tokens + 16) / (1 + rank)
        valued.append((value, valued.count, tokens, bullet))
      }
    }
    var room = budget
    let chosen = valued.sorted { ($0.value, $1.order) > ($1.value, $0.order) }.filter { candidate in
      guard candidate.tokens <= room else { return false }
      room -= candidate.tokens
      return true
    }
    let spans = children.map(\.span)
    let start = spans.map(\.lowerBound).min() ?? first.span.lowerBound
    return Summary(
      id: SummaryID(first: first.id.first, last: last.id.last),
      level: first.level + 1,
      version: 1,
      by: name,
      created: now,
      bullets: chosen.sorted { $0.order < $1.order }.map(\.bullet),
      sourceTokens: children.reduce(0) { $0 + $1.sourceTokens },
      tokens: budget - room,
      span: start...max(start, spans.map(\.upperBound).max() ?? start)
    )
  }
}
