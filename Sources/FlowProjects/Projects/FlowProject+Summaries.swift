public import FlowCore
public import FlowMemory
import FlowText

extension FlowProject {
  /// The summaries in the versions that count: the roots, or those of all levels, parts first.
  public func summaries(ofAllLevels: Bool = false) async throws(FlowError) -> [Summary] {
    try await open().memory.summaries(ofAllLevels: ofAllLevels)
  }

  /// A summary with its versions, its parts, and what it keeps of the identifiers in its steps.
  ///
  /// - Throws: `summary.not_found`.
  public func summaryReport(_ id: SummaryID) async throws(FlowError) -> SummaryReport {
    try await open().memory.summaryReport(id)
  }

  /// Makes summaries anew and records in the history what went in, what came out, and which identifiers were lost.
  ///
  /// What people edited in the readable memory is adopted first.
  ///
  /// - Parameter progress: is told how many of all summaries are done.
  /// - Throws: `summary.not_found`, `project.locked`, `storage.write_failed`; what was made until then stays.
  public func rebuildSummaries(
    _ run: SummaryRun,
    progress: (Int, Int) -> Void = { _, _ in }
  ) async throws(FlowError) -> SummaryRunReceipt {
    let memory = try await open().memory
    guard !run.isDryRun else { return try await memory.rebuildSummaries(run, progress: progress) }
    try await renderMemory()
    let receipt = try await memory.rebuildSummaries(run, progress: progress)
    guard !receipt.changes.isEmpty else { return receipt }
    try await record(.rebuildSummaries, receipt.facts)
    try await renderMemory()
    return receipt
  }

  /// Goes back to an earlier version of a summary: see `MemoryContext.undoSummary`.
  ///
  /// - Throws: `summary.not_found`, `argument.invalid`, `project.locked`, `storage.write_failed`.
  public func undoSummary(_ id: SummaryID, to version: Int? = nil) async throws(FlowError) -> SummaryUndo {
    let memory = try await open().memory
    try await renderMemory()
    let undo = try await memory.undoSummary(id, to: version)
    guard !undo.changes.isEmpty else { return undo }
    try await record(.undoSummary, undo.facts)
    try await renderMemory()
    return undo
  }

  /// What `undoSummary` would do; nothing is changed.
  public func undoPreview(_ id: SummaryID, to version: Int? = nil) async throws(FlowError) -> SummaryUndo {
    try await open().memory.undoPreview(id, to: version)
  }

  /// Notes something in the history that leaves the plan as it is, and tells hooks of it.
  func record(_ kind: HistoryEvent.Kind, _ facts: JSONObject) async throws(FlowError) {
    let hooks = await installedHooks()
    let recorded = await recordedEvents(hooks)
    try await workflows.note(kind, facts, user: wiring.user)
    await tell(hooks, ofNote: kind, facts, after: recorded)
  }
}

extension SummaryRunReceipt {
  /// An event lists so many summaries; the others are counted.
  private static let listed = 100

  /// What the history keeps of it.
  fileprivate var facts: JSONObject {
    [
      "made": .number(JSONNumber(changes.count)),
      "unchanged": .number(JSONNumber(unchanged)),
      "by_hand": .number(JSONNumber(byHand.count)),
      "by_model": .number(JSONNumber(byModel.count)),
      "without_steps": .number(JSONNumber(withoutSteps.count)),
      "tokens": [
        "in": .number(JSONNumber(tokensIn)), "before": .number(JSONNumber(tokensBefore)),
        "out": .number(JSONNumber(tokensOut)),
      ],
      "identifiers": identifiers.facts,
      "summaries": .array(changes.prefix(SummaryRunReceipt.listed).map(\.json)),
    ]
  }
}

extension SummaryUndo {
  /// What the history keeps of it.
  fileprivate var facts: JSONObject {
    [
      "summary": .string(summary.description), "restored": .number(JSONNumber(restored)),
      "summaries": .array(changes.map(\.json)),
    ]
  }
}

extension SummaryChange {
  /// As events and answers list it.
  public var json: JSONValue {
    [
      "summary": .string(summary.description), "level": .number(JSONNumber(level)),
      "from": .number(JSONNumber(from)), "to": .number(JSONNumber(to)), "by": .string(by),
      "tokens": [
        "in": .number(JSONNumber(sourceTokens)), "before": .number(JSONNumber(tokensBefore)),
        "out": .number(JSONNumber(tokens)),
      ],
    ]
  }
}

extension IdentifierAccount {
  /// As the history keeps it: where the lost ones stand, and not what they are, since the history outlives what is
  /// forgotten.
  var facts: JSONValue {
    let places = lost.map { place -> JSONValue in
      [
        "kind": .string(place.identifier.kind.rawValue), "step": .number(JSONNumber(place.step.rawValue)),
        "bytes": [
          .number(JSONNumber(place.identifier.range.lowerBound)),
          .number(JSONNumber(place.identifier.range.upperBound)),
        ],
      ]
    }
    return [
      "found": .number(JSONNumber(found)), "carried": .number(JSONNumber(carried)), "lost": .array(places),
    ]
  }

  /// As answers tell it.
  public var json: JSONValue {
    let lost = lost.map { place -> JSONValue in
      [
        "kind": .string(place.identifier.kind.rawValue), "text": .string(place.identifier.text),
        "step": .number(JSONNumber(place.step.rawValue)),
      ]
    }
    return [
      "found": .number(JSONNumber(found)), "carried": .number(JSONNumber(carried)), "lost": .array(lost),
    ]
  }
}
