public import ArgumentParser
import FlowCore
public import FlowProjects

extension TranscriptFormat: ExpressibleByArgument {}

struct ImportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Add a transcript's steps; importing again adds nothing.",
    discussion: """
      All of it is checked before the first step is stored; then it is stored in pieces, whatever its size. What \
      cannot be carried over is named. Examples:
        flowctl import transcript.jsonl
        flowctl import messages.json --from openai
        flowctl import ~/.claude/projects/-home-mina-shop/4f35e220.jsonl --from claude-code
        zcat old.jsonl.gz | flowctl import - --project archive
      """
  )

  @Argument(help: "The file, or - for standard input.", completion: .file()) var file: String
  @Option(
    help: ArgumentHelp(
      """
      The file's form: jsonl, a step a line; openai, chat messages or response items; claude-code, a session of \
      Claude Code.
      """,
      valueName: "form"
    )
  )
  var from: TranscriptFormat = .jsonl
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let project = try await global.currentProject()
    let receipt = try await read(into: project)
    global.print(
      "import",
      [
        "read": .number(JSONNumber(receipt.read)), "new": .number(JSONNumber(receipt.new)),
        "first": receipt.ids.map { .number(JSONNumber($0.lowerBound.rawValue)) } ?? .null,
        "last": receipt.ids.map { .number(JSONNumber($0.upperBound.rawValue)) } ?? .null,
        "skipped": .array(
          receipt.skipped.map { skipped in
            [
              "kind": .string(skipped.kind), "count": .number(JSONNumber(skipped.count)),
              "first": .array(skipped.first.map { .string($0) }),
            ]
          }
        ),
      ],
      text: "\(receipt.new) new of \(receipt.read) steps"
        + "\(receipt.ids.map { ", \(Anchor.steps($0))" } ?? "")\n"
    )
    for skipped in receipt.skipped {
      let more = skipped.count > skipped.first.count ? ", …" : ""
      global.remark(
        "not carried over: \(skipped.count) × \(skipped.kind), \(skipped.first.joined(separator: ", "))\(more)"
      )
    }
    await global.upgradeBeforeExit(receipt.leaves, of: project)
  }

  private func read(into project: FlowProject) async throws(FlowError) -> ImportReceipt {
    let bars = ["reading", "checking", "importing"].map {
      ProgressBar($0, unit: .bytes, isQuiet: global.quiet)
    }
    defer { for bar in bars { bar.finish() } }
    return try await project.importSteps(from: file == "-" ? .standardInput : .file(file), format: from) {
      progress in
      switch progress {
      case .reading(let bytes): bars[0].update(bytes)
      case .checking(let bytes, let total): bars[1].update(bytes, of: total)
      case .storing(let bytes, let total): bars[2].update(bytes, of: total)
      }
    }
  }
}

struct ExportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Print all steps as JSONL, oldest first; import reads it again.",
    discussion: "Example: flowctl export --format jsonl > steps.jsonl"
  )

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case jsonl
  }

  @Option(help: "jsonl: a step a line.") var format: Format = .jsonl
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let project = try await global.currentProject()
    guard global.json else {
      try await project.exportSteps { text in Console.write(text) }
      return
    }
    let steps = try await project.steps(StepQuery())
    Console.write(Envelope.success("export", ["steps": .array(steps.map(\.json))]))
  }
}
