public import FlowCore
public import FlowMemory

extension FlowProject {
  /// Stores a step; it is durable when the call returns.
  ///
  /// - Throws: `step.invalid`, `step.ref_conflict`, `task.not_found`, `project.locked`, `storage.write_failed`,
  ///   `hook.vetoed`, `hook.failed`.
  @discardableResult
  public func memoryUpdate(_ step: Step) async throws(FlowError) -> UpdateReceipt {
    if let task = step.task { _ = try await planInForce().index(of: task) }
    let hooks = await installedHooks()
    if hooks.has(before: .step) {
      try step.validate()
      try await hooks.ask(.step, event: "step", .step(step, id: nil))
    }
    let memory = try await open().memory
    let receipt = try await memory.update(step)
    if !receipt.rolledUp.isEmpty { try await renderMemory() }
    upgradeBesideUpdates(receipt.rolledUp.first)
    await tell(hooks, of: receipt)
    return receipt
  }

  private func tell(_ hooks: InstalledHooks, of receipt: UpdateReceipt) async {
    // As it stands in the archive, with the time that it got there.
    if receipt.isNew, hooks.has(after: .step),
      let stored = try? await steps(StepQuery(range: receipt.id...receipt.id)).first
    {
      var step = stored.step
      step.ts = stored.ts
      await hooks.tell(.step, event: "step", .step(step, id: stored.id))
    }
    if !receipt.rolledUp.isEmpty {
      await hooks.tell(.rollUp, event: "roll_up", .summaries(receipt.rolledUp))
    }
  }

  /// Assembles the prompt for a request: task state, long-term summaries, recalled steps, cached results and the
  /// newest steps, within the budget.
  ///
  /// - Throws: `context.budget_too_small`, `tokenizer.unknown`, `task.not_found`, `argument.invalid`.
  public func memoryRetrieve(_ request: ContextRequest) async throws(FlowError) -> Context {
    try request.shares?.validate()
    let now = request.now ?? self.now
    let workflow = try await workflow(at: now)
    if let task = request.task { _ = try workflow.index(of: task) }
    let fresh = try await results.entries().filter { $0.isFresh(at: now) }
    let surroundings = Surroundings(
      preamble: try await wiring.preamble(for: name),
      workflow: workflow,
      results: fresh
    )
    let memory = try await open().memory
    await adoptEditsInPassing(memory)
    return try await memory.retrieve(request, beside: surroundings)
  }

  /// Archived steps, ascending.
  public func steps(_ query: StepQuery) async throws(FlowError) -> [ArchivedStep] {
    try await open().archive.read { memory throws(FlowError) in try memory.steps.steps(query) }
  }

  /// The steps behind `s42`, `s3-4` or `m1-40`, verbatim.
  ///
  /// - Throws: `step.not_found` or `summary.not_found`.
  public func expand(_ anchor: Anchor) async throws(FlowError) -> [ArchivedStep] {
    try await open().archive.read { memory throws(FlowError) in
      if case .summary(let id) = anchor, try memory.summaries.summary(id) == nil {
        throw FlowError(
          .summaryNotFound,
          "there is no summary \(id)",
          hint: "`flowctl steps` lists what is archived"
        )
      }
      let newest = try memory.steps.figures().newest ?? StepID(0)
      let covered = try memory.summaries.coveredThrough() ?? StepID(0)
      guard anchor.range.upperBound <= max(newest, covered) else {
        let end = newest.rawValue > 0 ? "the archive ends at \(newest)" : "the archive is empty"
        throw FlowError(
          .stepNotFound,
          "there is no step \(anchor.range.upperBound); \(end)",
          hint: "`flowctl steps` lists them"
        )
      }
      let steps = try memory.steps.steps(StepQuery(range: anchor.range))
      guard steps.first?.id == anchor.range.lowerBound else {
        throw FlowError(
          .stepNotFound,
          "the steps of \(anchor) are not here verbatim, only the summaries of them",
          hint: "they are in the memory.sqlite of the project that cache/memory_cache.md came from"
        )
      }
      return steps
    }
  }

  /// Pins or unpins a step, and says whether that changed anything.
  ///
  /// - Throws: `step.not_found`.
  public func setPinned(_ id: StepID, _ pinned: Bool) async throws(FlowError) -> Bool {
    try await open().archive.write { memory throws(FlowError) in
      guard try memory.steps.step(id) != nil else {
        throw FlowError(.stepNotFound, "there is no step \(id)", hint: "`flowctl steps` lists them")
      }
      return try memory.steps.setPinned(id, pinned)
    }
  }
}

extension FlowProject {
  /// What recall knows of each candidate of a query, before any weight: what the weights are learnt from.
  public func recallFeatures(of query: String) async throws(FlowError) -> RecallFeatureTable {
    try await open().memory.recallFeatures(of: query)
  }

  /// A prompt of recall by other weights than the learnt ones, by name of feature, without plan and results.
  public func memoryRetrieve(
    _ request: ContextRequest,
    recallWeights: [String: Double]
  ) async throws(FlowError) -> Context {
    try await open().memory.retrieve(request, recallWeights: recallWeights)
  }
}
