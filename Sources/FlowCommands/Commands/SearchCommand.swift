import ArgumentParser
import FlowCore
import FlowMemory
import FlowProjects

struct SearchCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "search",
    abstract: "Find the archived steps that answer a query best.",
    discussion: """
      Steps are ordered by their scores alone; `context` also weighs what they cost. Examples:
        flowctl search "why did the deploy fail?"
        flowctl search 인증서 --limit 3 --explain
        flowctl search "certificate" --json
      """
  )

  @Argument(help: "What to look for, or - for standard input.") var query: String
  @Option(help: "At most so many steps, 1 to 1000.") var limit = 10
  @Flag(help: "Say what each score is made of.") var explain = false
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let project = try await global.currentProject()
    let text = query == "-" ? try await InputText.text(of: nil) : query
    let hits = try await project.search(text, limit: limit)
    global.print("search", .array(hits.map(\.json)), text: self.text(of: hits))
    if hits.isEmpty { global.remark("no step answers that") }
  }

  private func text(of hits: [SearchHit]) -> String {
    guard !hits.isEmpty else { return "" }
    let table = TextTable(
      header: ["STEP", "SCORE", "DATE", "SPEAKER", "TOKENS", "TEXT"],
      rows: hits.map { hit in
        [
          hit.step.id.description, Decimals.text(millionths: hit.score, places: 3),
          hit.step.ts.day, hit.step.step.speaker.excerpt(limit: 24), String(hit.step.tokens),
          hit.snippet.styled,
        ]
      }
    )
    guard explain else { return table.text }
    var lines = table.text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    // From the last one on, so that the places of those before stay what they are.
    for (index, hit) in hits.enumerated().reversed() {
      let parts = hit.parts.filter { $0.value != 0 }
        .map { "\($0.name) \(Decimals.text(millionths: $0.value, places: 3))" }
      lines.insert("  \(parts.joined(separator: ", "))", at: index + 2)
    }
    return lines.joined(separator: "\n")
  }
}

extension Timestamp {
  /// The day alone, in UTC.
  fileprivate var day: String { String(description.prefix { $0 != "T" }) }
}

extension Snippet {
  /// For people: matches stand bold at a terminal, where control characters are made visible too.
  fileprivate var styled: String {
    let isBold = ProcessEnvironment.mayDecorateOutput
    return runs.map { run in
      let text = Console.content(run.text)
      return isBold && run.isMatch ? "\u{1B}[1m\(text)\u{1B}[0m" : text
    }
    .joined()
  }
}

extension SearchHit {
  fileprivate var json: JSONValue {
    [
      "id": .number(JSONNumber(step.id.rawValue)),
      "score": Decimals.json(millionths: score),
      "parts": .object(
        JSONObject(
          uniqueKeysWithValues: parts.map { ($0.name, Decimals.json(millionths: $0.value)) }
        )
      ),
      "ts": .string(step.ts.description),
      "role": .string(step.step.role.rawValue),
      "name": step.step.name.map(JSONValue.string) ?? .null,
      "task": step.step.task.map { .string($0.rawValue) } ?? .null,
      "tokens": .number(JSONNumber(step.tokens)),
      "snippet": .string(snippet.text),
    ]
  }
}
