import FlowCore
import FlowTestSupport
import Testing

@Suite(.timeLimit(.minutes(15)))
struct `Searching` {
  @Test func `a hit says who, when, how well and where`() async throws {
    let root = try await SampleProject.make()
    let hits = try #require(try await root.data("search", "인증서 자동 갱신", "--limit", "3").array)
    #expect(hits.count == 3)
    let contents = try await SampleProject.contents(root)
    for hit in hits {
      #expect(
        hit.object?.keys == ["id", "score", "parts", "ts", "role", "name", "task", "tokens", "snippet"]
      )
      let content = try #require(contents[hit["id"]?.int ?? 0])
      #expect(content.contains("인증서"))
      #expect(hit["snippet"]?.string?.contains("인증서") == true)
      let parts = try #require(hit["parts"]?.object)
      let sum = parts.reduce(0.0) { $0 + ($1.value.double ?? 0) }
      #expect(abs(sum - (hit["score"]?.double ?? -1)) < 0.000_01)
    }
    let scores = hits.compactMap { $0["score"]?.double }
    #expect(scores == scores.sorted(by: >))
  }

  @Test func `people get a line a hit, and the parts of its score on request`() async throws {
    let root = try await TemporaryRoot(project: "demo")
    try await root.text("add-step", "the certificate\nhas expired", "--name", "Ada")
    let plain = try await root.text("search", "certificate")
    let lines = plain.split(separator: "\n")
    #expect(lines.count == 2 && lines[0].hasPrefix("STEP"))
    #expect(lines[1].hasPrefix("s1 ") && lines[1].contains("Ada"))
    #expect(lines[1].hasSuffix("the certificate has expired"))
    #expect(!plain.unicodeScalars.contains("\u{1B}"))
    #expect(try await root.text("search", "certificate", "--explain").contains("aboutness "))
    #expect(try await root.text("search", "-", input: "certificate\n") == plain)
  }

  @Test func `no hit is no error`() async throws {
    let root = try await TemporaryRoot(project: "demo")
    let outcome = try await root.flowctl(["search", "certificate"]).expect(0)
    #expect(outcome.output == "" && outcome.errors == "no step answers that\n")
    #expect(try await root.data("search", "certificate") == [])
  }

  @Test(arguments: [
    ["search", ""], ["search", " "], ["search", "x", "--limit", "0"], ["search", "x", "--limit", "1001"],
  ])
  func `an empty query and an odd limit are usage errors`(arguments: [String]) async throws {
    let root = try await TemporaryRoot(project: "demo")
    try await root.expectFailure(arguments, exit: 64, "argument.invalid")
  }
}
