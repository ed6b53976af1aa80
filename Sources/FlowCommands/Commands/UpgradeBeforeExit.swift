import FlowCore
import FlowMemory
import FlowProjects

extension GlobalOptions {
  /// Runs a batch under a progress bar; control-C ends it in order.
  func run(
    _ batch: UpgradeBatch,
    limit: Cost? = nil
  ) async throws(FlowError) -> UpgradeBatchReceipt {
    let isQuiet = quiet
    return try await Interruption.cancelling { () async throws(FlowError) in
      let bar = ProgressBar("summarizing", isQuiet: isQuiet)
      defer { bar.finish() }
      return try await batch.execute(spending: SpendingLimit(limit)) {
        bar.update($0.done, of: $0.total, note: $0.cost.text)
      }
    }
  }

  /// Has the configured model make better what just rolled up, where the configuration says so.
  ///
  /// What the command was asked for is done and told by then; what a model cannot do stays marked, and fails nothing.
  func upgradeBeforeExit(_ leaves: [SummaryID], of project: FlowProject) async {
    // Asked first: the configuration is not read again for every step that rolls up.
    guard !leaves.isEmpty, project.config.summarizer == .llm else { return }
    do throws(FlowError) {
      let run = UpgradeRun(summaries: Set(leaves))
      let batch = try await session().workspace.upgradeBatch(run, of: [project.name])
      let receipt = try await self.run(batch)
      for (_, error) in receipt.failures { remarkUpgrade(error) }
      for (_, done) in receipt.projects {
        for failure in (done.refused + done.failed).prefix(3) { remarkUpgrade(failure.error) }
      }
    } catch {
      remarkUpgrade(error)
    }
  }

  private func remarkUpgrade(_ error: FlowError) {
    // Also with --json: standard output has its envelope already.
    if !quiet { Console.note("flowctl: the summary made without a model stays: \(error)") }
  }
}
