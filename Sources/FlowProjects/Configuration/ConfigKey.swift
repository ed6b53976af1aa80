import FlowCore
import FlowMemory
import FlowText

/// One key of config.json: its place, what it takes, and where its value goes.
///
/// Own code rather than a configuration library, since an error must name the key and its line, and a value that
/// cannot be used must never be passed over in silence.
struct ConfigKey: Sendable {
  /// Its place, such as `["memory", "shortTermSteps"]`.
  let path: [String]
  let kind: Kind
  let apply: @Sendable (JSONValue, inout FlowConfig) -> Void

  enum Kind: Sendable {
    case text
    case oneOf([String])
    case integer(ClosedRange<Int>)
    case number(ClosedRange<Double>)
  }

  /// Its name in messages, such as `memory.shortTermSteps`.
  var name: String { path.joined(separator: ".") }

  /// Its variable, such as `FLOW_MEMORY_SHORT_TERM_STEPS`.
  var environmentName: String {
    var name = "FLOW"
    for part in path {
      name += "_"
      for character in part {
        if character.isUppercase { name += "_" }
        name += character.uppercased()
      }
    }
    return name
  }

  /// What is wrong with a value, or nil if it can be used.
  func fault(in value: JSONValue) -> String? {
    switch kind {
    case .text:
      return value.string.map(\.isEmpty) == false ? nil : "expected a text"
    case .oneOf(let names):
      return value.string.map(names.contains) == true
        ? nil : "expected one of \(names.joined(separator: ", "))"
    case .integer(let range):
      return value.int.map(range.contains) == true
        ? nil : "expected a whole number from \(range.lowerBound) to \(range.upperBound)"
    case .number(let range):
      return value.double.map(range.contains) == true
        ? nil : "expected a number from \(range.lowerBound) to \(range.upperBound)"
    }
  }

  /// All keys, in the order of config.example.json.
  static let all: [ConfigKey] = [
    ConfigKey(path: ["projectsRoot"], kind: .text) { $1.projectsRoot = $0.string },
    integer(["memory", "shortTermSteps"], 1...10_000) { $1.memory.shortTermSteps = $0 },
    integer(["memory", "shortTermTokens"], 100...10_000_000) { $1.memory.shortTermTokens = $0 },
    integer(["memory", "keepSteps"], 1...10_000) { $1.memory.keepSteps = $0 },
    integer(["memory", "summaryTokens"], 0...100_000) { $1.memory.summaryTokens = $0 },
    integer(["memory", "sittingGapMinutes"], 0...525_600) { $1.memory.sittingGapSeconds = $0 * 60 },
    integer(["context", "budget"], 1...100_000_000) { $1.budget = $0 },
    ConfigKey(path: ["context", "tokenizer"], kind: .oneOf(BytePairTokenizer.names)) {
      $1.context.tokenizer = $0.string ?? $1.context.tokenizer
    },
    fraction(["context", "shares", "longTerm"]) { $1.context.shares.longTerm = $0 },
    fraction(["context", "shares", "shortTerm"]) { $1.context.shares.shortTerm = $0 },
    fraction(["context", "shares", "tasks"]) { $1.context.shares.tasks = $0 },
    integer(["tasks", "leaseSeconds"], TaskClaim.leaseRange) { $1.leaseSeconds = $0 },
    integer(["backups", "keep"], 0...10_000) { $1.backupsKept = $0 },
    ConfigKey(path: ["lockTimeoutSeconds"], kind: .number(0...3600)) {
      $1.lockTimeoutSeconds = $0.double ?? $1.lockTimeoutSeconds
    },
    ConfigKey(path: ["promptsDirectory"], kind: .text) { $1.promptsDirectory = $0.string },
  ]

  private static func integer(
    _ path: [String],
    _ range: ClosedRange<Int>,
    _ apply: @escaping @Sendable (Int, inout FlowConfig) -> Void
  ) -> ConfigKey {
    ConfigKey(path: path, kind: .integer(range)) { value, config in
      if let int = value.int { apply(int, &config) }
    }
  }

  private static func fraction(
    _ path: [String],
    _ apply: @escaping @Sendable (Double, inout FlowConfig) -> Void
  ) -> ConfigKey {
    ConfigKey(path: path, kind: .number(0...1)) { value, config in
      if let double = value.double { apply(double, &config) }
    }
  }
}
