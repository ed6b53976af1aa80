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
  @Option(help: "Whose tokens; default: the configured o200k_base.") var tokenizer: String?
  @Option(help: "text, or json for the prompt with its account.") var format: Format = .text
  @Option(help: "The task at hand; default: those being done.", completion: .tasks) var task: String?
  @Option(
    help:
      "The time that words like 'last week' refer to; default: the newest step's. Time-outs go by it too, else by the clock."
  ) var now: String?
  @Option(
    name: .customLong("share"),
    help: ArgumentHelp(
      "A section's part of the budget; sections: long_term, short_term, tasks; 0 leaves one out.",
      valueName: "section=fraction"
    )
  )
  var shares: [String] = []
  @Flag(help: "Say on standard error what is in, what is out, and why.") var explain = false
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let session = try await global.session()
    var request = ContextRequest(query: query, budget: budget ?? session.config.budget, tokenizer: tokenizer)
    request.shares = try parsedShares(over: session.config.context.shares)
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

  private func parsedShares(over defaults: Shares) throws(FlowError) -> Shares {
    var result = defaults
    for share in shares {
      let parts = share.split(separator: "=", maxSplits: 1).map(String.init)
      guard parts.count == 2, let value = Double(parts[1]), (0...1).contains(value) else {
        throw FlowError(
          .invalidArgument,
          "--share is \(share.quotedExcerpt)",
          hint: "write a section and a fraction: long_term=0.2"
        )
      }
      switch parts[0] {
      case "long_term": result.longTerm = value
      case "short_term": result.shortTerm = value
      case "tasks": result.tasks = value
      default:
        throw FlowError(
          .invalidArgument,
          "--share names no section: \(parts[0].quotedExcerpt)",
          hint: "use long_term, short_term or tasks"
        )
      }
    }
    return result
  }
}
