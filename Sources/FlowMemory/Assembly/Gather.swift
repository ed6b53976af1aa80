import FlowCore

/// All that a prompt may be made from: the answer of the first stage, after which nothing is read any more.
struct Evidence: Sendable {
  let pinned: [ArchivedStep]
  let roots: [Summary]
  /// Ascending; the newest step is the last.
  let shortTerm: [ArchivedStep]
  let query: Query
  let recall: RecallEvidence?
  /// The time that the prompt is made for.
  let now: Timestamp
  let surroundings: Surroundings

  /// What the prompt must help to answer.
  struct Query: Sendable {
    let text: String
    let place: Place

    /// Where the query stands.
    enum Place: Sendable {
      /// At the end, as the caller wrote it.
      case asWritten
      /// At the end, as the step that it is: it then stands once, last.
      case step(ArchivedStep, isGiven: Bool)
      /// In short-term memory, or nowhere; it need not stand at the end.
      case elsewhere
    }

    /// The step that the query is, if it stands at the end as one.
    var step: ArchivedStep? {
      if case .step(let step, _) = place { step } else { nil }
    }
  }
}

/// The first stage: reads everything in one snapshot.
struct Gather {
  let memory: any MemoryTransaction

  /// Everything that a request needs; `clockTime` is what "now" is where there is no step yet.
  func evidence(
    for request: ContextRequest,
    shares: Shares,
    beside surroundings: Surroundings,
    clockTime: Timestamp
  ) throws(FlowError) -> Evidence {
    let figures = try memory.steps.figures()
    let oldest = try memory.summaries.coveredThrough()?.advanced(by: 1) ?? StepID(1)
    let newest = figures.newest ?? StepID(0)
    let shortTerm = oldest <= newest ? try memory.steps.steps(StepQuery(range: oldest...newest)) : []
    let query = try query(for: request, shortTerm: shortTerm)
    let now = request.now ?? shortTerm.last?.ts ?? clockTime
    return Evidence(
      pinned: try memory.steps.steps(StepQuery(pinnedOnly: true)),
      // A long project has thousands of roots.
      roots: shares.longTerm > 0 ? try memory.summaries.roots() : [],
      shortTerm: shortTerm,
      query: query,
      recall: figures.steps == 0 ? nil : try RecallGatherer(memory: memory).gather(query.text, now: now),
      now: now,
      surroundings: surroundings
    )
  }

  private func query(
    for request: ContextRequest,
    shortTerm: [ArchivedStep]
  ) throws(FlowError) -> Evidence.Query {
    if let text = request.query {
      let newest = shortTerm.last.flatMap { $0.step.content.utf8.elementsEqual(text.utf8) ? $0 : nil }
      return Evidence.Query(text: text, place: newest.map { .step($0, isGiven: true) } ?? .asWritten)
    }
    if let step = shortTerm.last(where: { $0.step.role == .user }) {
      let isNewest = step.id == shortTerm.last?.id
      return Evidence.Query(
        text: step.step.content,
        place: isNewest ? .step(step, isGiven: false) : .elsewhere
      )
    }
    // The question that the steps at hand work on may have left short-term; it is looked for among the last steps.
    guard let earlier = try memory.steps.steps(StepQuery(last: 200)).last(where: { $0.step.role == .user })
    else { return Evidence.Query(text: "", place: .elsewhere) }
    return Evidence.Query(text: earlier.step.content, place: .step(earlier, isGiven: false))
  }
}
