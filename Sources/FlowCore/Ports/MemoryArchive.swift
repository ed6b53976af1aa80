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

  /// Overwrites what deleted and replaced rows left behind in the storage, its log included.
  ///
  /// Rewrites everything that is left, so it takes as long as copying it.
  ///
  /// - Throws: `project.locked` where somebody who reads an earlier state keeps the log from being cut: what was
  ///   deleted can still be read from it then, until this succeeds.
  func eraseDeleted() async throws(FlowError)
}

/// The stores inside one transaction.
public protocol MemoryTransaction {
  var steps: any StepStore { get }
  var recall: any RecallIndex { get }
  var summaries: any SummaryStore { get }
  var modelWork: any ModelWorkStore { get }
}

/// The verbatim archive, inside a transaction.
public protocol StepStore {
  /// Stores a step whose time is set, and returns its id, the next in the row.
  func append(_ step: Step, ts: Timestamp, tokens: Int, sitting: Int) throws(FlowError) -> StepID
  /// Steps in ascending order.
  func steps(_ query: StepQuery) throws(FlowError) -> [ArchivedStep]
  /// Pins or unpins a step, and says whether that changed anything.
  func setPinned(_ id: StepID, _ pinned: Bool) throws(FlowError) -> Bool
  /// Replaces what a step says and its meta, and leaves the rest of it, for a step that is to be forgotten.
  ///
  /// The recall index is not changed: its entries are removed by `RecallIndex.remove`.
  ///
  /// - Throws: `step.not_found`.
  func replaceContent(of id: StepID, with content: String, tokens: Int, meta: JSONObject) throws(FlowError)
  func figures() throws(FlowError) -> ArchiveFigures
  /// Whom the steps come from, ascending by number.
  func speakers() throws(FlowError) -> [Speaker]
  /// The first and last step of each of these sittings, and its terms with repeats counted.
  func sittings(_ numbers: [Int]) throws(FlowError) -> [Int: SittingProfile]
}

extension StepStore {
  /// One step, or nil if there is none of this id.
  public func step(_ id: StepID) throws(FlowError) -> ArchivedStep? {
    try steps(StepQuery(range: id...id)).first
  }

  /// The step with this ref, or nil.
  public func step(ref: String) throws(FlowError) -> ArchivedStep? {
    try steps(StepQuery(ref: ref)).first
  }
}

/// The recall index, inside a transaction.
///
/// It keeps terms and weights and knows no ranking.
public protocol RecallIndex {
  /// The version of the analysis that its terms come from; 0 for an index that was never filled.
  func analysisVersion() throws(FlowError) -> Int
  /// Empties the index, and notes the version of the analysis that will fill it.
  func reset(analysisVersion: Int) throws(FlowError)
  /// Adds a step that is in the archive and not yet in the index.
  func add(_ step: IndexedStep) throws(FlowError)
  /// Removes a step's postings; its length and marks become 0. `terms` are those it was added with.
  func remove(_ step: StepID, terms: [String]) throws(FlowError)
  /// The steps that hold each of these terms, in the order given.
  func postings(of terms: [String]) throws(FlowError) -> [PostingList]
  /// How many steps hold each of these terms, in the order given.
  func counts(of terms: [String]) throws(FlowError) -> [Int]
  /// What ranking needs to know of these steps, ascending; ids that do not exist are left out.
  func profiles(of ids: [StepID]) throws(FlowError) -> [StepProfile]
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
  /// The summary of steps that covers this one; nil where none does yet.
  func leaf(covering step: StepID) throws(FlowError) -> Summary?
  /// All versions of the summary of exactly this range, ascending; the last is the one that counts.
  func versions(of id: SummaryID) throws(FlowError) -> [Summary]
  /// The summaries that are not part of another, oldest first.
  func roots() throws(FlowError) -> [Summary]
  /// The last step that a summary covers; nil before the first roll-up.
  func coveredThrough() throws(FlowError) -> StepID?
  /// The summaries that this one was made from, oldest first; none for a leaf.
  func parts(of id: SummaryID) throws(FlowError) -> [Summary]
  /// Stores a new version of a summary and removes all that were before it.
  ///
  /// - Throws: `summary.not_found`, and as `add`.
  func replaceVersions(with summary: Summary) throws(FlowError)
}

extension SummaryStore {
  /// The summary of exactly this range, in the version that counts.
  public func summary(_ id: SummaryID) throws(FlowError) -> Summary? {
    try versions(of: id).last
  }

  /// The summaries of all levels that cover one of these steps: parts before what they are part of, and oldest first.
  public func covering(_ steps: [StepID]) throws(FlowError) -> [Summary] {
    func covers(_ summary: Summary) -> Bool { steps.contains(where: summary.id.range.contains) }
    var found: [Summary] = []
    var open = try roots().filter(covers)
    while let summary = open.popLast() {
      found.append(summary)
      if summary.level > 0 { open += try parts(of: summary.id).filter(covers) }
    }
    return found.sorted { ($0.level, $0.id) < ($1.level, $1.id) }
  }
  /// All summaries in the versions that count: parts before what they are part of, and oldest first.
  public func all() throws(FlowError) -> [Summary] {
    var found: [Summary] = []
    var open = try roots()
    while let summary = open.popLast() {
      found.append(summary)
      if summary.level > 0 { open += try parts(of: summary.id) }
    }
    return found.sorted { ($0.level, $0.id) < ($1.level, $1.id) }
  }
}
