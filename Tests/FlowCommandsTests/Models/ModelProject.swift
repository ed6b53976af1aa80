import FlowCore
import FlowTestSupport

/// A project whose 32 steps rolled up without a model into 7 summaries of steps, and 2 above them; the next step makes
/// an eighth.
struct ModelProject: Sendable {
  static let leaves = 7
  /// Where OpenAI's key is looked for. Made up, and in a form that the rules for secrets know.
  static let key = "sk-proj-Zk8vQ2mT5xR9bN4cJ7wL1pY6hD3fG0sA"
  static let file = "projects/demo/cache/memory_cache.md"
  /// The root as somebody has it who configured no model.
  let plain: TemporaryRoot

  /// A copy of one that was made once: making it takes longer than most that is done with it.
  init() async throws {
    let template = try await ModelProject.template.value
    plain = TemporaryRoot()
    try await FlowctlProcess.run(
      ["-R", "\(template.folder.path)/.", plain.folder.path],
      in: plain.folder.path,
      executable: "/bin/cp"
    ).expect(0)
  }

  /// One with steps of a test's own; it has a summary of so many of them as soon as there is one more.
  init(_ contents: [String], stepsPerSummary: Int = 4) async throws {
    plain = try await ModelProject.make(contents, stepsPerSummary)
  }

  private static let template = Task { try await make((1...32).map(content)) }

  /// What step `number` says.
  static func content(_ number: Int) -> String {
    "Part \(number) went to /srv/out/part-\(number).csv at noon. "
      + String(repeating: "We went over the plan again and looked at each of its parts in turn. ", count: 6)
  }

  private static func make(_ contents: [String], _ stepsPerSummary: Int = 4) async throws -> TemporaryRoot {
    let root = TemporaryRoot()
    let memory = #""shortTermSteps":\#(stepsPerSummary),"keepSteps":1,"fanout":3,"summaryTokens":160"#
    try root.folder.write("{\"memory\":{\(memory)}}", to: "config.json")
    try await root.text("new", "demo")
    let lines = contents.map {
      JSONValue.object(["role": "user", "content": .string($0)]).serialized(.compact)
    }
    try await root.text("import", "-", input: lines.joined(separator: "\n"))
    return root
  }

  /// The root as somebody has it whose environment names an endpoint.
  func asking(_ baseURL: String, _ more: [String: String] = [:]) -> TemporaryRoot {
    var root = plain
    root.environment = [
      "FLOW_LLM_BASE_URL": "\(baseURL)/v1", "FLOW_LLM_MODEL": "tiny", "FLOW_LLM_MAX_RETRIES": "1",
      "OPENAI_API_KEY": ModelProject.key, "FLOW_LLM_API_KEY_ENV": "OPENAI_API_KEY",
    ]
    root.environment.merge(more) { $1 }
    return root
  }

  /// What people and programs see of the summaries, byte for byte.
  func memory() async throws -> [[UInt8]] {
    [
      try await plain.flowctl(["summaries", "--all", "--json"]).expect(0).bytes,
      try plain.folder.bytes(ModelProject.file),
    ]
  }

  /// The summaries of steps, as `summaries --all` lists them.
  func listed() async throws -> [JSONValue] {
    (try await plain.data("summaries", "--all")["summaries"]?.array ?? []).filter { $0["level"] == 0 }
  }

  /// Who made the summaries of steps, in their order.
  func makers() async throws -> [String] { try await listed().compactMap { $0["by"]?.string } }

  /// What the doctor finds.
  func findings() async throws -> String { try await plain.flowctl(["doctor"]).output }

  /// The project's events of a kind, the newest first.
  func events(_ kind: String) async throws -> [JSONValue] {
    try await plain.data("history", "--event", kind, "--limit", "50")["events"]?.array ?? []
  }

  /// The files that hold a text, anywhere below the root.
  func files(with text: String) throws -> [String] {
    let wanted = Array(text.utf8)
    return try plain.folder.files().filter { name in
      try plain.folder.bytes(name).firstRange(of: wanted) != nil
    }
  }
}

extension FlowctlProcess.Outcome {
  /// The first project of an upgrade's receipt.
  var upgraded: JSONValue {
    get throws { try data["projects"]?[0] ?? .null }
  }

  /// All that was printed, on both streams.
  var everything: String { output + errors }
}

extension JSONValue {
  /// All calls that a `spent` or a line of the ledger counts.
  var calls: Int { self["calls"]?.object?.reduce(0) { $0 + ($1.value.int ?? 0) } ?? 0 }
}
