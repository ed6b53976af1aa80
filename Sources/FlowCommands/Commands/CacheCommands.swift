import ArgumentParser
import FlowCore
import FlowProjects

struct CacheCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cache",
    abstract: "Keep results by key, with an optional time to live.",
    discussion: "Example: flowctl cache set build/report - --ttl 3600",
    subcommands: [
      CacheGetCommand.self, CacheSetCommand.self, CacheListCommand.self, CacheRemoveCommand.self,
      CacheClearCommand.self,
    ]
  )
}

struct CacheGetCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "get",
    abstract: "Print a result; exit 66 if there is none that still counts.",
    discussion: "Example: flowctl cache get build/report"
  )
  @Argument(help: "The result's key.", completion: .results) var key: String
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    guard let result = try await global.currentProject().cacheGet(key) else {
      throw FlowError(
        .resultNotFound,
        "there is no result under \(key.quotedExcerpt)",
        hint: "`flowctl cache ls` lists the keys"
      )
    }
    global.print(
      "result",
      result.json,
      text: "\(Console.content(result.value.string ?? result.value.serialized(.compact)))\n"
    )
  }
}

struct CacheSetCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "set",
    abstract: "Keep a value under a key; JSON is kept as JSON, anything else as text.",
    discussion: "Example: psql -c 'select …' | flowctl cache set counts - --task T003 --ttl 3600"
  )
  @Argument(help: "The result's key.", completion: .results) var key: String
  @Argument(help: "The value, or - for standard input.") var value: String = "-"
  @Option(help: "The task that made it; prompts of tasks that depend on it show it.", completion: .tasks)
  var task: String?
  @Option(help: ArgumentHelp("After how long it no longer counts.", valueName: "seconds")) var ttl: Int?
  @Flag(help: "Keep the value as text, even if it parses as JSON.") var text = false
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let project = try await global.currentProject()
    let given = value == "-" ? try await InputText.text(of: nil) : value
    let parsed = text ? nil : try? JSONValue(parsing: given)
    let id: TaskID? = if let task { try TaskID(task) } else { nil }
    try await project.cacheSet(key, parsed ?? .string(given), task: id, timeToLive: ttl)
    let kind = parsed == nil ? "text" : "json"
    global.print(
      "result",
      ["key": .string(key), "kept_as": .string(kind)],
      text: "kept \(key.excerpt(limit: 512)) as \(kind)\n"
    )
  }
}

struct CacheListCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ls",
    abstract: "List the results that still count.",
    discussion: "Example: flowctl cache ls"
  )
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let results = try await global.currentProject().cacheEntries()
    let rows = results.map { result in
      [
        result.key.excerpt(limit: 60), result.task?.rawValue ?? "", result.created.description,
        result.expires?.description ?? "never", String(result.value.serialized(.compact).utf8.count),
      ]
    }
    global.print(
      "results",
      ["results": .array(results.map(\.json))],
      text: rows.isEmpty
        ? "" : TextTable(header: ["KEY", "TASK", "CREATED", "EXPIRES", "BYTES"], rows: rows).text
    )
    if rows.isEmpty { global.remark("no results") }
  }
}

struct CacheRemoveCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rm",
    abstract: "Take results away.",
    discussion: "Example: flowctl cache rm build/report --dry-run"
  )
  @Argument(help: "The results' keys.", completion: .results) var keys: [String]
  @Flag(help: "Say what would be removed, and remove nothing.") var dryRun = false
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let project = try await global.currentProject()
    let removed = dryRun ? try await project.cacheKeys(of: keys) : try await project.cacheRemove(keys)
    if let missing = keys.first(where: { !removed.contains($0) }), removed.isEmpty {
      throw FlowError(
        .resultNotFound,
        "there is no result under \(missing.quotedExcerpt)",
        hint: "`flowctl cache ls` lists the keys"
      )
    }
    global.print(
      "results",
      ["removed": .array(removed.map(JSONValue.string)), "dry_run": .bool(dryRun)],
      text: removed.map { "\(dryRun ? "would remove" : "removed") \($0.excerpt(limit: 512))\n" }.joined()
    )
  }
}

struct CacheClearCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "clear",
    abstract: "Take all results away.",
    discussion: "Example: flowctl cache clear --dry-run"
  )
  @Flag(help: "Say what would be removed, and remove nothing.") var dryRun = false
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let project = try await global.currentProject()
    let count = dryRun ? try await project.cacheEntries().count : try await project.cacheClear()
    global.print(
      "results",
      ["count": .number(JSONNumber(count)), "dry_run": .bool(dryRun)],
      text: "\(dryRun ? "would remove" : "removed") \(count) results\n"
    )
  }
}

extension CachedResult {
  fileprivate var json: JSONValue {
    [
      "key": .string(key), "value": value, "task": task.map { .string($0.rawValue) } ?? .null,
      "created": .string(created.description), "expires": expires.map { .string($0.description) } ?? .null,
    ]
  }
}
