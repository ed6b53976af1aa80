import FlowCore
import FlowStore
import Foundation

/// A temporary folder for a memory database, gone with its last reference.
///
/// A suite keeps its folder in a property, so that it stays to the end of the test.
final class MemoryFolder: Sendable {
  let url: URL
  private let isTemporary: Bool

  convenience init() throws {
    try self.init(in: FileManager.default.temporaryDirectory, isTemporary: true)
  }

  private init(in parent: URL, isTemporary: Bool) throws {
    self.isTemporary = isTemporary
    url = parent.appendingPathComponent("flow-memory-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit {
    if isTemporary { try? FileManager.default.removeItem(at: url) }
  }

  var path: String { url.appendingPathComponent("memory.sqlite").path }

  func open(lockTimeout: Double = 30, mustExist: Bool = false) throws(FlowError) -> MemoryDatabase {
    try MemoryDatabase(path: path, lockTimeout: lockTimeout, mustExist: mustExist)
  }

  /// Copies the database into a folder within this one, as a crash would leave it: with at most `logBytes` of
  /// its log.
  func crashed(logBytes: Int = .max) throws -> MemoryFolder {
    let copy = try MemoryFolder(in: url, isTemporary: false)
    try Data(contentsOf: URL(fileURLWithPath: path)).write(to: URL(fileURLWithPath: copy.path))
    let log = try Data(contentsOf: URL(fileURLWithPath: path + "-wal"))
    try log.prefix(logBytes).write(to: URL(fileURLWithPath: copy.path + "-wal"))
    return copy
  }

  var logSize: Int {
    get throws { try Data(contentsOf: URL(fileURLWithPath: path + "-wal")).count }
  }
}

extension MemoryDatabase {
  /// Stores a step with its words as terms.
  @discardableResult
  func append(_ step: Step, sitting: Int = 1) async throws(FlowError) -> StepID {
    try await write { transaction throws(FlowError) in
      try transaction.append(step, sitting: sitting)
    }
  }

  func postings(of terms: [String]) async throws(FlowError) -> [[Posting]] {
    try await read { transaction throws(FlowError) in
      try transaction.recall.postings(of: terms).map(\.postings)
    }
  }

  func all(_ query: StepQuery = StepQuery()) async throws(FlowError) -> [ArchivedStep] {
    try await read { transaction throws(FlowError) in try transaction.steps.steps(query) }
  }
}

extension MemoryTransaction {
  @discardableResult
  func append(_ step: Step, sitting: Int = 1) throws(FlowError) -> StepID {
    let id = try steps.append(
      step,
      ts: step.ts ?? Timestamp(milliseconds: 1_700_000_000_000),
      tokens: step.content.utf8.count,
      sitting: sitting
    )
    let words = step.content.split(separator: " ").map(String.init)
    try recall.add(IndexedStep(id: id, terms: words.weights, length: words.count, marks: UInt32(words.count)))
    return id
  }
}

extension [String] {
  /// How often each stands here, told apart by bytes.
  var weights: [TermWeight] {
    Dictionary(grouping: self) { [UInt8]($0.utf8) }
      .map { TermWeight(term: String(decoding: $0, as: UTF8.self), weight: UInt8(Swift.min($1.count, 255))) }
  }
}
