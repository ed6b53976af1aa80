import ArgumentParser
import FlowCore
import FlowProjects

struct HistoryCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "history",
    abstract: "Show what happened to the plan, oldest first.",
    discussion: "Example: flowctl history --limit 50"
  )
  @Option(help: "At most so many events, the newest ones.") var limit = 20
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    if limit < 1 { throw ValidationError("--limit must be at least 1") }
  }

  func run() async throws {
    let events = try await global.currentProject().history(limit: limit)
    let rows = events.map { event in
      [
        String(event.seq), event.ts.description, event.event.rawValue, event.user.excerpt(limit: 30),
        event.subjects,
      ]
    }
    global.print(
      "history",
      ["events": .array(events.map(\.json))],
      text: TextTable(header: ["SEQ", "WHEN", "EVENT", "USER", "TASKS"], rows: rows).text
    )
  }
}

extension HistoryEvent {
  /// The tasks that it touches, or the steps.
  fileprivate var subjects: String {
    let tasks = (detail["after"]?["tasks"]?.array ?? []) + (detail["before"]?["tasks"]?.array ?? [])
    var seen: Set<String> = []
    let steps = (detail["after"]?["steps"]?.array ?? []).compactMap { $0.int.map { "s\($0)" } }
    let ids = tasks.compactMap { $0["id"]?.string }.filter { seen.insert($0).inserted } + steps
    let shown = ids.prefix(6).joined(separator: " ").excerpt(limit: 100)
    return ids.count > 6 ? "\(shown) and \(ids.count - 6) more" : shown
  }

  fileprivate var json: JSONValue {
    [
      "seq": .number(JSONNumber(seq)), "ts": .string(ts.description), "event": .string(event.rawValue),
      "user": .string(user), "revision": .number(JSONNumber(revision)), "sha256": .string(sha256),
      "detail": detail,
    ]
  }
}
