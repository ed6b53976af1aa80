import FlowLLM
import FlowTestSupport
import Testing

@Suite(.timeLimit(.minutes(5))) struct `Faults of an endpoint` {
  typealias Answer = ScriptedServer.Answer

  @Test func `nobody who listens is unreachable, and nothing was sent`() async throws {
    let port = try UnreachablePort(.refusing)
    let fault = await CurlTransport().fault(of: try request(port.baseURL))
    #expect(fault?.kind == .unreachable)
    #expect(fault?.isUnsent == true)
    #expect(fault?.message.contains("127.0.0.1 cannot be reached") == true)
  }

  @Test func `a name that nobody has is unreachable`() async throws {
    let fault = await CurlTransport().fault(of: try request("https://nobody.invalid"))
    #expect(fault?.kind == .unreachable)
    #expect(fault?.isUnsent == true)
  }

  @Test func `a time-out while connecting leaves the request unsent`() async throws {
    let port = try UnreachablePort(.silent)
    let fault = await CurlTransport().fault(of: try request(port.baseURL, timeout: .milliseconds(100)))
    #expect(fault?.kind == .timedOut)
    #expect(fault?.isUnsent == true)
  }

  @Test func `a time-out while waiting for a connection leaves the request unsent`() async throws {
    let server = try ScriptedServer { _ in .silence }
    let transport = CurlTransport(maxConnectionsPerHost: 1)
    let first = Task { await transport.fault(of: try server.request()) }
    try await server.waitForRequests(1)
    let fault = await transport.fault(of: try server.request(timeout: .milliseconds(100)))
    #expect(fault?.kind == .timedOut)
    #expect(fault?.isUnsent == true)
    #expect(server.requestCount == 1)
    first.cancel()
    #expect(try await first.value?.kind == .cancelled)
  }

  @Test(
    arguments: [
      Answer.silence,
      Answer.json("{}").delayed(by: .seconds(600)),
      Answer.json(String(repeating: " ", count: 5000)).dripping(bytes: 1, every: .milliseconds(5)),
    ]
  )
  func `a time-out after sending leaves the request sent`(answer: Answer) async throws {
    let server = try ScriptedServer { _ in answer }
    let fault = await CurlTransport().fault(of: try server.request(timeout: .milliseconds(300)))
    #expect(fault?.kind == .timedOut)
    #expect(fault?.isUnsent == false)
    // Both ends are done with it, and the server need not wait for its own time.
    try await server.waitForClosedConnections()
  }

  @Test(
    arguments: [
      Answer.closed(), Answer.closed(withReset: true),
      Answer.json("{}").cut(after: 20),
      Answer.text(String(repeating: "x", count: 2000)).cut(afterBodyBytes: 100),
      Answer.text(String(repeating: "x", count: 2000)).chunked(of: 64).cut(afterBodyBytes: 300),
      Answer.text("short").declaring(length: 50).cut(afterBodyBytes: 5),
    ]
  )
  func `a connection that breaks is cut, and is not tried again`(answer: Answer) async throws {
    let server = try ScriptedServer { _ in answer }
    let fault = await CurlTransport().fault(of: try server.request())
    #expect(fault?.kind == .cut)
    #expect(fault?.isUnsent == false)
    #expect(server.requestCount == 1)
  }

  @Test(arguments: [false, true])
  func `a used connection that breaks behind a request does not send it twice`(withReset: Bool) async throws {
    let server = try ScriptedServer { $0.number == 1 ? .json("{}") : .closed(withReset: withReset) }
    let transport = CurlTransport()
    #expect(try await transport.send(server.request()).status == 200)
    let fault = await transport.fault(of: try server.request())
    #expect(fault?.kind == .cut)
    #expect(fault?.isUnsent == false)
    #expect(server.requestCount == 2)
  }

  @Test func `a connection that ended while it was idle is not a fault`() async throws {
    let server = try ScriptedServer { _ in Answer.json("{}").closing() }
    let transport = CurlTransport()
    for _ in 0..<5 {
      #expect(try await transport.send(server.request()).status == 200)
      try await server.waitForClosedConnections()
    }
    #expect(server.requestCount == 5)
  }

  @Test func `an answer without a length ends with its connection`() async throws {
    let server = try ScriptedServer { _ in Answer.text("all").endingWithConnection() }
    #expect(try await CurlTransport().send(server.request()).body == Array("all".utf8))
  }

  @Test(arguments: [Answer.garbage(), Answer.garbage([UInt8](repeating: 0, count: 500))])
  func `what is no HTTP is refused`(answer: Answer) async throws {
    let server = try ScriptedServer { _ in answer }
    let fault = await CurlTransport().fault(of: try server.request())
    #expect(fault?.kind == .refused)
    #expect(fault?.isUnsent == false)
  }

  @Test func `a message is one line without control characters or values of headers`() async throws {
    let port = try UnreachablePort(.refusing)
    var request = try request(port.baseURL)
    request.headers = [("x-api-key", "127.0.0.1")]
    let fault = try #require(await CurlTransport().fault(of: request))
    #expect(!fault.message.contains { $0.isNewline })
    // libcurl's own words name the host, which is also the key here: so they were left out.
    #expect(fault.message == "127.0.0.1 cannot be reached: Couldn't connect to server")
  }

  @Test(arguments: ["teleport://me:hunter2@proxy.example", "http://me:hunter2@[proxy.example"])
  func `a proxy that cannot be used is named without its password`(proxy: String) async throws {
    let request = try request("https://api.example.com")
    let fault = try #require(await CurlTransport(proxy: proxy).fault(of: request))
    #expect(fault.isUnsent)
    #expect(fault.message.hasSuffix("the address of the proxy cannot be used"))
  }

  private func request(_ base: String, timeout: Duration = .seconds(60)) throws -> HTTPRequest {
    HTTPRequest(url: try EndpointURL(base), timeout: timeout)
  }
}
