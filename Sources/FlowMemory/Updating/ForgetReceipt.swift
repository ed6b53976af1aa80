public import FlowCore

/// What forgetting steps did to memory, or would do.
public struct ForgetReceipt: Sendable, Equatable {
  /// The steps whose content is gone now.
  public let steps: [StepID]
  /// Those that had been forgotten before; they stay as they are.
  public let already: [StepID]
  /// The summaries that were made anew, parts before what they are part of.
  public let summaries: [SummaryID]
  /// Why what was replaced can still be found among the bytes of the database, or nil where it was overwritten.
  ///
  /// The steps are forgotten all the same; forgetting them again overwrites what is left.
  public let notErased: FlowError?

  /// Whether nothing is left in the storage, its log included.
  public var isErased: Bool { notErased == nil }

  public init(steps: [StepID], already: [StepID], summaries: [SummaryID], notErased: FlowError? = nil) {
    self.steps = steps
    self.already = already
    self.summaries = summaries
    self.notErased = notErased
  }
}

/// What is to be done to forget steps.
package struct ForgetPlan: Sendable {
  package let mark: ForgottenMark
  /// The steps to forget, as they are.
  package let steps: [ArchivedStep]
  package let already: [StepID]
  /// The summaries that cover them, parts first.
  package let summaries: [SummaryID]

  package var receipt: ForgetReceipt {
    ForgetReceipt(steps: steps.map(\.id), already: already, summaries: summaries)
  }
}
