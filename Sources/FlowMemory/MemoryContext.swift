public import FlowCore
import FlowText

/// An agent's memory: takes every step, and hands back the best prompt that fits a budget.
///
/// Short-term memory is the newest steps, verbatim. When it overflows, the oldest steps leave together, and a
/// summary of them is made in the same transaction. Everything stays in the archive, from which `retrieve` recalls
/// what a query needs.
///
///     let memory = MemoryContext(archive: archive, summaries: markdown, summarizer: textRank, limit: 10)
///     try await memory.update(Step(role: .user, content: "…"))
///     let context = try await memory.retrieve(ContextRequest(query: "…", budget: 4000))
public struct MemoryContext: Sendable {
  let archive: any MemoryArchive
  let summaries: any EditableSections
  let lookedAt = LastLook()
  let clock: any FlowClock
  private let defaults: Defaults
  let writer: StepWriter
  private let knownTerms = KnownTerms()

  /// What a request that does not say otherwise gets.
  public struct Defaults: Sendable, Hashable {
    public var tokenizer: String
    public var shares: Shares

    public init(tokenizer: String = "o200k_base", shares: Shares = Shares()) {
      self.tokenizer = tokenizer
      self.shares = shares
    }
  }

  /// A memory over an archive.
  ///
  /// - Parameters:
  ///   - archive: the database that holds steps, recall index and summaries.
  ///   - summaries: where people read the long-term memory; a view, written after each roll-up. What people change
  ///     there is noticed where it is `EditableSections`, as `MarkdownCache` is.
  ///   - summarizer: makes the summaries of a roll-up, inside the step's transaction.
  public init(
    archive: any MemoryArchive,
    summaries: any CacheStore,
    summarizer: any LocalSummarizer,
    limits: MemoryLimits = MemoryLimits(),
    defaults: Defaults = Defaults(),
    clock: any FlowClock = SystemClock()
  ) {
    self.archive = archive
    self.summaries = summaries as? any EditableSections ?? UneditedSections(store: summaries)
    self.clock = clock
    self.defaults = defaults
    writer = StepWriter(limits: limits, tokenizer: BytePairTokenizer.o200kBase, summarizer: summarizer)
  }

  /// A memory that keeps at most `limit` steps in short-term, and half of them after an overflow.
  public init(
    archive: any MemoryArchive,
    summaries: any CacheStore,
    summarizer: any LocalSummarizer,
    limit: Int,
    clock: any FlowClock = SystemClock()
  ) {
    self.init(
      archive: archive,
      summaries: summaries,
      summarizer: summarizer,
      limits: MemoryLimits(shortTermSteps: limit, keepSteps: max(1, limit / 2)),
      clock: clock
    )
  }
}

extension MemoryContext {
  /// Stores a step; it is durable when the call returns.
  ///
  /// The same ref and content again is no change and returns the first id.
  ///
  /// - Throws: `step.invalid`, `step.ref_conflict`, `project.locked`, `storage.write_failed`.
  @discardableResult
  public func update(_ step: Step) async throws(FlowError) -> UpdateReceipt {
    let receipts = try await update([step])
    guard let receipt = receipts.first else {
      throw FlowError(.internal, "a step was stored without a receipt")
    }
    return receipt
  }

  /// Stores steps in one durable change, all or none.
  public func update(_ steps: [Step]) async throws(FlowError) -> [UpdateReceipt] {
    let now = clock.now()
    var prepared: [StepWriter.Prepared] = []
    prepared.reserveCapacity(steps.count)
    for step in steps { prepared.append(try writer.prepare(step, now: now)) }
    try await rebuildIndexIfOutdated()
    let batch = prepared
    let outcome = try await archive.write { [writer, knownTerms] memory throws(FlowError) in
      var receipts: [UpdateReceipt] = []
      var newTerms = knownTerms.counter(steps: try memory.steps.figures().steps)
      for step in batch {
        receipts.append(try writer.append(step, now: now, newTerms: &newTerms, in: memory))
      }
      return (receipts: receipts, seen: newTerms.seen)
    }
    knownTerms.merge(outcome.seen)
    return outcome.receipts
  }

  /// The version of the analysis that the recall index goes by, for checking an archive.
  public static var analysisVersion: Int { IndexedText.version }

  /// An index of another analysis would not find what it should: it is made anew from the archive.
  func rebuildIndexIfOutdated() async throws(FlowError) {
    let version = try await archive.read { memory throws(FlowError) in try memory.recall.analysisVersion() }
    guard version != IndexedText.version else { return }
    try await archive.write { memory throws(FlowError) in
      guard try memory.recall.analysisVersion() != IndexedText.version else { return }
      try memory.recall.reset(analysisVersion: IndexedText.version)
      let newest = try memory.steps.figures().newest?.rawValue ?? 0
      // The index is empty, so what was not met on the way is new.
      var newTerms = KnownTerms().counter(steps: 0)
      // An archive restored from its readable form begins late.
      let first = try memory.steps.steps(StepQuery(first: 1)).first?.id.rawValue ?? 1
      for start in stride(from: first, through: newest, by: 500) {
        let range = StepID(start)...StepID(min(newest, start + 499))
        for step in try memory.steps.steps(StepQuery(range: range)) {
          let text = IndexedText(step.step, ts: step.ts)
          let new = try newTerms.count(text.terms, in: memory.recall)
          try memory.recall.add(text.indexed(as: step.id, newTerms: new))
        }
      }
    }
  }
}

extension MemoryContext {
  /// The best prompt that fits the request's budget: a pure function of the archive, the surroundings and the
  /// request.
  ///
  /// - Throws: `context.budget_too_small` with the least budget, `tokenizer.unknown`, `argument.invalid`.
  public func retrieve(
    _ request: ContextRequest,
    beside surroundings: Surroundings = Surroundings()
  ) async throws(FlowError) -> Context {
    try await retrieve(request, beside: surroundings, weights: .learnt)
  }

  func retrieve(
    _ request: ContextRequest,
    beside surroundings: Surroundings,
    weights: RecallWeights
  ) async throws(FlowError) -> Context {
    let tokenizer = try BytePairTokenizer.require(request.tokenizer ?? defaults.tokenizer)
    let shares = request.shares ?? defaults.shares
    try shares.validate()
    try await rebuildIndexIfOutdated()
    let clockTime = clock.now()
    return try await archive.read { memory throws(FlowError) in
      let gather = Gather(memory: memory)
      let evidence = try gather.evidence(
        for: request,
        shares: shares,
        beside: surroundings,
        clockTime: clockTime
      )
      let ranking = Ranking(evidence.recall, weights: weights)
      let fit = Fit(
        budget: request.budget,
        shares: shares,
        requestedTask: request.task,
        steps: StepRenderer(meter: TokenMeter(tokenizer: tokenizer))
      )
      var contents = try gather.contents(of: ranking.steps, room: request.budget)
      var opened: OpenedRoots?
      var prompt = try fit.fit(evidence, ranking: ranking, contents: contents)
      while true {
        if let unread = prompt.unread {
          contents.merge(try gather.contents(after: unread, of: ranking.steps))
        } else if opened == nil, !prompt.openable.isEmpty {
          opened = try gather.opened(prompt.openable)
        } else {
          break
        }
        prompt = try fit.fit(evidence, ranking: ranking, contents: contents, opened: opened)
      }
      return try Render(request: request, tokenizer: tokenizer, now: evidence.now)
        .context(Order.sections(prompt), omitted: prompt.omitted)
    }
  }
}
