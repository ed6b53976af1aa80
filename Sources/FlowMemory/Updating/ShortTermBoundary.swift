import FlowCore

/// Decides how many of the oldest short-term steps leave.
///
/// Nothing leaves while the steps fit the limits. On overflow the oldest leave until `keepSteps` remain and
/// their tokens fit; the newest always stays. A tool's result stays on the same side as its call: the results
/// leave with the call, or, where the newest step is among them, the call stays too if the limits allow it.
/// Only a group of calls and results larger than the limits is cut.
struct ShortTermBoundary {
  let limits: MemoryLimits

  /// How many of the first `steps`, ascending and all in short-term, leave.
  func leaving(_ steps: [ArchivedStep]) -> Int {
    guard !fits(steps[...]) else { return 0 }
    var boundary = max(0, steps.count - limits.keepSteps)
    while boundary < steps.count - 1, !hasFewTokens(steps[boundary...]) { boundary += 1 }

    let pairs = CallPairs(steps)
    var forward = boundary
    while pairs.arePartedByCut(before: forward) { forward += 1 }
    if forward < steps.count { return forward }

    var backward = boundary
    while pairs.arePartedByCut(before: backward) { backward -= 1 }
    return backward > 0 && fits(steps[backward...]) ? backward : boundary
  }

  /// Whether these steps may all stay.
  private func fits(_ steps: ArraySlice<ArchivedStep>) -> Bool {
    steps.count <= limits.shortTermSteps && (steps.count <= 1 || hasFewTokens(steps))
  }

  private func hasFewTokens(_ steps: ArraySlice<ArchivedStep>) -> Bool {
    steps.reduce(0) { $0 + $1.tokens } <= limits.shortTermTokens
  }
}
