import ArgumentParser
import FlowCore
import FlowMemory
import FlowProjects

struct SummarizeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "summarize",
    abstract: "Make summaries better with a model, make them anew, or go back to an earlier version of one.",
    discussion: """
      Every version is kept, and what comes out as it was gets no new one. --upgrade asks the model of the
      configuration (see `flowctl models check`) for those that were made without one; it can be interrupted at any
      moment and goes on where it was. --rebuild makes summaries anew without a model; with --upgrade, the model
      makes those anew too that a model made before. Examples:
        flowctl summarize --upgrade --dry-run
        flowctl summarize --upgrade --jobs 8 --max-cost 0.50
        flowctl summarize --all --upgrade
        flowctl summarize --ledger --all
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
  @Flag(help: "Have the configured model make those that were made without one.") var upgrade = false
  @Flag(help: "Make them anew, without a model unless --upgrade is given.") var rebuild = false
  @Flag(help: "Make those anew too that a person wrote.") var includeHand = false
  @Flag(help: "With --rebuild: make those anew too that a model wrote.") var includeModel = false
  @Flag(help: "With --upgrade: ask again where the same model gave no fit summary before.")
  var retryRefused = false
  @Option(help: "With --upgrade: how many to ask for at once; default: llm.maxConcurrency.") var jobs: Int?
  @Option(help: ArgumentHelp("With --upgrade: never spend more than this.", valueName: "usd")) var maxCost:
    String?
  @Flag(help: "Show what calls to models came to.") var ledger = false
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
    let modes = [upgrade || rebuild, undo != nil, ledger].count { $0 }
    guard modes == 1 else {
      throw ValidationError(
        "say what to do: --upgrade has a model make them better, --rebuild makes them anew, --undo M goes back, "
          + "--ledger shows what models cost"
      )
    }
    if undo != nil, !summaries.isEmpty || all || includeHand {
      throw ValidationError("--undo goes back with one summary, and takes only --to and --dry-run")
    }
    if ledger, !summaries.isEmpty || includeHand || dryRun {
      throw ValidationError("--ledger takes only --all")
    }
    if to != nil, undo == nil { throw ValidationError("--to needs --undo") }
    if all, !summaries.isEmpty { throw ValidationError("--all is for all summaries of all projects") }
    if !upgrade, retryRefused || jobs != nil || maxCost != nil {
      throw ValidationError("--retry-refused, --jobs and --max-cost need --upgrade")
    }
    if includeModel, !rebuild || upgrade {
      throw ValidationError("--include-model needs --rebuild without --upgrade")
    }
    if let jobs, !(1...256).contains(jobs) { throw ValidationError("--jobs must be from 1 to 256") }
    if maxCost != nil, limit == nil {
      throw ValidationError("--max-cost must be an amount of dollars, such as 0.50")
    }
  }

  /// The most that may be spent.
  private var limit: Cost? { maxCost.flatMap(Double.init).flatMap(Cost.init(dollars:)) }

  func run() async throws {
    if let undo { return try await goBack(try SummaryArgument.parse(undo)) }
    if ledger { return try await showLedger() }
    var ids: Set<SummaryID>?
    for text in summaries { ids = (ids ?? []).union([try SummaryArgument.parse(text)]) }
    if upgrade { return try await askModel(for: ids) }
    let run = SummaryRun(
      summaries: ids,
      includesHand: includeHand,
      includesModels: includeModel,
      isDryRun: dryRun
    )
    if all { return try await runAll(run) }
    let project = try await global.currentProject()
    report([try await self.run(run, in: project)], failures: [])
  }

  /// The projects to work on.
  private func names(in workspace: Workspace) async throws(FlowError) -> [ProjectName] {
    if all { return try await workspace.listProjects() }
    return [try await workspace.currentProject().name]
  }

  private func askModel(for ids: Set<SummaryID>?) async throws {
    let run = UpgradeRun(
      summaries: ids,
      includesModels: rebuild,
      includesHand: includeHand,
      retriesRefused: retryRefused
    )
    let workspace = try await global.session().workspace
    let batch = try workspace.upgradeBatch(run, of: try await names(in: workspace), jobs: jobs)
    let receipt = dryRun ? try await batch.plan() : try await global.run(batch, limit: limit)
    let report = UpgradeReport(receipt: receipt, isDryRun: dryRun)
    global.print("upgrade", report.json, text: report.text)
    if !global.json {
      for (name, error) in receipt.failures { Console.note("flowctl: \(name): \(error)") }
      if let stopped = receipt.stopped { Console.note("flowctl: stopped: \(stopped)") }
    }
    if let only = receipt.failures.first, receipt.projects.isEmpty { throw ExitCode(only.error.exitCode) }
    if receipt.isPartialFailure { throw ExitCode(69) }
  }

  private func showLedger() async throws {
    let workspace = try await global.session().workspace
    var projects: [(name: ProjectName, lines: [LedgerLine])] = []
    for name in try await names(in: workspace) {
      projects.append((name, try await workspace.loadProject(name).ledger()))
    }
    let report = LedgerReport(projects: projects)
    global.print("ledger", report.json, text: report.text)
    if projects.allSatisfy(\.lines.isEmpty) { global.remark("no model was asked yet") }
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
        "by_model": .array(receipt.byModel.map { .string($0.description) }),
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
      if !receipt.byModel.isEmpty {
        text += "left as a model wrote them: \(receipt.byModel.listed); --include-model makes them anew too\n"
      }
      if !receipt.withoutSteps.isEmpty {
        text += "left, as their steps are not here: \(receipt.withoutSteps.listed)\n"
      }
      return text
    }
  }
}

extension SummaryChange {
  /// One line for people.
  var line: String {
    "  \(summary) v\(from) → v\(to) by \(by.excerpt(limit: 60)): \(tokensBefore) → \(tokens) tokens\n"
  }
}

extension [SummaryID] {
  fileprivate var listed: String {
    let names = prefix(8).map(\.description).joined(separator: " ")
    return count > 8 ? "\(names) and \(count - 8) more" : names
  }
}
