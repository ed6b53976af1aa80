public import ArgumentParser
public import FlowCore
import FlowMemory
import FlowProjects

extension Step.Role: ExpressibleByArgument {}

struct AddStepCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add-step",
    abstract: "Store a step of the agent's run; prints its id once it is durable.",
    discussion: """
      Examples:
        flowctl add-step "deploy failed: certificate expired" --role assistant
        make test 2>&1 | flowctl add-step - --role tool --name bash --ref call_7
      """
  )
  @Argument(help: "The content, or - for standard input.") var text: String = "-"
  @Option(help: "Whose step it is: \(Step.Role.allCases.map(\.rawValue).joined(separator: ", ")).")
  var role: Step.Role = .user
  @Option(parsing: .unconditional, help: "The tool's or the speaker's name.") var name: String?
  @Option(help: "The task it belongs to.", completion: .tasks) var task: String?
  @Option(parsing: .unconditional, help: "Your own id: the same ref and content again is no change.")
  var ref: String?
  @Option(help: "When it happened, RFC 3339; default: now.") var ts: String?
  @Flag(help: "Keep it in every prompt.") var pin = false
  @Option(help: ArgumentHelp("More to keep with it; may be repeated.", valueName: "key=value")) var meta:
    [String] = []
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    var step = Step(role: role, content: "", pinned: pin, meta: try KeyValue.object(meta))
    step.name = name
    step.ref = ref
    if let task { step.task = try TaskID(task) }
    if let ts { step.ts = try TimeArgument.parse(ts, option: "--ts") }
    let project = try await global.currentProject()
    step.content = text == "-" ? try await InputText.text(of: nil) : text
    let receipt = try await project.memoryUpdate(step)
    global.print(
      "step",
      [
        "id": .number(JSONNumber(receipt.id.rawValue)), "new": .bool(receipt.isNew),
        "rolled_up": .array(receipt.rolledUp.map { .string($0.description) }),
      ],
      text: "\(receipt.id)\n"
    )
    if !receipt.isNew { global.remark("this ref was there already; nothing changed") }
    if let leaf = receipt.rolledUp.first { await global.upgradeBeforeExit([leaf], of: project) }
  }
}

struct StepsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "steps",
    abstract: "List archived steps, oldest first.",
    discussion: """
      Without options, the last 20. Examples:
        flowctl steps --range 1-100 --json
        flowctl steps --grep "certificate has expired"
      """
  )
  @Option(help: "At most so many, the newest ones.") var last: Int?
  @Option(help: ArgumentHelp("The ids to list, such as 12-40.", valueName: "a-b")) var range: String?
  @Option(parsing: .unconditional, help: "Only steps whose content holds this text.") var grep: String?
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    if let last, last < 1 { throw ValidationError("--last must be at least 1") }
  }

  func run() async throws {
    var query = StepQuery(last: last, containing: grep)
    if let range {
      guard case .steps(let ids) = Anchor("s\(range.replacingPrefix("s"))") else {
        throw FlowError(
          .invalidArgument,
          "--range is \(range.quotedExcerpt)",
          hint: "write two ids, such as 12-40"
        )
      }
      query.range = ids
    }
    if last == nil && range == nil && grep == nil { query.last = 20 }
    let steps = try await global.currentProject().steps(query)
    global.print(
      "steps",
      ["steps": .array(steps.map(\.json))],
      text: steps.map(StepLine.text).joined()
    )
    if steps.isEmpty { global.remark("no such steps") }
  }
}

/// One step on one line, for lists.
enum StepLine {
  static func text(_ archived: ArchivedStep) -> String {
    let pin = archived.step.pinned ? " (pinned)" : ""
    let content = archived.step.content
    let line = content.prefix { !$0.isNewline }
    let more = line.endIndex == content.endIndex ? "" : " …"
    return "\(archived.id) \(archived.ts) \(archived.step.speaker.excerpt(limit: 40))\(pin): "
      + "\(String(line).excerpt(limit: 160))\(more)\n"
  }
}

extension String {
  /// The text without a prefix, where it has it.
  func replacingPrefix(_ prefix: String) -> String {
    hasPrefix(prefix) ? String(dropFirst(prefix.count)) : self
  }
}

struct ExpandCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "expand",
    abstract: "Print the steps behind an anchor, verbatim.",
    discussion: "Examples: flowctl expand s77 · flowctl expand s12-40 · flowctl expand m1-40"
  )
  @Argument(help: "s77, s12-40 or m1-40.") var anchor: String
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    guard let target = Anchor(anchor) else {
      throw FlowError(
        .invalidArgument,
        "\(anchor.quotedExcerpt) is no anchor",
        hint: "write s77, s12-40 or m1-40"
      )
    }
    let steps = try await global.currentProject().expand(target)
    global.print(
      "steps",
      ["anchor": .string(target.description), "steps": .array(steps.map(\.json))],
      text: steps.map { step in
        "\(step.id) \(step.ts) \(step.step.speaker.excerpt(limit: 80)):\n\(Console.content(step.step.content))\n"
      }.joined()
    )
  }
}

struct PinCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pin",
    abstract: "Keep a step in every prompt.",
    discussion: "Example: flowctl pin s42"
  )
  @Argument(help: "The step's id.") var step: String
  @OptionGroup var global: GlobalOptions

  func run() async throws { try await Pinning.set(step, true, global) }
}

struct UnpinCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "unpin",
    abstract: "Let a pinned step go.",
    discussion: "Example: flowctl unpin s42"
  )
  @Argument(help: "The step's id.") var step: String
  @OptionGroup var global: GlobalOptions

  func run() async throws { try await Pinning.set(step, false, global) }
}

/// Steps as arguments.
enum StepArgument {
  static func parse(_ text: String) throws(FlowError) -> StepID {
    guard case .steps(let range) = Anchor(text), range.lowerBound == range.upperBound else {
      throw FlowError(.invalidArgument, "\(text.quotedExcerpt) is no step", hint: "write an id such as s42")
    }
    return range.lowerBound
  }
}

enum Pinning {
  static func set(_ text: String, _ pinned: Bool, _ global: GlobalOptions) async throws {
    let id = try StepArgument.parse(text)
    let changed = try await global.currentProject().setPinned(id, pinned)
    let state = pinned ? "pinned" : "not pinned"
    global.print(
      "step",
      ["id": .number(JSONNumber(id.rawValue)), "pinned": .bool(pinned), "changed": .bool(changed)],
      text: "\(id) is \(changed ? "now " : "")\(state)\(changed ? "" : " already")\n"
    )
  }
}
