import FlowLLM
import FlowTestSupport
import Glibc
import Testing

// In processes of their own: they look at what belongs to the process as a whole.
@Suite(.timeLimit(.minutes(5))) struct `A process that speaks HTTP` {
  @Test func `transports leave neither threads nor descriptors`() async {
    await #expect(processExitsWith: .success) {
      let server = try ScriptedServer { _ in .json("{}") }
      // What is made once, such as libcurl's own state, is made before the count.
      try await useTransport(server)
      try await settle(server)
      let before = try await settledCounts()
      for _ in 0..<100 { try await useTransport(server) }
      try await settle(server)
      let after = try await settledCounts(notAbove: before)
      precondition(after.threads <= before.threads && after.descriptors <= before.descriptors)
      precondition(server.requestCount == 202)
    }
  }

  @Test func `it ends while a thread waits`() async {
    await #expect(processExitsWith: .exitCode(7)) {
      let server = try ScriptedServer { _ in .json("{}") }
      let transport = CurlTransport()
      _ = try await transport.send(server.request())
      let waiting = Task { _ = try await transport.send(server.request(path: "/again")) }
      try await waiting.value
      exit(withExtendedLifetime(transport) { 7 })
    }
  }

  @Test func `it ends while a request is under way`() async {
    await #expect(processExitsWith: .exitCode(7)) {
      let server = try ScriptedServer { _ in .silence }
      let transport = CurlTransport()
      let request = try server.request(timeout: .seconds(3600))
      Task { _ = try await transport.send(request) }
      try await server.waitForRequests(1)
      exit(7)
    }
  }

  @Test func `proxies of the environment are not used`() async {
    await #expect(processExitsWith: .success) {
      let dead = try UnreachablePort(.refusing)
      for name in ["http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"] {
        setenv(name, dead.baseURL, 1)
      }
      let server = try ScriptedServer { _ in .json("{}") }
      let response = try await CurlTransport().send(server.request())
      precondition(response.status == 200)
      // A name that is not there must be looked up here, and not be given to the proxy.
      let far = HTTPRequest(url: try EndpointURL("https://nobody.invalid"), timeout: .seconds(60))
      let fault = await CurlTransport().fault(of: far)
      precondition(fault?.kind == .unreachable && fault?.message.contains("127.0.0.1") == false)
    }
  }

  @Test func `a proxy is used where one is configured, but not for this machine`() async {
    await #expect(processExitsWith: .success) {
      // Neither the environment's exceptions count.
      setenv("no_proxy", "*", 1)
      let proxy = try ScriptedServer { _ in .text(status: 502, "") }
      let server = try ScriptedServer { _ in .json("{}") }
      let transport = CurlTransport(proxy: proxy.baseURL)
      let near = try await transport.send(server.request())
      precondition(near.status == 200 && proxy.requestCount == 0)
      let headers = [(name: "Authorization", value: "Bearer hunter2")]
      let far = HTTPRequest(
        url: try EndpointURL("https://api.example.com"),
        headers: headers,
        timeout: .seconds(60)
      )
      let fault = await transport.fault(of: far)
      precondition(fault != nil)
      let asked = proxy.requests
      precondition(asked.map(\.method) == ["CONNECT"] && asked[0].path == "api.example.com:443")
      // What is for the endpoint is none of the proxy's business.
      precondition(asked[0].header("authorization") == nil)
    }
  }
}

private func useTransport(_ server: ScriptedServer) async throws {
  let transport = CurlTransport()
  async let first = transport.send(server.request())
  async let second = transport.send(server.request())
  let statuses = try await [first.status, second.status]
  precondition(statuses == [200, 200])
}

private func settle(_ server: ScriptedServer) async throws {
  try await server.waitForClosedConnections()
}

private struct Counts {
  var threads: Int
  var descriptors: Int
}

/// What the process has, once that does not change any more, or is no more than it was.
private func settledCounts(notAbove limit: Counts? = nil) async throws -> Counts {
  var last = counts()
  for _ in 0..<500 {
    try await Task.sleep(for: .milliseconds(10))
    let now = counts()
    if let limit {
      if now.threads <= limit.threads, now.descriptors <= limit.descriptors { return now }
    } else if now.threads == last.threads, now.descriptors == last.descriptors {
      return now
    }
    last = now
  }
  return last
}

private func counts() -> Counts {
  Counts(threads: entries(of: "/proc/self/task"), descriptors: entries(of: "/proc/self/fd"))
}

private func entries(of path: String) -> Int {
  guard let folder = opendir(path) else { return 0 }
  defer { closedir(folder) }
  var count = 0
  while readdir(folder) != nil { count += 1 }
  return count
}
