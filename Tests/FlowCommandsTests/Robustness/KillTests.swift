import FlowCore
import FlowTestSupport
import Glibc
import Testing
import RandomSupport

/// Writers that `kill -9` ends at random moments, time after time, on one project: all that was acknowledged, by an
/// id on standard output, must be there.
@Suite(.timeLimit(.minutes(20)))
struct `A writer that is killed` {
  private static let rounds = isSoak ? 50 : 12

  @Test func `has lost no step that it acknowledged`() async throws {
    let root = try await TemporaryRoot(project: "demo")
    var random = seededRandom()
    var acknowledged: [String: String] = [:]
    for round in 1...Self.rounds {
      let command = #"i=0; while i=$((i+1)); do "$0" add-step "round \#(round) step $i" || exit 1; done"#
      let ids = try await Self.runAndKill(root, command, after: random.pause())
      for (index, id) in ids.enumerated() { acknowledged[id] = "round \(round) step \(index + 1)" }

      let next = try await root.text("add-step", "after round \(round)")
      acknowledged[next.trimmingNewline] = "after round \(round)"
      try await Self.checkFiles(of: root)
    }
    let steps = try await root.data("steps", "--range", "1-1000000")["steps"] ?? .null
    // Ids go on without a gap: a step is there or it never was.
    #expect(steps.numbers("id") == Array(1...(steps.array!.count)))
    let stored = Dictionary(
      uniqueKeysWithValues: steps.array!.map { ("s\($0["id"]!.int!)", $0["content"]!.string!) }
    )
    for (id, content) in acknowledged { #expect(stored[id] == content, "\(id)") }
    #expect(acknowledged.count > Self.rounds, "no writer got to write")
    #expect(try await root.data("status")["memory"]!["short_term_steps"]!.int! <= 10)
  }

  @Test func `has lost no task that it acknowledged`() async throws {
    let root = try await TemporaryRoot(project: "demo")
    var random = seededRandom()
    var acknowledged: [String: String] = [:]
    for round in 1...Self.rounds {
      let command = #"i=0; while i=$((i+1)); do "$0" add-task "round \#(round) task $i" || exit 1; done"#
      let ids = try await Self.runAndKill(root, command, after: random.pause())
      for (index, id) in ids.enumerated() { acknowledged[id] = "round \(round) task \(index + 1)" }

      let next = try await root.text("add-task", "after round \(round)")
      acknowledged[next.trimmingNewline] = "after round \(round)"
      try await Self.checkFiles(of: root)
    }
    let tasks = try await root.data("task", "list")["tasks"]?.array ?? []
    let stored = Dictionary(uniqueKeysWithValues: tasks.map { ($0["id"]!.string!, $0["name"]!.string!) })
    for (id, name) in acknowledged { #expect(stored[id] == name, "\(id)") }
    #expect(acknowledged.count > Self.rounds, "no writer got to write")
    let events = try await root.data("history", "--limit", "100000")["events"] ?? .null
    #expect(events.numbers("seq") == Array(1...(tasks.count + 1)))
  }

  @Test func `leaves an import that can be done again`() async throws {
    let root = try await TemporaryRoot(project: "demo")
    var random = seededRandom()
    let count = 1500
    let lines = (1...count).map {
      #"{"ref":"r\#($0)","role":"user","content":"row \#($0) of the table"}"# + "\n"
    }
    try root.folder.write(lines.joined(), to: "t.jsonl")
    for _ in 1...3 {
      _ = try await Self.runAndKill(root, #""$0" import t.jsonl"#, after: random.pause())
      try await Self.checkFiles(of: root)
    }
    try await root.text("import", "t.jsonl")
    let steps = try await root.data("steps", "--range", "1-\(count + 1)")["steps"] ?? .null
    #expect(steps.texts("ref") == (1...count).map { "r\($0)" })
    #expect(try await root.data("import", "t.jsonl")["new"] == 0)
  }

  @Test func `leaves results whole`() async throws {
    let root = try await TemporaryRoot(project: "demo")
    var random = seededRandom()
    try root.folder.write(String(repeating: "0123456789", count: 2000), to: "large")
    for round in 1...(Self.rounds / 3) {
      let command =
        #"i=0; while i=$((i+1)); do "$0" cache set "\#(round) $i" - < large && echo "$i" || exit 1; done"#
      let lines = try await Self.runAndKill(root, command, after: random.pause())
      for line in lines where line.wholeMatch(of: /\d+/) != nil {
        let value = try await root.data("cache", "get", "\(round) \(line)")["value"]?.string
        #expect(value?.utf8.count == 20_000, "\(round) \(line)")
      }
      try await root.text("cache", "set", "after \(round)", "1")
      try await Self.checkFiles(of: root)
    }
  }

  /// Runs a shell's loop over flowctl, kills both after a while, and gives back the lines that were printed whole.
  private static func runAndKill(
    _ root: TemporaryRoot,
    _ command: String,
    after pause: Duration
  ) async throws -> [String] {
    let process = try FlowctlProcess(
      ["-c", command, BuiltProducts.path(of: "flowctl")],
      in: root.folder.path,
      executable: "/bin/bash"
    )
    try await Task.sleep(for: pause)
    process.killGroup()
    let outcome = try await process.outcome()
    // A writer that ended by itself has met an error, unless its work was done.
    #expect(outcome.exitCode == nil || outcome.exitCode == 0, "\(outcome)")
    let text = outcome.output
    let lines = text.split(separator: "\n").map(String.init)
    return text.isEmpty || text.hasSuffix("\n") ? lines : lines.dropLast()
  }

  /// Every file of the project can be read, by its own rules and by Flow's.
  private static func checkFiles(of root: TemporaryRoot) async throws {
    let folder = root.folder
    #expect(try folder.json("projects/demo/workflow.json")["tasks"] != nil)
    #expect(try folder.json("projects/demo/workflow_history.json").array != nil)
    if folder.exists("projects/demo/cache/results_cache.json") {
      #expect(try folder.json("projects/demo/cache/results_cache.json")["entries"] != nil)
    }
    if folder.exists("projects/demo/cache/memory_cache.md") {
      let bytes = try folder.bytes("projects/demo/cache/memory_cache.md")
      #expect(String(validating: bytes, as: UTF8.self)?.hasSuffix("\n") == true)
    }
    let doctor = try await root.flowctl(["doctor", "--json"])
    #expect(doctor.exitCode == 0, "\(doctor)")
  }
}

/// A generator whose seed is printed; FLOW_SEED sets it.
private func seededRandom() -> SeededRandom {
  let given = getenv("FLOW_SEED").flatMap { UInt64(String(cString: $0)) }
  let seed = given ?? UInt64.random(in: 0..<1_000_000)
  print("kill -9: seed \(seed)")
  return SeededRandom(seed: seed)
}

extension SeededRandom {
  /// How long a writer may live: sometimes it has hardly begun, sometimes it has written several times.
  fileprivate mutating func pause() -> Duration { .milliseconds(Int.random(in: 5...700, using: &self)) }
}

extension String {
  fileprivate var trimmingNewline: String { hasSuffix("\n") ? String(dropLast()) : self }
}
