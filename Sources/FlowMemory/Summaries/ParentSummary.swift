import FlowCore

/// A summary of summaries: the most telling bullets of its parts, with the anchors that they have, and a line of facts.
///
/// Nothing is summarised twice: a bullet of a parent stands word for word in one of its leaves, so it names the steps
/// it came from, and no wording drifts however high the tree grows. Facts are what the lines of facts below and the
/// bullets that were not taken name, as they name it.
struct ParentSummary {
  /// The share of the budget that facts may have, in percent: the higher a summary, the more of the identifiers below it
  /// have no sentence left that names them.
  private static let factsPercent = 35

  let tokenizer: any Tokenizer
  /// The most tokens of the bullets as rendered.
  let budget: Int

  private struct Candidate {
    let value: Int
    let order: Int
    let tokens: Int
    let bullet: Summary.Bullet
  }

  /// The parent of these neighbours of one level, in order; nil where they are none.
  ///
  /// Bullets are taken by weight for their tokens; each further one of a part counts for less, so that every part has
  /// its say. What facts leave of their share goes to bullets.
  func parent(of parts: [Summary], now: Timestamp, by name: String) -> Summary? {
    guard let first = parts.first, let last = parts.last else { return nil }
    let candidates = candidates(parts)
    let facts = ParentFacts(parts, tokenizer: tokenizer)
    var room = budget - (facts.isEmpty ? 0 : budget * ParentSummary.factsPercent / 100)
    var taken = Set<Int>()
    var chosen = take(candidates, room: &room, taken: &taken)
    room += facts.isEmpty ? 0 : budget * ParentSummary.factsPercent / 100
    var line = facts.bullet(lackingIn: chosen.map(\.bullet.text), room: room)
    room -= line.map { cost(of: $0) } ?? 0
    let more = take(candidates, room: &room, taken: &taken)
    if let before = line, !more.isEmpty {
      // A bullet that came in later may name what stood among the facts.
      chosen += more
      line = facts.bullet(lackingIn: chosen.map(\.bullet.text), room: room + cost(of: before))
      room += cost(of: before) - (line.map { cost(of: $0) } ?? 0)
    } else {
      chosen += more
    }
    let spans = parts.map(\.span)
    let start = spans.map(\.lowerBound).min() ?? first.span.lowerBound
    return Summary(
      id: SummaryID(first: first.id.first, last: last.id.last),
      level: first.level + 1,
      version: 1,
      by: name,
      created: now,
      bullets: chosen.sorted { $0.order < $1.order }.map(\.bullet) + [line].compactMap { $0 },
      sourceTokens: parts.reduce(0) { $0 + $1.sourceTokens },
      tokens: budget - room,
      span: start...max(start, spans.map(\.upperBound).max() ?? start)
    )
  }

  /// The bullets of the parts but their lines of facts, the best first.
  private func candidates(_ parts: [Summary]) -> [Candidate] {
    var candidates: [Candidate] = []
    for part in parts {
      let bullets = part.bullets.filter { !ParentFacts.isFacts($0) }
      let ranks = bullets.indices.sorted { (bullets[$1].weight, $0) < (bullets[$0].weight, $1) }
      for (rank, index) in ranks.enumerated() {
        let tokens = cost(of: bullets[index])
        let value = bullets[index].weight / (tokens + 16) / (1 + rank)
        candidates.append(
          Candidate(
            value: value,
            order: candidates.count - rank + index,
            tokens: tokens,
            bullet: bullets[index]
          )
        )
      }
    }
    return candidates.sorted { ($0.value, $1.order) > ($1.value, $0.order) }
  }

  /// Those that fit, in their order, which are then taken.
  private func take(_ candidates: [Candidate], room: inout Int, taken: inout Set<Int>) -> [Candidate] {
    var chosen: [Candidate] = []
    for candidate in candidates where candidate.tokens <= room && !taken.contains(candidate.order) {
      room -= candidate.tokens
      taken.insert(candidate.order)
      chosen.append(candidate)
    }
    return chosen
  }

  private func cost(of bullet: Summary.Bullet) -> Int { tokenizer.count(bullet.line + "\n") }
}
