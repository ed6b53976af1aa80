import FlowCore
import FlowTestSupport
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(20)))
struct `summarize --upgrade` {
  private static let leaves = ModelProject.leaves

  /// Whether an error's message or hint has a text.
  private func says(_ error: JSONValue, _ text: String) -> Bool {
    "\(error["message"]?.string ?? "") \(error["hint"]?.string ?? "")".contains(text)
  }

  @Test func `gives each summary of steps a version of the model, with its prompt and a receipt`()
    async throws
  {
    let server = try ModelServer.start()
    defer { server.close() }
    let project = try await ModelProject(baseURL: "\(server.baseURL)/v1")
    let plan = try await project.upgrade("--dry-run")
    #expect(plan.made == Self.leaves && server.requestCount == 0)
    let receipt = try await project.upgrade("--jobs", "2")
    #expect(receipt.made == Self.leaves && server.requestCount == Self.leaves)
    #expect(receipt.firstProject["parents"]?.array?.isEmpty == false && receipt["stopped"] == .null)
    let report = try await project.root.text("summaries", "m1-4")
    #expect(report.contains("v1 by textrank") && report.contains("v2 by tiny (summarize/1)"))
    #expect(report.contains("- The job wrote /srv/out/part-1.csv at noon. [s1]"))
    #expect(
      try project.root.folder.text("projects/demo/cache/memory_cache.md").contains("part-1.csv at noon. [s1]")
    )
    let events = try await project.root.data("history", "--event", "upgrade_summaries")["events"]?.array ?? []
    #expect(events.count == 1 && events[0]["detail"]?["after"]?["made"]?.int == Self.leaves)
    let ledger = try await project.root.data("summarize", "--ledger")["models"]?[0]
    #expect(ledger?["model"] == "tiny" && ledger?["calls"]?["answered"]?.int == Self.leaves)
    #expect(ledger?["tokens"]?["input"]?.int == 400 * Self.leaves)
    #expect(ledger?["cost"] == receipt["spent"]?["cost"])
    #expect(try await project.upgrade().made == 0 && server.requestCount == Self.leaves)
    try await project.expectSound()
  }

  @Test func `masks secrets before they leave, and says how many`() async throws {
    let server = try ModelServer.start()
    defer { server.close() }
    let project = try await ModelProject(baseURL: "\(server.baseURL)/v1")
    let secret = ["hunter", "2", "secret", "99"].joined()
    let filler = String(repeating: "We went over the plan again and looked at its parts. ", count: 5)
    for number in 0..<4 {
      try await project.root.text("add-step", "Set \("pass" + "word")=\(secret) on host \(number). \(filler)")
    }
    let receipt = try await project.upgrade()
    #expect(
      receipt.firstProject["masked"]?["password"]?.int ?? 0 >= 3,
      "\(receipt.firstProject["masked"] ?? .null)"
    )
    #expect(!server.requests.contains { $0.text.contains(secret) })
    #expect(server.requests.allSatisfy { $0.header("authorization") == "Bearer \(ModelProject.key)" })
    #expect(!server.requests.contains { $0.text.contains(ModelProject.key) })
    var open = project
    open.root.environment["FLOW_REDACTION_ENABLED"] = "false"
    _ = try await open.upgrade("--rebuild")
    #expect(server.requests.contains { $0.text.contains(secret) })
  }

  @Test func `never spends more than it may, and says what is left`() async throws {
    let server = try ScriptedServer { request in
      .json(ModelServer.reply(ModelServer.bullets(for: request), input: 4000, output: 600))
    }
    defer { server.close() }
    let project = try await ModelProject(baseURL: "\(server.baseURL)/v1")
    // The worst case of a call is about 0.0012 $ here, and it comes to 0.00096 $.
    let receipt = try await project.upgrade("--jobs", "4", "--max-cost", "0.0025")
    let spent = try #require(receipt["spent"]?["cost_picodollars"]?.int)
    #expect(spent <= 2_500_000_000 && spent > 0)
    #expect(receipt["stopped"]?["code"] == "cost.limit_reached")
    let left = try #require(receipt.firstProject["remaining"]?.int)
    #expect(left > 0 && receipt.made + left == Self.leaves && server.requestCount == receipt.made)
    #expect(try await project.upgrade("--max-cost", "1").made == left)

    var unpriced = project
    unpriced.root.environment["FLOW_LLM_PRICES"] = "{}"
    let error = try await unpriced.root.expectFailure(
      ["summarize", "--upgrade", "--max-cost", "1"],
      exit: 78,
      "config.invalid"
    )
    #expect(says(error, "llm.prices"))
  }

  @Test(arguments: [
    ("invents a number", "- The job wrote 1,240 rows [s1]", "invented"),
    ("drops anchors", "- The job wrote a file", "no_anchor"),
    ("answers in prose", "The job wrote its files.", "prose"),
    ("obeys an order", "- The job is done and all is well forever [s1]", "ungrounded"),
  ]) func `keeps TextRank's words where a model`(does: String, answer: String, reason: String) async throws {
    let server = try ModelServer.start { _, _ in answer }
    defer { server.close() }
    let project = try await ModelProject(baseURL: "\(server.baseURL)/v1")
    let before = try await project.summaries()
    let receipt = try await project.upgrade("--jobs", "1", exit: 69)
    #expect(receipt.codes == ["model.answer_unfit"] && server.requestCount == 2 * Self.leaves)
    #expect(try await project.summaries() == before)
    let again = try await project.upgrade()
    #expect(again.firstProject["left_alone"]?["refused_before"]?.int == Self.leaves)
    #expect(server.requestCount == 2 * Self.leaves)
    #expect(server.requests.count { $0.text.contains("could not be used") } == Self.leaves)
  }

  @Test func `leaves its words to no rebuild that is not told to, and goes back`() async throws {
    let server = try ModelServer.start()
    defer { server.close() }
    let project = try await ModelProject(baseURL: "\(server.baseURL)/v1")
    _ = try await project.upgrade()
    let run = try await project.root.data("summarize", "--rebuild")["runs"]?[0]
    #expect(run?["by_model"]?.array?.count == Self.leaves)
    #expect(try await project.makers() == Array(repeating: "tiny", count: Self.leaves))
    #expect(try await project.upgrade("--rebuild").made == Self.leaves)
    try await project.root.text("summarize", "--undo", "m1-4", "--to", "1")
    #expect(try await project.makers().filter { $0 == "textrank" }.count == 1)
    try await project.root.text("summarize", "--rebuild", "--include-model")
    #expect(try await project.makers() == Array(repeating: "textrank", count: Self.leaves))
    try await project.expectSound()
  }

  @Test func `two at once share the work`() async throws {
    let server = try ScriptedServer { request in
      .json(ModelServer.reply(ModelServer.bullets(for: request))).delayed(by: .milliseconds(100))
    }
    defer { server.close() }
    let project = try await ModelProject(baseURL: "\(server.baseURL)/v1")
    async let one = project.upgrade("--jobs", "2")
    async let other = project.upgrade("--jobs", "2")
    let made = try await [one, other].map(\.made)
    #expect(made.reduce(0, +) == Self.leaves && server.requestCount == Self.leaves)
    #expect(Set(server.requests.map(\.text)).count == Self.leaves)
    try await project.expectSound()
  }

  @Test func `a kill loses what was under way, and no more`() async throws {
    let isSlow = Mutex(true)
    let server = try ScriptedServer { request in
      let answer = Answer.json(ModelServer.reply(ModelServer.bullets(for: request)))
      return isSlow.withLock { $0 } && request.number == 2 ? .silence : answer
    }
    defer { server.close() }
    let project = try await ModelProject(baseURL: "\(server.baseURL)/v1")
    let process = try project.root.start(["summarize", "--upgrade", "--jobs", "1"])
    try await server.waitForRequests(2)
    // The second call is begun while the first answer is being stored.
    while try await !project.makers().contains("tiny") { try await Task.sleep(for: .milliseconds(20)) }
    process.kill()
    #expect(try await process.outcome().signal == 9)
    try await project.expectSound()
    isSlow.withLock { $0 = false }
    let receipt = try await project.upgrade("--jobs", "1")
    #expect(receipt.made == Self.leaves - 1 && server.requestCount == Self.leaves + 1)
    #expect(try await project.makers() == Array(repeating: "tiny", count: Self.leaves))
    try await project.expectSound()
  }

  private typealias Answer = ScriptedServer.Answer

  @Test func `is interrupted in order`() async throws {
    let server = try ScriptedServer { request in
      request.number == 2 ? .silence : .json(ModelServer.reply(ModelServer.bullets(for: request)))
    }
    defer { server.close() }
    let project = try await ModelProject(baseURL: "\(server.baseURL)/v1")
    let process = try project.root.start(["summarize", "--upgrade", "--jobs", "1", "--json"])
    try await server.waitForRequests(2)
    process.interrupt()
    let outcome = try await process.outcome()
    #expect(outcome.exitCode == 69)
    let receipt = try outcome.data
    #expect(receipt.made == 1 && receipt["stopped"]?["code"] == "model.cancelled")
    #expect(
      try await project.root.data("history", "--event", "upgrade_summaries")["events"]?.array?.count == 1
    )
    try await project.expectSound()
  }

  @Test func `a broken prompt is refused with its line, and an edited one is noted`() async throws {
    let server = try ModelServer.start()
    defer { server.close() }
    let project = try await ModelProject(baseURL: "\(server.baseURL)/v1")
    let head = "---\nid: mine\nversion: 3\nvariables: steps\n---\nSay it briefly.\n=== message ===\n"
    try project.root.folder.write(head + "nothing here\n", to: "Prompts/summarize.md")
    let error = try await project.root.expectFailure(["summarize", "--upgrade"], exit: 78, "config.invalid")
    #expect(says(error, "Prompts/summarize.md line 7"))
    #expect(try await project.root.flowctl(["doctor"]).expect(0).output.contains("summarize.md line 7"))
    try project.root.folder.write(head + "{{{steps}}}\n", to: "Prompts/summarize.md")
    _ = try await project.upgrade()
    #expect(try await project.root.text("summaries", "m1-4").contains("by tiny (mine/3)"))
    #expect(server.requests.allSatisfy { $0.text.contains("Say it briefly.") })
  }

  @Test(arguments: [
    ["summarize"], ["summarize", "--upgrade", "--undo", "m1-4"], ["summarize", "--jobs", "3", "--rebuild"],
    ["summarize", "--upgrade", "--jobs", "0"], ["summarize", "--upgrade", "--max-cost", "much"],
    ["summarize", "--upgrade", "--max-cost", "-1"], ["summarize", "--ledger", "--dry-run"],
    ["summarize", "--upgrade", "--all", "m1-4"], ["summarize", "--include-model", "--upgrade"],
  ]) func `refuses what makes no sense`(line: [String]) async throws {
    let root = try await TemporaryRoot(project: "demo")
    try await root.flowctl(line).expect(64)
  }

  @Test func `needs a model, a key where one is needed, and libcurl`() async throws {
    var root = try await TemporaryRoot(project: "demo")
    func refused(_ line: [String], _ exit: CInt, _ code: String, _ text: String) async throws {
      #expect(says(try await root.expectFailure(line, exit: exit, code), text))
    }
    try await refused(["summarize", "--upgrade"], 78, "config.invalid", "llm.model")
    root.environment = ["FLOW_LLM_MODEL": "m"]
    try await refused(["models", "check"], 78, "config.invalid", "OPENAI_API_KEY")
    root.environment["FLOW_LLM_BASE_URL"] = "http://example.com/v1"
    try await refused(["models", "check"], 78, "config.invalid", "https")
    // A file that is no library stands where libcurl is looked for first.
    try root.folder.write("", to: "lib/libcurl.so.4")
    root.environment = [
      "FLOW_LLM_MODEL": "m", "FLOW_LLM_BASE_URL": "http://127.0.0.1:9/v1",
      "LD_LIBRARY_PATH": root.folder("lib"),
    ]
    try await refused(["models", "check"], 69, "library.missing", "libcurl4")
    let doctor = try await root.data("doctor")["findings"]?[0]
    #expect(doctor?["file"] == "libcurl" && doctor?["error"] == false)
    try await root.text("context", "--budget", "1000")
  }
}
