public import FlowCore
public import FlowMemory
import FlowStore

/// What forgetting steps did to a project, or would do.
public struct ProjectForgetReceipt: Sendable, Equatable {
  public let memory: ForgetReceipt
  /// The keys of the cached results that told what the steps said.
  public let results: [String]
  /// The sections of the readable memory that a person edited, so that Flow leaves them alone, and that still tell
  /// something that the steps said.
  public let sections: [String]

  public init(memory: ForgetReceipt, results: [String], sections: [String]) {
    self.memory = memory
    self.results = results
    self.sections = sections
  }
}

extension FlowProject {
  /// Forgets what steps said, everywhere in the project: see `MemoryContext.forget`.
  ///
  /// Cached results go too that hold all of a step's content, or that are a text of eight characters or more which
  /// stands in it. The history tells which steps were forgotten and why, never what they said.
  ///
  /// What finds its traces by the old content is done before the content goes: whenever this is cut short, doing it
  /// again finishes it.
  ///
  /// - Throws: `step.not_found`, `argument.invalid`, and nothing has changed then; `project.locked`,
  ///   `storage.write_failed`.
  public func forget(_ ids: [StepID], reason: String) async throws(FlowError) -> ProjectForgetReceipt {
    let hooks = await installedHooks()
    let recorded = await recordedEvents(hooks)
    let memory = try await open().memory
    let plan = try await memory.forgetPlan(ids, reason: reason)
    let sections = try await editedSections(telling: plan.steps)
    if !plan.steps.isEmpty {
      let facts: JSONObject = [
        "steps": .array(plan.steps.map { .number(JSONNumber($0.id.rawValue)) }),
        "reason": .string(plan.mark.reason),
      ]
      try await workflows.note(.forgetStep, facts, user: wiring.user)
    }
    let keys = try await resultKeys(telling: plan.steps)
    let removed = keys.isEmpty ? [] : try await results.remove(keys)
    let receipt = try await memory.replaceContents(of: ids, reason: reason)
    try await memory.renderSummaries()
    let erased = await memory.erased(receipt)
    await tell(hooks, of: plan, after: recorded)
    return ProjectForgetReceipt(memory: erased, results: removed, sections: sections)
  }

  /// Tells hooks which steps were forgotten, never what they said.
  private func tell(_ hooks: InstalledHooks, of plan: ForgetPlan, after recorded: Int) async {
    let kind = HistoryEvent.Kind.forgetStep
    guard !plan.steps.isEmpty, let revision = try? await workflows.load().revision else { return }
    await tellOfUnrecorded(hooks, before: kind, at: revision, after: recorded)
    await hooks.tell(
      Hooks.After(kind),
      event: kind.rawValue,
      .forgotten(plan.steps.map(\.id), reason: plan.mark.reason, revision: revision)
    )
  }

  /// What `forget` would do; nothing is changed.
  ///
  /// - Throws: as `forget`.
  public func forgetPreview(
    _ ids: [StepID],
    reason: String
  ) async throws(FlowError) -> ProjectForgetReceipt {
    let plan = try await open().memory.forgetPlan(ids, reason: reason)
    return ProjectForgetReceipt(
      memory: plan.receipt,
      results: try await resultKeys(telling: plan.steps),
      sections: try await editedSections(telling: plan.steps)
    )
  }

  private func resultKeys(telling steps: [ArchivedStep]) async throws(FlowError) -> [String] {
    guard !steps.isEmpty else { return [] }
    let contents = steps.map { ForgottenText($0.step.content) }
    // Expired ones too: they stay in the file until they are replaced.
    return try await results.entries().filter { entry in
      contents.contains { $0.isTold(by: entry.value) }
    }.map(\.key)
  }

  private func editedSections(telling steps: [ArchivedStep]) async throws(FlowError) -> [String] {
    guard !steps.isEmpty else { return [] }
    let contents = steps.map { (id: $0.id, text: ForgottenText($0.step.content)) }
    return try await wiring.markdownCache(folder: folder, project: name).entries().filter { section in
      guard section.meta["modified"]?.bool == true, let body = section.value.string,
        let anchor = Anchor(section.key)
      else { return false }
      return contents.contains { anchor.range.contains($0.id) && $0.text.isTold(in: body) }
    }.map(\.key)
  }
}
