import ArgumentParser
import FlowCore
import FlowProjects
import FlowText

struct RedactCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "redact",
    abstract: "Show a text as it would leave the machine: with its secrets masked.",
    discussion: """
      Keys, tokens, private keys, passwords and what redaction.patterns of the configuration matches become
      [masked KIND]; all else stays as it is. With --list, only where they stand, never what they are.

      Examples:
        flowctl redact notes.md
        env | flowctl redact
        git diff | flowctl redact --list
      """
  )

  @Argument(help: "The file, or - for standard input.", completion: .file()) var file = "-"
  @Flag(help: "Print a line for each masked place: line:column, kind, bytes.") var list = false
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let config = try await global.session().config.redaction
    let redactor = try config.redactor()
    let text = try await InputText.text(of: file == "-" ? nil : file)
    let redacted = redactor.redact(text)
    let places = Self.places(of: redacted.masks, in: text)
    global.print(
      "redaction",
      [
        "enabled": .bool(config.enabled), "text": .string(redacted.text),
        "masks": .array(places.map(\.json)), "counts": Self.counts(redacted),
      ],
      text: list ? places.map(\.text).joined() : Console.content(redacted.text)
    )
    global.remark(Self.remark(redacted))
    if !config.enabled {
      global.remark("masking is off (redaction.enabled): texts leave the machine as they are")
    }
  }

  private static func sorted(_ counts: [MaskKind: Int]) -> [(kind: MaskKind, count: Int)] {
    counts.map { ($0.key, $0.value) }.sorted { $0.kind < $1.kind }
  }

  private static func counts(_ redacted: RedactedText) -> JSONValue {
    var members = JSONObject()
    for (kind, count) in sorted(redacted.counts) { members[kind.rawValue] = .number(JSONNumber(count)) }
    return .object(members)
  }

  private static func remark(_ redacted: RedactedText) -> String {
    guard !redacted.masks.isEmpty else { return "masked nothing" }
    let kinds = sorted(redacted.counts).map { "\($0.count) \($0.kind.rawValue)" }.joined(separator: ", ")
    return "masked \(redacted.masks.count): \(kinds)"
  }

  /// Lines and columns count from 1, columns in Unicode scalars.
  private static func places(of masks: [Mask], in text: String) -> [MaskPlace] {
    var line = 1
    var column = 1
    var offset = 0
    var bytes = text.utf8.makeIterator()
    return masks.map { mask in
      while offset < mask.range.lowerBound, let byte = bytes.next() {
        offset += 1
        if byte == 0x0A {
          line += 1
          column = 1
        } else if byte & 0xC0 != 0x80 {
          column += 1
        }
      }
      return MaskPlace(line: line, column: column, mask: mask)
    }
  }
}

/// Where a masked place stands in the text before masking.
private struct MaskPlace {
  let line: Int
  let column: Int
  let mask: Mask

  var text: String { "\(line):\(column)\t\(mask.kind.rawValue)\t\(mask.range.count)\n" }

  var json: JSONValue {
    [
      "kind": .string(mask.kind.rawValue), "line": .number(JSONNumber(line)),
      "column": .number(JSONNumber(column)), "bytes": .number(JSONNumber(mask.range.count)),
    ]
  }
}
