import FlowCore
import FlowMemory
import FlowProjects
import FlowTestSupport
import Foundation
import Synchronization
import Testing

/// Lets calls to a server be answered once it is opened.
private final class Door: Sendable {
  private let isOpen = DispatchSemaphore(value: 0)
  private let answered = Mutex(0)

  var answers: Int { answered.withLock { $0 } }

  func open() { isOpen.signal() }

  /// Called on a server's own thread.
  func pass() {
    isOpen.wait()
    isOpen.signal()
    answered.withLock { $0 += 1 }
  }
}

@Suite(.timeLimit(.minutes(5))) struct `Upgrades beside updates` {
  private let folder: ProjectsFolder

  init() throws { folder = try ProjectsFolder() }

  private func project(
    _ server: ScriptedServer,
    _ change: (inout FlowConfig) -> Void = { _ in }
  ) async throws -> FlowProject {
    var config = FlowConfig()
    config.memory.shortTermSteps = 4
    config.memory.keepSteps = 1
    config.memory.summaryTokens = 160
    config.llm.baseURL = "\(server.baseURL)/v1"
    config.llm.model = "tiny"
    config.llm.apiKeyEnv = "none"
    config.llm.maxRetries = 0
    change(&config)
    return try await folder.workspace(config).newProject(ProjectName("demo"))
  }

  private func step(_ number: Int) -> Step {
    let filler = "We went over the plan again and looked at each of its parts in turn. "
    let content = "Part \(number) went to /srv/out/part-\(number).csv at noon. "
    return Step(role: .user, content: content + String(repeating: filler, count: 6))
  }

  /// Stores steps until one rolls up, and gives back their number.
  private func fill(_ project: FlowProject, from first: Int = 1) async throws -> Int {
    var number = first
    while try await project.memoryUpdate(step(number)).rolledUp.isEmpty { number += 1 }
    return number
  }

  private func makers(_ project: FlowProject) async throws -> [String] {
    try await project.summaries(ofAllLevels: true).filter { $0.level == 0 }.map(\.by)
  }

  @Test func `are waited for by no update, and are done once the endpoint answers`() async throws {
    let door = Door()
    let server = try ScriptedServer { request in
      door.pass()
      return .json(ModelServer.reply(ModelServer.bullets(for: request)))
    }
    defer {
      door.open()
      server.close()
    }
    let project = try await project(server)
    let last = try await fill(project)
    // The step is acknowledged while the call for its summary is under way, or is not even made yet.
    try await server.waitForRequests(1)
    #expect(door.answers == 0)
    #expect(try await makers(project) == ["textrank"])
    let next = try await fill(project, from: last + 1)
    #expect(door.answers == 0 && server.requestCount == 1, "one after the other")
    #expect(try await makers(project) == ["textrank", "textrank"])
    let context = try await project.memoryRetrieve(ContextRequest(query: "part 1", budget: 3000))
    #expect(context.text.contains("part-1.csv") && door.answers == 0)

    door.open()
    await project.finishUpgrades()
    #expect(try await makers(project) == ["tiny", "tiny"])
    #expect(server.requestCount == 2 && door.answers == 2)
    #expect(try await project.steps(StepQuery()).count == next)
    #expect(try folder.text("projects/demo/cache/memory_cache.md").contains(" v2 by tiny "))
    #expect(try await project.findings().isEmpty)
    let events = try await project.history(limit: 100).filter { $0.event == .upgradeSummaries }
    #expect(events.count == 2)
  }

  @Test(arguments: [
    ScriptedServer.Answer.json(status: 500, "{}"), .closed(), .text("<html>"),
    .json(ModelServer.reply("No.")),
  ]) func `leave the summary where the endpoint fails, and updates go on`(answer: ScriptedServer.Answer)
    async throws
  {
    let server = try ScriptedServer { _ in answer }
    defer { server.close() }
    let project = try await project(server)
    let last = try await fill(project)
    await project.finishUpgrades()
    #expect(server.requestCount > 0)
    #expect(try await makers(project) == ["textrank"])
    try await project.memoryUpdate(step(last + 1))
    #expect(try await project.steps(StepQuery()).count == last + 1)
    #expect(try await project.findings().isEmpty)
  }

  @Test func `are not made where the configuration says textrank`() async throws {
    let server = try ModelServer.start()
    defer { server.close() }
    let project = try await project(server) { $0.summarizer = .textrank }
    _ = try await fill(project)
    await project.finishUpgrades()
    #expect(server.connectionCount == 0)
  }
}
