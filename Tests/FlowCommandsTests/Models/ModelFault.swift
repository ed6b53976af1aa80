import FlowCore
import FlowTestSupport
import Testing

/// A way in which an endpoint fails, and what Flow is to make of it.
struct ModelFault: Sendable, CustomTestStringConvertible {
  typealias Answer = ScriptedServer.Answer

  /// What a fault says of the endpoint, which decides how often it is asked.
  enum Policy: Sendable {
    /// Nothing more is asked: only a person can help.
    case once
    /// The call is repeated, and after five failures in a row nothing is asked for a while.
    case ill
    /// The call is repeated as the endpoint wants it, and after five calls in vain nothing is asked for a while.
    case busy
    /// This one answer is of no use; the others are asked for.
    case well
    /// Nothing that is sent is taken: after five of them nothing more is begun.
    case rejecting
  }

  let name: String
  let code: String
  let policy: Policy
  let timeout: String
  let answer: @Sendable (ScriptedServer.Request) -> Answer

  init(
    _ name: String,
    _ code: String,
    _ policy: Policy,
    timeout: String = "60",
    answer: @escaping @Sendable (ScriptedServer.Request) -> Answer
  ) {
    (self.name, self.code, self.policy) = (name, code, policy)
    (self.timeout, self.answer) = (timeout, answer)
  }

  var testDescription: String { name }

  /// How many requests reach the server for this many summaries, one after the other, with one repeat.
  func requests(for summaries: Int) -> Int {
    switch policy {
    case .once: 1
    case .ill: min(5, 2 * summaries)
    case .busy: min(10, 2 * summaries)
    // Two more are begun before the fifth has ended.
    case .well, .rejecting: min(7, summaries)
    }
  }

  /// Why a run over many summaries ends early.
  var stopped: String? {
    switch policy {
    case .once, .rejecting: code
    case .ill, .busy: "model.paused"
    case .well: nil
    }
  }
}

extension ModelFault {
  /// An error as OpenAI words it; it repeats the key that it was sent, as bad proxies do.
  private static func error(
    _ status: Int,
    _ type: String,
    headers: [(name: String, value: String)] = []
  ) -> @Sendable (ScriptedServer.Request) -> Answer {
    { request in
      let message = "sorry, \(request.header("authorization") ?? "nobody")"
      return .json(
        status: status,
        [
          "error": [
            "message": .string(message), "type": .string(type), "param": .null, "code": .string(type),
          ]
        ],
        headers: headers
      )
    }
  }

  private static let page = "<!DOCTYPE html><html><body><h1>Sign in to the network</h1></body></html>"
  private static let reply = ModelServer.reply("- all is well [s1]")

  /// All that a server can do to its client; certificates have a test of their own.
  static let all: [ModelFault] = [
    ModelFault(
      "429 with Retry-After",
      "model.rate_limited",
      .busy,
      answer: error(429, "rate_limit_exceeded", headers: [("retry-after", "1")])
    ),
    ModelFault("429 for want of money", "model.unpaid", .once, answer: error(429, "insufficient_quota")),
    ModelFault("a key that is not taken", "model.unauthorized", .once, answer: error(401, "invalid_api_key")),
    ModelFault("500", "model.overloaded", .ill, answer: error(500, "server_error")),
    ModelFault("529", "model.overloaded", .ill, answer: error(529, "overloaded_error")),
    ModelFault("time-out", "model.timed_out", .ill, timeout: "1.5") { _ in .silence },
    ModelFault("slow drip", "model.timed_out", .ill, timeout: "1.5") { _ in
      .json(reply).dripping(every: .milliseconds(100))
    },
    ModelFault("cut before the answer", "model.unreachable", .ill) { _ in .closed() },
    ModelFault("cut in the head", "model.unreachable", .ill) { _ in .json(reply).cut(after: 20) },
    ModelFault("cut in the body, with a reset", "model.unreachable", .ill) { _ in
      .json(reply).chunked(of: 64).cut(afterBodyBytes: 150, withReset: true)
    },
    ModelFault("a redirect", "model.rejected", .rejecting) { _ in .redirect(to: "http://127.0.0.1:9/v1") },
    ModelFault("no HTTP at all", "model.rejected", .rejecting) { _ in .garbage() },
    ModelFault("HTML with status 200", "model.answer_malformed", .well) { _ in
      .text(page, type: "text/html")
    },
    ModelFault("HTML with status 502", "model.overloaded", .ill) { _ in
      .text(status: 502, page, type: "text/html")
    },
    ModelFault("no body", "model.answer_malformed", .well) { _ in .json("") },
    ModelFault("no text", "model.answer_empty", .well) { _ in .json(ModelServer.reply(" \n")) },
    ModelFault("a body without end", "model.answer_too_large", .well) { _ in .endless() },
    ModelFault("a gzip bomb", "model.answer_malformed", .well) { _ in .gzipBomb(megabytes: 48) },
  ]
}
