import FlowCore

extension Gather {
  /// The contents of those ranked steps that could stand in the prompt: what fitting them in order by their stored
  /// counts would take, and half as much again, since the tokenizer may count otherwise and other sections may show
  /// some of them already. With them come the tool calls and results that belong to them.
  func contents(of ranked: [RankedStep], budget: Int) throws(FlowError) -> [StepID: ArchivedStep] {
    var wanted: Set<StepID> = []
    // A budget may be any number.
    let (sum, isTooLarge) = budget.addingReportingOverflow(budget / 2)
    var room = isTooLarge ? Int.max : sum
    for step in ranked where step.profile.tokens <= min(room, budget) {
      wanted.insert(step.profile.id)
      room -= step.profile.tokens + RecallRanker.frameTokens
      if room <= 0 { break }
    }
    var contents = try read(wanted)
    var companions: Set<StepID> = []
    for step in contents.values where step.step.role == .tool || !step.step.toolCallIDs.isEmpty {
      for distance in 1...Fit.callReach {
        companions.insert(step.id.advanced(by: step.step.role == .tool ? -distance : distance))
      }
      guard step.step.role == .tool else { continue }
      for distance in 1...Fit.callReach { companions.insert(step.id.advanced(by: distance)) }
    }
    let missing = companions.filter { contents[$0] == nil && $0 >= StepID(1) }
    contents.merge(try read(missing)) { known, _ in known }
    return contents
  }

  /// Reads steps, neighbours in one go.
  private func read(_ ids: Set<StepID>) throws(FlowError) -> [StepID: ArchivedStep] {
    var contents: [StepID: ArchivedStep] = [:]
    let ordered = ids.sorted()
    var start = 0
    while start < ordered.count {
      var end = start
      while end + 1 < ordered.count, ordered[end + 1].rawValue == ordered[end].rawValue + 1 { end += 1 }
      for step in try memory.steps.steps(StepQuery(range: ordered[start]...ordered[end])) {
        contents[step.id] = step
      }
      start = end + 1
    }
    return contents
  }
}
