import FlowCore

/// The last stage: the text, and the account of it.
struct Render {
  let request: ContextRequest
  let tokenizer: any Tokenizer
  let now: Timestamp

  /// Joins the sections.
  ///
  /// - Throws: `internal` if the sum of the blocks is not the exact count of the text: the promise on budgets rests
  ///   on it, so it is checked every time.
  func context(_ sections: [SectionPacker], omitted: [Context.Omission]) throws(FlowError) -> Context {
    let stable = sections.prefix { $0.kind == .stable }
    let prefix = stable.map(\.text).joined()
    let text = prefix + sections.dropFirst(stable.count).map(\.text).joined()
    let sum = sections.reduce(0) { $0 + $1.tokens }
    let tokens = tokenizer.count(text)
    guard tokens == sum, tokens <= request.budget else {
      throw FlowError(
        .internal,
        "the prompt was fitted to \(sum) tokens but counts \(tokens), with a budget of \(request.budget)",
        hint: "please report this with the output of `flowctl doctor`"
      )
    }
    return Context(
      budget: request.budget,
      tokens: tokens,
      isExact: tokenizer.isExact,
      tokenizer: tokenizer.name,
      now: now,
      prefixHash: SHA256.hexDigest(of: prefix.utf8),
      prefixTokens: stable.reduce(0) { $0 + $1.tokens },
      text: text,
      verbatimSteps: Set(sections.flatMap(\.wholeSteps)).sorted(),
      sections: sections.map(account),
      omitted: omitted
    )
  }

  private func account(of section: SectionPacker) -> Context.Section {
    var summaries: [SummaryID] = []
    var steps: [StepID] = []
    var tasks: [TaskID] = []
    var results: [String] = []
    for piece in section.pieces {
      switch piece.source {
      case .step(let id, _): steps.append(id)
      case .bullet(let id): if summaries.last != id { summaries.append(id) }
      case .task(let id): tasks.append(id)
      case .result(let key): results.append(key)
      case .text: break
      }
    }
    return Context.Section(
      name: section.name,
      kind: section.kind,
      tokens: section.tokens,
      summaries: summaries,
      steps: steps,
      tasks: tasks,
      results: results,
      reasons: section.pieces.filter { !$0.name.isEmpty }.map {
        Context.Reason(piece: $0.name, tokens: $0.block.tokens, why: $0.why)
      }
    )
  }
}
