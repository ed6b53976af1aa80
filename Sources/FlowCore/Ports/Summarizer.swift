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

/// A summarizer that asks a model, which costs time and money and may go wrong.
public protocol ModelSummarizer: Summarizer {
  /// Which prompt it asks with, and in which version: `summarize/1`.
  var prompt: String { get }
  /// Asks the model for a summary that has passed all checks.
  ///
  /// - Parameter spending: is told of every attempt.
  /// - Throws: as `ChatModel.answer`; `model.answer_unfit` where the model gave no fit answer, also when told why.
  func summary(
    of source: SummarySource,
    spending: any SpendingMeter
  ) async throws(FlowError) -> ModelSummary
}

/// A summary that a model made, and what it took.
public struct ModelSummary: Sendable, Hashable {
  /// In the order of the steps, without weights.
  public let bullets: [Summary.Bullet]
  /// How many secrets of each kind were masked before the steps left the machine.
  public let masked: [String: Int]
  /// Why the first answer was not taken, where there was a second.
  public let refusal: String?

  public init(bullets: [Summary.Bullet], masked: [String: Int] = [:], refusal: String? = nil) {
    self.bullets = bullets
    self.masked = masked
    self.refusal = refusal
  }
}
