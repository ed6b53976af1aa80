import FlowCore

@testable import FlowLLM

extension Peer {
  static let test = Peer(model: "m", host: "models.example", words: ServerWords(hiding: APIKey(secretKey)))
}

extension HTTPResponse {
  init(_ status: Int, _ body: String, _ headers: [String: String] = ["content-type": "application/json"]) {
    self.init(status: status, headers: headers.map { ($0.key, $0.value) }, body: Array(body.utf8))
  }
}

let noon = Timestamp(iso8601: "2026-11-22T12:00:00Z")!

/// What a response is read as.
func read(
  _ response: HTTPResponse,
  by dialect: any ChatDialect = OpenAIDialect()
) -> Result<AnswerReader.Answer, CallFault> {
  do throws(CallFault) {
    return .success(try AnswerReader(dialect: dialect, peer: .test).read(response, now: noon))
  } catch {
    return .failure(error)
  }
}

extension Result where Success == AnswerReader.Answer, Failure == CallFault {
  var fault: CallFault? { if case .failure(let fault) = self { fault } else { nil } }
}
