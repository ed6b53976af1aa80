public import FlowCore

extension MemoryContext {
  /// The summaries in the versions that count: the roots, which cover all that left short-term, or those of all levels,
  /// parts first.
  public func summaries(ofAllLevels: Bool = false) async throws(FlowError) -> [Summary] {
    try await archive.read { memory throws(FlowError) in
      ofAllLevels ? try memory.summaries.all() : try memory.summaries.roots()
    }
  }

  /// A summary with all that is known of how it came about.
  ///
  /// - Throws: `summary.not_found`.
  public func summaryReport(_ id: SummaryID) async throws(FlowError) -> SummaryReport {
    try await archive.read { memory throws(FlowError) in
      let versions = try memory.summaries.versions(of: id)
      guard let current = try memory.summaries.summary(id) else { throw .noSummary(id) }
      let steps = try memory.steps.steps(of: id)
      return SummaryReport(
        current: current,
        versions: versions,
        parts: try memory.summaries.parts(of: id).map(\.id),
        identifiers: steps.isEmpty ? nil : IdentifierAccount(of: steps, in: current.bullets)
      )
    }
  }

  /// Makes summaries anew with the summarizer of this memory: leaves from their steps, those above from their parts.
  ///
  /// What comes out as it was gets no new version. All versions are kept; `undoSummary` goes back. The readable form is
  /// not changed: `renderSummaries` does that.
  ///
  /// - Parameter progress: is told how many of all summaries are done.
  /// - Throws: `summary.not_found`, `project.locked`, `storage.write_failed`; what was made until then stays.
  public func rebuildSummaries(
    _ run: SummaryRun,
    progress: (Int, Int) -> Void = { _, _ in }
  ) async throws(FlowError) -> SummaryRunReceipt {
    let rebuild = SummaryRebuild(tree: writer.tree, run: run)
    let now = clock.now()
    let candidates = try await archive.read { memory throws(FlowError) in
      try rebuild.candidates(in: memory)
    }
    var done = SummaryRebuild.Progress()
    var rest = candidates[...]
    while !rest.isEmpty {
      let batch = SummaryRebuild.batch(of: rest)
      rest = rest[batch.endIndex...]
      let before = done
      if run.isDryRun {
        done = try await archive.read { memory throws(FlowError) in
          try rebuild.make(batch, after: before, now: now, in: memory)
        }
      } else {
        done = try await archive.write { memory throws(FlowError) in
          try rebuild.make(batch, after: before, now: now, in: memory)
        }
      }
      progress(batch.endIndex, candidates.count)
    }
    return done.receipt
  }

  /// Goes back to an earlier version of a summary, which becomes its next one; those above it that Flow made of their
  /// parts are made anew.
  ///
  /// - Parameter version: nil for the one before: undoing again goes back further.
  /// - Throws: `summary.not_found` where there is no such summary or version, `argument.invalid` where there is none
  ///   before; `project.locked`, `storage.write_failed`.
  public func undoSummary(_ id: SummaryID, to version: Int? = nil) async throws(FlowError) -> SummaryUndo {
    let tree = writer.tree
    let now = clock.now()
    return try await archive.write { memory throws(FlowError) in
      let (current, target) = try MemoryContext.undoing(id, to: version, in: memory)
      guard !target.isSame(as: current) else {
        return SummaryUndo(summary: id, restored: target.version, changes: [])
      }
      let next = target.numbered(current.version + 1)
      try memory.summaries.add(next)
      var changes = [SummaryChange(from: current, to: next)]
      for (before, after) in try tree.renewAbove(next, now: now, in: memory) {
        changes.append(SummaryChange(from: before, to: after))
      }
      return SummaryUndo(summary: id, restored: target.version, changes: changes)
    }
  }

  /// What `undoSummary` would go back from and to.
  public func undoPreview(_ id: SummaryID, to version: Int? = nil) async throws(FlowError) -> SummaryUndo {
    try await archive.read { memory throws(FlowError) in
      let (current, target) = try MemoryContext.undoing(id, to: version, in: memory)
      let next = target.numbered(current.version + 1)
      let changes = target.isSame(as: current) ? [] : [SummaryChange(from: current, to: next)]
      return SummaryUndo(summary: id, restored: target.version, changes: changes)
    }
  }

  /// The version that counts, and the one to go back to.
  private static func undoing(
    _ id: SummaryID,
    to wanted: Int?,
    in memory: any MemoryTransaction
  ) throws(FlowError) -> (current: Summary, target: Summary) {
    guard let current = try memory.summaries.summary(id) else { throw .noSummary(id) }
    let versions = try memory.summaries.versions(of: id)
    if let wanted {
      guard let target = versions.first(where: { $0.version == wanted }) else {
        throw FlowError(
          .summaryNotFound,
          "\(id) has no version \(wanted)",
          hint: "`flowctl summaries \(id)` lists its versions",
          context: ["summary": id.description, "version": String(wanted)]
        )
      }
      return (current, target)
    }
    // A version that was brought back stands for the one that it was.
    let origin = versions.first { $0.isSame(as: current) } ?? current
    guard let target = versions.last(where: { $0.version < origin.version }) else {
      throw FlowError(
        .invalidArgument,
        "\(id) says what its first version says; there is nothing to undo",
        hint: "`flowctl summaries \(id)` lists its versions",
        context: ["summary": id.description]
      )
    }
    return (current, target)
  }
}

extension Summary {
  /// Whether both are the same text, made at the same time: a version and the one that brought it back.
  fileprivate func isSame(as other: Summary) -> Bool { created == other.created && says(other) }
}

/// A summary, its versions, and what it keeps of its steps.
public struct SummaryReport: Sendable {
  /// The version that counts.
  public let current: Summary
  /// All that there are, ascending.
  public let versions: [Summary]
  /// The summaries that it is made from; none for one made from steps.
  public let parts: [SummaryID]
  /// What it tells of the identifiers in its steps; nil where these are not here.
  public let identifiers: IdentifierAccount?
}

/// What going back to an earlier version did, or would do.
public struct SummaryUndo: Sendable, Hashable {
  public let summary: SummaryID
  /// The version that was brought back.
  public let restored: Int
  /// The summary and those above it that were made anew; none where the version brought back is the one that counts.
  public let changes: [SummaryChange]
}
