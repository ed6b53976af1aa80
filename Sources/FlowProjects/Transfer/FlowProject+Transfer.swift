import FlowMemory
public import FlowCore

/// What an import did.
public struct ImportReceipt: Sendable, Hashable {
  /// Steps in the source.
  public let read: Int
  /// Steps that were not there before.
  public let new: Int
  /// The first and last id of the new steps.
  public let ids: ClosedRange<StepID>?
}

extension FlowProject {
  /// How many steps one transaction of an import takes; others can write in between.
  private static let batch = 500

  /// Adds the steps of a JSONL file. The whole file is read and checked before the first step is stored; a step
  /// whose ref is there already is passed over, so an import that was cut short is finished by doing it again.
  ///
  /// - Parameters:
  ///   - source: what messages call the bytes.
  ///   - progress: is told how many steps are done, of how many.
  /// - Throws: `json.invalid`, `step.invalid`, `step.ref_conflict`, each with its line; then nothing is stored.
  public func importSteps(
    jsonl bytes: [UInt8],
    source: String,
    progress: (_ done: Int, _ total: Int) -> Void = { _, _ in }
  ) async throws(FlowError) -> ImportReceipt {
    let lines = try StepLines(source: source).steps(in: bytes)
    try await refuseConflicts(lines, source: source)
    let memory = try await open().memory
    var new: [StepID] = []
    var hasRollUp = false
    for start in stride(from: 0, to: lines.count, by: FlowProject.batch) {
      let end = min(lines.count, start + FlowProject.batch)
      let receipts = try await memory.update(lines[start..<end].map(\.step))
      new += receipts.filter(\.isNew).map(\.id)
      hasRollUp = hasRollUp || receipts.contains { !$0.rolledUp.isEmpty }
      progress(end, lines.count)
    }
    if hasRollUp { try await memory.renderSummaries() }
    let ids = new.first.flatMap { first in new.last.map { first...$0 } }
    return ImportReceipt(read: lines.count, new: new.count, ids: ids)
  }

  /// Finds conflicts before anything is stored, within the file and with the archive.
  private func refuseConflicts(_ lines: [StepLines.Line], source: String) async throws(FlowError) {
    var contents: [String: (line: Int, step: Step)] = [:]
    for line in lines {
      guard let ref = line.step.ref else { continue }
      if let known = contents[ref],
        known.step.role != line.step.role
          || !known.step.content.utf8.elementsEqual(line.step.content.utf8)
      {
        throw FlowError(
          .stepConflict,
          "\(source) line \(line.number): the ref \(ref.quotedExcerpt) stands for other content on line \(known.line)",
          hint: "give each step a ref of its own; nothing was imported"
        )
      }
      contents[ref] = (line.number, line.step)
    }
    let conflict = try await open().archive.read {
      memory throws(FlowError) -> (line: Int, ref: String, id: StepID)? in
      for line in lines {
        guard let ref = line.step.ref, let known = try memory.steps.step(ref: ref) else { continue }
        let same =
          known.step.role == line.step.role && known.step.content.utf8.elementsEqual(line.step.content.utf8)
        if !same { return (line.number, ref, known.id) }
      }
      return nil
    }
    if let conflict {
      throw FlowError(
        .stepConflict,
        "\(source) line \(conflict.line): the ref \(conflict.ref.quotedExcerpt) already stands for other content, in \(conflict.id)",
        hint: "give the step another ref; nothing was imported",
        context: ["ref": conflict.ref, "step": conflict.id.description]
      )
    }
  }

  /// Hands over all steps as JSONL, in batches, oldest first.
  public func exportSteps(_ write: (String) throws(FlowError) -> Void) async throws(FlowError) {
    let archive = try await open().archive
    let newest = try await archive.read { memory throws(FlowError) in
      try memory.steps.figures().newest?.rawValue ?? 0
    }
    for start in stride(from: 1, through: newest, by: FlowProject.batch) {
      let range = StepID(start)...StepID(min(newest, start + FlowProject.batch - 1))
      let steps = try await archive.read { memory throws(FlowError) in
        try memory.steps.steps(StepQuery(range: range))
      }
      try write(steps.map { $0.json.serialized(.compact) + "\n" }.joined())
    }
  }
}
