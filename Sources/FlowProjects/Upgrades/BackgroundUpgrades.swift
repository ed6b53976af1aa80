import FlowCore
import FlowMemory
import Synchronization

// In a process that lives, the summaries of a roll-up are made better while the agent goes on: `update` has been
// acknowledged by then, and waits for nothing. One summary after the other, in a task that ends when nothing waits, so
// that no project keeps a task for the day something may roll up. What a model could not do stays marked; the next
// batch run does it.

/// The summaries of one project that a model is still to make better in this process.
final class BackgroundUpgrades: Sendable {
  private struct State {
    var waiting: [SummaryID] = []
    var worker: Task<Void, Never>?
  }

  private let state = Mutex(State())

  /// Adds summaries; `work` makes one of them better.
  func add(_ ids: [SummaryID], work: @escaping @Sendable (SummaryID) async -> Void) {
    state.withLock { state in
      state.waiting += ids
      guard state.worker == nil, !state.waiting.isEmpty else { return }
      state.worker = Task { [self] in
        while let id = next() { await work(id) }
      }
    }
  }

  /// Returns once nothing is left to do of what was added until then.
  func finish() async {
    while let worker = state.withLock({ $0.worker }) { await worker.value }
  }

  /// The next one; where there is none, the worker is done.
  private func next() -> SummaryID? {
    state.withLock { state in
      guard !Task.isCancelled, !state.waiting.isEmpty else {
        state.worker = nil
        state.waiting = []
        return nil
      }
      return state.waiting.removeFirst()
    }
  }
}

extension FlowProject {
  /// Hands over what rolled up just now, where a model is to work beside updates.
  func upgradeBesideUpdates(_ leaf: SummaryID?) {
    guard let leaf, !wiring.isBrief, wiring.config.summarizer != .textrank, wiring.models.isConfigured else {
      return
    }
    upgrades.add([leaf]) { [self] id in await upgradeInPassing(id) }
  }

  /// Waits until a model has made better, or could not make better, what rolled up in this process so far.
  ///
  /// Only a program that wants to end has to: what is not done stays marked for the next batch run.
  public func finishUpgrades() async { await upgrades.finish() }

  private func upgradeInPassing(_ id: SummaryID) async {
    do throws(FlowError) {
      let summarizer = try await modelSummarizer()
      let run = UpgradeRun(summaries: [id])
      let outcome = try await upgrade(
        id,
        run,
        with: summarizer,
        spending: SpendingLimit(),
        renewsAbove: true
      )
      var receipt = UpgradeReceipt(plan: UpgradePlan())
      receipt.add(outcome, of: id)
      _ = try await recordUpgrades(receipt, with: summarizer)
      for failure in receipt.refused + receipt.failed { remark(failure.error) }
    } catch {
      remark(error)
    }
  }

  private func remark(_ error: FlowError) {
    wiring.hooks.remarkOnce("summaries of \(name) stay as they were made without a model: \(error.message)")
  }
}
