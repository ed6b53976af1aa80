package import FlowCore

// A clone of a repository that carries the text files alone has the long-term memory in memory_cache.md and no archive.
// Its sections then become the roots of a new one, and ids go on behind them, so that no anchor ever points at another
// step than it did.
//
// The sections must be roots: ranges from step 1 on, in order, that do not overlap. A section that somebody removed
// leaves a range without words, which a summary without bullets stands for; whatever else cannot be read for certain
// refuses all of it, since words would be lost otherwise. What the file does not say is as good as it can be: levels
// follow from how many steps a section covers, times from its heading, and bullets weigh the same.

/// The roots of a tree as the readable memory has them.
struct RestoredRoots {
  /// An archive of more steps there is none; a number beyond is a slip or worse, and ids would go on behind it.
  private static let mostSteps = 1_000_000_000

  let tree: SummaryTree
  let now: Timestamp

  /// The summaries that sections stand for, oldest first.
  ///
  /// - Throws: `storage.corrupt`, with the section and its line.
  func roots(of sections: [ReadableSection]) throws(FlowError) -> [Summary] {
    var found: [(id: SummaryID, section: ReadableSection)] = []
    for section in sections {
      guard case .summary(let id)? = Anchor(section.key), id.description.hasSameBytes(as: section.key) else {
        throw fault(section, "\(section.key.quotedExcerpt) names no range of steps")
      }
      guard id.last.rawValue <= RestoredRoots.mostSteps else {
        throw fault(section, "\(id) names more than \(RestoredRoots.mostSteps) steps")
      }
      if let obstacle = section.obstacle { throw fault(section, obstacle.problem, obstacle.remedy) }
      if section.isModified, section.text.utf8.count > HandText.maximumBytes {
        throw fault(section, "its text has more than \(HandText.maximumBytes) bytes")
      }
      found.append((id, section))
    }
    found.sort { $0.id < $1.id }
    var roots: [Summary] = []
    for (id, section) in found {
      let next = roots.last?.id.last.advanced(by: 1) ?? StepID(1)
      guard id.first >= next else {
        throw fault(section, "\(id) overlaps the section before it, \(roots.last?.id.description ?? "")")
      }
      if id.first > next {
        roots.append(silence(next...id.first.advanced(by: -1), before: section, after: roots.last))
      }
      roots.append(root(id, section, after: roots.last))
    }
    return levelled(roots)
  }

  private func root(_ id: SummaryID, _ section: ReadableSection, after previous: Summary?) -> Summary {
    let bullets = HandText.lines(in: section.text, about: id.range).map {
      Summary.Bullet(text: $0.text, source: $0.source, weight: HandEdits.weight)
    }
    let start = previous?.span.upperBound ?? now
    return Summary(
      id: id,
      level: 0,
      version: section.isModified ? section.version + 1 : section.version,
      by: section.isModified ? HandEdits.name : section.by,
      created: now,
      bullets: bullets,
      sourceTokens: 0,
      tokens: bullets.reduce(0) { $0 + tree.tokenizer.count($1.line + "\n") },
      span: SummarySection.span(in: section.title) ?? start...start
    )
  }

  /// What stands for steps that no section tells of.
  private func silence(
    _ range: ClosedRange<StepID>,
    before section: ReadableSection,
    after previous: Summary?
  ) -> Summary {
    let time = previous?.span.upperBound ?? SummarySection.span(in: section.title)?.lowerBound ?? now
    return Summary(
      id: SummaryID(first: range.lowerBound, last: range.upperBound),
      level: 0,
      version: 1,
      by: tree.summarizer.name,
      created: now,
      bullets: [],
      sourceTokens: 0,
      tokens: 0,
      span: time...time
    )
  }

  /// Gives each root the height that a tree of so many steps would have, and none less than the one behind it.
  private func levelled(_ roots: [Summary]) -> [Summary] {
    let leaf = max(1, tree.limits.shortTermSteps - tree.limits.keepSteps + 1)
    var least = 0
    var levelled: [Summary] = []
    for root in roots.reversed() {
      var level = 0
      var steps = root.id.last.rawValue - root.id.first.rawValue + 1
      while steps >= leaf * tree.limits.fanout {
        steps /= tree.limits.fanout
        level += 1
      }
      least = max(least, level)
      levelled.append(root.at(level: least))
    }
    return levelled.reversed()
  }

  private func fault(_ section: ReadableSection, _ problem: String, _ remedy: String? = nil) -> FlowError {
    FlowError(
      .corruptStorage,
      "the archive is not here, and cache/memory_cache.md, line \(section.line), cannot stand in for it: \(problem)",
      hint: remedy ?? "mend that section, bring memory.sqlite back, or move the file away to begin anew",
      context: ["line": String(section.line)]
    )
  }
}

extension MemoryContext {
  /// Makes the sections of the readable memory the roots of an archive that holds nothing yet; of any other, nothing.
  ///
  /// - Returns: the summaries that there are now; none where there was nothing to do.
  /// - Throws: `storage.corrupt` where the sections cannot be roots, with the line; `file.newer_format`,
  ///   `project.locked`, `storage.write_failed`.
  package func restoreSummaries() async throws(FlowError) -> [SummaryID] {
    guard try await archive.read(MemoryContext.isEmpty) else { return [] }
    let list = try await summaries.sections()
    guard !list.sections.isEmpty || list.hasLooseText else { return [] }
    if list.hasLooseText {
      throw FlowError(
        .corruptStorage,
        "the archive is not here, and cache/memory_cache.md has parts that cannot be read",
        hint: "`flowctl doctor` names them; mend them, or bring memory.sqlite back"
      )
    }
    let restored = try RestoredRoots(tree: writer.tree, now: clock.now()).roots(of: list.sections)
    return try await archive.write { memory throws(FlowError) in
      // Another process may have done it, or stored a step.
      guard try MemoryContext.isEmpty(memory) else { return [] }
      for root in restored { try memory.summaries.add(root) }
      return restored.map(\.id)
    }
  }

  private static func isEmpty(_ memory: any MemoryTransaction) throws(FlowError) -> Bool {
    guard try memory.steps.figures().newest == nil else { return false }
    return try memory.summaries.coveredThrough() == nil
  }
}
