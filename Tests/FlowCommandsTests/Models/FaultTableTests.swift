import FlowCore
import FlowTestSupport
import Synchronization
import Testing

/// Every way in which an endpoint can fail, as a user of `flowctl` meets it: what was there stays, what was to be done is
/// still marked, and it is done as soon as the endpoint is well.
@Suite(.timeLimit(.minutes(20)))
struct `Endpoints that fail` {
  typealias Answer = ScriptedServer.Answer

  struct Fault: Sendable, CustomTestStringConvertible {
    let name: String
    /// What the receipt calls it.
    let codes: Set<String>
    /// How many calls it costs to learn that, for four summaries one after the other.
    let calls: ClosedRange<Int>
    var timeout = "20"
    let answer: @Sendable () -> Answer

    var testDescription: String { name }
  }

  private static func error(
    _ status: Int,
    _ type: String,
    code: String? = nil,
    headers: [(name: String, value: String)] = []
  ) -> Answer {
    let body: JSONValue = [
      "error": ["message": "no \(type)", "type": .string(type), "code": code.map(JSONValue.string) ?? .null]
    ]
    return .json(status: status, body, headers: headers)
  }

  private static func words(_ text: String, finish: String = "stop") -> Answer {
    .json([
      "choices": [["finish_reason": .string(finish), "message": ["content": .string(text)]]],
      "usage": ["prompt_tokens": 10, "completion_tokens": 1],
    ])
  }

  static let faults = [
    Fault(name: "429 with Retry-After", codes: ["model.rate_limited"], calls: 8...8) {
      error(429, "rate_limit_exceeded", headers: [("retry-after-ms", "30")])
    },
    Fault(name: "429 that asks for an hour", codes: ["model.rate_limited"], calls: 4...4) {
      error(429, "rate_limit_exceeded", headers: [("Retry-After", "3600")])
    },
    Fault(name: "429 about a bill", codes: ["model.unpaid", "model.paused"], calls: 1...1) {
      error(429, "insufficient_quota", code: "insufficient_quota")
    },
    Fault(name: "402", codes: ["model.unpaid", "model.paused"], calls: 1...1) { error(402, "billing_error") },
    Fault(name: "401", codes: ["model.unauthorized", "model.paused"], calls: 1...1) {
      error(401, "invalid_api_key \(ModelProject.key)")
    },
    Fault(name: "404", codes: ["model.rejected"], calls: 4...4) { error(404, "model_not_found") },
    Fault(name: "500", codes: ["model.overloaded", "model.paused"], calls: 4...6) {
      error(500, "server_error")
    },
    Fault(name: "529", codes: ["model.overloaded", "model.paused"], calls: 4...6) {
      error(529, "overloaded_error")
    },
    Fault(name: "a redirect", codes: ["model.rejected"], calls: 4...4) {
      .redirect(to: "https://other.example/")
    },
    Fault(
      name: "no answer in time",
      codes: ["model.timed_out", "model.paused"],
      calls: 1...8,
      timeout: "0.3"
    ) {
      .silence
    },
    Fault(name: "a slow drip", codes: ["model.timed_out", "model.paused"], calls: 1...8, timeout: "0.3") {
      words("- a [s1]").dripping(every: .milliseconds(40))
    },
    Fault(name: "a cut connection", codes: ["model.unreachable", "model.paused"], calls: 4...8) {
      words("- a [s1]").cut(afterBodyBytes: 20)
    },
    Fault(name: "HTML", codes: ["model.answer_malformed", "model.paused"], calls: 4...8) {
      .text("<html><body>Sign in</body></html>", type: "text/html")
    },
    Fault(name: "an empty body", codes: ["model.answer_malformed", "model.paused"], calls: 4...8) {
      .json("")
    },
    Fault(name: "an empty answer", codes: ["model.answer_empty"], calls: 4...8) { words("") },
    Fault(name: "a cut answer", codes: ["model.answer_truncated"], calls: 4...4) {
      words("- a", finish: "length")
    },
    Fault(name: "a refusal", codes: ["model.answer_refused"], calls: 4...4) {
      words("no", finish: "content_filter")
    },
    Fault(name: "an endless body", codes: ["model.answer_too_large", "model.paused"], calls: 4...8) {
      .endless()
    },
    Fault(name: "a gzip bomb", codes: ["model.answer_malformed", "model.paused"], calls: 4...8) {
      .gzip(String(repeating: "0", count: 1 << 20))
    },
    Fault(
      name: "another protocol",
      codes: ["model.rejected", "model.unreachable", "model.paused"],
      calls: 1...8
    ) {
      .garbage()
    },
    Fault(name: "prose", codes: ["model.answer_unfit"], calls: 8...8) { words("All went well, I think.") },
  ]

  @Test(arguments: faults)
  func `leave the memory whole and everything marked`(fault: Fault) async throws {
    let isWell = Mutex(false)
    let server = try ScriptedServer { request in
      isWell.withLock { $0 } ? .json(ModelServer.reply(ModelServer.bullets(for: request))) : fault.answer()
    }
    defer { server.close() }
    let project = try await ModelProject(
      baseURL: "\(server.baseURL)/v1",
      more: ["FLOW_LLM_TIMEOUT_SECONDS": fault.timeout]
    )
    let before = try await project.summaries()
    let receipt = try await project.upgrade("--jobs", "1", exit: 69)
    #expect(!receipt.codes.isEmpty && receipt.codes.isSubset(of: fault.codes), "\(receipt.codes)")
    #expect(receipt.made == 0)
    #expect(fault.calls.contains(server.requestCount), "\(server.requestCount) calls")
    #expect(try await project.summaries() == before)
    try await project.expectSound()

    // A command that makes a summary meets the same, and neither fails nor forgets.
    var eager = project
    eager.root.environment["FLOW_SUMMARIZER"] = "llm"
    for number in 18...21 {
      let step = try await eager.root.flowctl(["add-step", "More of it, \(number). \(Self.filler)"]).expect(0)
      #expect(step.output == "s\(number)\n" && !step.errors.contains(ModelProject.key))
    }
    try await eager.root.text("context", "--budget", "2000")
    #expect(try await project.makers() == Array(repeating: "textrank", count: ModelProject.leaves + 1))

    isWell.withLock { $0 = true }
    var patient = project
    patient.root.environment["FLOW_LLM_TIMEOUT_SECONDS"] = "60"
    let healed = try await patient.upgrade("--retry-refused")
    #expect(healed.made == ModelProject.leaves + 1, "\(healed)")
    #expect(try await project.makers() == Array(repeating: "tiny", count: ModelProject.leaves + 1))
    try await project.expectSound()
  }

  private static let filler = String(
    repeating: "We went over the plan again and looked at its parts. ",
    count: 5
  )

  @Test func `nobody listens, and nothing is asked twice too often`() async throws {
    let project = try await ModelProject(baseURL: "http://127.0.0.1:9/v1")
    let before = try await project.summaries()
    let receipt = try await project.upgrade("--jobs", "1", exit: 69)
    #expect(receipt.codes.isSubset(of: ["model.unreachable", "model.paused"]))
    #expect(try await project.summaries() == before)
    #expect(receipt["spent"]?["cost"] == "$0")
  }

  @Test(.enabled("openssl and python3 are not here") { TLSFront.isAvailable })
  func `TLS is spoken with whom it can be verified, and with nobody else`() async throws {
    let certificates = try await TestCertificates()
    let server = try ModelServer.start()
    defer { server.close() }
    for (certificate, authority, isTrusted) in [
      (certificates.valid, certificates.authority, true), (certificates.valid, "", false),
      (certificates.wrongHost, certificates.authority, false),
      (certificates.expired, certificates.authority, false),
    ] {
      let front = try await TLSFront(of: server, certificate: certificate)
      let project = try await ModelProject(
        baseURL: "\(front.baseURL)/v1",
        more: ["FLOW_LLM_CA_FILE": authority]
      )
      let asked = server.requestCount
      let receipt = try await project.upgrade("--jobs", "1", exit: isTrusted ? 0 : 69)
      if isTrusted {
        #expect(receipt.made == ModelProject.leaves)
        let check = try await project.root.data("models", "check")
        #expect(check["protection"] == "tls" && check["key"] == "sent" && check["working"] == true)
      } else {
        #expect(receipt.codes.isSubset(of: ["model.untrusted", "model.paused"]), "\(receipt.codes)")
        #expect(server.requestCount == asked && receipt.made == 0)
        try await project.expectSound()
      }
    }
  }
}
