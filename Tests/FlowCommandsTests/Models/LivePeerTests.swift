import FlowCore
import FlowTestSupport
import Testing

// Its words are noise, so no summary of it can be fit; but the endpoint is as real as one can be: what it says of tokens,
// keys and limits is held against what Flow makes of it.
@Suite(
  .timeLimit(.minutes(10)),
  .enabled(if: LlamaPeer.python != nil, "no llama.cpp here: `make test-live` installs it below .build/live")
)
struct `A real server of llama.cpp` {
  private static let tokens = ["input": "prompt_tokens_total", "cached_read": "prompt_tokens_cached_total"]

  private func asking(
    _ project: ModelProject,
    _ baseURL: String,
    _ more: [String: String] = [:]
  ) -> TemporaryRoot {
    project.asking(baseURL, ["OPENAI_API_KEY": LlamaPeer.key].merging(more) { $1 })
  }

  @Test func `works, counts its tokens and has a cache`() async throws {
    let peer = try await LlamaPeer()
    let root = asking(try await ModelProject(), peer.baseURL)
    let first = try await root.flowctl(["models", "check", "--json"]).data
    #expect(first["status"] == 200 && first["key"] == "sent", "\(first)")
    #expect(first["answered_as"] == "tiny" && first["reports_usage"] == true && first["attempts"] == 1)
    let prompt = try #require(first["usage"]?["input"]?.int)
    #expect(prompt > 10 && first["usage"]?["cached_read"] == 0)
    let second = try await root.flowctl(["models", "check", "--json"]).data
    let cached = try #require(second["usage"]?["cached_read"]?.int)
    #expect(cached > 0 && second["usage"]?["input"]?.int == prompt - cached)

    // One answer in some forty ends before its first letter, and then the model is of no use.
    var outcome = try await root.flowctl(["models", "check"])
    for _ in 0..<8 where outcome.exitCode != 0 {
      #expect(outcome.errors.contains("gave an empty answer"), "\(outcome)")
      outcome = try await root.flowctl(["models", "check"])
    }
    #expect(try outcome.expect(0).output.contains("key                 sent and accepted"))
  }

  @Test func `takes only its own key`() async throws {
    let peer = try await LlamaPeer()
    let project = try await ModelProject()
    let refused = try await asking(project, peer.baseURL, ["OPENAI_API_KEY": ModelProject.key])
      .flowctl(["models", "check", "--json"]).expect(69)
    #expect(try refused.data["key"] == "refused")
    #expect(try refused.data["error"]?["code"] == "model.unauthorized")
    #expect(!refused.everything.contains(ModelProject.key))
    let missing = try await asking(project, peer.baseURL, ["FLOW_LLM_API_KEY_ENV": "none"])
      .flowctl(["models", "check", "--json"]).expect(69)
    #expect(try missing.data["key"] == "missing")
  }

  @Test(arguments: [false, true]) func `makes no fit summary, and harms none`(isBehindTLS: Bool) async throws
  {
    if isBehindTLS, !TLSFront.isAvailable { try Test.cancel("the openssl command is not here") }
    let peer = try await LlamaPeer()
    let project = try await ModelProject()
    let certificates = isBehindTLS ? try await TestCertificates() : nil
    let front: TLSFront? =
      if let certificates {
        try await TLSFront(ofPort: peer.port, certificate: certificates.valid)
      } else {
        nil
      }
    let authority = certificates.map { ["FLOW_LLM_CA_FILE": $0.authority] } ?? [:]
    let root = asking(project, front?.baseURL ?? peer.baseURL, authority)
    let before = try await project.memory()
    let outcome = try await root.flowctl(["summarize", "--upgrade", "--json"]).expect(69)
    let receipt = try outcome.upgraded
    let codes = (receipt["refused"]?.texts("code") ?? []) + (receipt["failed"]?.texts("code") ?? [])
    // It may end before its first letter, or not in time.
    let known: Set = ["model.answer_unfit", "model.answer_empty", "model.answer_truncated"]
    #expect(codes.count == ModelProject.leaves && Set(codes).isSubset(of: known), "\(outcome)")
    #expect(try outcome.data["stopped"] == .null)
    #expect(try await project.memory() == before)
    #expect(try await project.findings() == "project demo: all files are sound\n")

    let line = try #require(try await root.data("summarize", "--ledger")["models"]?[0])
    for (ours, theirs) in Self.tokens {
      #expect(line["tokens"]?[ours]?.int == (try await peer.counter(theirs)), "\(ours)")
    }
    #expect(line["tokens"]?["output"]?.int == (try await peer.counter("tokens_predicted_total")))
    // All requests begin with the same rules.
    #expect((line["tokens"]?["cached_read"]?.int ?? 0) > 0)
  }

  @Test func `refuses a prompt that is too long`() async throws {
    let peer = try await LlamaPeer()
    let long = "Nobody knows why the mirror in the north was so slow, and what to do about it. "
    let project = try await ModelProject((1...5).map { "Part \($0). " + String(repeating: long, count: 80) })
    let root = asking(project, peer.baseURL)
    let before = try await project.memory()
    let outcome = try await root.flowctl(["summarize", "--upgrade", "--json"]).expect(69)
    let failure = try #require(try outcome.upgraded["failed"]?[0])
    #expect(failure["code"] == "model.rejected", "\(outcome)")
    #expect(failure["message"]?.string?.contains("refused the request as too long (400)") == true)
    // None of them is repeated: it would be as long again.
    let calls = try outcome.data["spent"]?.calls
    #expect(calls == (try outcome.upgraded["failed"]?.array?.count), "\(outcome)")
    #expect(try await project.memory() == before)

    // Shown less of it, the model answers.
    let careful = asking(project, peer.baseURL, ["FLOW_LLM_MAX_PROMPT_TOKENS": "800"])
    let again = try await careful.flowctl(["summarize", "--upgrade", "--json"]).expect(69)
    #expect(try again.data["spent"]?["calls"]?["refused"] == 0, "\(again)")
    #expect(try await project.memory() == before)
  }

  @Test func `leaves a step stored whose summary it could not make`() async throws {
    let peer = try await LlamaPeer()
    let project = try await ModelProject()
    let root = asking(project, peer.baseURL, ["FLOW_SUMMARIZER": "llm"])
    let outcome = try await root.flowctl(["add-step", ModelProject.content(33)]).expect(0)
    #expect(outcome.output == "s33\n" && outcome.errors.contains("stays"), "\(outcome)")
    #expect(try await project.makers() == .init(repeating: "textrank", count: ModelProject.leaves + 1))
    #expect(try await peer.counter("tokens_predicted_total") >= 0)
  }
}
