import FlowCore

/// A sitting is a run of steps in id order with no gap over the limit and no step back in time.
struct SittingRule {
  let gapSeconds: Int

  /// The sitting of a step at `ts` that follows `previous`.
  func sitting(at ts: Timestamp, after previous: StepProfile?) -> Int {
    guard let previous else { return 1 }
    let gap = ts.milliseconds - previous.ts.milliseconds
    return gap >= 0 && gap <= Int64(gapSeconds) * 1000 ? previous.sitting : previous.sitting + 1
  }
}
