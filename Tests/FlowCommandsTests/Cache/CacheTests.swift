import FlowCore
import FlowTestSupport
import Testing

@Suite(.timeLimit(.minutes(15)))
struct `The result cache at the command line` {
  @Test(arguments: [
    (#"{"b":[1,2.50,null],"a":"x"}"#, "json"), ("[]", "json"), ("1204", "json"), ("true", "json"),
    (#""text""#, "json"),
    ("plain text", "text"), ("", "text"), ("{broken", "text"), ("1,204", "text"), ("두 줄\n두 줄\n", "text"),
    ("-0", "json"), ("NaN", "text"),
  ])
  func `keeps JSON as JSON and the rest as text`(value: String, kind: String) async throws {
    let root = try await TemporaryRoot(project: "demo")
    #expect(try await root.data("cache", "set", "k", "-", input: value)["kept_as"]?.string == kind)
    let kept = try await root.data("cache", "get", "k")["value"]
    let expected = kind == "json" ? try JSONValue(parsing: value) : .string(value)
    #expect(kept == expected)
    let shown = expected.string ?? expected.serialized(.compact)
    #expect(try await root.text("cache", "get", "k") == "\(shown)\n")
  }

  @Test func `keeps text as text where it is told to`() async throws {
    let root = try await TemporaryRoot(project: "demo")
    try await root.text("cache", "set", "k", "[1]", "--text")
    #expect(try await root.data("cache", "get", "k")["value"] == "[1]")
  }

  @Test func `a new value takes the old one's place`() async throws {
    let root = try await TemporaryRoot(project: "demo")
    try await root.text("cache", "set", "k", "1")
    try await root.text("cache", "set", "other", "2")
    try await root.text("cache", "set", "k", "3")
    let results = try await root.data("cache", "ls")["results"] ?? .null
    #expect(
      Dictionary(uniqueKeysWithValues: zip(results.texts("key"), results.numbers("value"))) == [
        "k": 3, "other": 2,
      ]
    )
  }

  @Test(arguments: [
    "build/report", "한글 키", "../../etc/passwd", "a.b:c?d=e", String(repeating: "k", count: 512),
  ])
  func `a key is a name, never a path`(key: String) async throws {
    let root = try await TemporaryRoot(project: "demo")
    try await root.text("cache", "set", key, "-", input: String(repeating: "large ", count: 4000))
    #expect(try await root.data("cache", "get", key)["key"]?.string == key)
    for file in root.folder.files() where file.hasPrefix("projects/demo/cache/blobs") {
      #expect(file.wholeMatch(of: /projects\/demo\/cache\/blobs\/[0-9a-f]{64}/) != nil)
    }
    #expect(root.folder.names() == ["projects"])
  }

  @Test(arguments: ["", "a\nb", "\u{1B}[0m", String(repeating: "k", count: 513)])
  func `a key that cannot be shown is refused`(key: String) async throws {
    let root = try await TemporaryRoot(project: "demo")
    try await root.expectFailure(["cache", "set", "--", key, "v"], exit: 64, "argument.invalid")
    #expect(try await root.data("cache", "ls")["results"]?.array?.isEmpty == true)
  }

  @Test func `a result no longer counts when its time is over`() async throws {
    let root = try await TemporaryRoot(project: "demo")
    try await root.text("cache", "set", "brief", "1", "--ttl", "1")
    try await root.text("cache", "set", "long", "2", "--ttl", "3600")
    let entry = try await root.data("cache", "get", "long")
    let created = try #require(entry["created"]?.string.flatMap(Timestamp.init(iso8601:)))
    let expires = try #require(entry["expires"]?.string.flatMap(Timestamp.init(iso8601:)))
    #expect(expires.milliseconds - created.milliseconds == 3_600_000)
    // However slow the machine is, the end comes; the suite's limit is the only other one.
    while try await root.flowctl(["cache", "get", "brief"]).exitCode == 0 {
      try await Task.sleep(for: .milliseconds(100))
    }
    try await root.expectFailure(["cache", "get", "brief"], exit: 66, "cache.not_found")
    #expect(try await root.data("cache", "ls")["results"]?.texts("key") == ["long"])
    #expect(try await root.data("status")["cache"]?["results"] == 1)
  }

  @Test func `a large value lies in a file of its own and comes back whole`() async throws {
    let root = try await TemporaryRoot(project: "demo")
    let large = String(repeating: "행 \0\r\n", count: 2000)
    try await root.text("cache", "set", "large", "-", "--text", input: large)
    try await root.text("cache", "set", "small", "-", "--text", input: String(repeating: "x", count: 1000))
    let blobs = root.folder.names(in: "projects/demo/cache/blobs")
    #expect(blobs.count == 1)
    #expect(try root.folder.bytes("projects/demo/cache/results_cache.json").count < 8192)
    #expect(
      try await root.data("cache", "get", "large")["value"]?.string.map { Array($0.utf8) }
        == Array(large.utf8)
    )
    // Two keys share one file, which stays as long as one of them needs it.
    try await root.text("cache", "set", "twin", "-", "--text", input: large)
    #expect(root.folder.names(in: "projects/demo/cache/blobs") == blobs)
    try await root.text("cache", "rm", "large")
    #expect(try await root.data("cache", "get", "twin")["value"]?.string?.utf8.count == large.utf8.count)
    #expect(try await root.data("doctor")["errors"] == 0)
  }

  @Test func `removing and clearing take away what they say`() async throws {
    let root = try await TemporaryRoot(project: "demo")
    for key in ["a", "b", "c", "d"] { try await root.text("cache", "set", key, "-", input: key) }
    #expect(try await root.data("cache", "rm", "a", "c")["removed"] == ["a", "c"])
    #expect(try await root.data("cache", "ls")["results"]?.texts("key") == ["b", "d"])
    let dry = try await root.data("cache", "clear", "--dry-run")
    #expect(dry["count"] == 2)
    #expect(dry["dry_run"] == true)
    #expect(try await root.data("cache", "ls")["results"]?.array?.count == 2)
    let clear = try await root.data("cache", "clear")
    #expect(clear["count"] == 2)
    #expect(clear["dry_run"] == false)
    #expect(try await root.data("cache", "ls")["results"]?.array?.isEmpty == true)
  }

  @Test func `the list is a table for people`() async throws {
    let root = try await TemporaryRoot(project: "demo")
    try await root.text("add-task", "a")
    try await root.text("cache", "set", "보고서", "1204", "--task", "T001")
    let lines = try await root.text("cache", "ls").split(separator: "\n")
    #expect(lines.count == 2)
    #expect(lines[0].hasPrefix("KEY"))
    #expect(lines[1].contains("보고서") && lines[1].contains("T001") && lines[1].contains("never"))
  }
}
