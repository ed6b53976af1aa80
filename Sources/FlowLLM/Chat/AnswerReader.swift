import FlowCore

/// Makes an answer of what an endpoint sent, or says why it is none.
///
/// Nothing of it is trusted: it may be a login page, half a document, nested a million deep, or an error with status 200.
struct AnswerReader: Sendable {
  /// An answer, before it is known how many attempts it took.
  struct Answer: Sendable {
    let text: String
    let model: String?
    let usage: TokenUsage?
  }

  static let limits = JSONLimits(maximumDepth: 64, replacesLoneSurrogates: true)

  let dialect: any ChatDialect
  let peer: Peer

  /// Reads a response of any status.
  func read(_ response: HTTPResponse, now: Timestamp) throws(CallFault) -> Answer {
    guard (200..<300).contains(response.status) else {
      throw CallFault(status: response, from: peer, now: now)
    }
    let reply = try document(of: response)
    let usage = dialect.usage(of: reply)
    if let error = Self.error(in: reply) {
      throw CallFault(errorInAnswer: response, error, from: peer, usage: usage, now: now)
    }
    guard let reading = dialect.reading(of: reply) else {
      throw unusable(
        .answerMalformed,
        "sent JSON that is no answer (\(peer.words.sketch(of: response)))",
        hint: "check llm.provider and llm.baseURL",
        usage
      )
    }
    try check(reading, usage)
    let model = reply["model"]?.string.map { peer.words.excerpt($0, limit: 120) }
    return Answer(text: peer.words.answer(reading.text), model: model == "" ? nil : model, usage: usage)
  }

  private func document(of response: HTTPResponse) throws(CallFault) -> JSONObject {
    do throws(JSONError) {
      if let object = try JSONValue(parsing: response.body, limits: Self.limits).object { return object }
    } catch {
      // Where it begins like JSON, the place at which it stops being that is worth knowing.
      if response.body.first == UInt8(ascii: "{") {
        throw unusable(
          .answerMalformed,
          "sent JSON that cannot be read (\(Self.problem(error))): "
            + peer.words.sketch(of: response),
          nil
        )
      }
    }
    throw unusable(
      .answerMalformed,
      "sent no JSON object but \(peer.words.sketch(of: response))",
      hint: "check llm.baseURL",
      nil
    )
  }

  /// Without the name of a duplicate key, which `JSONError` has cut before a secret could be found in it.
  private static func problem(_ error: JSONError) -> String {
    if case .duplicateKey = error.reason { return "\(error.location): a key stands there twice" }
    return error.description
  }

  /// The error in a reply, or in its first choice.
  private static func error(in reply: JSONObject) -> ErrorBody? {
    for holder in [reply, reply["choices"]?[0]?.object] {
      guard let holder, let error = holder["error"], !error.isNull else { continue }
      if let body = ErrorBody(.object(["error": error])) { return body }
    }
    // An error of one kind or another, though not in so many words.
    guard reply["type"]?.string == "error" || reply["object"]?.string == "error" else { return nil }
    return ErrorBody(.object(reply)) ?? ErrorBody(["message": "an error without a message"])
  }

  private func check(_ reading: ChatReading, _ usage: TokenUsage?) throws(CallFault) {
    switch reading.ending {
    case .truncated(let reason):
      throw unusable(
        .answerTruncated,
        "did not finish its answer (\(peer.words.excerpt(reason, limit: 60)))",
        hint: "raise llm.maxTokens: models that reason need some thousands more than they say",
        usage
      )
    case .refused(let why):
      let reason = why.map { ": \(peer.words.quoted($0))" } ?? ""
      throw unusable(.answerRefused, "refused to answer\(reason)", hint: "another model may answer", usage)
    case .diverted(let reason):
      throw unusable(
        .answerMalformed,
        "gave no answer but asked for something else (\(peer.words.excerpt(reason, limit: 60)))",
        usage
      )
    case .finished:
      guard !reading.text.allSatisfy(\.isWhitespace) else {
        throw unusable(.answerEmpty, "gave an empty answer", usage)
      }
    }
  }

  private func unusable(
    _ code: FlowError.Code,
    _ what: String,
    hint: String? = nil,
    _ usage: TokenUsage?
  ) -> CallFault {
    CallFault(
      peer.error(code, "\(peer.label) \(what)", hint: hint),
      outcome: .unusable,
      verdict: .well,
      usage: usage
    )
  }
}
