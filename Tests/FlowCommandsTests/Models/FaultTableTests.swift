import FlowCore
import FlowTestSupport
import Glibc
import Synchronization
import Testing

// Whatever an endpoint does, what there was stays, and stays marked for the next run; and it is asked no more often than
// the policy says.
@Suite(.timeLimit(.minutes(10))) struct `An endpoint that fails` {
  @Test(arguments: ModelFault.all)
  func `costs no summary, and leaves all of them marked`(fault: ModelFault) async throws {
    let project = try await ModelProject()
    let server = try ScriptedServer(answer: fault.answer)
    defer { server.close() }
    let root = project.asking(server.baseURL, ["FLOW_LLM_TIMEOUT_SECONDS": fault.timeout])
    let before = try await project.memory()
    let outcome = try await root.flowctl(["summarize", "--upgrade", "--jobs", "1", "--json"]).expect(69)

    let receipt = try outcome.upgraded
    let codes = receipt["failed"]?.texts("code") ?? []
    #expect(codes.contains(fault.code), "\(outcome)")
    #expect(Set(codes).isSubset(of: [fault.code, "model.paused"]), "\(outcome)")
    #expect(receipt["summaries"]?.array?.isEmpty == true && receipt["refused"]?.array?.isEmpty == true)
    #expect(try outcome.data["stopped"]?["code"]?.string == fault.stopped, "\(outcome)")
    let expected = fault.requests(for: ModelProject.leaves)
    #expect(server.requestCount == expected)
    #expect(try outcome.data["spent"]?.calls == expected)
    #expect(server.requests.allSatisfy { $0.header("authorization") == "Bearer \(ModelProject.key)" })
    try await expectUntouched(project, before, after: outcome)
    #expect(try await project.plain.data("summarize", "--ledger")["models"]?[0]?.calls == expected)
    try await expectMarked(project)
  }

  @Test(arguments: ModelFault.all)
  func `keeps no step from being stored`(fault: ModelFault) async throws {
    let project = try await ModelProject()
    let server = try ScriptedServer(answer: fault.answer)
    defer { server.close() }
    let root = project.asking(
      server.baseURL,
      ["FLOW_LLM_TIMEOUT_SECONDS": fault.timeout, "FLOW_SUMMARIZER": "llm"]
    )
    let outcome = try await root.flowctl(["add-step", ModelProject.content(33)]).expect(0)
    #expect(outcome.output == "s33\n")
    #expect(outcome.errors.contains("the summary made without a model stays"), "\(outcome)")
    #expect(server.requestCount == fault.requests(for: 1))
    try await expectUntouched(project, nil, after: outcome)
    #expect(try await project.makers() == .init(repeating: "textrank", count: ModelProject.leaves + 1))
    let context = try await root.text("context", "--budget", "4000", "--query", "part 31")
    #expect(context.contains("part-31.csv"))
    #expect(server.requestCount == fault.requests(for: 1), "context asked a model")
  }

  @Test(
    .enabled(if: TLSFront.isAvailable, "python3 or the openssl command is not here"),
    arguments: ["an unknown authority", "another host", "an expired certificate"]
  )
  func `gets no byte where its certificate is wrong`(lack: String) async throws {
    let project = try await ModelProject()
    let certificates = try await TestCertificates()
    let server = try ModelServer.start()
    defer { server.close() }
    let leaf =
      switch lack {
      case "another host": certificates.wrongHost
      case "an expired certificate": certificates.expired
      default: certificates.valid
      }
    let front = try await TLSFront(of: server, certificate: leaf)
    let authority =
      lack == "an unknown authority" ? [:] : ["FLOW_LLM_CA_FILE": certificates.authority]
    let root = project.asking(front.baseURL, authority)
    let before = try await project.memory()
    let outcome = try await root.flowctl(["summarize", "--upgrade", "--json"]).expect(69)
    #expect(try outcome.upgraded["failed"]?.texts("code").contains("model.untrusted") == true, "\(outcome)")
    // Also where another call heard of it first.
    #expect(try outcome.data["stopped"]?["code"] == "model.untrusted", "\(outcome)")
    #expect(server.requestCount == 0)
    try await expectUntouched(project, before, after: outcome)

    var careful = root
    careful.environment["FLOW_SUMMARIZER"] = "llm"
    let added = try await careful.flowctl(["add-step", ModelProject.content(33)]).expect(0)
    #expect(added.output == "s33\n" && added.errors.contains("certificate"))
    #expect(server.requestCount == 0)

    let valid = try await TLSFront(of: server, certificate: certificates.valid)
    let trusting = project.asking(valid.baseURL, ["FLOW_LLM_CA_FILE": certificates.authority])
    try await trusting.text("summarize", "--upgrade")
    #expect(try await project.makers() == .init(repeating: "tiny", count: ModelProject.leaves + 1))
  }

  @Test func `and is not there at all`() async throws {
    let project = try await ModelProject()
    let port = try UnreachablePort(.refusing)
    let before = try await project.memory()
    let outcome = try await project.asking(port.baseURL)
      .flowctl(["summarize", "--upgrade", "--jobs", "1", "--json"]).expect(69)
    #expect(try outcome.upgraded["failed"]?[0]?["code"] == "model.unreachable", "\(outcome)")
    #expect(try outcome.data["stopped"]?["code"] == "model.paused")
    // Tried as often as an endpoint that is ill, and nothing of it can have been charged.
    #expect(try outcome.data["spent"]?["calls"]?["refused"] == 5)
    try await expectUntouched(project, before, after: outcome)
    try await expectMarked(project)
  }

  @Test func `is left alone for as long as it asks`() async throws {
    let project = try await ModelProject()
    let times = Mutex<[ContinuousClock.Instant]>([])
    let server = try ScriptedServer { _ in
      times.withLock { $0.append(.now) }
      return .json(
        status: 429,
        #"{"error":{"message":"slow down","type":"rate_limit_exceeded"}}"#,
        headers: [("Retry-After", "2")]
      )
    }
    defer { server.close() }
    try await project.asking(server.baseURL).flowctl(["summarize", "--upgrade", "m1-4"]).expect(69)
    let asked = times.withLock { $0 }
    #expect(asked.count == 2 && asked[1] - asked[0] >= .seconds(2))
  }

  @Test func `takes what is not too long for it, whatever comes before`() async throws {
    let project = try await ModelProject((1...41).map(ModelProject.content))
    let server = try ScriptedServer { request in
      guard request.number > 7 else {
        return .json(
          status: 400,
          #"{"error":{"message":"Too many tokens","type":"invalid_request_error","code":"context_length_exceeded"}}"#
        )
      }
      return .json(ModelServer.reply(ModelServer.bullets(for: request)))
    }
    defer { server.close() }
    let outcome = try await project.asking(server.baseURL)
      .flowctl(["summarize", "--upgrade", "--jobs", "1", "--json"]).expect(69)
    #expect(try outcome.upgraded["failed"]?.texts("code") == .init(repeating: "model.rejected", count: 7))
    #expect(try outcome.upgraded["summaries"]?.array?.count == 3, "\(outcome)")
    #expect(try outcome.data["stopped"] == .null && server.requestCount == 10)
  }

  @Test func `is waited for only when the step's id is told`() async throws {
    let project = try await ModelProject()
    let server = try ScriptedServer { _ in .silence }
    defer { server.close() }
    let root = project.asking(
      server.baseURL,
      ["FLOW_LLM_TIMEOUT_SECONDS": "3600", "FLOW_SUMMARIZER": "llm"]
    )
    let process = try root.start(["add-step", ModelProject.content(33)])
    try await server.waitForRequests(1)
    // The endpoint has not answered, and will not.
    #expect(process.printed == Array("s33\n".utf8))
    let steps = try await project.plain.data("steps", "--last", "1")["steps"]
    #expect(steps?[0]?["id"] == 33)
    #expect(try await project.plain.text("add-step", "meanwhile") == "s34\n")
    kill(process.id, SIGINT)
    let outcome = try await process.outcome()
    #expect(outcome.exitCode == 0, "\(outcome)")
    try await expectMarked(project)
  }

  // MARK: What every fault leaves behind

  /// Nothing is lost or torn, and no key has come to light.
  private func expectUntouched(
    _ project: ModelProject,
    _ before: [[UInt8]]?,
    after outcome: FlowctlProcess.Outcome
  ) async throws {
    if let before { #expect(try await project.memory() == before) }
    #expect(try await project.findings() == "project demo: all files are sound\n")
    #expect(!outcome.everything.contains(ModelProject.key.dropFirst(8)))
    #expect(try project.files(with: String(ModelProject.key.dropFirst(8))) == [])
  }

  /// The next run with an endpoint that is well makes all of them better, and asks for each once.
  private func expectMarked(_ project: ModelProject) async throws {
    let server = try ModelServer.start()
    defer { server.close() }
    let count = try await project.makers().count
    let outcome = try await project.asking(server.baseURL).flowctl(["summarize", "--upgrade", "--json"])
    try outcome.expect(0)
    #expect(try outcome.upgraded["summaries"]?.array?.count == count, "\(outcome)")
    #expect(server.requestCount == count)
    #expect(try await project.makers() == .init(repeating: "tiny", count: count))
    #expect(try await project.findings() == "project demo: all files are sound\n")
  }
}
