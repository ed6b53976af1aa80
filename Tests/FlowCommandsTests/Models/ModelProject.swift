import FlowCore
import FlowTestSupport
import Testing

/// A project with four summaries of steps, and a configuration that names a model's endpoint.
struct ModelProject {
  static let leaves = 4
  /// What a key looks like here; it must never be seen anywhere.
  static let key = ["sk", "never", "to", "be", "seen", "4711"].joined(separator: "-")

  var root: TemporaryRoot

  init(baseURL: String, more: [String: String] = [:]) async throws {
    root = TemporaryRoot()
    try root.folder.write(
      #"{"memory":{"shortTermSteps":4,"keepSteps":1,"fanout":3}}"#,
      to: "config.json"
    )
    root.environment = [
      "FLOW_LLM_BASE_URL": baseURL, "FLOW_LLM_MODEL": "tiny", "FLOW_LLM_MAX_RETRIES": "1",
      "FLOW_LLM_TIMEOUT_SECONDS": "20", "OPENAI_API_KEY": Self.key, "FLOW_LLM_API_KEY_ENV": "OPENAI_API_KEY",
      "FLOW_LLM_PRICES": #"{"tiny":{"input":0.15,"output":0.6}}"#,
    ]
    .merging(more) { $1 }
    try await root.text("new", "demo")
    try await root.text("import", "-", input: Self.steps(1...17))
    #expect(try await makers() == Array(repeating: "textrank", count: Self.leaves))
  }

  static func steps(_ range: ClosedRange<Int>) -> String {
    let filler = String(repeating: "We went over the plan again and looked at each of its parts. ", count: 5)
    return range.map { number in
      #"{"role":"user","ref":"r\#(number)","content":"The job wrote /srv/out/part-\#(number).csv at noon. \#(filler)"}"#
    }
    .joined(separator: "\n")
  }

  /// All summaries with their texts.
  func summaries() async throws -> JSONValue {
    try await root.data("summaries", "--all")["summaries"] ?? .null
  }

  /// Who made the summaries of steps.
  func makers() async throws -> [String] {
    try await summaries().array?.filter { $0["level"] == 0 }.compactMap { $0["by"]?.string } ?? []
  }

  /// `summarize --upgrade --json` with what it is given.
  func upgrade(_ options: String..., exit: CInt = 0) async throws -> JSONValue {
    let outcome = try await root.flowctl(["summarize", "--upgrade", "--json"] + options).expect(exit)
    #expect(!outcome.output.contains(Self.key) && !outcome.errors.contains(Self.key))
    return try outcome.data
  }

  /// What `doctor` finds is nothing.
  func expectSound() async throws {
    #expect(try await root.data("doctor")["findings"] == [])
  }
}

extension JSONValue {
  /// The first project of a receipt.
  var firstProject: JSONValue { self["projects"]?[0] ?? .null }

  /// The codes of what went wrong in the first project.
  var codes: Set<String> {
    let lists = [firstProject["refused"], firstProject["failed"]].compactMap { $0?.array }.joined()
    return Set(lists.compactMap { $0["code"]?.string })
  }

  var made: Int { firstProject["summaries"]?.array?.count ?? -1 }
}
