public import FlowCore
public import FlowMemory
import FlowStore

extension FlowProject {
  /// What there is for the configured model to do here; what people edited is adopted first.
  ///
  /// - Throws: `config.invalid`, `summary.not_found`, `argument.invalid`, and where the project cannot be read.
  public func upgradePlan(_ run: UpgradeRun = UpgradeRun()) async throws(FlowError) -> UpgradePlan {
    let summarizer = try await modelSummarizer()
    return try await upgradePlan(run, with: summarizer)
  }

  func upgradePlan(
    _ run: UpgradeRun,
    with summarizer: any ModelSummarizer
  ) async throws(FlowError) -> UpgradePlan {
    guard try wiring.hasMemory(folder: folder) else { return UpgradePlan() }
    return try await open().memory.upgradePlan(run, with: summarizer, by: wiring.models.claimant)
  }

  /// Brings a project into order before its summaries are made anew: edits are adopted, and what a run that was killed
  /// left behind is finished.
  func prepareUpgrades() async throws(FlowError) {
    guard try wiring.hasMemory(folder: folder) else { return }
    try await renderMemory()
    try await open().memory.renewParents()
  }

  /// Has a model make one summary anew.
  func upgrade(
    _ id: SummaryID,
    _ run: UpgradeRun,
    with summarizer: any ModelSummarizer,
    spending: any SpendingMeter,
    renewsAbove: Bool,
    isAnswered: () -> Void = {}
  ) async throws(FlowError) -> UpgradeOutcome {
    try await open().memory.upgrade(
      id,
      run,
      with: summarizer,
      by: wiring.models.claimant,
      spending: spending,
      renewsAbove: renewsAbove,
      isAnswered: isAnswered
    )
  }

  /// Makes those above what was made anew, records it all in the history, and brings the readable memory up to date.
  func recordUpgrades(
    _ receipt: UpgradeReceipt,
    with summarizer: any ModelSummarizer
  ) async throws(FlowError) -> UpgradeReceipt {
    guard !receipt.changes.isEmpty else { return receipt }
    var receipt = receipt
    receipt.sort()
    receipt.parents = try await open().memory.renewParents()
    try await record(.upgradeSummaries, receipt.facts(model: summarizer.name, prompt: summarizer.prompt))
    try await renderMemory()
    return receipt
  }

  /// What calls to models came to in this project, a line for each model.
  public func ledger() async throws(FlowError) -> [LedgerLine] {
    guard try wiring.hasMemory(folder: folder) else { return [] }
    return try await open().memory.ledger()
  }

  /// The configured model with its prompt.
  ///
  /// - Throws: `config.invalid`, `library.missing`.
  func modelSummarizer() async throws(FlowError) -> any ModelSummarizer {
    let models = wiring.models
    return try await wiring.queue.run { () throws(FlowError) in try models.summarizer() }
  }
}

extension UpgradeReceipt {
  /// An event lists so many summaries; the others are counted.
  private static let listed = 100

  /// What the history keeps of it.
  fileprivate func facts(model: String, prompt: String) -> JSONObject {
    [
      "model": .string(model), "prompt": .string(prompt), "made": .number(JSONNumber(changes.count)),
      "parents": .number(JSONNumber(parents.count)), "refused": .number(JSONNumber(refused.count)),
      "failed": .number(JSONNumber(failed.count)), "masked": masked.json,
      "tokens": [
        "in": .number(JSONNumber(changes.reduce(0) { $0 + $1.sourceTokens })),
        "before": .number(JSONNumber(changes.reduce(0) { $0 + $1.tokensBefore })),
        "out": .number(JSONNumber(changes.reduce(0) { $0 + $1.tokens })),
      ],
      "identifiers": identifiers.facts,
      "summaries": .array(changes.prefix(UpgradeReceipt.listed).map(\.json)),
    ]
  }
}

extension [String: Int] {
  /// Counts by name, in the order of the names.
  public var json: JSONValue {
    .object(
      JSONObject(
        uniqueKeysWithValues: sorted { $0.key < $1.key }.map { ($0.key, .number(JSONNumber($0.value))) }
      )
    )
  }
}
