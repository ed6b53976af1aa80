public import FlowCore
public import FlowMemory
import FlowStore

/// What forgetting steps did to a project, or would do.
public struct ProjectForgetReceipt: Sendable, Equatable {
  public let memory: ForgetReceipt
  /// The keys of the cached results that told what the steps said.
  public let results: [String]
  /// The sections of the readable memory that a person edited and that could not be adopted, so that Flow leaves
  /// them alone, and that still tell something that the steps said.
  public let sections: [String]
  /// The copies of the readable memory, kept where Flow could not read all of it, that still do.
  public let copies: [String]

  public init(memory: ForgetReceipt, results: [String], sections: [String], copies: [String]) {
    self.memory = memory
    self.results = results
    self.sections = sections
    self.copies = copies
  }
}

extension FlowProject {
  /// Forgets what steps said, everywhere in the project: see `MemoryContext.forget`.
  ///
  /// Cached results go too that hold all of a step's content, or that are a text of eight characters or more which
  /// stands in it. The history tells which steps were forgotten and why, never what they said. What people edited in
  /// the readable memory is adopted first, so that it is forgotten with the rest.
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
    _ = try await memory.forgetPlan(ids, reason: reason)
    try await renderMemory()
    let plan = try await memory.forgetPlan(ids, reason: reason)
    let (sections, copies) = try await untouched(telling: plan.steps)
    let facts: JSONObject = [
      "steps": .array(plan.steps.map { .number(JSONNumber($0.id.rawValue)) }),
      "reason": .string(plan.mark.reason),
    ]
    if !plan.steps.isEmpty {
      try await workflows.note(.forgetStep, facts, user: wiring.user)
    }
    let keys = try await resultKeys(telling: plan.steps)
    let removed = keys.isEmpty ? [] : try await results.remove(keys)
    let receipt = try await memory.replaceContents(of: ids, reason: reason)
    try await memory.renderSummaries()
    let erased = await memory.erased(receipt)
    if !plan.steps.isEmpty { await tell(hooks, ofNote: .forgetStep, facts, after: recorded) }
    return ProjectForgetReceipt(memory: erased, results: removed, sections: sections, copies: copies)
  }

  /// What `forget` would do; nothing is changed.
  ///
  /// - Throws: as `forget`.
  public func forgetPreview(
    _ ids: [StepID],
    reason: String
  ) async throws(FlowError) -> ProjectForgetReceipt {
    let plan = try await open().memory.forgetPlan(ids, reason: reason)
    let (sections, copies) = try await untouched(telling: plan.steps)
    return ProjectForgetReceipt(
      memory: plan.receipt,
      results: try await resultKeys(telling: plan.steps),
      sections: sections,
      copies: copies
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

  /// What Flow leaves as it is, though it tells something that the steps said.
  private func untouched(
    telling steps: [ArchivedStep]
  ) async throws(FlowError) -> (sections: [String], copies: [String]) {
    guard !steps.isEmpty else { return ([], []) }
    let contents = steps.map { ForgottenText($0.step.content) }
    func tells(_ text: String) -> Bool { contents.contains { $0.isTold(in: text) } }
    let sections = try await open().memory.editedSections().filter {
      $0.refusal != nil && tells($0.section.text)
    }
    let copies = try await wiring.markdownCache(folder: folder, project: name).copies().filter {
      tells($0.text)
    }
    return (sections.map(\.section.key), copies.map(\.file))
  }
}
