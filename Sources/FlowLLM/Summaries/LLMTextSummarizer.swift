package import FlowCore
import FlowText

/// A summary of any text by a model, under the same rules as `LLMSummarizer`, without bullets and anchors.
package struct LLMTextSummarizer: Sendable {
  private let chat: any ChatModel
  private let template: ModelPrompt
  private let tokenizer: any Tokenizer
  private let limits: LLMSummarizer.Limits
  private let mask: TextMask

  package init(
    chat: any ChatModel,
    template: ModelPrompt,
    tokenizer: any Tokenizer,
    limits: LLMSummarizer.Limits,
    mask: TextMask
  ) {
    self.chat = chat
    self.template = template
    self.tokenizer = tokenizer
    self.limits = limits
    self.mask = mask
  }

  package var name: String { chat.name }

  /// The summary of a text in at most `budget` tokens, with how many secrets of each kind were masked.
  ///
  /// - Throws: as `ChatModel.answer`; `model.answer_unfit`.
  package func summary(
    of text: String,
    budget: Int,
    spending: any SpendingMeter
  ) async throws(FlowError) -> (text: String, masked: [String: Int]) {
    let masked = mask(TerminalText.plain(text))
    let shown = shortened(masked.text)
    let source = IdentifierSet(shown)
    var values = [
      "tokens": String(budget), "words": String(max(3, budget * 6 / 10)),
      "text": QuotedRecords.quoted(shown),
    ]
    func ask() async throws(FlowError) -> Result<String, AnswerFault> {
      let request = template.request(values, maxTokens: limits.answerTokens)
      let answer = try await chat.answer(request, spending: spending)
      let lines = answer.text.split(whereSeparator: \.isNewline).map(OneLine.folded).filter { !$0.isEmpty }
      let said = lines.map { $0 + "\n" }.joined()
      do throws(AnswerFault) {
        try check(said, lines, against: source, shown.lowercased(), budget: budget)
        return .success(said)
      } catch {
        return .failure(error)
      }
    }
    let fault: AnswerFault
    switch try await ask() {
    case .success(let said): return (said, masked.counts)
    case .failure(let error): fault = error
    }
    values["refusal"] = fault.sentence
    switch try await ask() {
    case .success(let said): return (said, masked.counts)
    case .failure(let second): throw second.error(of: name, about: "the text", after: fault)
    }
  }

  private func check(
    _ said: String,
    _ lines: [String],
    against source: IdentifierSet,
    _ words: String,
    budget: Int
  ) throws(AnswerFault) {
    guard !said.isEmpty else { throw AnswerFault(kind: .nothing, sentence: "It was empty.") }
    let tokens = tokenizer.count(said)
    guard tokens <= budget else {
      throw AnswerFault(
        kind: .tooLong,
        sentence: "It had \(tokens) tokens, more than the \(budget) that it may have."
      )
    }
    let invented = InventedIdentifiers(source: source, words: [words]).found(in: lines)
    guard invented.isEmpty else {
      let named = invented.prefix(8).map { "\"\($0.text.excerpt(limit: 60))\"" }.joined(separator: ", ")
      throw AnswerFault(
        kind: .invented,
        sentence: "The text does not have \(named): copy numbers, dates and names exactly, or leave them out."
      )
    }
  }

  /// The beginning and the end of a text that is too long to be shown.
  private func shortened(_ text: String) -> String {
    let tokens = tokenizer.count(text, upTo: limits.sourceTokens)
    guard tokens == nil else { return text }
    let head = tokenizer.prefix(of: text, fitting: limits.sourceTokens / 4 * 3)
    let rest = String(text[head.endIndex...].suffix(limits.sourceTokens / 2))
    return "\(head)\n(a part is left out here)\n\(rest)"
  }
}
