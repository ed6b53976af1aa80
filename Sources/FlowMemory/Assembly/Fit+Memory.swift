import FlowCore

extension Fit {
  /// Adds the steps before the newest, newest first, while they fit the section's share, and returns the others.
  ///
  /// They stay a run without holes, and a tool's result never stands there without its call.
  func fitShortTerm(
    _ evidence: Evidence,
    shown: Set<StepID>,
    into section: inout SectionPacker,
    ceiling: Double,
    room: inout Int
  ) -> [StepID] {
    guard shares.shortTerm > 0 else { return [] }
    let start = section.tokens
    let limit = min(room, max(0, share(ceiling) - section.tokens))
    let asked = evidence.query.step?.id
    let candidates = evidence.shortTerm.filter { step in
      step.id != asked && !shown.contains(step.id)
        && !section.pieces.contains { $0.order == step.id.rawValue }
    }
    let groups = sittingGroups(evidence.shortTerm)
    var fitted = 0
    for group in callGroups(candidates).reversed() {
      // A call and its results go in together or not at all.
      var trial = section
      let fits = group.allSatisfy { step in
        let piece = piece(
          step,
          steps.whole(step),
          group: groups[step.sitting],
          isWhole: true,
          why: "short-term"
        )
        return trial.insert(piece, room: limit - (trial.tokens - start)) != nil
      }
      guard fits else { break }
      section = trial
      fitted += group.count
    }
    room -= section.tokens - start
    return candidates.dropLast(fitted).map(\.id).reversed()
  }

  /// Puts in the bullets of the roots: all if they fit, else the most telling of each, so that all of the past stays told.
  ///
  /// The choice depends on the room alone, never on the query. The roots of the highest level, which tell the oldest
  /// past, choose first and get half of the room, those below half of what is left, and so on: a new leaf changes
  /// what the newest roots show, and the beginning of the section stays as it is.
  func fitLongTerm(_ roots: [Summary], room: Int, omitted: inout [Context.Omission]) -> SectionPacker {
    var section = SectionPacker("long_term", .stable, heading: heading("Long-term memory"))
    guard shares.longTerm > 0 else { return section }
    let candidates = bulletsByValue(roots)
    var whole = section
    if candidates.allSatisfy({ whole.insert($0.piece, room: room - whole.tokens) != nil }) { return whole }

    let levels = Set(candidates.map(\.level)).sorted(by: >)
    var leftOut: [String] = []
    for level in levels {
      let left = room - section.tokens
      let limit = section.tokens + (level == levels.last ? left : left / 2)
      for candidate in candidates where candidate.level == level {
        if section.insert(candidate.piece, room: limit - section.tokens) == nil {
          leftOut.append(candidate.piece.name)
        }
      }
    }
    note(leftOut, in: section, &omitted)
    return section
  }

  /// Short-term steps stand under the time at which their sitting, as far as it is in short-term, began.
  func sittingGroups(_ shortTerm: [ArchivedStep]) -> [Int: GroupHeading] {
    var groups: [Int: GroupHeading] = [:]
    for step in shortTerm where groups[step.sitting] == nil { groups[step.sitting] = group(of: step) }
    return groups
  }

  /// Runs of steps that must stay together: calls with the results behind them, any other step alone.
  private func callGroups(_ steps: [ArchivedStep]) -> [[ArchivedStep]] {
    let pairs = CallPairs(steps)
    var groups: [[ArchivedStep]] = []
    for (place, step) in steps.enumerated() {
      if pairs.arePartedByCut(before: place) {
        groups[groups.count - 1].append(step)
      } else {
        groups.append([step])
      }
    }
    return groups
  }

  /// The bullets of all roots, those first that tell most for their tokens; each further bullet of a root counts for
  /// less than the one before it.
  private func bulletsByValue(_ roots: [Summary]) -> [(level: Int, piece: Piece)] {
    var valued: [(value: Int, level: Int, piece: Piece)] = []
    var order = 0
    for root in roots {
      let group = GroupHeading(root.span.lowerBound.date, meter: steps.meter)
      let ranks = root.bullets.indices.sorted { root.bullets[$0].weight > root.bullets[$1].weight }
      var rankOf = [Int](repeating: 0, count: ranks.count)
      for (rank, index) in ranks.enumerated() { rankOf[index] = rank }
      for (index, bullet) in root.bullets.enumerated() {
        order += 1
        let block = steps.meter.block(bullet.line + "\n")
        // Per token, with a few on top that every bullet's anchor and heading cost.
        let value = bullet.weight / (block.tokens + 16) / (1 + rankOf[index])
        let piece = Piece(
          order: order,
          group: group,
          block: block,
          source: .bullet(root.id),
          why: "bullet \(index + 1) of \(root.id), weight \(millionths(bullet.weight))"
        )
        valued.append((value, root.level, piece))
      }
    }
    return valued.sorted { ($0.value, $1.piece.order) > ($1.value, $0.piece.order) }
      .map { ($0.level, $0.piece) }
  }
}

/// A number of millionths with three decimals.
func millionths(_ value: Int) -> String {
  let thousandths = (abs(value) + 500) / 1000
  let fraction = String(thousandths % 1000)
  let sign = value < 0 ? "-" : ""
  return "\(sign)\(thousandths / 1000).\(String(repeating: "0", count: 3 - fraction.count))\(fraction)"
}
