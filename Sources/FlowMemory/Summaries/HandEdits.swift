public import FlowCore

// cache/memory_cache.md is a view that people may edit: a section whose text they changed becomes a new version of its
// summary, made by hand. The file and the archive are two stores without a common lock, and whoever edits takes none.
//
// So an edit is judged inside the transaction that adopts it, by what counts there, and a text is adopted only while the
// file still is as it was read. It counts if it was made from the version that counts, or if all versions since were made
// by hand too: an editor that has the file open goes on from what it has read, and the later of a person's words is
// meant. All versions are kept. Whatever else was made since, by a model or by forgetting, is not known to have been
// seen by the person: the edit then stays in the file, and doctor says what to do.
//
// The edit of a summary that has become a part of another meanwhile is a version of that part, and those above it that
// Flow made of their parts are made anew of them.
//
// What holds: adopting twice is adopting once, also when it was cut short in between, or done by two processes.

/// What an edited section comes to.
enum EditOutcome {
  /// It says what the version that counts says.
  case same(Summary)
  /// It becomes the version after the one that counts.
  case new([HandText.Line], after: Summary)
  case refused(EditRefusal)
}

/// Why an edit stays in the file and is not adopted.
package enum EditRefusal: Sendable, Equatable {
  /// The archive has no summary of that name.
  case unknown
  /// What the text says is not certain; the finding tells why.
  case unclear(Finding)
  /// It has so many bytes, more than a summary may have.
  case tooLong(Int)
  /// It was made from another version than the one that counts.
  case superseded(Summary)
}

/// A new version of a summary, made of what a person wrote.
public struct SummaryEdit: Sendable, Hashable {
  public let summary: SummaryID
  /// The version that it replaced.
  public let from: Int
  public let to: Int

  public init(summary: SummaryID, from: Int, to: Int) {
    self.summary = summary
    self.from = from
    self.to = to
  }
}

/// Judges edits and adopts them, inside one transaction.
struct HandEdits: Sendable {
  /// Who makes such versions.
  static let name = "hand"
  /// What a changed bullet weighs at least: a person's word tells more than a sentence that was picked.
  static let weight = 1_000_000

  let writer: StepWriter

  /// What a section whose text was changed comes to.
  func outcome(of section: ReadableSection, in memory: any MemoryTransaction) throws(FlowError) -> EditOutcome
  {
    if let obstacle = section.obstacle { return .refused(.unclear(obstacle)) }
    guard case .summary(let id)? = Anchor(section.key), id.description == section.key,
      let current = try memory.summaries.summary(id)
    else { return .refused(.unknown) }
    guard section.text.utf8.count <= HandText.maximumBytes else {
      return .refused(.tooLong(section.text.utf8.count))
    }
    let lines = HandText.lines(in: section.text, about: id.range)
    if lines == current.bullets.map(HandText.Line.init) { return .same(current) }
    guard try isSeen(section.version, current, in: memory) else { return .refused(.superseded(current)) }
    return .new(lines, after: current)
  }

  /// Adopts what can be adopted, and tells of that and of what was adopted before without being shown yet.
  func adopt(
    _ sections: [ReadableSection],
    now: Timestamp,
    in memory: any MemoryTransaction
  ) throws(FlowError) -> [SummaryEdit] {
    var edits: [SummaryEdit] = []
    // A whole before its parts: once it is made by hand, an edit of a part does not make it anew.
    for section in sections.sorted(by: { $0.reach > $1.reach }) {
      switch try outcome(of: section, in: memory) {
      case .new(let lines, let current):
        let summary = version(after: current, lines, now: now)
        try memory.summaries.add(summary)
        try writer.tree.renewAbove(summary, now: now, in: memory)
        edits.append(SummaryEdit(madeBy: summary))
      case .same(let summary):
        guard summary.by == HandEdits.name, section.version != summary.version else { continue }
        edits.append(SummaryEdit(madeBy: summary))
      case .refused: continue
      }
    }
    return edits.sorted { $0.summary < $1.summary }
  }

  /// Whether who wrote on from a version knew all that was made since.
  private func isSeen(
    _ version: Int,
    _ current: Summary,
    in memory: any MemoryTransaction
  ) throws(FlowError) -> Bool {
    if version >= current.version { return version == current.version }
    return try memory.summaries.versions(of: current.id)
      .allSatisfy { $0.version <= version || $0.by == HandEdits.name }
  }

  private func version(after current: Summary, _ lines: [HandText.Line], now: Timestamp) -> Summary {
    let weight = max(HandEdits.weight, current.bullets.map(\.weight).max() ?? 0)
    let bullets = lines.map { line in
      let known = current.bullets.first { HandText.Line($0) == line }
      return Summary.Bullet(text: line.text, source: line.source, weight: known?.weight ?? weight)
    }
    return current.saying(bullets, by: HandEdits.name, created: now, tokenizer: writer.tokenizer)
  }
}

extension SummaryEdit {
  /// What made a version by hand.
  fileprivate init(madeBy version: Summary) {
    self.init(summary: version.id, from: version.version - 1, to: version.version)
  }
}

extension ReadableSection {
  /// How many steps its summary covers.
  fileprivate var reach: Int {
    guard let range = Anchor(key)?.range else { return 0 }
    return range.upperBound.rawValue - range.lowerBound.rawValue
  }
}

extension Summary {
  /// The next version, with other bullets.
  func saying(
    _ bullets: [Bullet],
    by name: String,
    created: Timestamp,
    tokenizer: any Tokenizer
  ) -> Summary {
    Summary(
      id: id,
      level: level,
      version: version + 1,
      by: name,
      created: created,
      bullets: bullets,
      sourceTokens: sourceTokens,
      tokens: bullets.reduce(0) { $0 + tokenizer.count($1.line + "\n") },
      span: span
    )
  }
}
