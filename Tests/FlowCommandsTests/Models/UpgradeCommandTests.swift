import FlowCore
import FlowTestSupport
import Testing

@Suite(.timeLimit(.minutes(10))) struct `Upgrades at the shell` {
  private static let prices = #"{"tiny":{"input":1,"output":4}}"#
  private static let all = [String](repeating: "tiny", count: ModelProject.leaves)

  @Test(arguments: ["hand", "textrank"]) func `a model cannot pass for somebody else`(name: String)
    async throws
  {
    var root = try await TemporaryRoot(project: "demo")
    root.environment = ["FLOW_LLM_MODEL": name, "FLOW_LLM_BASE_URL": "http://127.0.0.1:9/v1"]
    let error = try await root.expectFailure(["models", "check"], exit: 78, "config.invalid")
    #expect(error["message"]?.string?.contains("llm.model") == true)
  }

  @Test func `a password in an address is not shown by config show`() async throws {
    let word = ["tour", "4711", "xyz"].joined()
    var root = try await TemporaryRoot(project: "demo")
    root.environment = ["FLOW_LLM_PROXY": "http://mina:\(word)@proxy.example:3128"]
    for options in [[], ["--json"]] {
      let shown = try await root.flowctl(["config", "show"] + options).expect(0).output
      #expect(!shown.contains(word) && shown.contains("proxy.example"))
    }
  }

  @Test func `give every summary a version of the model's, which is told everywhere`() async throws {
    let project = try await ModelProject()
    let server = try ModelServer.start()
    defer { server.close() }
    let root = project.asking(server.baseURL)
    let outcome = try await root.flowctl(["summarize", "--upgrade", "--json"]).expect(0)
    let receipt = try outcome.upgraded
    #expect(receipt["summaries"]?.numbers("to") == .init(repeating: 2, count: ModelProject.leaves))
    #expect(receipt["parents"]?.array?.count == 2 && receipt["remaining"] == 0)
    #expect(server.requestCount == ModelProject.leaves)
    #expect(try await project.makers() == Self.all)

    let report = try await root.data("summaries", "m1-4")
    #expect(report["summary"]?["prompt"] == "summarize/1" && report["versions"]?.array?.count == 2)
    #expect(try await root.text("summaries", "m1-4").contains("v2 by tiny (summarize/1)"))
    #expect(try await root.data("summaries", "m1-12")["summary"]?["by"] == "textrank")
    let file = try root.folder.text(ModelProject.file)
    #expect(file.contains("<!-- flow m25-28 v2 by tiny ") && file.contains("<!-- flow m1-12 v2 by textrank "))
    let facts = try #require(try await project.events("upgrade_summaries").first?["detail"]?["after"])
    #expect(facts["made"] == 7 && facts["parents"] == 2 && facts["model"] == "tiny")
    #expect(facts["prompt"] == "summarize/1")
    #expect(try await project.findings() == "project demo: all files are sound\n")

    let again = try await root.flowctl(["summarize", "--upgrade", "--json"]).expect(0)
    #expect(try again.upgraded["left_alone"]?["by_model"] == 7)
    #expect(server.requestCount == ModelProject.leaves)
  }

  @Test func `send no secret, and count what they masked`() async throws {
    let secret = "sk-proj-Qw3rT7yU1iO9pA5sD2fG8hJ4kL6zX0cV"
    let project = try await ModelProject(
      (1...6).map { ModelProject.content($0) + ($0 == 2 ? " The key is \(secret), mind it." : "") }
    )
    #expect(try project.files(with: secret) != [], "the archive keeps what was said")
    let server = try ModelServer.start()
    defer { server.close() }
    let outcome = try await project.asking(server.baseURL).flowctl(["summarize", "--upgrade", "--json"])
    #expect(server.requestCount == 1)
    #expect(server.requests.allSatisfy { !$0.text.contains(secret.dropFirst(8)) })
    #expect(ModelServer.message(of: server.requests[0]).contains("The key is "))
    let masked = try outcome.expect(0).upgraded["masked"]?.object ?? [:]
    #expect(masked.reduce(0) { $0 + ($1.value.int ?? 0) } == 1, "\(outcome)")
    #expect(
      try await project.events("upgrade_summaries").first?["detail"]?["after"]?["masked"]?.object == masked
    )
  }

  @Test func `ask nobody in a dry run`() async throws {
    let project = try await ModelProject()
    let server = try ModelServer.start()
    defer { server.close() }
    let before = try await project.memory()
    let root = project.asking(server.baseURL)
    let data = try await root.data("summarize", "--upgrade", "--dry-run")
    #expect(data["dry_run"] == true)
    #expect(data["projects"]?[0]?["summaries"]?.array?.count == ModelProject.leaves)
    let text = try await root.text("summarize", "--upgrade", "--dry-run", "m1-4", "m5-8")
    #expect(text.hasPrefix("demo: would ask for 2 summaries of "))
    #expect(server.connectionCount == 0)
    #expect(try await project.memory() == before)
  }

  @Test(arguments: [1, 3]) func `have so many calls under way as they may, and no more`(jobs: Int)
    async throws
  {
    let project = try await ModelProject()
    let gate = CallGate(opensAt: jobs)
    let server = try ScriptedServer { request in
      gate.pass()
      return .json(ModelServer.reply(ModelServer.bullets(for: request)))
    }
    defer { server.close() }
    try await project.asking(server.baseURL).text("summarize", "--upgrade", "--jobs", "\(jobs)")
    #expect(!gate.hasWaitedInVain && gate.most == jobs)
    #expect(try await project.makers() == Self.all)
  }

  @Test func `never spend more than they may`() async throws {
    let project = try await ModelProject()
    let server = try ModelServer.start()
    defer { server.close() }
    let root = project.asking(server.baseURL, ["FLOW_LLM_PRICES": Self.prices])
    let outcome = try await root.flowctl(["summarize", "--upgrade", "--max-cost", "0.0105", "--json"]).expect(
      0
    )
    let made = try outcome.upgraded["summaries"]?.array?.count ?? 0
    #expect(made > 0 && made < ModelProject.leaves && made == server.requestCount, "\(outcome)")
    #expect(try outcome.upgraded["remaining"]?.int == ModelProject.leaves - made)
    #expect(try outcome.data["stopped"]?["code"] == "cost.limit_reached")
    // Of 400 tokens in and 60 out, as the server says each time.
    let spent = try #require(try outcome.data["spent"]?["cost_picodollars"]?.int)
    #expect(spent == made * 640_000_000 && spent <= 10_500_000_000)
    #expect(try await project.makers().count { $0 == "tiny" } == made)

    try await root.text("summarize", "--upgrade", "--max-cost", "1")
    #expect(try await project.makers() == Self.all && server.requestCount == ModelProject.leaves)
  }

  @Test func `spend nothing where a limit cannot be kept`() async throws {
    let project = try await ModelProject()
    let server = try ModelServer.start()
    defer { server.close() }
    let root = project.asking(server.baseURL)
    let error = try await root.expectFailure(
      ["summarize", "--upgrade", "--max-cost", "1"],
      exit: 78,
      "config.invalid"
    )
    #expect(error["message"]?.string?.contains("llm.prices") == true)
    #expect(server.connectionCount == 0)
  }

  @Test func `are in the ledger, call by call`() async throws {
    let project = try await ModelProject()
    let server = try ModelServer.start { bullets, number in number == 1 ? "It went well." : bullets }
    defer { server.close() }
    let root = project.asking(server.baseURL, ["FLOW_LLM_PRICES": Self.prices])
    #expect(
      try await root.flowctl(["summarize", "--ledger"]).expect(0).errors.contains("no model was asked")
    )
    let outcome = try await root.flowctl(["summarize", "--upgrade", "--json"]).expect(0)
    #expect(try outcome.upgraded["asked_twice"] == 1 && server.requestCount == ModelProject.leaves + 1)
    // With the reason why the first was of no use.
    #expect(server.requests.count { $0.text.contains("An earlier answer could not be used") } == 1)

    let line = try #require(try await root.data("summarize", "--ledger", "--all")["models"]?[0])
    #expect(line == (try outcome.data["spent"]).map { replacing($0, "model", by: "tiny") })
    #expect(line["calls"]?["answered"]?.int == server.requestCount && line.calls == server.requestCount)
    #expect(line["tokens"]?["input"]?.int == 400 * server.requestCount)
    #expect(line["tokens"]?["output"]?.int == 60 * server.requestCount)
    #expect(line["cost_picodollars"]?.int == 640_000_000 * server.requestCount)
  }

  @Test func `stand beside rebuilds, which leave a model's words unless told`() async throws {
    let project = try await ModelProject()
    let before = try await project.plain.data("summaries", "m1-4")["summary"]?["bullets"]
    let server = try ModelServer.start()
    defer { server.close() }
    let root = project.asking(server.baseURL)
    try await root.text("summarize", "--upgrade")
    let rebuilt = try await root.data("summarize", "--rebuild")["runs"]?[0]
    #expect(rebuilt?["by_model"]?.array?.count == ModelProject.leaves)
    #expect(rebuilt?["summaries"]?.array?.isEmpty == true)
    #expect(try await project.makers() == Self.all)

    try await root.text("summarize", "--upgrade", "--rebuild", "m1-4")
    #expect(server.requestCount == ModelProject.leaves + 1)

    try await root.text("summarize", "--rebuild", "--include-model")
    #expect(Set(try await project.makers()) == ["textrank"])
    #expect(try await root.data("summaries", "m1-4")["summary"]?["bullets"] == before)
    try await root.text("summarize", "--upgrade")
    #expect(try await project.makers() == Self.all)
  }

  @Test func `can be undone, one by one`() async throws {
    let project = try await ModelProject()
    let before = try await project.plain.data("summaries", "m25-28")["summary"]?["bullets"]
    let server = try ModelServer.start()
    defer { server.close() }
    try await project.asking(server.baseURL).text("summarize", "--upgrade")
    let text = try await project.plain.text("summarize", "--undo", "m25-28")
    #expect(text.hasPrefix("m25-28 is as its version 1 was"))
    let report = try await project.plain.data("summaries", "m25-28")
    #expect(report["summary"]?["by"] == "textrank" && report["current"] == 3)
    #expect(report["summary"]?["bullets"] == before)
    #expect(try project.plain.folder.text(ModelProject.file).contains("<!-- flow m25-28 v3 by textrank "))
    #expect(try await project.plain.text("summarize", "--undo", "m25-28", "--to", "2").contains("version 2"))
    #expect(try await project.makers() == Self.all)
  }

  // MARK: What they need

  @Test func `use the prompt that somebody edited, and say which it was`() async throws {
    let project = try await ModelProject()
    let server = try ModelServer.start()
    defer { server.close() }
    let prompt = try await FlowctlProcess.run(
      ["\(SampleProject.repository)/Prompts/summarize.md"],
      in: project.plain.folder.path,
      executable: "/bin/cat"
    ).expect(0).output
    let edited = prompt.replacing("id: summarize", with: "id: ours").replacing(
      "version: 1",
      with: "version: 7"
    )
    .replacing("Write the bullets for", with: "In our own way, write the bullets for")
    try project.plain.folder.write(edited, to: "prompts/summarize.md")
    let root = project.asking(
      server.baseURL,
      ["FLOW_PROMPTS_DIRECTORY": project.plain.folder("prompts")]
    )
    try await root.text("summarize", "--upgrade", "m1-4")
    #expect(try await project.listed()[0]["prompt"] == "ours/7")
    #expect(ModelServer.message(of: server.requests[0]).contains("In our own way, write the bullets for s1"))
  }

  @Test func `name the line of a prompt that cannot be read, and ask nobody`() async throws {
    let project = try await ModelProject()
    let server = try ModelServer.start()
    defer { server.close() }
    let broken = """
      ---
      id: ours
      version: 1
      variables: first last tokens words steps refusal
      ---
      Rules
      === message ===
      {{#refusal}} never closed
      """
    try project.plain.folder.write(broken, to: "prompts/summarize.md")
    let root = project.asking(
      server.baseURL,
      ["FLOW_PROMPTS_DIRECTORY": project.plain.folder("prompts")]
    )
    let error = try await root.expectFailure(["summarize", "--upgrade"], exit: 78, "config.invalid")
    #expect(error["message"]?.string?.contains("prompts/summarize.md") == true, "\(error)")
    #expect(error["message"]?.string?.contains("line 8") == true, "\(error)")
    #expect(try await root.flowctl(["doctor"]).output.contains("prompts/summarize.md"))
    try await root.text("context", "--budget", "2000")
    #expect(server.connectionCount == 0)
  }

  @Test func `name a library that is missing, which nothing else needs`() async throws {
    let project = try await ModelProject()
    let server = try ModelServer.start()
    defer { server.close() }
    try project.plain.folder.write("", to: "lib/libcurl.so.4")
    let root = project.asking(server.baseURL, ["LD_LIBRARY_PATH": project.plain.folder("lib")])
    let error = try await root.expectFailure(["summarize", "--upgrade"], exit: 69, "library.missing")
    #expect(error["message"]?.string?.contains("libcurl") == true)
    try await root.expectFailure(["models", "check"], exit: 69, "library.missing")
    let doctor = try await root.flowctl(["doctor"])
    #expect(doctor.output.contains("libcurl") && doctor.exitCode == 0, "\(doctor)")
    #expect(try await root.text("context", "--budget", "2000") != "")

    var eager = root
    eager.environment["FLOW_SUMMARIZER"] = "llm"
    let added = try await eager.flowctl(["add-step", ModelProject.content(33)]).expect(0)
    #expect(added.output == "s33\n" && added.errors.contains("libcurl"))
    #expect(try await eager.flowctl(["doctor"]).exitCode == 65)
    #expect(server.connectionCount == 0)
  }

  @Test func `are not made where no model is to be asked`() async throws {
    let project = try await ModelProject()
    try await project.plain.expectFailure(["summarize", "--upgrade"], exit: 78, "config.invalid")
    let root = project.asking("http://127.0.0.1:9", ["FLOW_SUMMARIZER": "textrank"])
    try await root.expectFailure(["summarize", "--upgrade"], exit: 78, "config.invalid")
    let far = project.asking("http://far.example", [:])
    try await far.expectFailure(["summarize", "--upgrade"], exit: 78, "config.invalid")
  }

  @Test(arguments: [
    ["summarize"], ["summarize", "--upgrade", "--undo", "m1-4"], ["summarize", "--jobs", "2", "--rebuild"],
    ["summarize", "--upgrade", "--jobs", "0"], ["summarize", "--upgrade", "--jobs", "257"],
    ["summarize", "--upgrade", "--max-cost", "much"], ["summarize", "--upgrade", "--max-cost", "-1"],
    ["summarize", "--upgrade", "--max-cost", "nan"], ["summarize", "--upgrade", "--include-model"],
    ["summarize", "--retry-refused", "--rebuild"], ["summarize", "--upgrade", "--all", "m1-4"],
    ["summarize", "--ledger", "--dry-run"], ["summarize", "--upgrade", "m1"],
  ]) func `refuse options that do not go together`(line: [String]) async throws {
    let project = try await ModelProject()
    let root = project.asking("http://127.0.0.1:9")
    #expect(try await root.flowctl(line).exitCode == 64)
  }

  @Test func `take only summaries of steps that are there`() async throws {
    let project = try await ModelProject()
    let root = project.asking("http://127.0.0.1:9")
    let none = try await root.flowctl(["summarize", "--upgrade", "m1-5"])
    #expect(none.exitCode == 66 && none.errors.contains("m1-5"), "\(none)")
    let parent = try await root.flowctl(["summarize", "--upgrade", "m1-12"])
    #expect(parent.exitCode == 64 && parent.errors.contains("m1-12"), "\(parent)")
  }

  private func replacing(_ value: JSONValue, _ key: String, by text: String) -> JSONValue {
    var members = value.object ?? [:]
    members[key] = .string(text)
    return .object(members)
  }
}
