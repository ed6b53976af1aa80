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

  /// Adds the steps of a JSONL file.
  ///
  /// The whole file is read and checked before the first step is stored; a step that is there already is passed
  /// over, so an import that was cut short is finished by doing it again.
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
    let all = try StepLines(source: source).steps(in: bytes)
    try refuseConflicts(within: all, source: source)
    let lines = try await unknown(all, source: source)
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
    return ImportReceipt(read: all.count, new: new.count, ids: ids)
  }

  /// Finds refs that stand for two things in one file.
  private func refuseConflicts(within lines: [StepLines.Line], source: String) throws(FlowError) {
    var first: [[UInt8]: StepLines.Line] = [:]
    for line in lines {
      guard let ref = line.step.ref else { continue }
      guard let known = first.updateValue(line, forKey: Array(ref.utf8)), !line.step.says(known.step) else {
        continue
      }
      throw FlowError(
        .stepConflict,
        "\(source) line \(line.number): the ref \(ref.quotedExcerpt) stands for other content on line \(known.number)",
        hint: "give each step a ref of its own; nothing was imported"
      )
    }
  }

  /// The lines without those that are steps of this archive, exported.
  ///
  /// - Throws: `step.ref_conflict` where a ref stands for other content in the archive.
  private func unknown(_ lines: [StepLines.Line], source: String) async throws(FlowError) -> [StepLines.Line]
  {
    try await open().archive.read { memory throws(FlowError) in
      var unknown: [StepLines.Line] = []
      for line in lines {
        if let id = line.exportedID, let known = try memory.steps.step(id), known.step.ref == nil,
          line.step.says(known.step), line.step.name == known.step.name, line.step.ts == known.ts
        {
          continue
        }
        if let ref = line.step.ref, let known = try memory.steps.step(ref: ref), !line.step.says(known.step) {
          throw FlowError(
            .stepConflict,
            "\(source) line \(line.number): the ref \(ref.quotedExcerpt) already stands for other content, in \(known.id)",
            hint: "give the step another ref; nothing was imported",
            context: ["ref": ref, "step": known.id.description]
          )
        }
        unknown.append(line)
      }
      return unknown
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
