import ArgumentParser
import FlowCore
import FlowMemory
import FlowProjects

struct EvalCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "eval",
    abstract: "Measure recall with questions whose evidence is known, or what a replayed run costs.",
    discussion: """
      With questions, {"q":"When did …?","evidence":["D1:3"],"category":2} a line, each is asked of the project at \
      each budget. ALL is the share of questions whose evidence stands in the prompt, all of it and verbatim; \
      EVIDENCE the mean share of a question's evidence.

      With --replay, the steps are fed one by one into a scratch project, and the context is asked for after each \
      user step. Unchanged are the tokens of the longest beginning that a prompt shares with the one before, cut \
      back to the end of a line: what a prompt cache could serve. Examples:
        flowctl eval questions.jsonl --budget 2000 --budget 4000 --categories
        flowctl eval questions.jsonl --every 10 --share short_term=0
        flowctl eval --replay steps.jsonl --budget 8000
      """
  )

  @Argument(help: "The questions, or - for standard input.", completion: .file()) var questions: String?
  @Option(
    help: ArgumentHelp("Replay the steps of this JSONL file; - for standard input.", valueName: "file"),
    completion: .file()
  )
  var replay: String?
  @Option(
    name: .customLong("budget"),
    help: ArgumentHelp(
      "The most tokens of a prompt; may be repeated for questions.",
      discussion: "Default: 1000, 2000, 4000 and 8000; for a replay the configured 4000.",
      valueName: "tokens"
    )
  )
  var budgets: [Int] = []
  @Flag(help: "Show the figures of each category of questions too.") var categories = false
  @Option(help: ArgumentHelp("Ask only each Nth question, from the first.", valueName: "n")) var every = 1
  @OptionGroup var shares: ShareOptions
  @Option(help: "Whose tokens; default: the configured o200k_base.", completion: .tokenizers) var tokenizer:
    String?
  @Option(help: ArgumentHelp("The price of a million tokens of input; default: 3.00.", valueName: "price"))
  var inputPrice: Double?
  @Option(
    help: ArgumentHelp(
      "The price of a million tokens from a prompt cache; default: 0.30.",
      valueName: "price"
    )
  )
  var cachedPrice: Double?
  @OptionGroup var global: GlobalOptions

  private static let budgets = [1000, 2000, 4000, 8000]

  func validate() throws {
    guard (questions == nil) != (replay == nil) else {
      throw ValidationError("give a file of questions, or --replay with a file of steps")
    }
    if every < 1 { throw ValidationError("--every must be at least 1") }
    if let budget = budgets.first(where: { $0 < 1 }) {
      throw ValidationError("--budget must be at least 1, not \(budget)")
    }
    let prices = [inputPrice, cachedPrice].compactMap { $0 }
    if !prices.allSatisfy({ $0.isFinite && $0 >= 0 }) { throw ValidationError("a price must be at least 0") }
    if replay != nil {
      if budgets.count > 1 { throw ValidationError("a replay has one --budget") }
      if categories || every > 1 { throw ValidationError("--categories and --every are for questions") }
    } else if !prices.isEmpty {
      throw ValidationError("--input-price and --cached-price are for --replay")
    }
  }

  func run() async throws {
    if let replay {
      try await run(replaying: replay)
    } else if let questions {
      try await run(asking: questions)
    }
  }

  private func run(asking file: String) async throws {
    let session = try await global.session()
    let project = try await session.workspace.currentProject()
    let shares = try shares.parsed(over: session.config.context.shares)
    let bytes = try await InputText.bytes(of: file == "-" ? nil : file)
    let all = try await project.questions(jsonl: bytes, source: file == "-" ? "standard input" : file)
    let questions = all.enumerated().filter { $0.offset % every == 0 }.map(\.element)
    let bar = ProgressBar("asking", isQuiet: global.quiet)
    defer { bar.finish() }
    let evaluation = try await project.evaluateRecall(
      questions,
      budgets: budgets.isEmpty ? Self.budgets : budgets,
      shares: shares,
      tokenizer: tokenizer,
      progress: { bar.update($0, of: $1) }
    )
    bar.finish()
    let report = RecallReport(evaluation: evaluation, showsCategories: categories)
    global.print("eval", report.json, text: report.text)
  }

  private func run(replaying file: String) async throws {
    let session = try await global.session()
    let shares = try shares.parsed(over: session.config.context.shares)
    let bytes = try await InputText.bytes(of: file == "-" ? nil : file)
    let workspace = session.workspace
    let steps = try workspace.replaySteps(jsonl: bytes, source: file == "-" ? "standard input" : file)
    let (budget, tokenizer, isQuiet) = (budgets.first, tokenizer, global.quiet)
    let evaluation = try await Interruption.cancelling { () async throws(FlowError) in
      let bar = ProgressBar("replaying", isQuiet: isQuiet)
      defer { bar.finish() }
      return try await workspace.replay(
        steps,
        budget: budget,
        shares: shares,
        tokenizer: tokenizer,
        progress: { bar.update($0, of: $1) }
      )
    }
    guard let evaluation else { throw ExitCode(Interruption.exitCode) }
    var prices = PromptPrices()
    prices.input = inputPrice ?? prices.input
    prices.cached = cachedPrice ?? prices.cached
    let report = ReplayReport(evaluation: evaluation, prices: prices)
    global.print("replay", report.json, text: report.text)
  }
}
