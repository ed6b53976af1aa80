import FlowCore
import FlowLLM
import Synchronization

/// An endpoint within the process: answers each request by a function, and remembers them.
final class ScriptedTransport: HTTPTransport {
  typealias Reply = Result<HTTPResponse, HTTPFault>

  private let reply: @Sendable (_ request: HTTPRequest, _ number: Int) async -> Reply
  private let received = Mutex<[HTTPRequest]>([])

  /// - Parameter reply: gets the request and how many came before it.
  init(_ reply: @escaping @Sendable (HTTPRequest, Int) async -> Reply) { self.reply = reply }

  /// Gives the replies one after the other, the last one ever after.
  convenience init(_ replies: Reply...) {
    self.init { _, number in replies[min(number, replies.count - 1)] }
  }

  var requests: [HTTPRequest] { received.withLock { $0 } }

  func send(_ request: HTTPRequest) async throws(HTTPFault) -> HTTPResponse {
    let number = received.withLock { requests in
      requests.append(request)
      return requests.count - 1
    }
    return try await reply(request, number).get()
  }
}

extension Result where Success == HTTPResponse, Failure == HTTPFault {
  /// A response.
  static func status(
    _ status: Int,
    _ body: String = "",
    type: String = "application/json",
    _ headers: [String: String] = [:]
  ) -> Self {
    let all =
      [(name: "Content-Type", value: type)] + headers.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    return .success(HTTPResponse(status: status, headers: all, body: Array(body.utf8)))
  }

  /// An answer as OpenAI has it.
  static func answer(_ text: String = "fine", usage: String = #"{"prompt_tokens":10,"completion_tokens":2}"#)
    -> Self
  {
    let message = JSONValue.string(text).serialized()
    return .status(
      200,
      #"{"model":"m-1","choices":[{"message":{"content":\#(message)},"finish_reason":"stop"}],"usage":\#(usage)}"#
    )
  }

  /// An error as OpenAI has it.
  static func error(
    _ status: Int,
    type: String = "some_error",
    code: String = "null",
    message: String = "no",
    _ headers: [String: String] = [:]
  ) -> Self {
    .status(
      status,
      #"{"error":{"message":"\#(message)","type":"\#(type)","code":\#(code),"param":null}}"#,
      headers
    )
  }

  static func fault(_ kind: HTTPFault.Kind, isUnsent: Bool = false) -> Self {
    .failure(HTTPFault(kind, "as the test wants it", isUnsent: isUnsent))
  }
}

extension Result where Success == HTTPResponse, Failure == HTTPFault {
  static func status(_ status: Int, _ body: String, _ headers: [String: String]) -> Self {
    .status(status, body, type: "application/json", headers)
  }
}
