import ArgumentParser
import FlowCore
import FlowMemory
import FlowProjects
import FlowText

struct SummariesCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "summaries",
    abstract: "List the summaries of what left short-term memory, or show one with its versions.",
    discussion: """
      The roots cover all that left short-term; those below them are parts of them. Examples:
        flowctl summaries
        flowctl summaries --all
        flowctl summaries m1-40
        flowctl summaries m1-40 --version 1
      """
  )
  @Argument(help: "The summary to show, such as m1-40; default: list them.", completion: .summaries)
  var summary: String?
  @Flag(help: "List those of all levels, not only the roots.") var all = false
  @Option(help: ArgumentHelp("Show this version instead of the one that counts.", valueName: "n"))
  var version: Int?
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    if summary != nil, all { throw ValidationError("--all lists summaries; it takes none to show") }
    if summary == nil, version != nil { throw ValidationError("--version needs a summary, such as m1-40") }
  }

  func run() async throws {
    let project = try await global.currentProject()
    guard let summary else { return try await list(project) }
    let report = try await project.summaryReport(try SummaryArgument.parse(summary))
    let shown = try report.version(version)
    global.print("summary_report", report.json(showing: shown), text: report.text(showing: shown))
  }

  private func list(_ project: FlowProject) async throws {
    let summaries = try await project.summaries(ofAllLevels: all)
    let rows = summaries.map { summary in
      [
        summary.id.description, String(summary.level), summary.span.lowerBound.description,
        "v\(summary.version)", summary.by.excerpt(limit: 40), String(summary.sourceTokens),
        String(summary.tokens), String(summary.bullets.count),
      ]
    }
    global.print(
      "summaries",
      ["summaries": .array(summaries.map { $0.json(withBullets: true) })],
      text: rows.isEmpty
        ? ""
        : TextTable(
          header: ["SUMMARY", "LEVEL", "FROM", "VERSION", "BY", "TOKENS IN", "OUT", "BULLETS"],
          rows: rows
        ).text
    )
    if rows.isEmpty {
      global.remark("no summaries yet; the first is made when steps leave short-term memory")
    }
  }
}

/// Summaries as arguments.
enum SummaryArgument {
  static func parse(_ text: String) throws(FlowError) -> SummaryID {
    guard case .summary(let id) = Anchor(text) else {
      throw FlowError(
        .invalidArgument,
        "\(text.quotedExcerpt) is no summary",
        hint: "write its name, such as m1-40; `flowctl summaries` lists them"
      )
    }
    return id
  }
}

extension Summary {
  /// As answers tell it.
  func json(withBullets: Bool) -> JSONValue {
    var members: JSONObject = [
      "summary": .string(id.description), "level": .number(JSONNumber(level)),
      "version": .number(JSONNumber(version)), "by": .string(by), "created": .string(created.description),
      "steps": [.number(JSONNumber(id.first.rawValue)), .number(JSONNumber(id.last.rawValue))],
      "from": .string(span.lowerBound.description), "until": .string(span.upperBound.description),
      "tokens": ["in": .number(JSONNumber(sourceTokens)), "out": .number(JSONNumber(tokens))],
    ]
    if let prompt { members["prompt"] = .string(prompt) }
    if withBullets {
      members["bullets"] = .array(
        bullets.map { bullet in
          [
            "text": .string(bullet.text), "source": .string(Anchor.steps(bullet.source).description),
            "weight": .number(JSONNumber(bullet.weight)),
          ]
        }
      )
    }
    return .object(members)
  }
}

extension SummaryReport {
  /// A version by its number, or the one that counts.
  fileprivate func version(_ number: Int?) throws(FlowError) -> Summary {
    guard let number else { return current }
    if let found = versions.first(where: { $0.version == number }) { return found }
    let known = versions.map { String($0.version) }.joined(separator: ", ")
    throw FlowError(.summaryNotFound, "\(current.id) has no version \(number)", hint: "it has: \(known)")
  }

  fileprivate func json(showing shown: Summary) -> JSONValue {
    [
      "summary": shown.json(withBullets: true),
      "current": .number(JSONNumber(current.version)),
      "versions": .array(versions.map { $0.json(withBullets: false) }),
      "parts": .array(parts.map { .string($0.description) }),
      "identifiers": identifiers?.json ?? .null,
    ]
  }

  fileprivate func text(showing shown: Summary) -> String {
    var text = "\(shown.id), level \(shown.level), \(shown.span.lowerBound) to \(shown.span.upperBound)\n"
    if !parts.isEmpty {
      text += "made of \(parts.map(\.description).joined(separator: " "))\n"
    }
    for version in versions {
      let marks = [
        version.version == current.version ? "counts" : nil, version == shown ? "shown below" : nil,
      ]
      .compactMap { $0 }.joined(separator: ", ")
      text += "  v\(version.version) by \(version.by.excerpt(limit: 60))"
      text += "\(version.prompt.map { " (\($0.excerpt(limit: 80)))" } ?? ""), \(version.created): "
      text +=
        "\(version.sourceTokens) tokens in, \(version.tokens) out\(marks.isEmpty ? "" : " (\(marks))")\n"
    }
    if let identifiers { text += identifiers.text }
    text += "\n" + shown.bullets.map { Console.content($0.line) + "\n" }.joined()
    return text
  }
}

extension IdentifierAccount {
  /// How many are told, and the most telling of those that are not.
  var text: String {
    guard found > 0 else { return "" }
    var text = "identifiers: \(carried) of \(found) carried\n"
    let named = lost.prefix(8).map { "\($0.identifier.text.excerpt(limit: 60)) (\($0.step))" }
    if !named.isEmpty { text += "  not: \(Console.content(named.joined(separator: " · ")))\n" }
    return text
  }
}
