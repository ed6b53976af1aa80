import FlowCore

extension ResultFiles {
  /// Merges the two sides of a merge that is not finished.
  ///
  /// The project's lock must be held.
  func mend() throws(FlowError) -> [String] {
    guard let bytes = try RegularFile.read(indexPath), let sides = ConflictSides(bytes) else { return [] }
    var merged = try ResultIndex(sides.ours)
    for (key, theirs) in try ResultIndex(sides.theirs).records {
      guard let ours = merged.records[key] else {
        merged.records[key] = theirs
        continue
      }
      if let mine = ours["created"]?.timestamp, let other = theirs["created"]?.timestamp, mine < other {
        merged.records[key] = theirs
      }
    }
    // Blobs stay: a value that lost still lies there, until `cache clear`.
    try AtomicFile.write(merged.bytes, to: indexPath)
    return ["merged the results of both sides in \(ResultIndex.fileName)"]
  }
}
