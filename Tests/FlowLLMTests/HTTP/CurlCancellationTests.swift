import FlowLLM
import FlowTestSupport
import RandomSupport
import Testing

@Suite(.timeLimit(.minutes(5))) struct `Cancellation of requests` {
  @Test func `a cancelled task sends nothing`() async throws {
    let server = try ScriptedServer { _ in .json("{}") }
    let transport = CurlTransport()
    let request = try server.request()
    let task = Task {
      // Cancelled for certain before it sends.
      while !Task.isCancelled { await Task.yield() }
      return await transport.fault(of: request)
    }
    task.cancel()
    let fault = await task.value
    #expect(fault?.kind == .cancelled)
    #expect(fault?.isUnsent == true)
    #expect(server.connectionCount == 0)
  }

  @Test func `while it connects it has sent nothing`() async throws {
    let port = try UnreachablePort(.silent)
    let request = HTTPRequest(url: try EndpointURL(port.baseURL), timeout: .seconds(3600))
    let task = Task { await CurlTransport().fault(of: request) }
    try await Task.sleep(for: .milliseconds(50))
    task.cancel()
    let fault = await task.value
    #expect(fault?.kind == .cancelled)
    #expect(fault?.isUnsent == true)
  }

  @Test(
    arguments: [
      ScriptedServer.Answer.silence,
      ScriptedServer.Answer.text(String(repeating: "x", count: 100_000)).dripping(every: .milliseconds(5)),
      ScriptedServer.Answer.endless(chunk: [1]),
    ]
  )
  func `a transfer under way ends with its connection`(answer: ScriptedServer.Answer) async throws {
    let server = try ScriptedServer { _ in answer }
    let transport = CurlTransport()
    let request = try server.request(timeout: .seconds(3600), maxResponseBytes: 1 << 40)
    let task = Task { await transport.fault(of: request) }
    try await server.waitForRequests(1)
    task.cancel()
    let fault = await task.value
    #expect(fault?.kind == .cancelled)
    #expect(fault?.isUnsent == false)
    try await server.waitForClosedConnections()
  }

  @Test func `others go on, whoever is cancelled and whenever`() async throws {
    let seed = UInt64.random(in: .min ... .max)
    var random = SeededRandom(seed: seed)
    let server = try ScriptedServer { request in
      ScriptedServer.Answer.bytes(request.body).delayed(by: .milliseconds(request.number % 4))
    }
    let transport = CurlTransport(maxConnectionsPerHost: 8)
    var tasks: [(number: Int, isCancelled: Bool, task: Task<Result<HTTPResponse, any Error>, Never>)] = []
    for number in 0..<400 {
      let request = try server.request(body: Array("\(number)".utf8))
      let task = Task { () -> Result<HTTPResponse, any Error> in
        do { return .success(try await transport.send(request)) } catch { return .failure(error) }
      }
      let isCancelled = Int.random(in: 0..<3, using: &random) == 0
      if isCancelled {
        for _ in 0..<Int.random(in: 0..<20, using: &random) { await Task.yield() }
        task.cancel()
      }
      tasks.append((number, isCancelled, task))
    }
    for (number, isCancelled, task) in tasks {
      switch await task.value {
      case .success(let response):
        #expect(response.body == Array("\(number)".utf8), "seed \(seed)")
      case .failure(let error):
        #expect(isCancelled, "seed \(seed): \(error)")
        #expect((error as? HTTPFault)?.kind == .cancelled, "seed \(seed): \(error)")
      }
    }
  }
}
