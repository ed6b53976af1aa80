import FlowLLM
import FlowTestSupport
import Testing

@Suite(.timeLimit(.minutes(5))) struct `HTTP over libcurl` {
  @Test func `a request arrives as it was given, and so does the answer`() async throws {
    let server = try ScriptedServer { _ in
      .json(status: 201, #"{"ok":true}"#, headers: [("X-Twice", "1"), ("x-twice", " 2 ")])
    }
    let headers = [("Content-Type", "application/json"), ("X-Empty", ""), ("Authorization", "Bearer sk-1")]
    let body = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
    let request = try server.request(path: "/v1/a%20b?x=1", headers: headers, body: body)
    let response = try await CurlTransport().send(request)

    #expect(response.status == 201)
    #expect(response.body == Array(#"{"ok":true}"#.utf8))
    #expect(response.header("X-TWICE") == "2")
    #expect(response.headers.map(\.name).contains("X-Twice"))
    #expect(response.version == "1.1")
    #expect(response.connections == 1)
    let times = try #require(response.times)
    #expect(times.tls == .zero)
    #expect(times.connect <= times.firstByte && times.firstByte <= times.total && times.total > .zero)

    let seen = try #require(server.requests.first)
    #expect(seen.method == "POST")
    #expect(seen.path == "/v1/a%20b?x=1")
    #expect(seen.body == body)
    #expect(seen.header("content-type") == "application/json")
    #expect(seen.header("x-empty") == "")
    #expect(seen.header("authorization") == "Bearer sk-1")
    #expect(seen.header("user-agent") == "flow/0.1")
    for name in ["expect", "accept-encoding", "cookie", "upgrade"] {
      #expect(seen.header(name) == nil, "\(name)")
    }
  }

  @Test func `a GET has no body, and a POST without one says so`() async throws {
    let server = try ScriptedServer { _ in .text("") }
    let transport = CurlTransport()
    #expect(try await transport.send(server.request(.get, body: [])).body.isEmpty)
    #expect(try await transport.send(server.request(.post, body: [])).status == 200)
    #expect(server.requests.map(\.method) == ["GET", "POST"])
    #expect(server.requests.map { $0.header("content-length") } == [nil, "0"])
    #expect(server.requests.map { $0.header("content-type") } == [nil, nil])
  }

  @Test func `one connection serves requests that follow each other`() async throws {
    let server = try ScriptedServer { .json(#"{"n":\#($0.number)}"#) }
    let transport = CurlTransport()
    for number in 1...50 {
      let response = try await transport.send(server.request())
      #expect(response.body == Array(#"{"n":\#(number)}"#.utf8))
      #expect(response.connections == (number == 1 ? 1 : 0))
    }
    #expect(server.connectionCount == 1)
  }

  @Test(arguments: [false, true]) func `requests at once do not wait for the answer to the first`(
    isBehindTLS: Bool
  ) async throws {
    if isBehindTLS, !TLSFront.isAvailable { try Test.cancel("python3 or the openssl command is not here") }
    // Nobody gets an answer before all have asked.
    let gate = CallGate(opensAt: 4)
    let server = try ScriptedServer { _ in
      gate.pass()
      return .json("{}")
    }
    let certificates = isBehindTLS ? try await TestCertificates() : nil
    let front: TLSFront? =
      if let certificates {
        try await TLSFront(of: server, certificate: certificates.valid)
      } else {
        nil
      }
    let transport = CurlTransport(caFile: certificates?.authority)
    let url = try EndpointURL(front?.baseURL ?? server.baseURL)
    try await withThrowingTaskGroup(of: Int.self) { group in
      for _ in 0..<4 {
        group.addTask { try await transport.send(HTTPRequest(url: url, timeout: .seconds(300))).status }
      }
      for try await status in group { #expect(status == 200) }
    }
    #expect(!gate.hasWaitedInVain && gate.most == 4)
  }

  @Test func `requests at once have no more connections than they may`() async throws {
    let server = try ScriptedServer { _ in ScriptedServer.Answer.json("{}").delayed(by: .milliseconds(2)) }
    let transport = CurlTransport(maxConnectionsPerHost: 3)
    try await withThrowingTaskGroup { group in
      for _ in 0..<30 { group.addTask { try await transport.send(server.request()).status } }
      for try await status in group { #expect(status == 200) }
    }
    #expect(server.requestCount == 30)
    #expect((1...3).contains(server.connectionCount))
  }

  @Test func `a thousand requests, sixteen at a time, are answered once each`() async throws {
    let server = try ScriptedServer { .bytes($0.body) }
    let transport = CurlTransport(maxConnectionsPerHost: 16)
    var answers: [String] = []
    try await withThrowingTaskGroup(of: String.self) { group in
      for number in 0..<1000 {
        if number >= 16, let answer = try await group.next() { answers.append(answer) }
        group.addTask {
          let response = try await transport.send(server.request(body: Array("request \(number)".utf8)))
          return String(decoding: response.body, as: UTF8.self)
        }
      }
      for try await answer in group { answers.append(answer) }
    }
    #expect(answers.count == 1000)
    #expect(Set(answers) == Set((0..<1000).map { "request \($0)" }))
    #expect(server.requestCount == 1000)
    #expect(server.connectionCount <= 16)
  }

  @Test(arguments: [301, 302, 307, 308]) func `a redirect is an answer and is not followed`(status: Int)
    async throws
  {
    let server = try ScriptedServer { _ in .redirect(status: status, to: "/elsewhere") }
    let response = try await CurlTransport().send(server.request())
    #expect(response.status == status)
    #expect(response.header("location") == "/elsewhere")
    #expect(server.requestCount == 1)
  }

  @Test func `bytes that nobody asked to be compressed are handed on as they are`() async throws {
    let server = try ScriptedServer { _ in .gzip("{}") }
    let response = try await CurlTransport().send(server.request())
    #expect(response.header("content-encoding") == "gzip")
    #expect(response.body.starts(with: [0x1F, 0x8B]))
  }

  @Test func `localhost is this machine`() async throws {
    let server = try ScriptedServer { _ in .json("{}") }
    let url = try EndpointURL("http://localhost:\(server.port)/v1")
    let response = try await CurlTransport().send(HTTPRequest(url: url, timeout: .seconds(60)))
    #expect(response.status == 200)
    #expect(server.requests.first?.header("host") == "localhost:\(server.port)")
  }

  @Test(
    arguments: ["file:///etc/hostname", "ftp://127.0.0.1/", "gopher://127.0.0.1:1/_x", "dict://127.0.0.1/"]
  )
  func `no other protocol is spoken, even if an address slipped through`(text: String) async {
    let url = EndpointURL(text: text, host: "127.0.0.1", isLoopback: true)
    let fault = await CurlTransport().fault(of: HTTPRequest(method: .get, url: url, timeout: .seconds(60)))
    #expect(fault?.kind == .refused)
    #expect(fault?.isUnsent == true)
  }

  @Test func `plain http to another host is not spoken, even if an address slipped through`() async throws {
    let server = try ScriptedServer { _ in .json("{}") }
    let url = EndpointURL(text: server.baseURL, host: "example.com", isLoopback: false)
    let fault = await CurlTransport().fault(of: HTTPRequest(url: url, timeout: .seconds(60)))
    #expect(fault?.kind == .refused)
    #expect(server.connectionCount == 0)
  }

  @Test(
    arguments: [
      ("X-A", "secret\r\nX-B: 1"), ("X-A", "secret\0"), ("X A", "secret"), ("", "secret"), ("X-A:", "secret"),
      ("Content-Length", "1"), ("transfer-encoding", "chunked"), ("Host", "secret"),
    ]
  )
  func `a header that would change the request is refused`(name: String, value: String) async throws {
    let server = try ScriptedServer { _ in .json("{}") }
    let fault = await CurlTransport().fault(of: try server.request(headers: [(name, value)]))
    #expect(fault?.kind == .refused)
    #expect(fault?.isUnsent == true)
    #expect(fault?.message.contains("secret") == false)
    #expect(server.connectionCount == 0)
  }

  @Test func `a request shows no values of its headers`() throws {
    let request = HTTPRequest(
      url: try EndpointURL("https://api.example.com"),
      headers: [("Authorization", "Bearer hunter2")],
      body: Array("hunter3".utf8),
      timeout: .seconds(1)
    )
    var dumped = ""
    dump(request, to: &dumped)
    for text in ["\(request)", String(reflecting: request), dumped] { #expect(!text.contains("hunter")) }
  }

  @Test func `a closed transport refuses what comes, and ends what it has`() async throws {
    let server = try ScriptedServer { _ in ScriptedServer.Answer.json("{}").delayed(by: .milliseconds(50)) }
    let transport = CurlTransport()
    async let answer = transport.send(server.request())
    try await server.waitForRequests(1)
    transport.close()
    #expect(try await answer.status == 200)
    let fault = await transport.fault(of: try server.request())
    #expect(fault?.kind == .refused)
    #expect(fault?.isUnsent == true)
    try await server.waitForClosedConnections()
  }
}
