import ArgumentParser
import FlowCore
import FlowMemory
import FlowProjects
import FlowText

struct SummarizeTextCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "summarize-text",
    abstract: "Summarize any text within a budget of tokens.",
    discussion: """
      The summary is made of pieces of the text, verbatim and in order, unless --summarizer llm asks the model of the
      configuration; where that gives none that passes all checks, the pieces serve. Lines that begin with "NAME: "
      are read as talk. With --jsonl, each line of input is an object with a text and, if --max-tokens is
      not given, a budget; each line of output one with its summary.

      Examples:
        flowctl summarize-text notes.md --max-tokens 200
        git log -20 | flowctl summarize-text --max-tokens 300
        flowctl summarize-text --jsonl < texts.jsonl
        flowctl summarize-text notes.md --max-tokens 200 --summarizer llm
      """
  )

  @Argument(help: "The file, or - for standard input.", completion: .file()) var file = "-"
  @Option(help: "The most tokens of the summary.") var maxTokens: Int?
  @Option(
    help: "Whose tokens: \(BytePairTokenizer.names.joined(separator: ", ")); default: the configured one.",
    completion: .tokenizers
  )
  var tokenizer: String?
  @Option(help: "Who makes it: textrank, or llm, the configured model.") var summarizer: Maker = .textrank
  @Flag(help: "Read JSON objects, one a line, and print one with the summary for each.") var jsonl = false
  @OptionGroup var global: GlobalOptions

  enum Maker: String, ExpressibleByArgument, CaseIterable { case textrank, llm }

  func validate() throws {
    if !jsonl, maxTokens == nil { throw ValidationError("say how long it may be: --max-tokens N") }
    if let maxTokens, maxTokens < 1 { throw ValidationError("--max-tokens must be at least 1") }
  }

  func run() async throws {
    let name: String
    if let tokenizer { name = tokenizer } else { name = try await global.session().config.context.tokenizer }
    let engine = Engine(
      tokenizer: try BytePairTokenizer.require(name),
      workspace: summarizer == .llm ? try await global.session().workspace : nil
    )
    if jsonl { return try await answerLines(with: engine) }
    let text = try await InputText.text(of: file == "-" ? nil : file)
    let made = try await engine.summary(of: text, budget: maxTokens ?? 0)
    global.print("summary", made.json(of: text, engine), text: Console.content(made.summary.text))
    if let failure = made.failure { global.remark("made without the model: \(failure)") }
    if !made.masked.isEmpty {
      let count = made.masked.values.reduce(0, +)
      global.remark("masked before it left: \(count) secrets; `flowctl redact` shows them")
    }
  }

  /// What makes the summaries of this call.
  fileprivate struct Engine {
    let tokenizer: BytePairTokenizer
    /// The workspace whose model is asked; nil for none.
    let workspace: Workspace?

    func summary(of text: String, budget: Int) async throws(FlowError) -> ModelTextSummary {
      if let workspace {
        return try await workspace.summarizeText(text, budget: budget, tokenizer: tokenizer)
      }
      return ModelTextSummary(
        summary: TextSummarizer(tokenizer: tokenizer).summary(of: text, budget: budget),
        by: "textrank"
      )
    }
  }

  /// Answers each line before it reads the next: the other side of a pipe may wait for it.
  private func answerLines(with engine: Engine) async throws {
    var lines = try InputLines(of: file == "-" ? nil : file)
    while let (number, line) = try await lines.next() {
      let (text, budget) = try request(line, at: "\(lines.name) line \(number)")
      let made = try await engine.summary(of: text, budget: budget)
      var answer: JSONObject = [
        "summary": .string(made.summary.text), "tokens": .number(JSONNumber(made.summary.tokens)),
        "source_tokens": .number(JSONNumber(made.summary.sourceTokens)),
      ]
      if engine.workspace != nil { answer["by"] = .string(made.by) }
      Console.write(JSONValue.object(answer).serialized(.compact) + "\n")
    }
  }

  private func request(_ line: ArraySlice<UInt8>, at place: String) throws(FlowError) -> (
    text: String, budget: Int
  ) {
    let value = try TextLines.value(of: line, at: place)
    let text = try TextLines.text(in: value, at: place)
    guard let budget = value["budget"].map({ $0.int ?? -1 }) ?? maxTokens, budget >= 0 else {
      throw FlowError(
        .invalidJSON,
        "\(place): there is no budget of at least 0",
        hint: "each line must be one JSON object with a text and a budget, or give --max-tokens"
      )
    }
    return (text, budget)
  }
}

extension ModelTextSummary {
  fileprivate func json(of text: String, _ engine: SummarizeTextCommand.Engine) -> JSONValue {
    let identifiers = TextSummarizer(tokenizer: engine.tokenizer).identifiers(of: text, in: summary)
    return [
      "text": .string(summary.text), "tokens": .number(JSONNumber(summary.tokens)),
      "source_tokens": .number(JSONNumber(summary.sourceTokens)),
      "by": .string(by),
      "failure": failure.map { ["code": .string($0.code.rawValue), "message": .string($0.message)] } ?? .null,
      "masked": masked.json,
      "identifiers": [
        "carried": .number(JSONNumber(identifiers.carried)),
        "missing": .number(JSONNumber(identifiers.missing)),
      ],
    ]
  }
}
