public import FlowCore
public import FlowMemory
import FlowStore

// One list of summaries over all projects, and so many calls under way as the caller wants. A project is opened when its
// first summary is begun, and finished (parents, history, memory_cache.md) when its last one is done, while others go on.
//
// More summaries are under way than calls: while so many are asked for, the answers of others are stored. A summary is
// claimed only once it may be asked for, so that a kill leaves no more claims than there were calls.
//
// What ends a batch early is what all further calls would meet too: a key that is not taken, a bill that is not paid, an
// endpoint that is ill. The limit of costs ends it only when nothing is under way any more, since what is under way
// holds more back than it will cost.

/// Has a model make the summaries of many projects anew.
public struct UpgradeBatch: Sendable {
  public let run: UpgradeRun
  /// How many calls are under way at once.
  public let jobs: Int
  let workspace: Workspace
  let projects: [ProjectName]

  /// How far a batch has come.
  public struct Progress: Sendable {
    public let done: Int
    public let total: Int
    public let cost: Cost
  }

  /// - Parameter jobs: nil for as many as `llm.maxConcurrency` says.
  public init(_ run: UpgradeRun, of projects: [ProjectName], in workspace: Workspace, jobs: Int? = nil) {
    self.run = run
    self.jobs = max(1, jobs ?? workspace.wiring.config.llm.maxConcurrency)
    if let jobs { workspace.wiring.models.allow(max(1, jobs)) }
    self.workspace = workspace
    self.projects = projects
  }

  /// How many summaries may wait for their calls, or be stored after them.
  private var ahead: Int { max(2, jobs / 2) }

  /// What there is to do in each project, and those that cannot be worked on.
  ///
  /// - Throws: `config.invalid`, `library.missing`.
  public func plan() async throws(FlowError) -> UpgradeBatchReceipt {
    try await plan(preparing: false, with: try await summarizer())
  }

  /// Does it.
  ///
  /// Cancelling the task ends it in order; what was answered until then is kept.
  ///
  /// - Throws: `config.invalid`, `library.missing`; all else is in the receipt.
  public func execute(
    spending: SpendingLimit = SpendingLimit(),
    progress: @escaping (Progress) -> Void = { _ in }
  ) async throws(FlowError) -> UpgradeBatchReceipt {
    let summarizer = try await summarizer()
    if spending.limit != nil, workspace.wiring.config.llm.price == nil {
      throw FlowError(
        .invalidConfiguration,
        "llm.prices has no price of \(summarizer.name.quotedExcerpt), so no limit of costs can be kept",
        hint:
          "add it: \"prices\": {\(JSONValue.string(summarizer.name).serialized(.compact)): {\"input\": 0.15, \"output\": 0.6}}",
        context: ["key": "llm.prices"]
      )
    }
    var receipt = try await plan(preparing: true, with: summarizer)
    var state = State(receipt)
    let slots = CallSlots(jobs)
    await withTaskGroup(of: Event.self) { group in
      var underWay = 0
      func begin() {
        while underWay < jobs + ahead, !Task.isCancelled, let (index, id) = state.next() {
          let project = state.open(index, in: workspace)
          underWay += 1
          group.addTask {
            guard let slot = await slots.take() else { return .done(index, id, .failed(.interrupted)) }
            defer { slot.giveBack() }
            do throws(FlowError) {
              let outcome = try await project.upgrade(
                id,
                run,
                with: summarizer,
                spending: spending,
                renewsAbove: false,
                isAnswered: { slot.giveBack() }
              )
              return .done(index, id, outcome)
            } catch {
              return .done(index, id, .failed(error))
            }
          }
        }
      }
      begin()
      while let event = await group.next() {
        switch event {
        case .done(let index, let id, let outcome):
          underWay -= 1
          state.take(outcome, of: id, in: index, isAlone: underWay == 0)
          progress(Progress(done: state.done, total: state.total, cost: spending.spent.cost))
        case .finished(let index, let result): state.finish(index, result)
        }
        begin()
        for (index, project, done) in state.finishable() {
          group.addTask {
            do throws(FlowError) {
              return .finished(index, .success(try await project.recordUpgrades(done, with: summarizer)))
            } catch {
              return .finished(index, .failure(error))
            }
          }
        }
      }
    }
    receipt = state.receipt
    for index in receipt.projects.indices { receipt.projects[index].receipt.sort() }
    receipt.spent = spending.spent
    if receipt.stopped == nil, Task.isCancelled {
      receipt.stopped = .interrupted
    }
    return receipt
  }

  private enum Event: Sendable {
    case done(Int, SummaryID, UpgradeOutcome)
    case finished(Int, Result<UpgradeReceipt, FlowError>)
  }

  private func summarizer() async throws(FlowError) -> any ModelSummarizer {
    let models = workspace.wiring.models
    return try await workspace.wiring.queue.run { () throws(FlowError) in try models.summarizer() }
  }

  private func plan(
    preparing: Bool,
    with summarizer: any ModelSummarizer
  ) async throws(FlowError) -> UpgradeBatchReceipt {
    var receipt = UpgradeBatchReceipt()
    for name in projects {
      do throws(FlowError) {
        let project = try await workspace.loadProject(name)
        if preparing { try await project.prepareUpgrades() }
        let plan = try await project.upgradePlan(run, with: summarizer)
        receipt.projects.append((name, UpgradeReceipt(plan: plan)))
      } catch {
        receipt.failures.append((name, error))
      }
    }
    return receipt
  }
}

extension UpgradeBatch {
  /// What is to be done, under way and done.
  private struct State {
    var receipt: UpgradeBatchReceipt
    let total: Int
    private(set) var done = 0
    private var queue: [(project: Int, id: SummaryID)]
    private var open: [Int: FlowProject] = [:]
    /// Summaries of each project that are not done.
    private var pending: [Int: Int] = [:]
    private var underWay: [Int: Int] = [:]
    private var finishing: Set<Int> = []
    /// How often in a row an endpoint refused a request as such.
    private var rejections = 0
    private static let mostRejections = 5

    init(_ receipt: UpgradeBatchReceipt) {
      self.receipt = receipt
      var queue: [(Int, SummaryID)] = []
      for (index, project) in receipt.projects.enumerated() {
        pending[index] = project.receipt.plan.candidates.count
        queue += project.receipt.plan.candidates.map { (index, $0.id) }
      }
      // Taken from the end.
      self.queue = queue.reversed()
      total = queue.count
    }

    mutating func next() -> (Int, SummaryID)? {
      guard receipt.stopped == nil, !isWaiting, let (index, id) = queue.popLast() else { return nil }
      underWay[index, default: 0] += 1
      return (index, id)
    }

    /// Whether nothing may begin until something has ended.
    private var isWaiting = false

    mutating func open(_ index: Int, in workspace: Workspace) -> FlowProject {
      if let project = open[index] { return project }
      let project = workspace.project(receipt.projects[index].name)
      open[index] = project
      return project
    }

    mutating func take(_ outcome: UpgradeOutcome, of id: SummaryID, in index: Int, isAlone: Bool) {
      underWay[index, default: 1] -= 1
      isWaiting = false
      if case .failed(let error) = outcome, error.code == .costLimitReached {
        queue.append((index, id))
        if isAlone { receipt.stopped = error } else { isWaiting = true }
        return
      }
      receipt.projects[index].receipt.add(outcome, of: id)
      pending[index, default: 1] -= 1
      done += 1
      guard case .failed(let error) = outcome else {
        rejections = 0
        return
      }
      rejections = error.isRejectionOfAll ? rejections + 1 : 0
      if error.endsBatch || rejections >= State.mostRejections { stop(error) }
    }

    /// What a call has met itself says more than that others have met it too, whichever comes first.
    private mutating func stop(_ error: FlowError) {
      if receipt.stopped == nil || receipt.stopped?.code == .modelPaused { receipt.stopped = error }
    }

    /// The projects that nothing more will be done in, once.
    mutating func finishable() -> [(Int, FlowProject, UpgradeReceipt)] {
      let isStopped = receipt.stopped != nil || Task.isCancelled
      let ready = open.keys.sorted().filter { index in
        !finishing.contains(index) && underWay[index, default: 0] == 0
          && (isStopped || pending[index, default: 0] == 0)
      }
      finishing.formUnion(ready)
      return ready.compactMap { index in open[index].map { (index, $0, receipt.projects[index].receipt) } }
    }

    mutating func finish(_ index: Int, _ result: Result<UpgradeReceipt, FlowError>) {
      open[index] = nil
      switch result {
      case .success(let done): receipt.projects[index].receipt = done
      case .failure(let error): receipt.failures.append((receipt.projects[index].name, error))
      }
    }
  }
}

extension FlowError {
  fileprivate static let interrupted = FlowError(
    .modelCancelled,
    "the run was cancelled",
    hint: "run it again to go on"
  )

  /// Whether it may be what every request would meet.
  ///
  /// One that is too long is not: were some long summaries to end a
  /// batch, the same ones would end it every night, and those behind them were never asked for.
  fileprivate var isRejectionOfAll: Bool { code == .modelRejected && context["reason"] != "too_long" }

  /// Whether every further call would meet the same.
  fileprivate var endsBatch: Bool {
    switch code {
    case .modelUnauthorized, .modelUnpaid, .modelPaused, .modelUntrusted, .modelCancelled, .libraryMissing,
      .invalidConfiguration:
      true
    default: false
    }
  }
}
