import FlowCore
import FlowTestSupport
import Testing

@Suite(.timeLimit(.minutes(15)))
struct `Damage` {
  private static let plan = "projects/demo/workflow.json"

  /// A project with a bit of everything.
  private func project() async throws -> TemporaryRoot {
    let root = try await TemporaryRoot(project: "demo")
    try await root.text("add-task", "first")
    try await root.text("add-task", "second", "--dep", "T001")
    for number in 1...12 { try await root.text("add-step", "step \(number)") }
    try await root.text("cache", "set", "k", "1")
    return root
  }

  /// The findings of `doctor`, which must call something an error.
  private func findings(_ root: TemporaryRoot, in file: String) async throws -> JSONValue {
    let outcome = try await root.flowctl(["doctor", "--json"])
    #expect(outcome.exitCode == 65, "\(outcome)")
    let list = try outcome.data["findings"]?.array ?? []
    let people = try await root.flowctl(["doctor"])
    #expect(people.exitCode == 65)
    #expect(people.output.contains("error: \(file)"), "\(people)")
    return try #require(list.first { $0["file"]?.string == file && $0["error"] == true }, "\(list)")
  }

  /// What a person may do to the plan: the text to put in place of another, the line, and the code.
  static let edits: [(String, String, Int, String)] = [
    (#""name": "first","#, #""name": "first""#, 0, "json.invalid"),
    (#""name": "second""#, #""name": 2"#, 0, "workflow.invalid"),
    (#""T002""#, #""T001""#, 0, "workflow.invalid"),
    (#""status": "todo""#, #""status": "later""#, 0, "workflow.invalid"),
    (#"["T001"]"#, #"["T404"]"#, 0, "task.unknown_dep"),
    (#"["T001"]"#, #"["T002"]"#, 0, "task.cycle"),
    (#""schema": 1"#, #""schema": 99"#, 0, "file.newer_format"),
  ]

  @Test(arguments: edits)
  func `a plan broken by hand is refused and left alone`(
    old: String,
    new: String,
    line: Int,
    code: String
  ) async throws {
    let root = try await project()
    let text = try root.folder.text(Self.plan)
    let range = try #require(text.firstRange(of: old), "\(text)")
    let broken = text.replacingCharacters(in: range, with: new)
    try root.folder.write(broken, to: Self.plan)
    let history = try root.folder.bytes("projects/demo/workflow_history.json")
    let isNewer = code == "file.newer_format"
    for command in [["status"], ["context", "--query", "q"]] where !isNewer {
      // What was good before stays in use, and that is said.
      let outcome = try await root.flowctl(command).expect(0)
      #expect(outcome.errors.contains("workflow.json line"), "\(outcome)")
      #expect(outcome.output.contains("second"), "\(outcome)")
    }
    for command in [["add-task", "third"], ["done", "T001"]] + (isNewer ? [["status"]] : []) {
      let error = try await root.expectFailure(command, exit: 65, code)
      #expect(error["message"]?.string?.contains("workflow.json") == true, "\(error)")
      if !["task.cycle", "file.newer_format"].contains(code) {
        #expect(error["message"]?.string?.firstMatch(of: /line \d+/) != nil, "\(error)")
      }
    }
    #expect(try root.folder.text(Self.plan) == broken)
    #expect(try root.folder.bytes("projects/demo/workflow_history.json") == history)
    _ = try await findings(root, in: "workflow.json")
    // Put right, everything goes on.
    try root.folder.write(text, to: Self.plan)
    #expect(try await root.text("add-task", "third") == "T003\n")
    #expect(try await root.data("doctor")["errors"] == 0)
  }

  @Test func `the line of a broken plan is the line`() async throws {
    let root = try await project()
    let broken = "{\n \"project\": \"demo\",\n \"tasks\": [\n  {\"id\": \"T001\" \"name\": \"x\"}\n ]\n}\n"
    try root.folder.write(broken, to: Self.plan)
    let error = try await root.expectFailure(["done", "T001"], exit: 65, "json.invalid")
    #expect(error["message"]?.string?.contains("line 4") == true, "\(error)")
    #expect(try await findings(root, in: "workflow.json")["line"] == 4)
    #expect(try root.folder.text(Self.plan) == broken)
  }

  @Test func `a plan that is gone or empty is told apart`() async throws {
    let root = try await project()
    root.folder.remove(Self.plan)
    // The history holds it.
    #expect(try await root.data("task", "list")["tasks"]?.texts("name") == ["first", "second"])
    #expect(try await root.text("add-task", "third") == "T003\n")
    #expect(try root.folder.json(Self.plan)["tasks"]?.texts("id") == ["T001", "T002", "T003"])
    try root.folder.write("", to: Self.plan)
    try await root.expectFailure(["done", "T001"], exit: 65, "json.invalid")
    #expect(try await root.data("task", "list")["tasks"]?.array?.count == 3)
  }

  @Test(arguments: ["garbage that is no database\n", "SQLite format 3\0 but nothing more"])
  func `a memory that is no database is refused and left alone`(garbage: String) async throws {
    let root = try await project()
    for suffix in ["-wal", "-shm"] { root.folder.remove("projects/demo/memory.sqlite\(suffix)") }
    try root.folder.write(String(repeating: garbage, count: 200), to: "projects/demo/memory.sqlite")
    let before = try root.folder.bytes("projects/demo/memory.sqlite")
    for command in [["add-step", "x"], ["steps"], ["context", "--query", "q"], ["export"], ["status"]] {
      let error = try await root.expectFailure(command, exit: 65, "storage.corrupt")
      #expect(error["message"]?.string?.contains("memory.sqlite") == true, "\(error)")
    }
    // The tasks are none the worse for it.
    #expect(try await root.text("add-task", "third") == "T003\n")
    #expect(try root.folder.bytes("projects/demo/memory.sqlite") == before)
    _ = try await findings(root, in: "memory.sqlite")
  }

  @Test func `a memory that lost a page is found`() async throws {
    let root = try await project()
    let name = "projects/demo/memory.sqlite"
    var bytes = try root.folder.bytes(name)
    try #require(bytes.count > 3 * 4096)
    for position in 4096..<min(bytes.count, 10 * 4096) { bytes[position] = 0xA5 }
    for suffix in ["-wal", "-shm"] { root.folder.remove("\(name)\(suffix)") }
    try root.folder.write(bytes, to: name)
    _ = try await findings(root, in: "memory.sqlite")
    #expect(try await root.flowctl(["steps", "--range", "1-12"]).exitCode == 65)
  }

  @Test func `a memory that is gone is missed where its summaries still tell of it`() async throws {
    let root = try await project()
    let memory = "projects/demo/cache/memory_cache.md"
    let whole = try root.folder.text(memory)
    func lose() {
      for suffix in ["", "-wal", "-shm"] { root.folder.remove("projects/demo/memory.sqlite\(suffix)") }
    }
    lose()
    #expect(
      try await root.text("doctor").contains("the verbatim steps s1-6 are not here, only the summaries")
    )
    #expect(try root.folder.text(memory) == whole)
    // What cannot stand in for it is an error, and nothing is taken away.
    lose()
    let broken = whole.replacing("<!-- flow m1-6 v1", with: "<!-- flow m1-6 w1")
    try root.folder.write(broken, to: memory)
    _ = try await findings(root, in: "memory.sqlite")
    try await root.expectFailure(["add-step", "x"], exit: 65, "storage.corrupt")
    #expect(try root.folder.text(memory) == broken)
    try root.folder.write(whole, to: memory)
    #expect(try await root.text("add-step", "x") == "s7\n")
  }

  @Test func `results that were broken by hand are refused and named`() async throws {
    let root = try await project()
    let name = "projects/demo/cache/results_cache.json"
    let broken = "{\n\"entries\": {\n\"k\": {\"value\": }\n}}\n"
    try root.folder.write(broken, to: name)
    for command in [["cache", "get", "k"], ["cache", "set", "k", "2"]] {
      let error = try await root.expectFailure(command, exit: 65, "json.invalid")
      #expect(error["message"]?.string?.contains("line 3") == true, "\(error)")
    }
    #expect(try root.folder.text(name) == broken)
    #expect(try await findings(root, in: "cache/results_cache.json")["line"] == 3)
  }

  @Test func `a blob that was changed is not handed out`() async throws {
    let root = try await project()
    try await root.text("cache", "set", "large", "-", input: String(repeating: "text ", count: 4000))
    let blob = root.folder.names(in: "projects/demo/cache/blobs")[0]
    try root.folder.write("changed", to: "projects/demo/cache/blobs/\(blob)")
    #expect(try await root.flowctl(["cache", "get", "large"]).exitCode == 65)
    #expect(try await root.flowctl(["doctor"]).exitCode == 65)
    #expect(try await root.data("cache", "get", "k")["value"] == 1)
  }

  @Test func `a torn history is cut by the next change and told of before`() async throws {
    let root = try await project()
    let name = "projects/demo/workflow_history.json"
    let whole = try root.folder.bytes(name)
    try root.folder.write(Array(whole.dropLast(9)), to: name)
    #expect(try await root.data("task", "list")["tasks"]?.texts("name") == ["first", "second"])
    try await root.text("add-task", "third")
    #expect(try root.folder.json(name).array != nil)
    try await root.text("doctor")
  }

  @Test(arguments: ["workflow.json", "workflow_history.json", "memory.sqlite", "cache/results_cache.json"])
  func `a pipe in the place of a file does not hang anything`(name: String) async throws {
    let root = try await project()
    for suffix in ["-wal", "-shm"] { root.folder.remove("projects/demo/\(name)\(suffix)") }
    try root.folder.makePipe("projects/demo/\(name)")
    for command in [
      ["status"], ["doctor"], ["context", "--query", "q"], ["add-task", "x"], ["add-step", "x"],
    ] {
      // What the file does not concern may go on; none may wait for the pipe's other end.
      let outcome = try await FlowctlProcess.run(command, in: root.folder.path, within: 60)
      #expect(outcome.exitCode != nil && outcome.exitCode != 70, "\(command): \(outcome)")
    }
    #expect(try await root.flowctl(["doctor"]).exitCode != 0)
  }

  @Test func `a root that cannot be written is said to be so`() async throws {
    let root = TemporaryRoot()
    try root.folder.write("a file", to: "file")
    try await root.expectFailure(["new", "x", "--root", "file"], exit: 73, "storage.write_failed")
    try await root.expectFailure(["new", "x", "--root", "file/projects"], exit: 73, "storage.write_failed")
    // No one, not even root, can make a folder there.
    try await root.expectFailure(["new", "x", "--root", "/proc/flow"], exit: 73, "storage.write_failed")
    #expect(try root.folder.text("file") == "a file")
  }

  @Test func `a folder in the place of a file cannot be written`() async throws {
    let root = try await project()
    root.folder.remove("projects/demo/cache")
    try root.folder.write("not a folder", to: "projects/demo/cache")
    try await root.expectFailure(["cache", "set", "k", "v"], exit: 73, "storage.write_failed")
    #expect(try root.folder.text("projects/demo/cache") == "not a folder")
  }

  /// A configuration that is wrong, and what the message must say.
  static let configurations: [(String, [String])] = [
    ("{\n  \"memory\": {\n    \"shortTermStep\": 10\n  }\n}", ["shortTermStep", "line 3"]),
    ("{\n  \"colour\": true\n}", ["colour", "line 2"]),
    ("{\n  \"memory\": {\n    \"shortTermSteps\": 0\n  }\n}", ["shortTermSteps", "line 3"]),
    ("{\n  \"memory\": {\n    \"shortTermSteps\": \"ten\"\n  }\n}", ["shortTermSteps", "line 3"]),
    ("{\n  \"context\": {\"tokenizer\": \"runes\"}\n}", ["tokenizer", "line 2"]),
    ("{\n  \"context\": {\n   \"shares\": {\n    \"tasks\": 1.5}}\n}", ["tasks", "line 4"]),
    ("{\n  \"memory\": 7\n}", ["memory", "line 2"]),
    ("{\n  \"lockTimeoutSeconds\": -1\n}", ["lockTimeoutSeconds", "line 2"]),
    ("{\n  \"memory\": {},\n  \"memory\": {}\n}", ["memory", "line 3"]),
    ("{\n", ["line 2"]), ("[]", ["object"]), ("", []),
    ("{\"memory\":{\"shortTermSteps\":3,\"keepSteps\":5}}", ["keepSteps"]),
    ("{\"context\":{\"shares\":{\"longTerm\":0.9,\"shortTerm\":0.9}}}", ["shares"]),
  ]

  @Test(arguments: configurations)
  func `a wrong configuration is named with its line`(text: String, says: [String]) async throws {
    let root = try await project()
    try root.folder.write(text, to: "config.json")
    for command in [["status"], ["doctor"], ["add-step", "x"], ["ls"]] {
      let error = try await root.expectFailure(command, exit: 78, "config.invalid")
      let message = try #require(error["message"]?.string)
      #expect(message.contains("config.json") || says == ["keepSteps"] || says == ["shares"], "\(message)")
      for part in says { #expect(message.contains(part), "\(message)") }
    }
    #expect(try root.folder.text("config.json") == text)
  }

  @Test func `a wrong variable is named`() async throws {
    var root = try await project()
    root.environment["FLOW_CONTEXT_BUDGET"] = "plenty"
    let error = try await root.expectFailure(["status"], exit: 78, "config.invalid")
    #expect(error["message"]?.string?.contains("FLOW_CONTEXT_BUDGET") == true)
  }

  @Test func `a lock that another process holds is waited for, then named`() async throws {
    var root = try await project()
    root.environment["FLOW_LOCK_TIMEOUT_SECONDS"] = "0.3"
    root.folder.remove("held")
    let lock = try #require(root.folder.names(in: "projects/demo").first { $0.contains("lock") })
    let holder = try FlowctlProcess(
      ["projects/demo/\(lock)", "-c", "touch held; sleep 600"],
      in: root.folder.path,
      executable: "/usr/bin/flock"
    )
    while !root.folder.exists("held") { try await Task.sleep(for: .milliseconds(5)) }
    try await root.expectFailure(["add-task", "x"], exit: 75, "project.locked")
    // Reading takes no lock.
    #expect(try await root.data("task", "list")["tasks"]?.array?.count == 2)
    holder.killGroup()
    _ = try await holder.outcome()
    #expect(try await root.text("add-task", "x") == "T003\n")
  }
}

extension String {
  fileprivate func replacingCharacters(in range: Range<String.Index>, with text: String) -> String {
    String(self[..<range.lowerBound]) + text + self[range.upperBound...]
  }
}
