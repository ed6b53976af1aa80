import FlowLLM
import FlowTestSupport
import Testing

@Suite(.timeLimit(.minutes(5))) struct `Limits of an answer` {
  typealias Answer = ScriptedServer.Answer

  private static let long = String(repeating: "x", count: 5001)

  @Test(
    arguments: [
      Answer.text(long), Answer.text(long).chunked(of: 100), Answer.text(long).endingWithConnection(),
      Answer.gzip(long), Answer.endless(), Answer.endless(chunk: [1]),
      Answer.text("short").declaring(length: 5001),
    ]
  )
  func `a body is not longer than it may be`(answer: Answer) async throws {
    let server = try ScriptedServer { _ in answer }
    let fault = await CurlTransport().fault(of: try server.request(maxResponseBytes: 5000))
    #expect(fault?.kind == .tooLarge)
    #expect(fault?.isUnsent == false)
    #expect(fault?.message.contains("more than 5000 bytes") == true)
    // The rest of it is not waited for.
    server.close()
  }

  @Test(arguments: [
    Answer.text(String(repeating: "x", count: 5000)),
    Answer.text(String(repeating: "x", count: 5000)).chunked(),
  ])
  func `a body may be as long as the limit`(answer: Answer) async throws {
    let server = try ScriptedServer { _ in answer }
    #expect(try await CurlTransport().send(server.request(maxResponseBytes: 5000)).body.count == 5000)
  }

  @Test(
    arguments: [
      [String](repeating: "x", count: 300),
      [String](repeating: String(repeating: "x", count: 1000), count: 70),
      [String(repeating: "x", count: 70_000)],
      [String(repeating: "x", count: 300_000)],
    ]
  )
  func `headers are not more than they may be`(values: [String]) async throws {
    let server = try ScriptedServer { _ in .json("{}", headers: values.map { ("X-Long", $0) }) }
    let fault = await CurlTransport().fault(of: try server.request())
    #expect(fault?.kind == .tooLarge)
    #expect(fault?.message.contains("headers") == true)
  }

  @Test func `headers within the limits come whole`() async throws {
    let values = (0..<150).map { "\($0)" + String(repeating: "x", count: 300) }
    let server = try ScriptedServer { _ in .json("{}", headers: values.map { ("X-Long", $0) }) }
    let response = try await CurlTransport().send(server.request())
    #expect(response.headers.filter { $0.name == "X-Long" }.map(\.value) == values)
  }

  @Test func `interim answers give way, and fields behind a body are dropped`() async throws {
    let wire = """
      HTTP/1.1 103 Early Hints\r\nretry-after: 1\r\n\r\nHTTP/1.1 200 OK\r\nx-folded: a\r\n\tb\r\n\
      transfer-encoding: chunked\r\ntrailer: retry-after\r\n\r\n2\r\n{}\r\n0\r\nretry-after: 2\r\n\r\n
      """
    let server = try ScriptedServer { _ in .garbage(Array(wire.utf8)) }
    let response = try await CurlTransport().send(server.request())
    #expect(response.status == 200)
    #expect(response.header("retry-after") == nil)
    #expect(response.header("x-folded") == "a b")
    #expect(response.body == Array("{}".utf8))
  }
}
