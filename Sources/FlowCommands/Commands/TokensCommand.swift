import ArgumentParser
import FlowCore
import FlowMemory
import FlowProjects
import FlowText

struct TokensCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tokens",
    abstract: "Count tokens exactly, as the model's own tokenizer would.",
    discussion: """
      Examples:
        flowctl tokens prompt.md notes.txt
        git diff | flowctl tokens --tokenizer cl100k_base
        flowctl tokens --jsonl < steps.jsonl
      """
  )

  @Argument(help: "The files, or - for standard input.", completion: .file()) var files: [String] = ["-"]
  @Option(
    help: "Whose tokens: \(BytePairTokenizer.names.joined(separator: ", ")); default: the configured one.",
    completion: .tokenizers
  )
  var tokenizer: String?
  @Flag(help: "Read JSON objects, one a line, and print the count of each one's text on a line.")
  var jsonl = false
  @OptionGroup var global: GlobalOptions

  /// Above this size it is worth telling how far the count has come.
  private static let largeInput = 16 << 20

  func run() async throws {
    let counter = try BytePairTokenizer.require(try await name())
    if jsonl { return try await countLines(with: counter) }
    var rows: [(file: String, tokens: Int, bytes: Int)] = []
    for file in files {
      let bytes = try await InputText.bytes(of: file == "-" ? nil : file)
      rows.append((file, count(bytes, of: file, with: counter), bytes.count))
    }
    let total = rows.reduce(0) { $0 + $1.tokens }
    global.print(
      "tokens",
      [
        "tokenizer": .string(counter.name), "exact": .bool(counter.isExact),
        "files": .array(rows.map(json)), "total": .number(JSONNumber(total)),
      ],
      text: rows.count == 1
        ? "\(total)\n"
        : (rows + [("total", total, 0)]).map { "\($0.tokens)\t\($0.file.excerpt(limit: 4096))\n" }.joined()
    )
  }

  /// Without the option, a configuration is looked for as by every command.
  private func name() async throws(FlowError) -> String {
    if let tokenizer { return tokenizer }
    return try await global.session().config.context.tokenizer
  }

  private func count(_ bytes: [UInt8], of file: String, with counter: BytePairTokenizer) -> Int {
    guard bytes.count > Self.largeInput else { return bytes.withUnsafeBytes { counter.count(utf8: $0) } }
    let bar = ProgressBar("counting \(file.excerpt(limit: 40))", isQuiet: global.quiet)
    defer { bar.finish() }
    return bytes.withUnsafeBytes { buffer in
      counter.count(utf8: buffer) { bar.update($0, of: bytes.count) }
    }
  }

  private func json(_ row: (file: String, tokens: Int, bytes: Int)) -> JSONValue {
    [
      "file": .string(row.file), "tokens": .number(JSONNumber(row.tokens)),
      "bytes": .number(JSONNumber(row.bytes)),
    ]
  }

  /// Counts all lines before it prints the first, so that a bad one leaves standard output empty.
  private func countLines(with counter: BytePairTokenizer) async throws {
    var counts: [Int] = []
    for file in files {
      let name = file == "-" ? "standard input" : file
      let bytes = try await InputText.bytes(of: file == "-" ? nil : file)
      let bar = ProgressBar("counting", isQuiet: global.quiet || bytes.count < Self.largeInput)
      defer { bar.finish() }
      var lines = JSONLines(bytes)
      while let (number, line) = lines.next() {
        counts.append(counter.count(try TextLines.text(of: line, at: "\(name) line \(number)")))
        bar.update(lines.offset, of: bytes.count)
      }
    }
    global.print(
      "tokens",
      [
        "tokenizer": .string(counter.name), "exact": .bool(counter.isExact),
        "counts": .array(counts.map { .number(JSONNumber($0)) }),
        "total": .number(JSONNumber(counts.reduce(0, +))),
      ],
      text: counts.map { "\($0)\n" }.joined()
    )
  }
}
