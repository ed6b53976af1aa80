import FlowCore
import FlowTestSupport
import Testing

@Suite(.timeLimit(.minutes(15)))
struct `Import and export` {
  private static let withRefs = """
    {"ref":"D1:1","ts":"2023-05-08T13:56:00Z","role":"user","name":"Caroline","content":"안녕","meta":{"a":1.50}}
    {"ref":"D1:2","ts":"2023-05-08T13:57:00Z","role":"assistant","content":"two\\nlines","pinned":true}
    {"ref":"D1:3","role":"tool","name":"bash","ts":"2023-05-08T13:58:00Z","content":"\\u0000\\u001b[0m","x":[1]}

    """
  private static let withoutRefs = """
    {"role":"user","content":"same"}

    {"role":"user","content":"same"}
    {"role":"user","content":"other"}

    """

  @Test(arguments: [withRefs, withoutRefs])
  func `doing it twice adds nothing`(transcript: String) async throws {
    let root = try await TemporaryRoot(project: "demo")
    let first = try await root.data("import", "-", input: transcript)
    #expect(first["read"] == 3)
    #expect(first["new"] == 3)
    #expect(first["first"] == 1)
    #expect(first["last"] == 3)
    let second = try await root.data("import", "-", input: transcript)
    #expect(second["read"] == 3)
    #expect(second["new"] == 0)
    #expect(second["first"]?.isNull == true)
    #expect(try await root.data("status")["memory"]?["steps"] == 3)
  }

  @Test func `a longer transcript adds what is new in it`() async throws {
    let root = try await TemporaryRoot(project: "demo")
    try await root.text("import", "-", input: Self.withoutRefs)
    let more = Self.withoutRefs + #"{"role":"user","content":"same"}"# + "\n"
    #expect(try await root.data("import", "-", input: more)["new"] == 1)
    #expect(try await root.data("steps")["steps"]?.texts("content") == ["same", "same", "other", "same"])
  }

  @Test func `a step keeps what a line says, also what Flow does not know`() async throws {
    let root = try await TemporaryRoot(project: "demo")
    try root.folder.write(Self.withRefs, to: "t.jsonl")
    try await root.text("import", "t.jsonl", "--from", "jsonl")
    let steps = try #require(try await root.data("steps")["steps"])
    #expect(steps.texts("content") == ["안녕", "two\nlines", "\0\u{1B}[0m"])
    #expect(steps[0]?["name"] == "Caroline")
    #expect(steps[0]?["meta"]?.serialized() == #"{"a":1.50}"#)
    #expect(steps[1]?["pinned"] == true)
    #expect(steps[2]?["meta"]?["x"] == [1])
    #expect(steps[2]?["ts"] == "2023-05-08T13:58:00Z")
  }

  /// A line that is wrong, and what the message must say.
  static let badLines: [(String, String)] = [
    ("{", "line 3"), ("[]", "object"), ("nonsense", "line 3"), (#"{"content":"x"}"#, "role"),
    (#"{"role":"robot","content":"x"}"#, "role"), (#"{"role":"user"}"#, "content"),
    (#"{"role":"user","content":1}"#, "content"), (#"{"role":"user","content":"x","ts":"today"}"#, "ts"),
    (#"{"role":"user","content":"x","pinned":"yes"}"#, "pinned"),
    (#"{"role":"user","content":"x","meta":[]}"#, "meta"), (#"{"role":"user","content":"x","ref":7}"#, "ref"),
    (#"{"role":"user","content":"x","content":"y"}"#, "content"),
    (#"{"role":"user","content":"\ud800"}"#, "line 3"),
  ]

  @Test(arguments: badLines)
  func `a bad line is named and nothing is stored`(line: String, says: String) async throws {
    let root = try await TemporaryRoot(project: "demo")
    try await root.text("add-step", "before")
    let good = #"{"role":"user","content":"good"}"#
    try root.folder.write("\(good)\n\n\(line)\n\(good)\n", to: "t.jsonl")
    let outcome = try await root.flowctl(["import", "t.jsonl", "--json"])
    #expect(outcome.exitCode == 65, "\(outcome)")
    let message = try #require(try outcome.error["message"]?.string)
    #expect(message.contains("t.jsonl line 3"), "\(message)")
    #expect(message.contains(says), "\(message)")
    #expect(try await root.data("steps")["steps"]?.texts("content") == ["before"])
  }

  @Test func `a ref that stands for other content stops the whole import`() async throws {
    let root = try await TemporaryRoot(project: "demo")
    try await root.text("add-step", "known", "--ref", "r1")
    let lines =
      #"{"role":"user","content":"new"}"# + "\n" + #"{"ref":"r1","role":"user","content":"changed"}"#
    let error = try await root.expectFailure(["import", "-"], exit: 75, "step.ref_conflict", input: lines)
    #expect(error["message"]?.string?.contains("line 2") == true)
    let twice =
      #"{"ref":"a","role":"user","content":"1"}"# + "\n" + #"{"ref":"a","role":"user","content":"2"}"#
    try await root.expectFailure(["import", "-"], exit: 75, "step.ref_conflict", input: twice)
    #expect(try await root.data("steps")["steps"]?.texts("content") == ["known"])
  }

  @Test func `an export imported elsewhere is exported the same but for ids`() async throws {
    let root = try await TemporaryRoot(project: "one")
    // Other ids than in the second project.
    try await root.text("import", "-", input: Self.withRefs)
    try await root.text("add-step", input: HostileText.all.joined())
    for (number, text) in HostileText.all.enumerated() {
      try await root.flowctl(["add-step", "-", "--ref", "h\(number)"], input: Array(text.utf8)).expect(0)
    }
    try await root.text("add-task", "somewhere else")
    let exported = try await root.text("export", "--format", "jsonl")
    try await root.text("new", "two")
    try await root.text("add-step", "shifts the ids", "--ref", "zero")
    try root.folder.write(exported, to: "one.jsonl")
    #expect(
      try await root.data("import", "one.jsonl")["new"]?.int == HostileText.all.count + 4
    )
    let again = try await root.text("export")
    let before = try Self.steps(exported)
    let after = try Self.steps(again).dropFirst()
    #expect(after.count == before.count)
    for (old, new) in zip(before, after) {
      for key in ["ts", "role", "name", "task", "content", "pinned", "meta"] {
        #expect(old[key] == new[key], "\(key) of \(old["id"] ?? .null)")
      }
      // A step without a ref gets one, so that importing it again adds nothing.
      if old["ref"]?.isNull == false { #expect(old["ref"] == new["ref"]) }
    }
    #expect(try await root.data("import", "one.jsonl")["new"] == 0)
  }

  @Test func `an export with refs imported where it comes from adds nothing`() async throws {
    let root = try await TemporaryRoot(project: "demo")
    try await root.text("import", "-", input: Self.withRefs + Self.withoutRefs)
    let exported = try await root.text("export")
    #expect(try await root.data("import", "-", input: exported)["new"] == 0)
    #expect(try await root.text("export") == exported)
  }

  @Test func `an export with the envelope holds the same steps`() async throws {
    let root = try await TemporaryRoot(project: "demo")
    try await root.text("import", "-", input: Self.withRefs)
    let lines = try Self.steps(try await root.text("export"))
    #expect(try await root.data("export")["steps"]?.array == lines)
    #expect(lines.map { $0["id"]?.int } == [1, 2, 3])
  }

  @Test func `a pipe larger than memory keeps is imported as a file is`() async throws {
    var root = try await TemporaryRoot(project: "demo")
    root.environment["TMPDIR"] = root.folder("scratch")
    try root.folder.write("", to: "scratch/kept")
    let filler = String(repeating: "안녕 ", count: 10_000)
    let lines = (1...120).map { #"{"role":"user","content":"step \#($0) \#(filler)"}"# + "\n" }
    try root.folder.write(lines.joined(), to: "big.jsonl")
    let command = "cat big.jsonl | flowctl import - --json"
    root.environment["PATH"] = "\(try BuiltProducts.folder()):/usr/bin:/bin"
    let outcome = try await FlowctlProcess.run(
      ["-c", command],
      in: root.folder.path,
      environment: root.environment,
      executable: "/bin/sh"
    ).expect(0)
    #expect(try outcome.data["new"] == 120)
    #expect(try await root.data("import", "big.jsonl")["new"] == 0)
    #expect(root.folder.files().filter { $0.hasPrefix("scratch/") } == ["scratch/kept"])
    let bad = "(cat big.jsonl; echo '{') | flowctl import - --json --project demo"
    let refused = try await FlowctlProcess.run(
      ["-c", bad],
      in: root.folder.path,
      environment: root.environment,
      executable: "/bin/sh"
    ).expect(65)
    #expect(try refused.error["message"]?.string?.hasPrefix("standard input line 121:") == true)
  }

  @Test func `nothing to import and nothing to export are no errors`() async throws {
    let root = try await TemporaryRoot(project: "demo")
    #expect(try await root.data("import", "-", input: "\n \n")["read"] == 0)
    #expect(try await root.text("export") == "")
  }

  private static func steps(_ lines: String) throws -> [JSONValue] {
    try lines.split(separator: "\n").map { try JSONValue(parsing: String($0)) }
  }
}
