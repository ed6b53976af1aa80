import ArgumentParser
import FlowCore
import FlowProjects
import FlowText

struct RedactCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "redact",
    abstract: "Show a text as it would leave the machine: with its secrets masked.",
    discussion: """
      Keys, tokens, PEM blocks, passwords and what redaction.patterns match become marks such as [masked password].
      Nothing is sent. --list says where they stand and never what they are. Examples:
        flowctl redact notes.md
        git diff | flowctl redact --list
        flowctl redact build.log > shared.log
      """
  )

  @Argument(help: "The file, or - for standard input.", completion: .file()) var file = "-"
  @Flag(help: "List the masks, one a line: where, which kind, how many bytes.") var list = false
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let config = try await global.session().config.redaction
    let redactor = try config.redactor()
    let text = try await InputText.text(of: file == "-" ? nil : file)
    let redacted = redactor.redact(text)
    let masks = PlacedMask.places(of: redacted.masks, in: text)
    global.print(
      "redaction",
      Self.json(redacted, masks),
      text: list
        ? masks.map { "\($0.line):\($0.column)\t\($0.mark.kind.rawValue)\t\($0.mark.range.count)\n" }.joined()
        : Console.content(redacted.text)
    )
    global.remark(Self.account(redacted.counts))
    if !config.enabled {
      global.remark("masking is off (redaction.enabled): nothing is masked before it is sent")
    }
  }

  private static func account(_ counts: [MaskKind: Int]) -> String {
    let kinds = MaskKind.allCases.compactMap { kind in counts[kind].map { "\($0) \(kind.rawValue)" } }
    guard !kinds.isEmpty else { return "masked nothing" }
    return "masked \(counts.values.reduce(0, +)): \(kinds.joined(separator: ", "))"
  }

  private static func json(_ redacted: RedactedText, _ masks: [PlacedMask]) -> JSONValue {
    var counts: [(String, JSONValue)] = []
    for kind in MaskKind.allCases {
      if let count = redacted.counts[kind] { counts.append((kind.rawValue, .number(JSONNumber(count)))) }
    }
    return [
      "text": .string(redacted.text),
      "masks": .array(
        masks.map {
          [
            "kind": .string($0.mark.kind.rawValue), "line": .number(JSONNumber($0.line)),
            "column": .number(JSONNumber($0.column)), "bytes": .number(JSONNumber($0.mark.range.count)),
          ]
        }
      ),
      "counts": .object(JSONObject(uniqueKeysWithValues: counts)),
    ]
  }
}

/// A mask by the line and the column of its first character, both from 1.
private struct PlacedMask {
  let mark: Mask
  let line: Int
  let column: Int

  static func places(of masks: [Mask], in text: String) -> [PlacedMask] {
    var placed: [PlacedMask] = []
    var (line, column, place) = (1, 1, 0)
    var bytes = text.utf8.makeIterator()
    for mask in masks {
      while place < mask.range.lowerBound, let byte = bytes.next() {
        place += 1
        if byte == 0x0A {
          (line, column) = (line + 1, 1)
        } else if byte & 0xC0 != 0x80 {
          column += 1
        }
      }
      placed.append(PlacedMask(mark: mask, line: line, column: column))
    }
    return placed
  }
}
