public import FlowCore
import FlowMemory
import FlowStore
import FlowText

extension Workspace {
  /// Reads the steps of a replay from JSON Lines, as an import does.
  ///
  /// - Throws: `json.invalid` or `step.invalid` with the line; `step.invalid` where no user ever asks.
  public func replaySteps(jsonl bytes: [UInt8], source: String) throws(FlowError) -> [Step] {
    let steps = try StepLines.steps(in: bytes, source: source)
    guard steps.contains(where: { $0.role == .user }) else {
      throw FlowError(
        .invalidStep,
        "\(source) holds no step of a user, after which a prompt would be asked for",
        hint: "give the steps of a whole run, such as `flowctl export` prints"
      )
    }
    return steps
  }

  /// Feeds steps one by one into a project in a temporary folder, and asks for the context after each user step, as
  /// an agent would have done.
  ///
  /// The project works as one of this workspace would, with its configuration and templates; each step is stored in
  /// a durable transaction of its own. The folder is removed at the end, however the replay ends.
  ///
  /// - Parameters:
  ///   - shares: nil takes the configured ones; so do `budget` and `tokenizer`.
  ///   - progress: is told how many steps are done.
  /// - Returns: nil where the task that runs this was cancelled.
  /// - Throws: what `memoryUpdate` and `memoryRetrieve` throw.
  public func replay(
    _ steps: [Step],
    budget: Int? = nil,
    shares: Shares? = nil,
    tokenizer: String? = nil,
    progress: (_ done: Int, _ total: Int) -> Void = { _, _ in }
  ) async throws(FlowError) -> ReplayEvaluation? {
    let tokenizer = tokenizer ?? wiring.config.context.tokenizer
    let counter = try BytePairTokenizer.require(tokenizer)
    let request = ContextRequest(
      budget: budget ?? wiring.config.budget,
      tokenizer: tokenizer,
      shares: shares ?? wiring.config.context.shares
    )
    let folder = try await wiring.queue.run { () throws(FlowError) in try ScratchFolder.make() }
    let outcome: Result<ReplayTally?, FlowError>
    do throws(FlowError) {
      let tally = ReplayTally(tokenizer: counter)
      outcome = .success(
        try await replay(steps, request, in: folder.path, tally: tally, progress: progress)
      )
    } catch {
      outcome = .failure(error)
    }
    try await wiring.queue.run { () throws(FlowError) in try folder.remove() }
    return try outcome.get()?.evaluation(
      shares: request.shares ?? wiring.config.context.shares,
      budget: request.budget
    )
  }

  private func replay(
    _ steps: [Step],
    _ request: ContextRequest,
    in folder: String,
    tally: ReplayTally,
    progress: (_ done: Int, _ total: Int) -> Void
  ) async throws(FlowError) -> ReplayTally? {
    var config = wiring.config
    config.promptsDirectory = wiring.promptsDirectory
    var hooks = Hooks(environment: [:])
    hooks.runsExecutables = false
    let workspace = Workspace(
      root: "\(folder)/projects",
      config: config,
      user: wiring.user,
      clock: wiring.clock,
      isBrief: true,
      hooks: hooks
    )
    let project = try await workspace.newProject(ProjectName("replay"))
    let memory = try await project.open().memory
    var tally = tally
    for (index, step) in steps.enumerated() {
      guard !Task.isCancelled else { return nil }
      let start = ContinuousClock.now
      let receipt = try await memory.update(step)
      if !receipt.rolledUp.isEmpty { try await memory.renderSummaries() }
      tally.noteUpdate(ContinuousClock.now - start)
      if step.role == .user, receipt.isNew {
        let start = ContinuousClock.now
        let context = try await project.memoryRetrieve(request)
        tally.notePrompt(context, ContinuousClock.now - start)
      }
      progress(index + 1, steps.count)
    }
    return tally
  }
}
