import FlowCore

/// Tells between which steps a run may be cut without parting a tool's result from its call.
///
/// Results stand behind their calls, with nothing between but other calls and results: an agent that calls several
/// tools at once may log a step for each call, and then one for each result.
struct CallPairs {
  /// For each place, the first step whose call is answered there or behind.
  private let firstCalls: [Int]

  /// Finds the pairs among steps in ascending order.
  init(_ steps: [ArchivedStep]) {
    var firstCalls = Array(steps.indices)
    for result in steps.indices where steps[result].step.role == .tool {
      for earlier in steps[..<result].indices.reversed() {
        if steps[result].answers(steps[earlier]) {
          firstCalls[result] = earlier
          break
        }
        let step = steps[earlier].step
        guard step.role == .tool || step.role == .assistant && !step.toolCallIDs.isEmpty else { break }
      }
    }
    var first = Int.max
    for place in firstCalls.indices.reversed() {
      first = min(first, firstCalls[place])
      firstCalls[place] = first
    }
    self.firstCalls = firstCalls
  }

  /// Whether a cut before this step would part a result from its call.
  func arePartedByCut(before place: Int) -> Bool {
    firstCalls.indices.contains(place) && firstCalls[place] < place
  }
}
