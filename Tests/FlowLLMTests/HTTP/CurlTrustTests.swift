import FlowLLM
import FlowTestSupport
import Testing

@Suite(
  .timeLimit(.minutes(5)),
  .enabled(if: TLSFront.isAvailable, "python3 or the openssl command is not here")
)
struct `Trust in an endpoint` {
  @Test func `an authority of one's own is trusted, and its connection used again`() async throws {
    let certificates = try await TestCertificates()
    let server = try ScriptedServer { .bytes($0.body) }
    let front = try await TLSFront(of: server, certificate: certificates.valid)
    let transport = CurlTransport(caFile: certificates.authority)
    for number in 1...3 {
      let response = try await transport.send(request(front.baseURL))
      #expect(response.status == 200)
      #expect(response.connections == (number == 1 ? 1 : 0))
      if number == 1 { #expect(try #require(response.times).tls > .zero) }
    }
    #expect(server.connectionCount == 1)
  }

  @Test(arguments: ["none", "wrong host", "expired", "no file", "no certificate"])
  func `anything else is not trusted, and nothing is sent to it`(lack: String) async throws {
    let certificates = try await TestCertificates()
    let server = try ScriptedServer { _ in .json("{}") }
    let leaf =
      switch lack {
      case "wrong host": certificates.wrongHost
      case "expired": certificates.expired
      default: certificates.valid
      }
    let authority: String? =
      switch lack {
      case "none": nil
      case "no file": "/nowhere/ca.pem"
      case "no certificate": "/dev/null"
      default: certificates.authority
      }
    let front = try await TLSFront(of: server, certificate: leaf)
    let fault = await CurlTransport(caFile: authority).fault(of: try request(front.baseURL))
    #expect(fault?.kind == .untrusted, "\(String(describing: fault))")
    #expect(fault?.isUnsent == true)
    #expect(server.requestCount == 0)
  }

  @Test func `TLS older than 1.2 is not spoken`() async throws {
    let certificates = try await TestCertificates()
    let server = try ScriptedServer { _ in .json("{}") }
    let front = try await TLSFront(of: server, certificate: certificates.valid, onlyTLS11: true)
    let transport = CurlTransport(caFile: certificates.authority)
    let fault = await transport.fault(of: try request(front.baseURL))
    #expect(fault?.kind == .handshake, "\(String(describing: fault))")
    #expect(fault?.isUnsent == true)
    #expect(server.connectionCount == 0)
  }

  @Test func `a server without TLS is no https server`() async throws {
    let server = try ScriptedServer { _ in .json("{}") }
    let fault = await CurlTransport().fault(of: try request("https://127.0.0.1:\(server.port)"))
    // It waits for a request's end in the middle of a handshake, or closes: either way nothing was said.
    #expect(fault != nil)
    #expect(fault?.isUnsent == true)
    #expect(server.requestCount == 0)
  }

  private func request(_ base: String) throws -> HTTPRequest {
    HTTPRequest(url: try EndpointURL(base), timeout: .seconds(30))
  }
}
