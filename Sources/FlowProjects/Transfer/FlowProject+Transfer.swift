public import FlowCore
import FlowMemory
import FlowStore

extension FlowProject {
  /// Adds the steps of a transcript.
  ///
  /// It is read twice, in pieces: once to check all of it, then to store its steps, some hundreds in a transaction.
  /// A step that is there already is passed over, so an import that was cut short is finished by doing it again.
  ///
  /// - Parameters:
  ///   - format: the transcript's form; what of it cannot be a step, the receipt names.
  ///   - progress: is told how far the work has come.
  /// - Throws: `json.invalid`, `step.invalid`, `step.ref_conflict`, each with its line, and then nothing is stored;
  ///   `revision.conflict` where a file changed meanwhile, and then what was stored before stays.
  public func importSteps(
    from source: ImportSource,
    format: TranscriptFormat = .jsonl,
    progress: (ImportProgress) -> Void = { _ in }
  ) async throws(FlowError) -> ImportReceipt {
    let queue = wiring.queue
    let input = try await queue.run { () throws(FlowError) in try source.open() }
    while let taken = try await queue.run({ () throws(FlowError) in try input.take() }) {
      progress(.reading(taken))
    }
    let checked = try await check(input, format, progress)
    return try await store(input, format, checked, progress)
  }

  /// Adds the steps of a JSONL document in memory.
  public func importSteps(
    jsonl bytes: [UInt8],
    source: String,
    progress: (ImportProgress) -> Void = { _ in }
  ) async throws(FlowError) -> ImportReceipt {
    try await importSteps(from: .bytes(bytes, name: source), progress: progress)
  }

  /// The first pass: reads all steps and stores none.
  private func check(
    _ input: RepeatableInput,
    _ format: TranscriptFormat,
    _ progress: (ImportProgress) -> Void
  ) async throws(FlowError) -> StepBatches.Digests {
    var batches = StepBatches(input, format, queue: wiring.queue)
    var ledger = RefLedger()
    while let batch = try await batches.next() {
      for line in batch {
        guard let known = ledger.note(line) else { continue }
        throw FlowProject.conflict(line, in: input.name, "stands for other content on \(known)")
      }
      _ = try await unknown(batch, source: input.name)
      progress(.checking(batches.digests.bytes, of: max(input.size, batches.digests.bytes)))
    }
    return batches.digests
  }

  /// The second pass: stores what the first one checked.
  private func store(
    _ input: RepeatableInput,
    _ format: TranscriptFormat,
    _ checked: StepBatches.Digests,
    _ progress: (ImportProgress) -> Void
  ) async throws(FlowError) -> ImportReceipt {
    let memory = try await open().memory
    var batches = StepBatches(input, format, queue: wiring.queue, expected: checked)
    var (read, new) = (0, 0)
    var ids: ClosedRange<StepID>?
    var leaves: [SummaryID] = []
    while let batch = try await batches.next() {
      read += batch.count
      let receipts = try await memory.update(try await unknown(batch, source: input.name).map(\.step))
      let added = receipts.filter(\.isNew).map(\.id)
      new += added.count
      if let first = added.first, let last = added.last { ids = (ids?.lowerBound ?? first)...last }
      leaves += receipts.compactMap(\.rolledUp.first)
      progress(.storing(batches.digests.bytes, of: checked.bytes))
    }
    if !leaves.isEmpty { try await renderMemory() }
    return ImportReceipt(read: read, new: new, ids: ids, leaves: leaves, skipped: batches.skipped)
  }

  /// The lines without those that are steps of this archive, exported.
  ///
  /// - Throws: `step.ref_conflict` where a ref stands for other content in the archive.
  private func unknown(_ lines: [SourceStep], source: String) async throws(FlowError) -> [SourceStep] {
    try await open().archive.read { memory throws(FlowError) in
      var unknown: [SourceStep] = []
      for line in lines {
        if let id = line.exportedID, let known = try memory.steps.step(id), known.step.ref == nil,
          line.step.role == known.step.role, line.step.name == known.step.name, line.step.ts == known.ts
        {
          if line.step.says(known.step) { continue }
          // An export from before it was forgotten.
          if let mark = known.step.forgotten { throw FlowProject.forgotten(line, in: source, id, mark) }
        }
        if let ref = line.step.ref, let known = try memory.steps.step(ref: ref), !line.step.says(known.step) {
          if let mark = known.step.forgotten { throw FlowProject.forgotten(line, in: source, known.id, mark) }
          throw FlowProject.conflict(
            line,
            in: source,
            "already stands for other content, in \(known.id)",
            known.id
          )
        }
        unknown.append(line)
      }
      return unknown
    }
  }

  private static func forgotten(
    _ line: SourceStep,
    in source: String,
    _ step: StepID,
    _ mark: ForgottenMark
  ) -> FlowError {
    FlowError(
      .stepConflict,
      "\(source) \(line.place): this step is \(step), which was forgotten on \(mark.date): \(mark.reason)",
      hint: "take the line out of the file; nothing was imported",
      context: ["step": step.description, "forgotten": mark.date.description]
    )
  }

  private static func conflict(
    _ line: SourceStep,
    in source: String,
    _ problem: String,
    _ step: StepID? = nil
  ) -> FlowError {
    let ref = line.step.ref ?? ""
    return FlowError(
      .stepConflict,
      "\(source) \(line.place): the ref \(ref.quotedExcerpt) \(problem)",
      hint: "give each step a ref of its own; nothing was imported",
      context: step.map { ["ref": ref, "step": $0.description] } ?? ["ref": ref]
    )
  }

  /// Hands over all steps as JSONL, in batches, oldest first.
  public func exportSteps(_ write: (String) throws(FlowError) -> Void) async throws(FlowError) {
    let archive = try await open().archive
    let (first, newest) = try await archive.read { memory throws(FlowError) in
      // An archive restored from its readable form begins late.
      let first = try memory.steps.steps(StepQuery(first: 1)).first?.id.rawValue ?? 1
      return (first, try memory.steps.figures().newest?.rawValue ?? 0)
    }
    for start in stride(from: first, through: newest, by: StepBatches.steps) {
      let range = StepID(start)...StepID(min(newest, start + StepBatches.steps - 1))
      let steps = try await archive.read { memory throws(FlowError) in
        try memory.steps.steps(StepQuery(range: range))
      }
      try write(steps.map { $0.json.serialized(.compact) + "\n" }.joined())
    }
  }
}
