/// What models are at work on, what they could not do, and what they cost, inside a transaction.
///
/// It stands beside the summaries, so that an answer, the calls that it took and the end of the work on it are one
/// transaction: none can be there without the others.
public protocol ModelWorkStore {
  /// What is noted about a summary.
  func entry(of summary: SummaryID) throws(FlowError) -> ModelWork?
  /// All notes, by summary.
  func entries() throws(FlowError) -> [ModelWork]
  /// Notes something about a summary, in place of what was noted before.
  func put(_ work: ModelWork) throws(FlowError)
  func remove(_ summary: SummaryID) throws(FlowError)
  /// Adds an attempt to the ledger, which only grows.
  func record(_ attempt: CallAttempt, at time: Timestamp) throws(FlowError)
  /// What the ledger comes to, a line for each model, by name.
  func ledger() throws(FlowError) -> [LedgerLine]
}
