import ArgumentParser
import FlowCore
import FlowMemory
import FlowProjects

struct ContextCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "context",
    abstract: "Assemble the best prompt that fits a token budget.",
    discussion: """
      Examples:
        flowctl context --query "why did the deploy fail?" --budget 4000 | llm
        flowctl context --query "인증서는 언제 만료됐지?" --budget 2000 --explain
        flowctl context --query "…" --share long_term=0 --share tasks=0.05 --format json
      """
  )

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, json
  }

  @Option(
    parsing: .unconditional,
    help: "What the prompt must help to answer; default: the newest user step."
  ) var query: String?
  @Option(help: "The most tokens of the prompt; default: the configured 4000.") var budget: Int?
  @Option(help: "Whose tokens; default: the configured o200k_base.", completion: .tokenizers) var tokenizer:
    String?
  @Option(help: "text, or json for the prompt with its account.") var format: Format = .text
  @Option(help: "The task at hand; default: those being done.", completion: .tasks) var task: String?
  @Option(
    help:
      "The time that words like 'last week' refer to; default: the newest step's. Time-outs go by it too, else by the clock."
  ) var now: String?
  @OptionGroup var shares: ShareOptions
  @Flag(help: "Say on standard error what is in, what is out, and why.") var explain = false
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let session = try await global.session()
    var request = ContextRequest(query: query, budget: budget ?? session.config.budget, tokenizer: tokenizer)
    request.shares = try shares.parsed(over: session.config.context.shares)
    if let task { request.task = try TaskID(task) }
    if let now { request.now = try TimeArgument.parse(now, option: "--now") }
    let context = try await session.workspace.currentProject().memoryRetrieve(request)
    if global.json || format == .json {
      Console.write(Envelope.success("context", context.json(explained: explain)))
    } else {
      Console.write(Console.content(context.text))
    }
    if explain && !global.json && format == .text { Console.note(Explanation(context: context).text) }
  }
}
