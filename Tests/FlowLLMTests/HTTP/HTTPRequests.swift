import FlowLLM
import FlowTestSupport

extension ScriptedServer {
  /// A request to this server.
  func request(
    _ method: HTTPRequest.Method = .post,
    path: String = "/v1/chat",
    headers: [(name: String, value: String)] = [],
    body: [UInt8] = Array("{}".utf8),
    timeout: Duration = .seconds(60),
    maxResponseBytes: Int = 1 << 20
  ) throws -> HTTPRequest {
    HTTPRequest(
      method: method,
      url: try EndpointURL(baseURL + path),
      headers: headers,
      body: body,
      timeout: timeout,
      maxResponseBytes: maxResponseBytes
    )
  }
}

extension HTTPTransport {
  /// The fault that a request ends with; nil where it got an answer.
  func fault(of request: HTTPRequest) async -> HTTPFault? {
    do throws(HTTPFault) {
      _ = try await send(request)
      return nil
    } catch {
      return error
    }
  }
}
