import FlowCore
import FlowMemory
import Foundation
import Testing

@testable import FlowProjects

@Suite struct `Configuration` {
  private func load(_ json: String?, _ environment: [String: String] = [:]) throws -> FlowConfig {
    try FlowConfig.load(file: json.map { ("config.json", Array($0.utf8)) }, environment: environment)
  }

  private func fault(_ json: String?, _ environment: [String: String] = [:]) throws -> FlowError {
    let error = try #require(throws: FlowError.self) { try load(json, environment) }
    #expect(error.code == .invalidConfiguration)
    return error
  }

  /// Each key: a value that is not its default, one that it cannot take, and where its value goes.
  struct Key: Sendable, CustomTestStringConvertible {
    let name: String
    let variable: String
    let value: String
    let bad: String
    /// Whether its variable holds JSON.
    var isJSON = false
    let read: @Sendable (FlowConfig) -> String

    var testDescription: String { name }

    /// `{"memory":{"keepSteps":3}}`, each part on a line of its own.
    func json(_ value: String) -> String {
      let parts = name.split(separator: ".")
      return parts.map { "{\n\"\($0)\": " }.joined() + value + String(repeating: "}", count: parts.count)
    }

    /// Whether not every text is a value.
    var hasForm: Bool {
      switch ConfigKey.all.first(where: { $0.name == name })?.kind {
      case .path, .optionalPath, .text, nil: false
      default: true
      }
    }

    /// The line on which `json` puts the value.
    var line: Int { name.split(separator: ".").count + 1 }
  }

  static let keys = [
    Key(name: "projectsRoot", variable: "FLOW_PROJECTS_ROOT", value: "\"elsewhere\"", bad: "7") {
      "\"\($0.projectsRoot ?? "")\""
    },
    Key(name: "memory.shortTermSteps", variable: "FLOW_MEMORY_SHORT_TERM_STEPS", value: "12", bad: "0") {
      "\($0.memory.shortTermSteps)"
    },
    Key(name: "memory.shortTermTokens", variable: "FLOW_MEMORY_SHORT_TERM_TOKENS", value: "5000", bad: "99") {
      "\($0.memory.shortTermTokens)"
    },
    Key(name: "memory.keepSteps", variable: "FLOW_MEMORY_KEEP_STEPS", value: "3", bad: "2.5") {
      "\($0.memory.keepSteps)"
    },
    Key(name: "memory.fanout", variable: "FLOW_MEMORY_FANOUT", value: "4", bad: "1") {
      "\($0.memory.fanout)"
    },
    Key(name: "memory.summaryTokens", variable: "FLOW_MEMORY_SUMMARY_TOKENS", value: "0", bad: "-1") {
      "\($0.memory.summaryTokens)"
    },
    Key(
      name: "memory.sittingGapMinutes",
      variable: "FLOW_MEMORY_SITTING_GAP_MINUTES",
      value: "45",
      bad: "true"
    ) {
      "\($0.memory.sittingGapSeconds / 60)"
    },
    Key(name: "context.budget", variable: "FLOW_CONTEXT_BUDGET", value: "8000", bad: "1e3000") {
      "\($0.budget)"
    },
    Key(
      name: "context.tokenizer",
      variable: "FLOW_CONTEXT_TOKENIZER",
      value: "\"o200k_base\"",
      bad: "\"abacus\""
    ) { "\"\($0.context.tokenizer)\"" },
    Key(name: "context.shares.longTerm", variable: "FLOW_CONTEXT_SHARES_LONG_TERM", value: "0.25", bad: "1.5")
    {
      "\($0.context.shares.longTerm)"
    },
    Key(
      name: "context.shares.shortTerm",
      variable: "FLOW_CONTEXT_SHARES_SHORT_TERM",
      value: "0.5",
      bad: "-0.1"
    ) {
      "\($0.context.shares.shortTerm)"
    },
    Key(name: "context.shares.tasks", variable: "FLOW_CONTEXT_SHARES_TASKS", value: "0.05", bad: "null") {
      "\($0.context.shares.tasks)"
    },
    Key(name: "tasks.leaseSeconds", variable: "FLOW_TASKS_LEASE_SECONDS", value: "0", bad: "31536001") {
      "\($0.leaseSeconds)"
    },
    Key(name: "backups.keep", variable: "FLOW_BACKUPS_KEEP", value: "3", bad: "-1") { "\($0.backupsKept)" },
    Key(name: "lockTimeoutSeconds", variable: "FLOW_LOCK_TIMEOUT_SECONDS", value: "2.5", bad: "\"10s\"") {
      "\($0.lockTimeoutSeconds)"
    },
    Key(name: "promptsDirectory", variable: "FLOW_PROMPTS_DIRECTORY", value: "\"templates\"", bad: "\"\"") {
      "\"\($0.promptsDirectory ?? "")\""
    },
    Key(name: "hooks.timeoutSeconds", variable: "FLOW_HOOKS_TIMEOUT_SECONDS", value: "0.5", bad: "0") {
      "\($0.hooks.timeoutSeconds)"
    },
    Key(name: "hooks.maxOutputBytes", variable: "FLOW_HOOKS_MAX_OUTPUT_BYTES", value: "2048", bad: "1023") {
      "\($0.hooks.maxOutputBytes)"
    },
    Key(name: "summarizer", variable: "FLOW_SUMMARIZER", value: "\"llm\"", bad: "\"gpt\"") {
      "\"\($0.summarizer.rawValue)\""
    },
    Key(name: "llm.provider", variable: "FLOW_LLM_PROVIDER", value: "\"anthropic\"", bad: "\"acme\"") {
      "\"\($0.llm.provider.rawValue)\""
    },
    Key(name: "llm.baseURL", variable: "FLOW_LLM_BASE_URL", value: "\"https://a.example/v1\"", bad: "7") {
      "\"\($0.llm.baseURL ?? "")\""
    },
    Key(name: "llm.model", variable: "FLOW_LLM_MODEL", value: "\"tiny\"", bad: "\"two\\nlines\"") {
      "\"\($0.llm.model ?? "")\""
    },
    Key(name: "llm.apiKeyEnv", variable: "FLOW_LLM_API_KEY_ENV", value: "\"MY_KEY\"", bad: "[]") {
      "\"\($0.llm.apiKeyEnv ?? "")\""
    },
    Key(
      name: "llm.anthropicVersion",
      variable: "FLOW_LLM_ANTHROPIC_VERSION",
      value: "\"2023-06-01\"",
      bad: "2023"
    ) { "\"\($0.llm.anthropicVersion)\"" },
    Key(
      name: "llm.maxTokensField",
      variable: "FLOW_LLM_MAX_TOKENS_FIELD",
      value: "\"max_completion_tokens\"",
      bad: "\"n\""
    ) { "\"\($0.llm.maxTokensField.rawValue)\"" },
    Key(name: "llm.maxTokens", variable: "FLOW_LLM_MAX_TOKENS", value: "4096", bad: "63") {
      "\($0.llm.maxTokens)"
    },
    Key(name: "llm.maxPromptTokens", variable: "FLOW_LLM_MAX_PROMPT_TOKENS", value: "3000", bad: "499") {
      "\($0.llm.maxPromptTokens)"
    },
    Key(name: "llm.timeoutSeconds", variable: "FLOW_LLM_TIMEOUT_SECONDS", value: "2.5", bad: "0") {
      "\($0.llm.timeoutSeconds)"
    },
    Key(name: "llm.maxRetries", variable: "FLOW_LLM_MAX_RETRIES", value: "0", bad: "11") {
      "\($0.llm.maxRetries)"
    },
    Key(name: "llm.maxConcurrency", variable: "FLOW_LLM_MAX_CONCURRENCY", value: "16", bad: "0") {
      "\($0.llm.maxConcurrency)"
    },
    Key(name: "llm.caFile", variable: "FLOW_LLM_CA_FILE", value: "\"ca.pem\"", bad: "true") {
      "\"\($0.llm.caFile ?? "")\""
    },
    Key(name: "llm.proxy", variable: "FLOW_LLM_PROXY", value: "\"http://p.example:3128\"", bad: "3128") {
      "\"\($0.llm.proxy ?? "")\""
    },
    Key(
      name: "llm.prices",
      variable: "FLOW_LLM_PRICES",
      value: #"{"tiny":{"input":0.5,"output":2}}"#,
      bad: #"{"tiny":{"input":-1,"output":2}}"#,
      isJSON: true
    ) {
      $0.llm.prices["tiny"] == ModelPrice(input: 0.5, output: 2)
        ? #"{"tiny":{"input":0.5,"output":2}}"# : "\($0.llm.prices)"
    },
    Key(name: "redaction.enabled", variable: "FLOW_REDACTION_ENABLED", value: "false", bad: "\"no\"") {
      "\($0.redaction.enabled)"
    },
    Key(
      name: "redaction.patterns",
      variable: "FLOW_REDACTION_PATTERNS",
      value: #"["a+","b"]"#,
      bad: #"["a+",""]"#,
      isJSON: true
    ) { #"["\#($0.redaction.patterns.joined(separator: #"",""#))"]"# },
  ]

  @Test func `every key is tried here`() {
    #expect(Self.keys.map(\.name) == ConfigKey.all.map(\.name))
  }

  @Test(arguments: keys) func `a key is read from the file and from its variable`(key: Key) throws {
    #expect(key.read(try load(key.json(key.value))) == key.value)
    let plain = key.isJSON ? key.value : key.value.replacing("\"", with: "")
    #expect(key.read(try load(nil, [key.variable: plain])) == key.value)
    #expect(try load(nil, [key.variable: ""]) == FlowConfig())
  }

  @Test(arguments: keys) func `a bad value names its key and its line`(key: Key) throws {
    let error = try fault(key.json(key.bad))
    #expect(error.message.contains("config.json line \(key.line):"), "\(error.message)")
    #expect(error.message.contains(key.name), "\(error.message)")
  }

  @Test(arguments: keys.filter(\.hasForm))
  func `a bad variable is named`(key: Key) throws {
    let error = try fault(nil, [key.variable: "not that"])
    #expect(error.message.contains(key.variable) && error.message.contains("not that"))
  }

  @Test func `the variable beats the file, which beats the default`() throws {
    let file = #"{"memory": {"shortTermSteps": 20, "keepSteps": 7}}"#
    let config = try load(file, ["FLOW_MEMORY_SHORT_TERM_STEPS": "30", "FLOW_OTHER": "x"])
    #expect(config.memory.shortTermSteps == 30)
    #expect(config.memory.keepSteps == 7)
    #expect(config.memory.shortTermTokens == 4000)
  }

  @Test func `without anything the defaults are those of the contract`() throws {
    let config = try load(nil)
    #expect(config == FlowConfig())
    #expect(
      config.memory
        == MemoryLimits(shortTermSteps: 10, shortTermTokens: 4000, keepSteps: 5, summaryTokens: 200)
    )
    #expect(config.memory.sittingGapSeconds == 1800 && config.budget == 4000)
    #expect(config.context.tokenizer == "o200k_base" && config.lockTimeoutSeconds == 10)
    #expect(config.context.shares == Shares(longTerm: 0.15, shortTerm: 0.35, tasks: 0.15))
    #expect(try load("{}") == config)
  }

  @Test(arguments: [
    ("{\n\"memroy\": {}}", 2, "memroy"), ("{\"memory\": {\n\n\"limit\": 4}}", 3, "limit"),
    ("{\"context\": {\"shares\": {\n\"recall\": 1}}}", 2, "recall"), ("{\n\"memory\": 4}", 2, "memory"),
    ("{\n\"context\": {\n\"shares\": []}}", 3, "shares"), ("{\n\"llm\": {\"apiKey\": \"x\"}}", 2, "llm"),
  ]) func `an unknown key or group names its line`(json: String, line: Int, key: String) throws {
    let error = try fault(json)
    #expect(
      error.message.contains("config.json line \(line):") && error.message.contains(key),
      "\(error.message)"
    )
  }

  @Test(arguments: [
    (#"{"Memory": {}}"#, "memory"), (#"{"memory": {"keepsteps": 1}}"#, "memory.keepSteps"),
    (#"{"memory": {"short_term_steps": 1}}"#, "memory.shortTermSteps"),
    (#"{"context": {"bugdet": 1}}"#, "context.budget"), (#"{"budget": 1}"#, "context.budget"),
    (#"{"context": {"shares": {"longterm": 1}}}"#, "context.shares.longTerm"),
  ]) func `a slip of the hand is told what was meant`(json: String, meant: String) throws {
    let hint = try #require(try fault(json).hint)
    #expect(hint.hasPrefix("did you mean \(meant)? known here: "), "\(hint)")
  }

  @Test func `what is like no key is not guessed at`() throws {
    let long = String(repeating: "k", count: 100_000)
    for key in ["x", "", "zzz", "\u{1B}[31m", long] {
      let json = JSONValue.object([key: 1]).serialized(.compact)
      let error = try fault(json)
      #expect(error.hint?.hasPrefix("known here: ") == true, "\(error)")
      #expect(error.message.utf8.count < 300)
      #expect(error.message.unicodeScalars.allSatisfy { !$0.isUnsafeToPrint })
    }
  }

  @Test(arguments: [
    ("\u{FEFF}{\r\n\"memory\": {\r\n\"keepSteps\": 99999}}", "line 3: memory.keepSteps is 99999"),
    ("{\n\"context\": {\"budget\": 1e999}}", "line 2: context.budget is 1e999"),
    (
      "{\"lockTimeoutSeconds\": 1e999}",
      "line 1: lockTimeoutSeconds is 1e999: expected a number from 0 to 3600"
    ),
    ("{\n\"memory\": 3}", "line 2: memory is a number, not a group of keys"),
    ("{\"memory\": {},\n\"memory\": {}}", "line 2, column 1: duplicate key"),
    ("{\"memory\": {\n\"keepSteps\": NaN}}", "line 2, column 14: unexpected"),
    ("{\"projectsRoot\": \"a\\u0000b\"}", "line 1: projectsRoot is \"a\\u0000b\": expected a path"),
    (
      String(repeating: "{\"memory\":", count: 5000) + "1" + String(repeating: "}", count: 5000),
      "nested deeper"
    ),
    (String(repeating: "[", count: 100_000), "nested deeper"),
  ]) func `a hostile file is refused with its place`(json: String, says: String) throws {
    let error = try fault(json)
    #expect(error.message.hasPrefix("config.json") && error.message.contains(says), "\(error.message)")
  }

  @Test(arguments: ["NaN", "1e999", " 5", "5 ", "0x5", "+5", "5,0", "infinity", "٥"])
  func `a variable's number is JSON's`(text: String) throws {
    #expect(
      try fault(nil, ["FLOW_LOCK_TIMEOUT_SECONDS": text]).context["variable"] == "FLOW_LOCK_TIMEOUT_SECONDS"
    )
  }

  @Test(arguments: ["", "[]", "{\"a\": 1", "{\"memory\": {}, \"memory\": {}}", "null"])
  func `what is no object of JSON is refused`(json: String) throws {
    #expect(try fault(json).message.hasPrefix("config.json"))
  }

  @Test func `values that contradict each other are refused`() throws {
    let steps = try fault(#"{"memory": {"shortTermSteps": 4, "keepSteps": 9}}"#)
    #expect(steps.message.contains("keepSteps") && steps.message.contains("9"))
    #expect(try fault(nil, ["FLOW_MEMORY_SHORT_TERM_STEPS": "3"]).message.contains("keepSteps"))
    let shares = try fault(#"{"context": {"shares": {"longTerm": 0.9}}}"#)
    #expect(shares.message.contains("shares"))
  }

  @Test(.enabled(if: FileManager.default.fileExists(atPath: repository + "config.example.json")))
  func `config.example.json holds every key with its default, in order, and nothing else`() throws {
    let text = try String(contentsOfFile: Self.repository + "config.example.json", encoding: .utf8)
    var config = try load(text)
    let json = try JSONValue(parsing: text)
    #expect(Self.leaves(of: json) == ConfigKey.all.map(\.name))
    for key in ConfigKey.all where !key.kind.isPath {
      let value = json[path: key.path.map(JSONPathElement.key)]
      // An empty text is none.
      #expect(
        value == (key.kind.isText ? .string(key.read(FlowConfig()).string ?? "") : key.read(FlowConfig()))
      )
    }
    config.projectsRoot = nil
    config.promptsDirectory = nil
    #expect(config == FlowConfig())
  }

  @Test(.enabled(if: FileManager.default.fileExists(atPath: repository + "docs/configuration.md")))
  func `docs/configuration.md has a row for every key, with its default and its variable`() throws {
    let page = try String(contentsOfFile: Self.repository + "docs/configuration.md", encoding: .utf8)
    let rows = page.split(separator: "\n").map {
      $0.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
    }
    for key in ConfigKey.all {
      let row = try #require(rows.first { $0.first == "`\(key.name)`" }, "\(key.name) has no row")
      #expect(row.count == 5 && row[3] == "`\(key.variable)`", "\(key.name)")
      let value = key.read(FlowConfig())
      if key.kind.isPath || value == .null { continue }
      #expect(row[2] == (value.string.map { "`\($0)`" } ?? value.serialized(.compact)), "\(key.name)")
    }
    let named = rows.filter { $0.count == 5 }.compactMap(\.first).filter {
      $0.hasPrefix("`") && !$0.hasPrefix("`FLOW_")
    }
    #expect(named == ConfigKey.all.map { "`\($0.name)`" })
  }

  /// The names of all keys, in their order.
  private static func leaves(of value: JSONValue, under prefix: String = "") -> [String] {
    guard let object = value.object, !ConfigKey.all.contains(where: { $0.name == prefix }) else {
      return [prefix]
    }
    return object.flatMap { leaves(of: $1, under: prefix.isEmpty ? $0 : "\(prefix).\($0)") }
  }

  private static let repository =
    URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path + "/"
}

extension ConfigKey.Kind {
  fileprivate var isText: Bool { if case .text = self { true } else { false } }
}
