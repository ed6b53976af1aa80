public import FlowCore
import Synchronization

/// The state of the readable summaries in which there was nothing to adopt.
final class LastLook: Sendable {
  private let stamp = Mutex<ContentStamp?>(nil)

  func isAt(_ other: ContentStamp) -> Bool { stamp.withLock { $0 == other } }
  func note(_ new: ContentStamp?) { stamp.withLock { $0 = new } }
}

extension MemoryContext {
  /// Makes new versions of the summaries that people edited in their readable form: see `HandEdits`.
  ///
  /// The readable form is not changed: `renderSummaries` does that, once what is returned has been recorded.
  ///
  /// - Returns: the versions made, by summary, and those made before that the readable form does not show yet, as
  ///   where a process died in between.
  /// - Throws: `project.locked`, `storage.write_failed`, `file.newer_format`.
  @discardableResult
  public func adoptEdits() async throws(FlowError) -> [SummaryEdit] {
    let edits = HandEdits(writer: writer)
    // Each further round means that somebody edits right now; what they write last is looked at next time.
    for _ in 0..<4 {
      let list = try await summaries.sections()
      let edited = list.sections.filter(\.isModified)
      guard !edited.isEmpty else { return [] }
      // What is refused is no reason to wait for a lock.
      guard try await hasEdits(edited) else { return [] }
      let now = clock.now()
      let made: [SummaryEdit]? = try await archive.write { [summaries] memory throws(FlowError) in
        guard summaries.stamp() == list.stamp else { return nil }
        return try edits.adopt(edited, now: now, in: memory)
      }
      if let made { return made }
    }
    return []
  }

  /// Whether `adoptEdits` would do anything; cheap where nothing was changed since this memory looked last.
  package func hasEdits() async throws(FlowError) -> Bool {
    guard let stamp = summaries.stamp(), !lookedAt.isAt(stamp) else { return false }
    let list = try await summaries.sections()
    let edited = list.sections.filter(\.isModified)
    let found = try await hasEdits(edited)
    lookedAt.note(found || !list.isSettled ? nil : list.stamp)
    return found
  }

  /// The sections that a person edited, and why they stay as they are; nil for those that are going to be adopted.
  package func editedSections() async throws(FlowError) -> [(section: ReadableSection, refusal: EditRefusal?)]
  {
    try await judged(try await summaries.sections().sections.filter(\.isModified))
  }

  private func hasEdits(_ edited: [ReadableSection]) async throws(FlowError) -> Bool {
    try await judged(edited).contains { $0.refusal == nil }
  }

  private func judged(
    _ edited: [ReadableSection]
  ) async throws(FlowError) -> [(section: ReadableSection, refusal: EditRefusal?)] {
    guard !edited.isEmpty else { return [] }
    let edits = HandEdits(writer: writer)
    return try await archive.read { memory throws(FlowError) in
      var judged: [(section: ReadableSection, refusal: EditRefusal?)] = []
      for section in edited {
        var refusal: EditRefusal?
        if case .refused(let reason) = try edits.outcome(of: section, in: memory) { refusal = reason }
        judged.append((section, refusal))
      }
      return judged
    }
  }
}

extension MemoryContext {
  /// Brings the readable summaries up to date with the archive.
  ///
  /// Callers that store many steps do this once at the end; a crash before it costs nothing, since the archive is
  /// the truth and the next call catches up. A section whose text a person changed is left as it is until
  /// `adoptEdits` has made a version of it.
  public func renderSummaries() async throws(FlowError) {
    try await renderSummaries(except: [])
  }

  /// Does so, but leaves the sections of some summaries as they are.
  package func renderSummaries(except kept: Set<SummaryID>) async throws(FlowError) {
    // What is shown is read first: a section that another writer adds meanwhile must not look like one too many.
    let list = try await summaries.sections()
    let shown = Dictionary(list.sections.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
    let edits = HandEdits(writer: writer)
    let kept = Set(kept.map(\.description))
    let changes = try await archive.read { memory throws(FlowError) in
      let roots = try memory.summaries.roots()
      let rootKeys = Set(roots.map(\.id.description))
      var changes: [SectionChange] = []
      for root in roots where !kept.contains(root.id.description) {
        let present = shown[root.id.description]
        if try present.map({ section throws(FlowError) in
          try edits.mayReplace(section, by: root, in: memory)
        }) ?? true {
          changes.append(SectionChange(SummarySection.entry(root), before: present))
        }
      }
      for section in list.sections where !rootKeys.contains(section.key) && !kept.contains(section.key) {
        if try edits.mayRemove(section, in: memory) { changes.append(SectionChange(removing: section)) }
      }
      return changes
    }
    guard !changes.isEmpty || list.hasLooseText else { return }
    // What was edited since is left, and looked at next time.
    _ = try await summaries.apply(changes)
  }
}

extension HandEdits {
  /// Whether a section of a root is another than it should be, and nobody's words are lost with it.
  fileprivate func mayReplace(
    _ section: ReadableSection,
    by root: Summary,
    in memory: any MemoryTransaction
  ) throws(FlowError) -> Bool {
    guard section.isModified else { return section.version != root.version }
    return try isAdopted(section, in: memory)
  }

  /// Whether a section of no root is nothing but what the archive has too.
  fileprivate func mayRemove(
    _ section: ReadableSection,
    in memory: any MemoryTransaction
  ) throws(FlowError) -> Bool {
    guard section.isModified else { return true }
    return try isAdopted(section, in: memory)
  }

  private func isAdopted(
    _ section: ReadableSection,
    in memory: any MemoryTransaction
  ) throws(FlowError) -> Bool {
    if case .same = try outcome(of: section, in: memory) { true } else { false }
  }
}
