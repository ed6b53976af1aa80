public import FlowCore
import FlowText

/// Summaries by a model.
///
/// It is asked with a prompt that people may edit, shown the steps as quoted data with their secrets masked, and believed
/// only after its answer has passed `BulletAnswer` and `AnswerCheck`. An answer that does not is asked for once more, with
/// the reason.
public struct LLMSummarizer: ModelSummarizer {
  public var name: String { chat.name }
  public var prompt: String { template.name }

  private let chat: any ChatModel
  private let template: ModelPrompt
  private let tokenizer: any Tokenizer
  private let limits: Limits
  private let mask: TextMask

  /// How much a model is shown, and may say.
  public struct Limits: Sendable, Hashable {
    /// The most tokens of an answer, hidden reasoning included.
    public var answerTokens: Int
    /// The most tokens of the steps that a model is shown: of longer ones the beginning and the end.
    public var sourceTokens: Int

    public init(answerTokens: Int = 1024, sourceTokens: Int = 16_000) {
      self.answerTokens = answerTokens
      self.sourceTokens = sourceTokens
    }
  }

  /// A summarizer with the built-in prompt.
  ///
  /// - Parameter tokenizer: counts what bullets come to.
  /// - Throws: never in practice; the built-in prompt is read like any other.
  public init(
    chat: any ChatModel,
    tokenizer: any Tokenizer,
    limits: Limits = Limits(),
    mask: TextMask
  ) throws(FlowError) {
    let template = try PromptFile.summarize.prompt(nil, file: "")
    self.init(chat: chat, template: template, tokenizer: tokenizer, limits: limits, mask: mask)
  }

  package init(
    chat: any ChatModel,
    template: ModelPrompt,
    tokenizer: any Tokenizer,
    limits: Limits,
    mask: TextMask
  ) {
    self.chat = chat
    self.template = template
    self.tokenizer = tokenizer
    self.limits = limits
    self.mask = mask
  }

  public func summarize(_ source: SummarySource) async throws(FlowError) -> [Summary.Bullet] {
    try await summary(of: source, spending: UnlimitedSpending()).bullets
  }

  public func summary(
    of source: SummarySource,
    spending: any SpendingMeter
  ) async throws(FlowError) -> ModelSummary {
    guard let first = source.steps.first?.id, let last = source.steps.last?.id else {
      return ModelSummary(bullets: [])
    }
    let records = QuotedRecords(source.steps, limit: limits.sourceTokens, mask: mask)
    let reader = BulletAnswer(range: first...last)
    let check = AnswerCheck(
      steps: source.steps,
      records: records,
      tokenizer: tokenizer,
      budget: source.budget
    )
    var values = [
      "first": String(first.rawValue), "last": String(last.rawValue), "tokens": String(source.budget),
      // Three words in four tokens, and the brackets.
      "words": String(max(10, source.budget * 6 / 10)), "steps": records.text,
    ]
    func ask() async throws(FlowError) -> Result<[Summary.Bullet], AnswerFault> {
      let request = template.request(values, maxTokens: limits.answerTokens)
      let answer = try await chat.answer(request, spending: spending)
      do throws(AnswerFault) {
        let bullets = try reader.bullets(in: answer.text)
        try check.check(bullets)
        return .success(bullets)
      } catch {
        return .failure(error)
      }
    }
    let fault: AnswerFault
    switch try await ask() {
    case .success(let bullets): return ModelSummary(bullets: bullets, masked: records.masked)
    case .failure(let error): fault = error
    }
    values["refusal"] = fault.sentence
    switch try await ask() {
    case .success(let bullets):
      return ModelSummary(bullets: bullets, masked: records.masked, refusal: fault.reason)
    case .failure(let second):
      throw second.error(of: name, about: Anchor.steps(first...last).description, after: fault)
    }
  }
}
