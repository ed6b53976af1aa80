/// How much memory is kept verbatim in the prompt, and how long its summaries may be.
public struct MemoryLimits: Sendable, Hashable {
  /// The most steps in short-term memory; one more and the oldest leave.
  public var shortTermSteps: Int
  /// The most tokens in short-term memory; a single step may be longer.
  public var shortTermTokens: Int
  /// How many steps remain after the oldest left.
  public var keepSteps: Int
  /// How many neighbouring summaries of one level become one above them.
  public var fanout: Int
  /// The most tokens of a leaf of the summary tree, which also has at most a fifth of its source; those above it may
  /// have so many more for each level.
  public var summaryTokens: Int
  /// A pause longer than this ends a sitting, in seconds.
  public var sittingGapSeconds: Int

  public init(
    shortTermSteps: Int = 10,
    shortTermTokens: Int = 4000,
    keepSteps: Int = 5,
    fanout: Int = 8,
    summaryTokens: Int = 200,
    sittingGapSeconds: Int = 30 * 60
  ) {
    self.shortTermSteps = max(1, shortTermSteps)
    self.shortTermTokens = max(1, shortTermTokens)
    self.keepSteps = max(1, min(keepSteps, shortTermSteps))
    self.fanout = max(2, fanout)
    self.summaryTokens = max(0, summaryTokens)
    self.sittingGapSeconds = max(0, sittingGapSeconds)
  }
}
