import ArgumentParser
import FlowCore
import FlowMemory
import FlowProjects

struct ForgetCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "forget",
    abstract: "Replace what steps said by a mark, everywhere: for the day a secret was pasted.",
    discussion: """
      The mark says when and why. Archive, recall index, summaries and results are changed, and the bytes overwritten.
      It cannot be undone. Exits with 75 if something still reads the old state: run it again then. Examples:
        flowctl forget s42 --reason "pasted an API key"
        flowctl forget s42 s57 --reason "a customer asked for it" --dry-run
      """
  )
  @Argument(help: "The steps' ids.") var steps: [String]
  @Option(
    parsing: .unconditional,
    help: "Why, in a few words without the secret; it is kept in the steps' place and in the history."
  )
  var reason: String
  @Flag(help: "Say what would change, and change nothing.") var dryRun = false
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    var ids: [StepID] = []
    for text in steps { ids.append(try StepArgument.parse(text)) }
    let project = try await global.currentProject()
    let receipt =
      dryRun
      ? try await project.forgetPreview(ids, reason: reason)
      : try await project.forget(ids, reason: reason)
    global.print("forget", receipt.json(dryRun: dryRun), text: receipt.text(dryRun: dryRun))
    guard let failure = receipt.memory.notErased else { return }
    if !global.json { Console.note("flowctl: \(failure.message.excerpt(limit: 4000)); \(Self.again)") }
    throw ExitCode(failure.exitCode)
  }

  /// What to do where the bytes could not be overwritten.
  fileprivate static let again =
    "the steps are forgotten; end what else has the project open, and run the command again to overwrite the rest"
}

extension ProjectForgetReceipt {
  fileprivate func json(dryRun: Bool) -> JSONValue {
    var members: JSONObject = [
      "steps": .array(memory.steps.map { .number(JSONNumber($0.rawValue)) }),
      "already_forgotten": .array(memory.already.map { .number(JSONNumber($0.rawValue)) }),
      "summaries": .array(memory.summaries.map { .string($0.description) }),
      "results": .array(results.map(JSONValue.string)),
      "edited_sections": .array(sections.map(JSONValue.string)),
      "copies": .array(copies.map(JSONValue.string)),
      "bytes_erased": .bool(memory.isErased && !dryRun),
      "dry_run": .bool(dryRun),
    ]
    if let failure = memory.notErased {
      members["not_erased"] = .string(failure.message)
      members["hint"] = .string(ForgetCommand.again)
    }
    return .object(members)
  }

  /// A line for each thing that was changed, or is left to do.
  fileprivate func text(dryRun: Bool) -> String {
    func done(_ subject: String, _ past: String, _ future: String) -> String {
      dryRun ? "would \(future) \(subject)\n" : "\(past) \(subject)\n"
    }
    var lines = memory.steps.map { done($0.description, "forgot", "forget") }
    lines += memory.already.map { "\($0) was forgotten already; nothing changed\n" }
    lines += memory.summaries.map { done("summary \($0)", "made anew", "make anew") }
    lines += results.map { done("result \($0.excerpt(limit: 512))", "removed", "remove") }
    lines += sections.map { key in
      "look at section \(key.excerpt(limit: 80)) of cache/memory_cache.md: it was edited by hand, "
        + "and still tells what was said\n"
    }
    lines += copies.map { "look at \($0.excerpt(limit: 200)): it still tells what was said\n" }
    return lines.joined()
  }
}
