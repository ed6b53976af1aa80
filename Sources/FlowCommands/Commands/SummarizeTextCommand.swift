import ArgumentParser
import FlowCore
import FlowMemory
import FlowProjects
import FlowText

struct SummarizeTextCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "summarize-text",
    abstract: "Summarize any text within a budget of tokens, in its own words.",
    discussion: """
      The summary is made of pieces of the text, verbatim and in order; no model is asked. Lines that begin with
      "NAME: " are read as talk. With --jsonl, each line of input is an object with a text and, if --max-tokens is
      not given, a budget; each line of output one with its summary.

      Examples:
        flowctl summarize-text notes.md --max-tokens 200
        git log -20 | flowctl summarize-text --max-tokens 300
        flowctl summarize-text --jsonl < texts.jsonl
      """
  )

  @Argument(help: "The file, or - for standard input.", completion: .file()) var file = "-"
  @Option(help: "The most tokens of the summary.") var maxTokens: Int?
  @Option(
    help: "Whose tokens: \(BytePairTokenizer.names.joined(separator: ", ")); default: the configured one.",
    completion: .tokenizers
  )
  var tokenizer: String?
  @Option(help: "Who makes it: textrank.") var summarizer: Maker = .textrank
  @Flag(help: "Read JSON objects, one a line, and print one with the summary for each.") var jsonl = false
  @OptionGroup var global: GlobalOptions

  enum Maker: String, ExpressibleByArgument, CaseIterable { case textrank }

  func validate() throws {
    if !jsonl, maxTokens == nil { throw ValidationError("say how long it may be: --max-tokens N") }
    if let maxTokens, maxTokens < 1 { throw ValidationError("--max-tokens must be at least 1") }
  }

  func run() async throws {
    let name: String
    if let tokenizer { name = tokenizer } else { name = try await global.session().config.context.tokenizer }
    let summarizer = TextSummarizer(tokenizer: try BytePairTokenizer.require(name))
    if jsonl { return try await answerLines(with: summarizer) }
    let text = try await InputText.text(of: file == "-" ? nil : file)
    let summary = summarizer.summary(of: text, budget: maxTokens ?? 0)
    global.print(
      "summary",
      Self.json(summary, identifiers: summarizer.identifiers(of: text, in: summary)),
      text: Console.content(summary.text)
    )
  }

  private static func json(_ summary: TextSummary, identifiers: (carried: Int, missing: Int)) -> JSONValue {
    [
      "text": .string(summary.text), "tokens": .number(JSONNumber(summary.tokens)),
      "source_tokens": .number(JSONNumber(summary.sourceTokens)),
      "identifiers": [
        "carried": .number(JSONNumber(identifiers.carried)),
        "missing": .number(JSONNumber(identifiers.missing)),
      ],
    ]
  }

  /// Answers each line before it reads the next: the other side of a pipe may wait for it.
  private func answerLines(with summarizer: TextSummarizer) async throws {
    var lines = try InputLines(of: file == "-" ? nil : file)
    while let (number, line) = try await lines.next() {
      let (text, budget) = try request(line, at: "\(lines.name) line \(number)")
      let summary = summarizer.summary(of: text, budget: budget)
      let answer: JSONValue = [
        "summary": .string(summary.text), "tokens": .number(JSONNumber(summary.tokens)),
        "source_tokens": .number(JSONNumber(summary.sourceTokens)),
      ]
      Console.write(answer.serialized(.compact) + "\n")
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
