/// Makes a summary of a range of steps; it may take as long as a call over the network.
public protocol Summarizer: Sendable {
  /// What stands in a summary's `by`: `textrank`, or the model's name.
  var name: String { get }
  /// The bullets of a summary, at most `source.budget` tokens when rendered, in the order of the steps;
  /// one of facts (`FactsLine`) may stand behind them.
  func summarize(_ source: SummarySource) async throws(FlowError) -> [Summary.Bullet]
}

/// A summarizer that answers at once, without I/O, and always: it may run inside a transaction.
public protocol LocalSummarizer: Summarizer {
  /// The bullets of a summary, as `summarize`.
  func bullets(of source: SummarySource) -> [Summary.Bullet]
}

extension LocalSummarizer {
  public func summarize(_ source: SummarySource) async throws(FlowError) -> [Summary.Bullet] {
    bullets(of: source)
  }
}

/// What a summary is made from.
public struct SummarySource: Sendable {
  /// The steps, ascending and without a gap.
  public let steps: [ArchivedStep]
  /// The most tokens that the bullets may have when rendered.
  public let budget: Int

  public init(steps: [ArchivedStep], budget: Int) {
    self.steps = steps
    self.budget = budget
  }
}
