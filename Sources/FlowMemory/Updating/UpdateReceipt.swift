public import FlowCore

/// What became of a step that was handed to memory.
public struct UpdateReceipt: Sendable, Hashable {
  public let id: StepID
  /// False where the same ref and content were there already.
  public let isNew: Bool
  /// The summaries that were made because short-term memory overflowed.
  public let rolledUp: [SummaryID]

  public init(id: StepID, isNew: Bool, rolledUp: [SummaryID]) {
    self.id = id
    self.isNew = isNew
    self.rolledUp = rolledUp
  }
}
