import FlowCore

// Where much of what is relevant lies under one root of the summary tree, more of it than fits verbatim, the root is
// opened: the bullets of its leaves that tell of the relevant steps left out stand in the prompt, each with its anchor.
//
// That takes a second fitting, for what is left out is only known after the first. The room is a part of long-term's
// share, so a share of 0 leaves this out too; and it is given only where there is much to tell, so that a question with
// one answer keeps it for steps.

/// What is opened for a query.
struct OpenedRoots: Sendable {
  /// The relevant steps that were left out, the most relevant first.
  let steps: [StepID]
  /// The leaves that tell of them.
  let leaves: [Summary]
}

extension Fit {
  /// How many relevant steps under a root must have been left out.
  private static let much = 8
  /// A step is relevant that has so much of the best one's relevance, in percent.
  private static let relevant = 70
  /// So many tokens a bullet has at least; what has no room is not looked up.
  private static let shortestBullet = 16

  /// The relevant steps under roots of which much was left out.
  func openable(_ evidence: Evidence, _ ranking: Ranking, shown: Set<StepID>) -> [StepID] {
    let roots = evidence.roots.filter { $0.level > 0 }
    guard !roots.isEmpty, let best = ranking.steps.map(\.relevance).max(), best > 0 else { return [] }
    var found: [SummaryID: [StepID]] = [:]
    var order: [StepID] = []
    let relevant = ranking.steps.filter { $0.relevance * 100 >= best * Fit.relevant }
    for step in relevant.sorted(by: { ($0.relevance, $1.profile.id) > ($1.relevance, $0.profile.id) }) {
      let id = step.profile.id
      guard !shown.contains(id), let root = roots.first(where: { $0.id.range.contains(id) }) else { continue }
      found[root.id, default: []].append(id)
      order.append(id)
    }
    let much = Set(found.values.filter { $0.count >= Fit.much }.flatMap { $0 })
    return Array(order.filter(much.contains).prefix(openedRoom / Fit.shortestBullet))
  }

  /// The room for what is opened.
  var openedRoom: Int { share(shares.longTerm) / 3 }

  /// Fills the section with what the leaves tell of the steps, the most relevant first.
  ///
  /// What stands in long-term memory already is not told again.
  func fitOpened(_ opened: OpenedRoots, beside longTerm: SectionPacker, room: Int) -> SectionPacker {
    var section = SectionPacker("opened", .volatile, heading: heading("Summaries of related steps"))
    var told = Set(longTerm.pieces.map(\.block.text))
    for step in opened.steps {
      guard let leaf = opened.leaves.first(where: { $0.id.range.contains(step) }) else { continue }
      let group = GroupHeading(leaf.span.lowerBound.date, meter: steps.meter)
      for bullet in leaf.bullets where bullet.source.contains(step) {
        let block = steps.meter.block(bullet.line + "\n")
        guard told.insert(block.text).inserted else { continue }
        let piece = Piece(
          order: bullet.source.lowerBound.rawValue,
          group: group,
          block: block,
          source: .bullet(leaf.id),
          why: "\(step) is relevant, as much under its root is, and did not fit"
        )
        _ = section.insert(piece, room: room - section.tokens)
      }
    }
    return section
  }
}

extension Gather {
  /// The leaves that tell of these steps.
  func opened(_ steps: [StepID]) throws(FlowError) -> OpenedRoots {
    var leaves: [Summary] = []
    for step in steps where !leaves.contains(where: { $0.id.range.contains(step) }) {
      if let leaf = try memory.summaries.leaf(covering: step) { leaves.append(leaf) }
    }
    return OpenedRoots(steps: steps, leaves: leaves)
  }
}
