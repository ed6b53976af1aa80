import ArgumentParser
import FlowCore
import FlowProjects

struct HistoryCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "history",
    abstract: "Show what happened to the plan, oldest first.",
    discussion: """
      Examples:
        flowctl history --limit 50
        flowctl history --since 2h --event update_task
        flowctl history --since 2024-04-12T08:00:00Z --json
      """
  )
  @Option(help: "At most so many events, the newest ones; default: 20, or all with --since or --after.")
  var limit: Int?
  @Option(help: "Only events since a time such as 2024-04-12T08:00:00Z, a day, or so long ago: 90m, 2h, 7d.")
  var since: String?
  @Option(help: ArgumentHelp("Only events behind this one.", valueName: "seq")) var after: Int?
  @Option(help: "Only events of this kind, such as add_task; may be repeated.") var event: [String] = []
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    if let limit, limit < 1 { throw ValidationError("--limit must be at least 1") }
    if let after, after < 0 { throw ValidationError("--after must be at least 0") }
  }

  func run() async throws {
    var query = HistoryQuery(limit: limit, after: after)
    query.since = try since.map { text throws(FlowError) in try TimeArgument.moment(text, option: "--since") }
    query.kinds = Set(event.map(HistoryEvent.Kind.init(rawValue:)))
    if limit == nil, since == nil, after == nil { query.limit = 20 }
    let events = try await global.currentProject().history(query)
    let rows = events.map { event in
      [
        String(event.seq), event.ts.description, event.event.rawValue.excerpt(limit: 40),
        event.user.excerpt(limit: 30), event.subjects,
      ]
    }
    global.print(
      "history",
      ["events": .array(events.map(\.json))],
      text: rows.isEmpty ? "" : TextTable(header: ["SEQ", "WHEN", "EVENT", "USER", "TASKS"], rows: rows).text
    )
    if rows.isEmpty { global.remark("no such events") }
  }
}

extension HistoryEvent {
  /// The tasks that it touches, the steps or the summary, and where it went back to.
  fileprivate var subjects: String {
    let tasks = (detail["after"]?["tasks"]?.array ?? []) + (detail["before"]?["tasks"]?.array ?? [])
    var seen: Set<String> = []
    let steps = (detail["after"]?["steps"]?.array ?? []).compactMap { $0.int.map { "s\($0)" } }
    let ids =
      tasks.compactMap { $0["id"]?.string }.filter { seen.insert($0).inserted } + steps
      + [detail["after"]?["summary"]?.string].compactMap { $0 }
    let shown = ids.prefix(6).joined(separator: " ").excerpt(limit: 100)
    let list = ids.count > 6 ? "\(shown) and \(ids.count - 6) more" : shown
    if event == .rollback, let to = detail["after"]?["to"]?.int { return "to event \(to): \(list)" }
    if event == .restore, let file = detail["after"]?["file"]?.string {
      return "from \(file.excerpt(limit: 60)): \(list)"
    }
    if event == .renameProject, let from = detail["after"]?["from"]?.string,
      let name = detail["after"]?["project"]?.string
    {
      return "\(from.excerpt(limit: 100)) → \(name.excerpt(limit: 100))"
    }
    return list
  }

  fileprivate var json: JSONValue {
    [
      "seq": .number(JSONNumber(seq)), "ts": .string(ts.description), "event": .string(event.rawValue),
      "user": .string(user), "revision": .number(JSONNumber(revision)), "sha256": .string(sha256),
      "detail": detail,
    ]
  }
}
