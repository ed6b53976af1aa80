import FlowCore

/// Steps that have been read, so that they can be shown.
struct StepContents: Sendable {
  fileprivate(set) var steps: [StepID: ArchivedStep] = [:]
  /// Those with which all that belongs to them has been read: a tool's call, and the results of a call.
  fileprivate(set) var complete: Set<StepID> = []

  subscript(id: StepID) -> ArchivedStep? { steps[id] }

  mutating func merge(_ other: StepContents) {
    steps.merge(other.steps) { known, _ in known }
    complete.formUnion(other.complete)
  }
}

extension Gather {
  /// How many steps are read at a time where little room is left: some dozens of short ones fill it for sure.
  private static let readAtOnce = 64

  /// The contents of those ranked steps that could stand in so much room, with the tool calls and results that belong
  /// to them.
  ///
  /// That is what fitting them in order by their stored counts would take, and half as much again, since the tokenizer
  /// may count otherwise. The first of the steps is always among them, if it has no more tokens than the room.
  func contents(of ranked: some Sequence<RankedStep>, room budget: Int) throws(FlowError) -> StepContents {
    var contents = StepContents()
    // A budget may be any number.
    let (sum, isTooLarge) = budget.addingReportingOverflow(budget / 2)
    var room = isTooLarge ? Int.max : sum
    for step in ranked where step.profile.tokens <= min(room, budget) {
      contents.complete.insert(step.profile.id)
      room -= step.profile.tokens + RecallRanker.frameTokens
      if room <= 0 { break }
    }
    try complete(&contents)
    return contents
  }

  /// The contents of the next steps that may fit into what room is left.
  func contents(after unread: Unread, of ranked: [RankedStep]) throws(FlowError) -> StepContents {
    var contents = StepContents()
    for step in ranked[unread.place...] where step.profile.tokens <= unread.room {
      contents.complete.insert(step.profile.id)
      if contents.complete.count == Gather.readAtOnce { break }
    }
    try complete(&contents)
    return contents
  }

  /// Reads the steps, and what belongs to them.
  private func complete(_ contents: inout StepContents) throws(FlowError) {
    contents.steps = try read(contents.complete)
    var companions: Set<StepID> = []
    for step in contents.steps.values { companions.formUnion(places(besides: step)) }
    let missing = companions.filter { contents[$0] == nil && $0 >= StepID(1) }
    contents.steps.merge(try read(missing)) { known, _ in known }
  }

  /// Where the steps may stand that belong to this one.
  private func places(besides step: ArchivedStep) -> [StepID] {
    let reach = 1...Fit.callReach
    switch step.step.role {
    case .tool: return reach.flatMap { [step.id.advanced(by: -$0), step.id.advanced(by: $0)] }
    // A result that names no call is that of the step right before it.
    case .assistant where step.step.toolCallIDs.isEmpty: return [step.id.advanced(by: 1)]
    case .assistant: return reach.map { step.id.advanced(by: $0) }
    case .user, .system, .note: return []
    }
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
