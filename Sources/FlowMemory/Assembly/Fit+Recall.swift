import FlowCore

extension Fit {
  /// Fills the rest with recalled steps in the order of their value, passing over those that do not fit.
  ///
  /// A tool's result comes with the call that it answers, and a call with its results, or not at all.
  func fitRecalled(
    _ ranking: Ranking,
    contents: StepContents,
    shown: Set<StepID>,
    room: Int,
    prompt: inout FittedPrompt
  ) -> SectionPacker {
    var section = SectionPacker("recalled", .volatile, heading: heading("Recalled steps"))
    var days: [CivilDate: GroupHeading] = [:]
    var placed = shown
    var leftOut: [StepID] = []
    var count = 0
    for (place, candidate) in ranking.steps.enumerated() where !placed.contains(candidate.profile.id) {
      let left = room - section.tokens
      var fits = false
      let mayFit = left >= candidate.profile.tokens + Fit.leastLabel
      if mayFit, !contents.complete.contains(candidate.profile.id) {
        prompt.unread = Unread(place: place, room: left)
        return section
      }
      if mayFit, let step = contents[candidate.profile.id] {
        var trial = section
        let together = companions(of: step, in: contents).filter { !placed.contains($0.id) }
        fits = ([step] + together).allSatisfy { member in
          let group = days[member.ts.date] ?? GroupHeading(member.ts.date, meter: steps.meter)
          days[member.ts.date] = group
          let block = steps.whole(member)
          let silent = piece(member, block, group: group, isWhole: true, why: "")
          // Most steps that are tried do not fit, and a reason takes longer than finding that out.
          guard trial.cost(of: silent) <= room - trial.tokens else { return false }
          let why =
            member.id == step.id
            ? ranking.explanation(of: candidate) : "belongs to \(step.id), a tool's call and its result"
          let piece = piece(member, block, group: group, isWhole: true, why: why)
          return trial.insert(piece, room: room - trial.tokens) != nil
        }
        if fits {
          section = trial
          placed.insert(step.id)
          placed.formUnion(together.map(\.id))
        }
      }
      guard !fits else { continue }
      count += 1
      if leftOut.count < 5 { leftOut.append(candidate.profile.id) }
    }
    // A step that was passed over may have come in with another.
    let missing = leftOut.filter { !placed.contains($0) }
    count -= leftOut.count - missing.count
    if count > 0 {
      let best = missing.map(\.description)
      prompt.omitted.append(
        Context.Omission(section: section.name, count: count, reason: "budget", best: best)
      )
    }
    return section
  }

  /// The steps that must not be parted from this one: the call that it answers with all its results, or its own
  /// results.
  private func companions(of step: ArchivedStep, in contents: StepContents) -> [ArchivedStep] {
    let reach = 1...Fit.callReach
    var call = step
    if step.step.role == .tool {
      let before = reach.lazy.compactMap { contents[step.id.advanced(by: -$0)] }
      guard let found = before.first(where: { step.answers($0) }) else { return [] }
      call = found
    }
    guard call.step.role == .assistant else { return [] }
    let results = reach.compactMap { contents[call.id.advanced(by: $0)] }.filter { $0.answers(call) }
    return ([call] + results).filter { $0.id != step.id }
  }

  /// How many steps a call and its results may lie apart.
  static let callReach = 8
  /// The fewest tokens that a step takes beside its content: those of `s1 user:`.
  private static let leastLabel = 4
}
