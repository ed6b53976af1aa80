public import FlowCore
import FlowMemory

/// How much of what questions need stands in the prompts that a project makes for them.
public struct RecallEvaluation: Sendable, Hashable {
  public let tokenizer: String
  public let shares: Shares
  /// In the order in which they were asked for.
  public let budgets: [Budget]

  /// What one budget gives.
  public struct Budget: Sendable, Hashable {
    public let budget: Int
    public let all: Figures
    /// By the questions' categories, numbers first; questions without one are in `all` alone.
    public let categories: [Category]
  }

  /// What one budget gives for one kind of question.
  public struct Category: Sendable, Hashable {
    public let name: String
    public let figures: Figures
  }

  /// Means over questions.
  public struct Figures: Sendable, Hashable {
    public let questions: Int
    /// The share of questions all of whose evidence stands in the prompt, each step whole: 0 to 1.
    public let complete: Double
    /// The mean share of a question's evidence that stands in the prompt: 0 to 1.
    public let evidence: Double
    /// The mean tokens of a prompt.
    public let tokens: Double
    /// How long a prompt took to assemble.
    public let latency: LatencyFigures

    /// The means of these answers.
    init(_ answers: some Collection<Answer>) {
      let count = Double(max(1, answers.count))
      questions = answers.count
      complete = Double(answers.count { $0.found == $0.wanted }) / count
      evidence = answers.reduce(0) { $0 + Double($1.found) / Double(max(1, $1.wanted)) } / count
      tokens = Double(answers.reduce(0) { $0 + $1.tokens }) / count
      latency = LatencyFigures(milliseconds: answers.map(\.milliseconds))
    }
  }

  /// What became of one question.
  struct Answer: Sendable {
    let category: String?
    /// Steps of evidence, and how many of them stand in the prompt.
    let wanted: Int
    let found: Int
    let tokens: Int
    let milliseconds: Double
  }
}

extension RecallEvaluation.Budget {
  /// Sums up what became of the questions.
  init(_ budget: Int, answers: [RecallEvaluation.Answer]) {
    self.budget = budget
    all = RecallEvaluation.Figures(answers)
    let groups = Dictionary(grouping: answers.filter { $0.category != nil }) { $0.category ?? "" }
    categories = groups.keys
      .sorted { left, right in
        switch (Double(left), Double(right)) {
        case (let left?, let right?) where left != right: left < right
        case (_?, nil): true
        case (nil, _?): false
        default: left.utf8.lexicographicallyPrecedes(right.utf8)
        }
      }
      .map { RecallEvaluation.Category(name: $0, figures: RecallEvaluation.Figures(groups[$0] ?? [])) }
  }
}

extension FlowProject {
  /// Asks questions of the project, at each budget, and sees which of their evidence stands in the prompts.
  ///
  /// Nothing is stored. One prompt that is not counted goes first, so that opening files is not measured.
  ///
  /// - Parameters:
  ///   - shares: nil takes the configured ones; so does `tokenizer`.
  ///   - progress: is told how many prompts are done, of how many.
  /// - Throws: what `memoryRetrieve` throws, such as `context.budget_too_small`.
  public func evaluateRecall(
    _ questions: [RecallQuestion],
    budgets: [Int],
    shares: Shares? = nil,
    tokenizer: String? = nil,
    progress: (_ done: Int, _ total: Int) -> Void = { _, _ in }
  ) async throws(FlowError) -> RecallEvaluation {
    let shares = shares ?? config.context.shares
    let tokenizer = tokenizer ?? config.context.tokenizer
    let total = questions.count * budgets.count
    var results: [RecallEvaluation.Budget] = []
    if let first = questions.first, let budget = budgets.first {
      _ = try await answer(first, ContextRequest(budget: budget, tokenizer: tokenizer, shares: shares))
    }
    for budget in budgets {
      var answers: [RecallEvaluation.Answer] = []
      for question in questions {
        let request = ContextRequest(budget: budget, tokenizer: tokenizer, shares: shares)
        answers.append(try await answer(question, request))
        progress(results.count * questions.count + answers.count, total)
      }
      results.append(RecallEvaluation.Budget(budget, answers: answers))
    }
    return RecallEvaluation(tokenizer: tokenizer, shares: shares, budgets: results)
  }

  private func answer(
    _ question: RecallQuestion,
    _ request: ContextRequest
  ) async throws(FlowError) -> RecallEvaluation.Answer {
    var request = request
    request.query = question.text
    let start = ContinuousClock.now
    let context = try await memoryRetrieve(request)
    let time = ContinuousClock.now - start
    let shown = Set(context.verbatimSteps)
    return RecallEvaluation.Answer(
      category: question.category,
      wanted: question.evidence.count,
      found: question.evidence.count(where: shown.contains),
      tokens: context.tokens,
      milliseconds: time.milliseconds
    )
  }
}
