import ArgumentParser
import FlowCore
import FlowProjects
import FlowText

struct IdentifiersCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "identifiers",
    abstract: "List what a summary of a text must not lose: paths, numbers, dates, commands, names.",
    discussion: """
      By rule, without a model: each with its kind, as written, and in the form in which it is compared. Examples:
        flowctl identifiers notes.md
        git log -1 | flowctl identifiers
        flowctl identifiers --jsonl steps.jsonl
        flowctl identifiers notes.md --not-in summary.md
      """
  )

  @Argument(help: "The file, or - for standard input.", completion: .file()) var file: String = "-"
  @Flag(help: "Read JSON objects, one a line, and print what stands in each one's text as JSON on a line.")
  var jsonl = false
  @Option(
    help: ArgumentHelp(
      "Only those that stand nowhere in this file, in any way of writing.",
      valueName: "file"
    ),
    completion: .file()
  )
  var notIn: String?
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let path = file == "-" ? nil : file
    var told: IdentifierSet?
    if let notIn { told = IdentifierSet(try await InputText.text(of: notIn)) }
    if jsonl { return try await listLines(of: path, without: told) }
    let found = Self.identifiers(in: try await InputText.text(of: path), without: told)
    global.print(
      "identifiers",
      ["identifiers": .array(found.map(\.json))],
      text: found.isEmpty
        ? ""
        : TextTable(
          header: ["KIND", "TEXT", "COMPARED AS"],
          rows: found.map {
            [$0.kind.rawValue, $0.text.excerpt(limit: 120), $0.normal.excerpt(limit: 120)]
          }
        ).text
    )
    if found.isEmpty { global.remark("there are none") }
  }

  /// Reads all lines before it prints the first, so that a bad one leaves standard output empty.
  private func listLines(of path: String?, without told: IdentifierSet?) async throws {
    let lines = try TextLines.texts(of: try await InputText.bytes(of: path), name: path ?? "standard input")
      .map { JSONValue.array(Self.identifiers(in: $0, without: told).map(\.json)) }
    global.print(
      "identifiers",
      ["lines": .array(lines)],
      text: lines.map { JSONValue.object(["identifiers": $0]).serialized(.compact) + "\n" }.joined()
    )
  }

  private static func identifiers(in text: String, without told: IdentifierSet?) -> [Identifier] {
    let found = IdentifierScanner().identifiers(in: text)
    return told?.missing(of: found) ?? found
  }
}

extension Identifier {
  fileprivate var json: JSONValue {
    [
      "kind": .string(kind.rawValue), "text": .string(text), "normal": .string(normal),
      "range": [.number(JSONNumber(range.lowerBound)), .number(JSONNumber(range.upperBound))],
      "weight": .number(JSONNumber(weight)),
    ]
  }
}
