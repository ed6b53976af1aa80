import FlowCore
import Glibc

// The index names blobs, never the other way: a blob is durable before an index names it, and is removed only
// after an index that does not name it is durable. So a crash leaves at most a blob too many. Whoever reads
// without the lock may hold an index whose blob is gone already; it then reads the index again.

/// The files of a project's cached results.
struct ResultFiles: Sendable {
  /// Serialised values above this many bytes become blobs.
  static let inlineLimit = 8 << 10
  /// Values nested deeper are refused, since no parser would read them again.
  static let maximumDepth = JSONLimits.standard.maximumDepth

  /// The project's cache folder.
  let folder: String

  var indexPath: String { "\(folder)/results_cache.json" }
  private var blobFolder: String { "\(folder)/blobs" }

  func entry(_ key: String) throws(FlowError) -> CachedResult? {
    var failure: FlowError?
    for _ in 0..<3 {
      guard let bytes = try RegularFile.read(indexPath) else { return nil }
      guard let json = try ResultIndex(bytes).records[key] else { return nil }
      let record: ResultRecord
      do {
        record = try ResultRecord(json, key: key)
      } catch {
        throw error.error(in: bytes, file: ResultIndex.fileName)
      }
      do {
        return record.entry(key: key, value: try value(of: record, key: key))
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    return nil
  }

  func entries() throws(FlowError) -> [CachedResult] {
    try index().records.compactMap { key, json in
      guard let record = try? ResultRecord(json, key: key) else { return nil }
      // A blob that vanished just now has a record that did too; `entry` looks again.
      guard let value = try? value(of: record, key: key) else { return (try? entry(key)) ?? nil }
      return record.entry(key: key, value: value)
    }
  }

  /// The keys of all entries that have not expired.
  func keys(freshAt time: Timestamp) throws(FlowError) -> [String] {
    try index().records.compactMap { key, json in
      guard let record = try? ResultRecord(json, key: key) else { return nil }
      return record.expires.map { time < $0 } == false ? nil : key
    }
  }

  func create() throws(FlowError) {
    guard try RegularFile.read(indexPath) == nil else { return }
    try Folder.create(folder)
    try AtomicFile.write(ResultIndex().bytes, to: indexPath)
  }

  func set(_ entries: [CachedResult]) throws(FlowError) {
    guard !entries.isEmpty else { return }
    try Folder.create(folder)
    let old = try index()
    var new = old
    for entry in entries {
      new.records[entry.key] = ResultRecord(entry, content: try store(entry)).json
    }
    try replace(old, with: new)
  }

  func remove(_ keys: [String]) throws(FlowError) -> [String] {
    let old = try index()
    var new = old
    let removed = keys.filter { new.records.removeValue(forKey: $0) != nil }
    if !removed.isEmpty { try replace(old, with: new) }
    return removed
  }

  func clear() throws(FlowError) -> Int {
    let old = try index()
    var new = old
    new.records = [:]
    if !old.records.isEmpty { try replace(old, with: new) }
    for name in unnamedBlobs(new) { unlink("\(blobFolder)/\(name)") }
    return old.records.count
  }

  private func index() throws(FlowError) -> ResultIndex {
    guard let bytes = try RegularFile.read(indexPath) else { return ResultIndex() }
    return try ResultIndex(bytes)
  }

  private func replace(_ old: ResultIndex, with new: ResultIndex) throws(FlowError) {
    AtomicFile.removeLeftovers(in: folder)
    try AtomicFile.write(new.bytes, to: indexPath)
    for name in old.blobs.subtracting(new.blobs) { unlink("\(blobFolder)/\(name)") }
  }

  private func store(_ entry: CachedResult) throws(FlowError) -> ResultRecord.Content {
    let isTooDeep = [entry.value, .object(entry.meta)].contains { $0.isNested(deeperThan: Self.maximumDepth) }
    guard !isTooDeep else {
      throw FlowError(
        .invalidArgument,
        "the value for \(entry.key.quotedExcerpt) is nested deeper than \(Self.maximumDepth)",
        hint: "keep it as text"
      )
    }
    var bytes: [UInt8] = []
    entry.value.write(to: &bytes)
    guard bytes.count > Self.inlineLimit else { return .value(entry.value) }
    let name = SHA256.hexDigest(of: bytes)
    let path = "\(blobFolder)/\(name)"
    if (try? RegularFile.read(path)) != bytes {
      try Folder.create(blobFolder)
      AtomicFile.removeLeftovers(in: blobFolder)
      try AtomicFile.write(bytes, to: path)
    }
    return .blob(name)
  }

  private func value(of record: ResultRecord, key: String) throws(FlowError) -> JSONValue {
    guard case .blob(let name) = record.content else {
      guard case .value(let value) = record.content else { return nil }
      return value
    }
    let bytes = try RegularFile.read("\(blobFolder)/\(name)")
    guard let bytes, SHA256.hexDigest(of: bytes) == name, let value = try? JSONValue(parsing: bytes) else {
      throw FlowError(
        .corruptStorage,
        "the value of \(key.quotedExcerpt) cannot be read: cache/blobs/\(name) "
          + (bytes == nil ? "is missing" : "was changed"),
        hint: "store the value again, or remove it",
        context: ["key": key, "file": "cache/blobs/\(name)"]
      )
    }
    return value
  }

  private func unnamedBlobs(_ index: ResultIndex) -> [String] {
    Folder.names(in: blobFolder).filter { $0.utf8.count == 64 && !index.blobs.contains($0) }
  }
}

extension ResultFiles {
  func findings() -> [Finding] {
    do throws(FlowError) {
      guard let bytes = try RegularFile.read(indexPath) else { return [] }
      let index = try ResultIndex(bytes)
      var findings: [Finding] = []
      for (key, json) in index.records {
        do throws(DocumentFault) {
          let record = try ResultRecord(json, key: key)
          do throws(FlowError) {
            _ = try value(of: record, key: key)
          } catch {
            findings.append(Finding(error, file: ResultIndex.fileName))
          }
        } catch {
          findings.append(
            Finding(error.error(in: bytes, file: ResultIndex.fileName), file: ResultIndex.fileName)
          )
        }
      }
      return findings
        + unnamedBlobs(index).sorted().map { name in
          Finding(
            file: "cache/blobs/\(name)",
            problem: "belongs to no cached result, as after a crash",
            remedy: "remove the file; `flowctl cache clear` does so too",
            isError: false
          )
        }
    } catch {
      return [Finding(error, file: ResultIndex.fileName)]
    }
  }
}
