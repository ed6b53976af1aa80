import FlowCore
import FlowTestSupport
import Testing

@Suite(.timeLimit(.minutes(15)))
struct `Steps at the command line` {
  @Test func `keep all that they were given`() async throws {
    let root = try await TemporaryRoot(project: "demo")
    try await root.text("add-task", "a")
    let receipt = try await root.data(
      "add-step",
      "파일 3개",
      "--role",
      "tool",
      "--name",
      "bash",
      "--task",
      "T001",
      "--ref",
      "call_7",
      "--ts",
      "2026-03-02T09:15:20.250+09:00",
      "--pin",
      "--meta",
      "exit=0",
      "--meta",
      "host=mirror"
    )
    #expect(receipt["id"] == 1)
    #expect(receipt["new"] == true)
    let step = try #require(try await root.data("steps")["steps"]?[0])
    #expect(
      step == [
        "id": 1, "ref": "call_7", "ts": "2026-03-02T00:15:20.250Z", "role": "tool", "name": "bash",
        "task": "T001", "content": "파일 3개", "pinned": true, "meta": ["exit": 0, "host": "mirror"],
      ]
    )
  }

  @Test func `the same ref and content again is no change`() async throws {
    let root = try await TemporaryRoot(project: "demo")
    #expect(try await root.text("add-step", "one", "--ref", "r1") == "s1\n")
    #expect(try await root.text("add-step", "two", "--ref", "r2") == "s2\n")
    #expect(try await root.text("add-step", "one", "--ref", "r1") == "s1\n")
    #expect(try await root.data("add-step", "two", "--ref", "r2")["new"] == false)
    #expect(try await root.data("steps")["steps"]?.numbers("id") == [1, 2])
    // Without a ref, the same words are two steps.
    #expect(try await root.text("add-step", "one") == "s3\n")
  }

  @Test func `the same ref with other content is a conflict`() async throws {
    let root = try await TemporaryRoot(project: "demo")
    try await root.text("add-step", "one", "--ref", "r1")
    let error = try await root.expectFailure(
      ["add-step", "One", "--ref", "r1"],
      exit: 75,
      "step.ref_conflict"
    )
    #expect(error["message"]?.string?.contains("s1") == true)
    try await root.expectFailure(
      ["add-step", "one", "--ref", "r1", "--role", "tool"],
      exit: 75,
      "step.ref_conflict"
    )
    #expect(try await root.data("steps")["steps"]?.texts("content") == ["one"])
  }

  @Test func `stay pinned until they are unpinned`() async throws {
    let root = try await TemporaryRoot(project: "demo")
    try await root.text("add-step", "rule: never push on Friday")
    #expect(try await root.data("pin", "s1")["changed"] == true)
    #expect(try await root.data("pin", "s1")["changed"] == false)
    #expect(try await root.data("steps")["steps"]?[0]?["pinned"] == true)
    #expect(try await root.text("context", "--query", "q").contains("## Pinned"))
    #expect(try await root.data("unpin", "s1")["changed"] == true)
    #expect(try await root.data("unpin", "s1")["changed"] == false)
    #expect(try await !root.text("context", "--query", "q").contains("## Pinned"))
  }

  @Test func `are listed by range, by number and by their words`() async throws {
    let root = try await TemporaryRoot(project: "demo")
    let lines = (1...30).map { #"{"role":"user","content":"step \#($0) \#($0 % 10 == 0 ? "Ten" : "")"}"# }
    try await root.text("import", "-", input: lines.joined(separator: "\n"))
    func ids(_ arguments: String...) async throws -> [Int]? {
      try await root.flowctl(["steps", "--json"] + arguments).expect(0).data["steps"]?.numbers("id")
    }
    #expect(try await ids() == Array(11...30))
    #expect(try await ids("--last", "3") == [28, 29, 30])
    #expect(try await ids("--range", "5-7") == [5, 6, 7])
    #expect(try await ids("--range", "s5-7") == [5, 6, 7])
    #expect(try await ids("--range", "9") == [9])
    #expect(try await ids("--range", "29-400") == [29, 30])
    #expect(try await ids("--range", "40-50") == [])
    #expect(try await ids("--grep", "Ten") == [10, 20, 30])
    #expect(try await ids("--grep", "Ten", "--last", "2") == [20, 30])
    #expect(try await ids("--grep", "Ten", "--range", "1-25") == [10, 20])
    #expect(try await ids("--grep", "%") == [])
  }

  @Test func `are expanded by their own anchor, by a range and by a summary's`() async throws {
    let root = try await TemporaryRoot(project: "demo")
    for number in 1...11 { try await root.text("add-step", "content \(number)") }
    let summary = try await root.data("expand", "m1-6")
    #expect(summary["steps"]?.numbers("id") == Array(1...6))
    #expect(try await root.data("expand", "s3")["steps"]?.texts("content") == ["content 3"])
    #expect(try await root.data("expand", "s3-5")["steps"]?.numbers("id") == [3, 4, 5])
    #expect(try await root.text("expand", "s11").contains("content 11\n"))
    try await root.expectFailure(["expand", "m1-7"], exit: 66, "summary.not_found")
    try await root.expectFailure(["expand", "s12"], exit: 66, "step.not_found")
  }

  @Test func `input that is no UTF-8 is refused`() async throws {
    let root = try await TemporaryRoot(project: "demo")
    let outcome = try await root.flowctl(["add-step", "-"], input: [0x61, 0xFF, 0x62])
    #expect([64, 65].contains(outcome.exitCode))
    #expect(outcome.errors.contains("UTF-8"))
    #expect(try await root.data("steps")["steps"]?.array?.isEmpty == true)
  }
}
