import FlowCore
import FlowTestSupport
import Glibc
import Testing

@Suite(.timeLimit(.minutes(10))) struct `Upgrades that others cut short or share` {
  private static let all = [String](repeating: "tiny", count: ModelProject.leaves)

  /// The first step of the summary that a request is about.
  private static func subject(_ request: ScriptedServer.Request) -> String {
    String(ModelServer.message(of: request).split(separator: "\"").dropFirst().first ?? "")
  }

  @Test func `two processes at once ask for each summary once`() async throws {
    let project = try await ModelProject()
    // Neither goes on before the other is at work too.
    let gate = CallGate(opensAt: 2)
    let server = try ScriptedServer { request in
      gate.pass()
      return .json(ModelServer.reply(ModelServer.bullets(for: request)))
    }
    defer { server.close() }
    let root = project.asking(server.baseURL)
    let line = ["summarize", "--upgrade", "--jobs", "1", "--json"]
    async let first = root.flowctl(line)
    async let second = root.flowctl(line)
    let receipts = [try await first.expect(0).upgraded, try await second.expect(0).upgraded]
    let made = receipts.map { $0["summaries"]?.array?.count ?? 0 }
    #expect(made.reduce(0, +) == ModelProject.leaves && made.allSatisfy { $0 > 0 }, "\(made)")
    #expect(!gate.hasWaitedInVain && gate.most == 2 && server.requestCount == ModelProject.leaves)
    #expect(Set(server.requests.map(Self.subject)).count == ModelProject.leaves)
    #expect(try await project.makers() == Self.all)
    #expect(try await project.findings() == "project demo: all files are sound\n")
  }

  @Test func `kill -9 loses no more than what was just asked for`() async throws {
    let project = try await ModelProject()
    let server = try ScriptedServer { request in
      .json(ModelServer.reply(ModelServer.bullets(for: request))).delayed(by: .milliseconds(20))
    }
    defer { server.close() }
    let root = project.asking(server.baseURL)
    let jobs = 2
    let kills = 3
    for _ in 1...kills {
      let process = try root.start(["summarize", "--upgrade", "--jobs", "\(jobs)"])
      let goal = server.requestCount + jobs
      try await server.waitForRequests(min(goal, ModelProject.leaves))
      process.kill()
      _ = try await process.outcome()
      #expect(try await project.plain.flowctl(["doctor"]).exitCode == 0)
    }
    try await root.text("summarize", "--upgrade", "--jobs", "\(jobs)")
    #expect(try await project.makers() == Self.all)
    // What is answered but not stored yet is lost with what is being asked for: two more than there are calls.
    #expect(server.requestCount <= ModelProject.leaves + (jobs + 2) * kills)
    let calls = try await root.data("summarize", "--ledger")["models"]?[0]?["calls"]
    #expect(calls?["answered"]?.int == ModelProject.leaves, "\(String(describing: calls))")
    #expect(try await project.findings() == "project demo: all files are sound\n")
    #expect(try project.plain.folder.text(ModelProject.file).contains("<!-- flow m25-28 v2 by tiny "))
  }

  @Test(arguments: [SIGINT, SIGTERM]) func `a signal ends them in order, with a receipt`(
    number: CInt
  ) async throws {
    let project = try await ModelProject()
    let server = try ScriptedServer { request in
      request.number > 2 ? .silence : .json(ModelServer.reply(ModelServer.bullets(for: request)))
    }
    defer { server.close() }
    let root = project.asking(server.baseURL)
    let process = try root.start(["summarize", "--upgrade", "--jobs", "1", "--json"])
    try await server.waitForRequests(3)
    kill(process.id, number)
    let outcome = try await process.outcome().expect(69)
    #expect(try outcome.data["stopped"]?["code"] == "model.cancelled", "\(outcome)")
    #expect(try outcome.upgraded["summaries"]?.array?.count == 2)
    #expect(try await project.makers().count { $0 == "tiny" } == 2)
    #expect(try await project.events("upgrade_summaries").first?["detail"]?["after"]?["made"] == 2)
    #expect(try await project.findings() == "project demo: all files are sound\n")
    let calls = try await root.data("summarize", "--ledger")["models"]?[0]?["calls"]
    #expect(calls?["answered"] == 2 && calls?["unknown"] == 1, "\(String(describing: calls))")

    let well = try ModelServer.start()
    defer { well.close() }
    try await project.asking(well.baseURL).text("summarize", "--upgrade")
    #expect(try await project.makers() == Self.all && well.requestCount == ModelProject.leaves - 2)
  }
}
