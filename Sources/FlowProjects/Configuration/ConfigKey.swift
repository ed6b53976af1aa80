import FlowCore
import FlowMemory
import FlowText

/// One key of config.json: its place, what it takes, and where its value goes.
///
/// Own code rather than a configuration library, since an error must name the key and its line, and a value that
/// cannot be used must never be passed over in silence.
struct ConfigKey: Sendable {
  /// Its name, such as `memory.shortTermSteps`; a dot leads into a group.
  let name: String
  let kind: Kind
  /// The value that a configuration has for it; null where it has none.
  let read: @Sendable (FlowConfig) -> JSONValue
  /// Puts a value without fault into a configuration.
  let apply: @Sendable (JSONValue, inout FlowConfig) -> Void

  enum Kind: Sendable {
    /// A path; a relative one means from where it was given.
    case path
    /// A path; an empty one is none.
    case optionalPath
    case oneOf([String])
    case integer(ClosedRange<Int>)
    case number(ClosedRange<Double>)
    case flag
    /// One line of text; an empty one is none.
    case text
    case texts
    case prices

    var isPath: Bool {
      switch self {
      case .path, .optionalPath: true
      default: false
      }
    }
  }

  static let projectsRoot = path("projectsRoot", \.projectsRoot)

  /// All keys, in the order of config.example.json: a new one is a row here and a line there.
  static let all: [ConfigKey] = [
    projectsRoot,
    .integer("memory.shortTermSteps", 1...10_000, \.memory.shortTermSteps),
    .integer("memory.shortTermTokens", 100...10_000_000, \.memory.shortTermTokens),
    .integer("memory.keepSteps", 1...10_000, \.memory.keepSteps),
    .integer("memory.fanout", 2...64, \.memory.fanout),
    .integer("memory.summaryTokens", 0...100_000, \.memory.summaryTokens),
    .integer("memory.sittingGapMinutes", 0...525_600, \.memory.sittingGapMinutes),
    .integer("context.budget", 1...100_000_000, \.budget),
    .oneOf("context.tokenizer", BytePairTokenizer.names, \.context.tokenizer),
    .number("context.shares.longTerm", 0...1, \.context.shares.longTerm),
    .number("context.shares.shortTerm", 0...1, \.context.shares.shortTerm),
    .number("context.shares.tasks", 0...1, \.context.shares.tasks),
    .integer("tasks.leaseSeconds", TaskClaim.leaseRange, \.leaseSeconds),
    .integer("backups.keep", 0...10_000, \.backupsKept),
    .number("lockTimeoutSeconds", 0...3600, \.lockTimeoutSeconds),
    .path("promptsDirectory", \.promptsDirectory),
    .number("hooks.timeoutSeconds", 0.1...3600, \.hooks.timeoutSeconds),
    .integer("hooks.maxOutputBytes", 1024...16_777_216, \.hooks.maxOutputBytes),
    .choice("summarizer", \.summarizer),
    .choice("llm.provider", \.llm.provider),
    .text("llm.baseURL", \.llm.baseURL),
    .text("llm.model", \.llm.model),
    .text("llm.apiKeyEnv", \.llm.apiKeyEnv),
    .text("llm.anthropicVersion", \.llm.optionalAnthropicVersion),
    .choice("llm.maxTokensField", \.llm.maxTokensField),
    .integer("llm.maxTokens", 64...1_000_000, \.llm.maxTokens),
    .integer("llm.maxPromptTokens", 500...10_000_000, \.llm.maxPromptTokens),
    .number("llm.timeoutSeconds", 0.1...3600, \.llm.timeoutSeconds),
    .integer("llm.maxRetries", 0...10, \.llm.maxRetries),
    .integer("llm.maxConcurrency", 1...256, \.llm.maxConcurrency),
    .optionalPath("llm.caFile", \.llm.caFile),
    .text("llm.proxy", \.llm.proxy),
    .prices("llm.prices", \.llm.prices),
    .flag("redaction.enabled", \.redaction.enabled),
    .texts("redaction.patterns", \.redaction.patterns),
  ]
}

extension ConfigKey {
  private typealias Place<Value> = any WritableKeyPath<FlowConfig, Value> & Sendable

  private static func path(_ name: String, _ place: Place<String?>) -> ConfigKey {
    ConfigKey(name: name, kind: .path) {
      $0[keyPath: place].map(JSONValue.string) ?? .null
    } apply: {
      $1[keyPath: place] = $0.string
    }
  }

  private static func oneOf(_ name: String, _ values: [String], _ place: Place<String>) -> ConfigKey {
    ConfigKey(name: name, kind: .oneOf(values)) {
      .string($0[keyPath: place])
    } apply: {
      if let string = $0.string { $1[keyPath: place] = string }
    }
  }

  private static func integer(_ name: String, _ range: ClosedRange<Int>, _ place: Place<Int>) -> ConfigKey {
    ConfigKey(name: name, kind: .integer(range)) {
      .number(JSONNumber($0[keyPath: place]))
    } apply: {
      if let int = $0.int { $1[keyPath: place] = int }
    }
  }

  private static func number(
    _ name: String,
    _ range: ClosedRange<Double>,
    _ place: Place<Double>
  ) -> ConfigKey {
    ConfigKey(name: name, kind: .number(range)) {
      JSONNumber(text: $0[keyPath: place].plain).map(JSONValue.number) ?? .null
    } apply: {
      if let double = $0.double { $1[keyPath: place] = double }
    }
  }
}

extension ConfigKey {
  private static func choice<Choice: RawRepresentable<String> & CaseIterable & SendableMetatype>(
    _ name: String,
    _ place: Place<Choice>
  ) -> ConfigKey {
    ConfigKey(name: name, kind: .oneOf(Choice.allCases.map(\.rawValue))) {
      .string($0[keyPath: place].rawValue)
    } apply: {
      if let choice = $0.string.flatMap(Choice.init(rawValue:)) { $1[keyPath: place] = choice }
    }
  }

  private static func text(_ name: String, _ place: Place<String?>, kind: Kind = .text) -> ConfigKey {
    ConfigKey(name: name, kind: kind) {
      $0[keyPath: place].map(JSONValue.string) ?? .null
    } apply: {
      $1[keyPath: place] = $0.string?.isEmpty == false ? $0.string : nil
    }
  }

  private static func optionalPath(_ name: String, _ place: Place<String?>) -> ConfigKey {
    text(name, place, kind: .optionalPath)
  }

  private static func texts(_ name: String, _ place: Place<[String]>) -> ConfigKey {
    ConfigKey(name: name, kind: .texts) {
      .array($0[keyPath: place].map(JSONValue.string))
    } apply: {
      $1[keyPath: place] = $0.array?.compactMap(\.string) ?? []
    }
  }

  private static func flag(_ name: String, _ place: Place<Bool>) -> ConfigKey {
    ConfigKey(name: name, kind: .flag) {
      .bool($0[keyPath: place])
    } apply: {
      if let bool = $0.bool { $1[keyPath: place] = bool }
    }
  }

  private static func prices(_ name: String, _ place: Place<[String: ModelPrice]>) -> ConfigKey {
    ConfigKey(name: name, kind: .prices) {
      PriceTable.json($0[keyPath: place])
    } apply: {
      $1[keyPath: place] = (try? PriceTable.read($0)) ?? [:]
    }
  }
}

extension ConfigKey {
  /// Its place, such as `["memory", "shortTermSteps"]`.
  var path: [String] { name.split(separator: ".").map(String.init) }

  /// Its variable, such as `FLOW_MEMORY_SHORT_TERM_STEPS`.
  var variable: String {
    var variable = "FLOW"
    for part in path {
      variable += "_"
      var last: Character = "A"
      for character in part {
        if character.isUppercase, !last.isUppercase { variable += "_" }
        variable += character.uppercased()
        last = character
      }
    }
    return variable
  }

  /// What the environment says, as the value that this key takes; nil where it says nothing.
  func value(in environment: [String: String]) -> JSONValue? {
    guard let text = environment[variable], !text.isEmpty else { return nil }
    switch kind {
    case .path, .optionalPath, .oneOf, .text: return .string(text)
    case .integer, .number: return JSONNumber(text: text).map(JSONValue.number) ?? .string(text)
    case .flag, .texts, .prices: return (try? JSONValue(parsing: text)) ?? .string(text)
    }
  }

  /// What is wrong with a value, or nil if it can be used.
  func fault(in value: JSONValue) -> String? {
    switch kind {
    case .path:
      // A path with a NUL would be another path to the system.
      return value.string.map { $0.isEmpty || $0.utf8.contains(0) } == false
        ? nil : "expected a path"
    case .optionalPath:
      return value.string.map { $0.utf8.contains(0) } == false ? nil : "expected a path"
    case .oneOf(let names):
      return value.string.map(names.contains) == true
        ? nil : "expected one of \(names.joined(separator: ", "))"
    case .integer(let range):
      return value.int.map(range.contains) == true
        ? nil : "expected a whole number from \(range.lowerBound) to \(range.upperBound)"
    case .number(let range):
      return value.double.map(range.contains) == true
        ? nil : "expected a number from \(range.lowerBound.plain) to \(range.upperBound.plain)"
    case .flag:
      return value.bool == nil ? "expected true or false" : nil
    case .text:
      return value.string?.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control } == true
        ? nil : "expected one line of text"
    case .texts:
      return value.array?.allSatisfy { $0.string?.isEmpty == false } == true
        ? nil : "expected a list of texts that are not empty"
    case .prices:
      do throws(PriceTable.Fault) {
        _ = try PriceTable.read(value)
        return nil
      } catch {
        return error.message
      }
    }
  }
}

extension Double {
  /// 10 rather than 10.0, as a person would write it.
  fileprivate var plain: String { Int(exactly: self).map(String.init) ?? description }
}

extension ModelSettings {
  /// The version as a text that may be left out.
  fileprivate var optionalAnthropicVersion: String? {
    get { anthropicVersion }
    set { anthropicVersion = newValue ?? ModelSettings().anthropicVersion }
  }
}

extension MemoryLimits {
  /// The pause that ends a sitting as people configure it.
  fileprivate var sittingGapMinutes: Int {
    get { sittingGapSeconds / 60 }
    set { sittingGapSeconds = newValue * 60 }
  }
}
