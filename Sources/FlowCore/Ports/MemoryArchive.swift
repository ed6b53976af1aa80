/// The memory database as a unit of work: what is done in one `write` is durable as a whole or not at all.
///
/// The archive hands its stores to the body of a read or a write; they are valid only inside it. The body is
/// synchronous and must not wait for anything but the archive: a lock may be held while it runs. Steps, recall
/// index and summaries are three ports over one transaction, so that a step can never be there without its
/// postings, nor a summary without its steps.
public protocol MemoryArchive: Sendable {
  /// Runs `body` on a snapshot, beside writers.
  func read<Value: Sendable>(
    _ body: @escaping @Sendable (any MemoryTransaction) throws(FlowError) -> Value
  ) async throws(FlowError) -> Value

  /// Runs `body` in a transaction and returns once it is durable. Writes that wait at the same time may share
  /// one commit; one that throws undoes only its own changes.
  func write<Value: Sendable>(
    _ body: @escaping @Sendable (any MemoryTransaction) throws(FlowError) -> Value
  ) async throws(FlowError) -> Value
}

/// The stores inside one transaction.
public protocol MemoryTransaction {
  var steps: any StepStore { get }
  var recall: any RecallIndex { get }
  var summaries: any SummaryStore { get }
}

/// The verbatim archive, inside a transaction.
public protocol StepStore {
  /// Stores a step whose time is set, and returns its id, the next in the row.
  func append(_ step: Step, ts: Timestamp, tokens: Int, sitting: Int) throws(FlowError) -> StepID
  func step(_ id: StepID) throws(FlowError) -> ArchivedStep?
  func step(ref: String) throws(FlowError) -> ArchivedStep?
  /// Steps in ascending order.
  func steps(_ query: StepQuery) throws(FlowError) -> [ArchivedStep]
  /// Pins or unpins a step, and says whether that changed anything.
  func setPinned(_ id: StepID, _ pinned: Bool) throws(FlowError) -> Bool
  func figures() throws(FlowError) -> ArchiveFigures
}

/// The recall index, inside a transaction.
///
/// It keeps terms and knows no ranking.
public protocol RecallIndex {
  /// The version of the analysis that its terms come from; 0 for an index that was never filled.
  func analysisVersion() throws(FlowError) -> Int
  /// Empties the index, and notes the version of the analysis that will fill it.
  func reset(analysisVersion: Int) throws(FlowError)
  /// Adds a step's terms; `length` counts repeats.
  func add(_ terms: [TermFrequency], length: Int, to step: StepID) throws(FlowError)
  /// The steps that hold a term, ascending.
  func postings(of term: String) throws(FlowError) -> [Posting]
  /// What ranking needs to know of these steps, ascending; ids that do not exist are left out.
  func profiles(of ids: [StepID]) throws(FlowError) -> [StepProfile]
  /// The first and last step of each of these sittings, and its terms with repeats counted.
  func sittings(_ numbers: [Int]) throws(FlowError) -> [Int: SittingProfile]
  /// The names and roles that steps carry, with how many steps each.
  func speakers() throws(FlowError) -> [String: Int]
}

/// A run of steps without a long gap.
public struct SittingProfile: Sendable, Hashable {
  public let range: ClosedRange<StepID>
  /// Terms, repeats counted.
  public let length: Int

  public init(range: ClosedRange<StepID>, length: Int) {
    self.range = range
    self.length = length
  }
}

/// Summaries and their versions, inside a transaction.
public protocol SummaryStore {
  /// Stores a new version of a summary and makes it the one that counts.
  func add(_ summary: Summary) throws(FlowError)
  /// The summary of exactly this range, in the version that counts.
  func summary(_ id: SummaryID) throws(FlowError) -> Summary?
  /// The summaries that are not part of another, oldest first.
  func roots() throws(FlowError) -> [Summary]
  /// The last step that a summary covers; nil before the first roll-up.
  func coveredThrough() throws(FlowError) -> StepID?
}
