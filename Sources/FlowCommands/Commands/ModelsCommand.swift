import ArgumentParser
import FlowCore
import FlowProjects

struct ModelsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "models",
    abstract: "Look after the model that makes summaries better.",
    discussion: "Example: flowctl models check",
    subcommands: [ModelsCheckCommand.self]
  )
}

struct ModelsCheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Make one small call to the configured model, and say what works and what it cost.",
    discussion: """
      Exits with 69 if the model cannot be used, and with 78 if the configuration names none. Examples:
        flowctl models check
        FLOW_LLM_BASE_URL=http://127.0.0.1:8080/v1 FLOW_LLM_MODEL=tiny flowctl models check --json
      """
  )
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let workspace = try await global.session().workspace
    let check = try await Interruption.cancelling { () async throws(FlowError) in
      try await workspace.checkModel()
    }
    global.print("model_check", check.json, text: Self.text(check))
    if let error = check.error {
      if !global.json { Console.note("flowctl: \(error)") }
      throw ExitCode(error.exitCode)
    }
  }

  private static func text(_ check: ModelCheck) -> String {
    let facts = check.json
    func text(_ key: String) -> String { facts[key]?.string ?? "-" }
    let isSeen = facts["http_version"] != .null
    let protection =
      facts["protection"] == "tls"
      ? "TLS, certificate \(isSeen ? "verified" : "not seen")" : "plain http on this machine"
    let keys = [
      "sent": "sent and accepted", "not_needed": "none needed", "refused": "sent and not accepted",
      "missing": "none sent, and one is wanted",
    ]
    var rows = [
      ["endpoint", text("url")],
      ["connection", protection + (facts["http_version"]?.string.map { ", HTTP/\($0)" } ?? "")],
      ["key", check.error == nil || text("key") != "sent" ? keys[text("key")] ?? text("key") : "sent"],
      ["model", text("model") + (facts["answered_as"]?.string.map { ", answered as \($0)" } ?? "")],
      ["answers bounded by", text("max_tokens_field")],
    ]
    if let usage = facts["usage"], usage != .null {
      let input = ["input", "cached_read", "cache_write"].reduce(0) { $0 + (usage[$1]?.int ?? 0) }
      rows.append(["usage", "reported: \(input) tokens in, \(usage["output"]?.int ?? 0) out"])
    } else if check.error == nil {
      rows.append(["usage", "not reported: costs count with the most they can be"])
    }
    for limit in facts["rate_limits"]?.array ?? [] {
      let parts = ["remaining", "limit", "reset"].compactMap { name in
        limit[name]?.string.map { "\(name) \($0)" }
      }
      let name = limit["name"]?.string ?? "-"
      rows.append(["limit of \(name)", parts.joined(separator: ", ")])
    }
    if let time = facts["latency_ms"]?.int {
      let calls = facts["attempts"]?.int ?? 1
      rows.append(["time", "\(time) ms, \(calls) call\(calls == 1 ? "" : "s")"])
    }
    let cost = facts["cost_usd"]?.double.flatMap(Cost.init(dollars:))
    rows.append(["cost", cost?.text ?? "no price in llm.prices"])
    rows.append(["library", check.library.excerpt(limit: 200)])
    return TextTable(header: ["", check.error == nil ? "works" : "does not work"], rows: rows).text
  }
}
