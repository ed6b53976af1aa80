import FlowCore
import FlowText
import RandomSupport
import Testing

@testable import FlowMemory

@Suite(.timeLimit(.minutes(15))) struct `Search` {
  private let bench: MemoryBench
  private let memory: MemoryContext

  init() throws {
    bench = try MemoryBench()
    memory = bench.memory()
  }

  private func add(_ contents: [String]) async throws {
    _ = try await memory.update(contents.map { Step(role: .user, content: $0) })
  }

  private func refusal(_ query: String, limit: Int) async throws -> FlowError {
    try await #require(throws: FlowError.self) { _ = try await memory.search(query, limit: limit) }
  }

  @Test func `the best step stands first, by score and not by tokens`() async throws {
    let long =
      "The certificate renewal failed. " + String(repeating: "nothing else to tell here. ", count: 12)
    let filler = (1...30).map { "weather report number \($0)" }
    try await add(filler + [long] + filler + ["a certificate"] + filler)
    let hits = try await memory.search("certificate renewal failed", limit: 3)
    #expect(hits.first?.step.id == StepID(31))
    #expect(zip(hits, hits.dropFirst()).allSatisfy { $0.score >= $1.score })
    for hit in hits {
      let sum = hit.parts.reduce(0) { $0 + $1.value }
      #expect(sum == hit.score)
    }
  }

  @Test func `the limit holds, and hits are distinct`() async throws {
    try await add((1...40).map { "certificate number \($0)" })
    for limit in [1, 7, 1000] {
      let hits = try await memory.search("certificate", limit: limit)
      #expect(hits.count == min(limit, 40))
      #expect(Set(hits.map(\.step.id)).count == hits.count)
    }
  }

  @Test func `what no step answers has no hits, nor has an empty archive`() async throws {
    #expect(try await memory.search("certificate").isEmpty)
    try await add(["the weather was fine"])
    #expect(try await memory.search("certificate").isEmpty)
  }

  @Test(arguments: ["", " \n\t"]) func `an empty query is refused`(query: String) async throws {
    #expect(try await refusal(query, limit: 1).code == .invalidArgument)
  }

  @Test(arguments: [0, -1, 1001]) func `a limit out of range is refused`(limit: Int) async throws {
    #expect(try await refusal("x", limit: limit).code == .invalidArgument)
  }
}

@Suite struct `Snippets of steps` {
  private func snippet(_ content: String, _ terms: String...) -> Snippet {
    Snippet(of: content, terms: Set(terms))
  }

  @Test func `a short text stands whole, on one line`() {
    #expect(snippet("one\n\ttwo\u{2028}three").text == "one two three")
  }

  @Test func `the line is the place with the most distinct terms`() {
    let far = String(repeating: "words without weight ", count: 30)
    let line = snippet(far + "alpha. " + far + "alpha then beta ends it. " + far, "alpha", "beta")
    #expect(line.text.contains("alpha then beta"))
    #expect(line.runs.filter(\.isMatch).map(\.text) == ["alpha", "beta"])
    #expect(line.text.hasPrefix("…") && line.text.hasSuffix("…"))
  }

  @Test(arguments: [
    ("어제 인증서가 만료되었습니다", "인증", "인증서가"), ("昨日サーバーの証明書が期限切れになりました。原因を調べます", "証明", "証明"),
    ("renewals failed", "renew", "renewals"),
  ]) func `words match as recall matches them`(content: String, term: String, match: String) {
    #expect(snippet(content, term).runs.filter(\.isMatch).map(\.text) == [match])
  }

  @Test func `no text makes a line too long, or one with a line break`() {
    for seed in 1...200 as ClosedRange<UInt64> {
      var random = SeededRandom(seed: seed)
      let alphabet = Array("ab  \n\t한글字か\u{0}\u{2029}e\u{301}👩‍👩‍👧.")
      let content = String((0..<random.number(0...600)).map { _ in random.pick(alphabet) })
      let line = snippet(content, "ab", "한글", "字か")
      #expect(line.text.count <= Snippet.width + 2, "seed \(seed)")
      #expect(line.text.allSatisfy { !$0.isNewline }, "seed \(seed)")
      let shown = line.text.replacing("…", with: "")
      #expect(OneLine.folded(content).contains(shown), "seed \(seed)")
    }
  }
}
