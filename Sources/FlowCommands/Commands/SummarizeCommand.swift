import ArgumentParser
import FlowCore
import FlowMemory
import FlowProjects

struct SummarizeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "summarize",
    abstract: "Make summaries anew from their steps, or go back to an earlier version of one.",
    discussion: """
      Every version is kept, and what comes out as it was gets no new one. Examples:
        flowctl summarize --rebuild --dry-run
        flowctl summarize --rebuild
        flowctl summarize --rebuild m1-6 m7-12
        flowctl summarize --rebuild --all
        flowctl summarize --undo m1-6
        flowctl summarize --undo m1-6 --to 2
      """
  )
  @Argument(help: "The summaries to make anew; default: all.", completion: .summaries)
  var summaries: [String] = []
  @Flag(help: "Make them anew with the summarizer of today.") var rebuild = false
  @Flag(help: "Make those anew too that a person wrote.") var includeHand = false
  @Flag(help: "In all projects of the root.") var all = false
  @Option(
    help: ArgumentHelp("Go back to the version of a summary before the one that counts.", valueName: "m1-40"),
    completion: .summaries
  )
  var undo: String?
  @Option(help: ArgumentHelp("With --undo: go back to this version.", valueName: "n")) var to: Int?
  @Flag(help: "Say what would change, and change nothing.") var dryRun = false
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    guard rebuild != (undo != nil) else {
      throw ValidationError("say what to do: --rebuild makes summaries anew, --undo M goes back")
    }
    if undo != nil, !summaries.isEmpty || all || includeHand {
      throw ValidationError("--undo goes back with one summary, and takes only --to and --dry-run")
    }
    if to != nil, undo == nil { throw ValidationError("--to needs --undo") }
    if all, !summaries.isEmpty { throw ValidationError("--all is for all summaries of all projects") }
  }

  func run() async throws {
    if let undo { return try await goBack(try SummaryArgument.parse(undo)) }
    var run = SummaryRun(includesHand: includeHand, isDryRun: dryRun)
    if !summaries.isEmpty {
      var ids: Set<SummaryID> = []
      for text in summaries { ids.insert(try SummaryArgument.parse(text)) }
      run.summaries = ids
    }
    if all { return try await runAll(run) }
    let project = try await global.currentProject()
    report([try await self.run(run, in: project)], failures: [])
  }

  /// One project after the other; what one cannot do keeps the others from nothing.
  private func runAll(_ run: SummaryRun) async throws {
    let workspace = try await global.session().workspace
    var outcomes: [Outcome] = []
    var failures: [(name: ProjectName, error: FlowError)] = []
    for name in try await workspace.listProjects() {
      do throws(FlowError) {
        outcomes.append(try await self.run(run, in: try await workspace.loadProject(name)))
      } catch {
        failures.append((name, error))
      }
    }
    report(outcomes, failures: failures)
    if let first = failures.first { throw ExitCode(first.error.exitCode) }
  }

  private func run(_ run: SummaryRun, in project: FlowProject) async throws(FlowError) -> Outcome {
    let bar = ProgressBar("summarizing \(project.name)", isQuiet: global.quiet)
    defer { bar.finish() }
    let receipt = try await project.rebuildSummaries(run) { bar.update($0, of: $1) }
    return Outcome(project: project.name, receipt: receipt, isDryRun: run.isDryRun)
  }

  private func report(_ outcomes: [Outcome], failures: [(name: ProjectName, error: FlowError)]) {
    global.print(
      "summarize",
      [
        "dry_run": .bool(dryRun),
        "runs": .array(outcomes.map(\.json)),
        "failures": .array(
          failures.map { name, error in
            [
              "project": .string(name.rawValue), "code": .string(error.code.rawValue),
              "message": .string(error.message),
            ]
          }
        ),
      ],
      text: outcomes.map { $0.text(named: all) }.joined()
    )
    guard !global.json else { return }
    for (name, error) in failures { Console.note("flowctl: \(name): \(error)") }
  }

  private func goBack(_ id: SummaryID) async throws {
    let project = try await global.currentProject()
    let undo =
      dryRun ? try await project.undoPreview(id, to: to) : try await project.undoSummary(id, to: to)
    let heading =
      undo.changes.isEmpty
      ? "\(id) already says what its version \(undo.restored) says\n"
      : "\(id) \(dryRun ? "would be" : "is") as its version \(undo.restored) was\n"
    global.print(
      "undo",
      [
        "summary": .string(id.description), "restored": .number(JSONNumber(undo.restored)),
        "dry_run": .bool(dryRun), "summaries": .array(undo.changes.map(\.json)),
      ],
      text: heading + undo.changes.dropFirst(dryRun ? 1 : 0).map(\.line).joined()
    )
  }

  /// What a run did in a project.
  private struct Outcome {
    let project: ProjectName
    let receipt: SummaryRunReceipt
    let isDryRun: Bool

    var json: JSONValue {
      [
        "project": .string(project.rawValue),
        "unchanged": .number(JSONNumber(receipt.unchanged)),
        "by_hand": .array(receipt.byHand.map { .string($0.description) }),
        "without_steps": .array(receipt.withoutSteps.map { .string($0.description) }),
        "tokens": [
          "in": .number(JSONNumber(receipt.tokensIn)), "before": .number(JSONNumber(receipt.tokensBefore)),
          "out": .number(JSONNumber(receipt.tokensOut)),
        ],
        "identifiers": receipt.identifiers.json,
        "summaries": .array(receipt.changes.map(\.json)),
      ]
    }

    func text(named: Bool) -> String {
      var text = named ? "\(project): " : ""
      text += "\(isDryRun ? "would make" : "made") \(receipt.changes.count) summaries anew, "
      text += "\(receipt.unchanged) came out as they were\n"
      for change in receipt.changes.prefix(20) { text += change.line }
      if receipt.changes.count > 20 { text += "  and \(receipt.changes.count - 20) more\n" }
      if !receipt.changes.isEmpty {
        text += "tokens: \(receipt.tokensIn) of steps in, \(receipt.tokensOut) out, "
        text += "where there were \(receipt.tokensBefore)\n"
      }
      text += receipt.identifiers.text
      if !receipt.byHand.isEmpty {
        text += "left as a person wrote them: \(receipt.byHand.listed); --include-hand makes them anew too\n"
      }
      if !receipt.withoutSteps.isEmpty {
        text += "left, as their steps are not here: \(receipt.withoutSteps.listed)\n"
      }
      return text
    }
  }
}

extension SummaryChange {
  fileprivate var line: String {
    "  \(summary) v\(from) → v\(to) by \(by.excerpt(limit: 60)): \(tokensBefore) → \(tokens) tokens\n"
  }
}

extension [SummaryID] {
  fileprivate var listed: String {
    let names = prefix(8).map(\.description).joined(separator: " ")
    return count > 8 ? "\(names) and \(count - 8) more" : names
  }
}
