import FlowCore
import FlowTestSupport
import Glibc
import Testing

@Suite(.timeLimit(.minutes(15)))
struct `Evaluating` {
  private static let questions = "\(SampleProject.repository)/projects/sample/questions.jsonl"
  private static let transcript = "\(SampleProject.repository)/projects/sample/transcript.jsonl"

  @Test func `questions are asked at each budget, and their figures agree`() async throws {
    let root = try await SampleProject.make()
    let data = try await root.data("eval", Self.questions, "--budget", "600", "--budget", "6000")
    #expect(data["questions"] == 25 && data["tokenizer"] == "o200k_base")
    #expect(data["shares"] == ["long_term": 0.15, "short_term": 0.35, "tasks": 0.15])
    let budgets = try #require(data["budgets"]?.array)
    #expect(budgets.map { $0["budget"]?.int } == [600, 6000])
    for budget in budgets {
      let all = try #require(budget["all_evidence"]?.double)
      let evidence = try #require(budget["evidence"]?.double)
      #expect((0...1).contains(all) && all <= evidence && evidence <= 1)
      let tokens = try #require(budget["tokens"]?.double)
      #expect(tokens > 0 && tokens <= budget["budget"]?.double ?? 0)
      let categories = try #require(budget["categories"]?.object)
      var questions = 0
      for category in categories { questions += category.value["questions"]?.int ?? 0 }
      #expect(questions == 25)
      #expect(budget["latency_ms"]?["p50"]?.double ?? -1 > 0)
    }
    let recall = budgets.compactMap { $0["evidence"]?.double }
    #expect(recall[0] <= recall[1])
  }

  @Test func `the table has a row a budget, and one a category on request`() async throws {
    let root = try await SampleProject.make()
    let plain = try await root.text("eval", Self.questions, "--every", "10", "--share", "short_term=0")
    #expect(plain.hasPrefix("3 questions, o200k_base, shares: long_term 0.15, short_term 0.00, tasks 0.15\n"))
    let rows = plain.split(separator: "\n").dropFirst(2).map {
      $0.split(separator: " ").first.map(String.init)
    }
    #expect(rows == ["1000", "2000", "4000", "8000"])
    let more = try await root.text("eval", Self.questions, "--categories", "--budget", "1000")
    #expect(more.contains("CATEGORY") && more.contains("temporal"))
  }

  @Test func `questions that name no step are refused before any is asked`() async throws {
    let root = try await TemporaryRoot(project: "demo")
    try await root.text("add-step", "x", "--ref", "D1:3")
    let good = #"{"q":"a","evidence":["D1:3"]}"# + "\n"
    try root.folder.write(good + "\n{\n", to: "q.jsonl")
    let error = try await root.expectFailure(["eval", "q.jsonl"], exit: 65, "json.invalid")
    #expect(error["message"]?.string?.hasPrefix("q.jsonl line 3:") == true)
    let unknown = good + #"{"q":"b","evidence":["D9:9"]}"#
    try await root.expectFailure(["eval", "-"], exit: 66, "step.not_found", input: unknown)
    #expect(try await root.data("eval", "-", "--budget", "500", input: good)["questions"] == 1)
  }

  @Test(arguments: [
    ["eval"], ["eval", "q", "--replay", "s"], ["eval", "q", "--budget", "0"], ["eval", "q", "--every", "0"],
    ["eval", "q", "--input-price", "1"], ["eval", "--replay", "s", "--cached-price", "-1"],
    ["eval", "--replay", "s", "--categories"], ["eval", "--replay", "s", "--budget", "1", "--budget", "2"],
    ["eval", "--replay", "s", "--share", "x=1"],
  ]) func `options that do not go together are usage errors`(arguments: [String]) async throws {
    let root = try await TemporaryRoot(project: "demo")
    try await root.expectFailure(arguments, exit: 64, "argument.invalid")
  }

  @Test func `a replay says what the run costs, and needs no project`() async throws {
    var root = TemporaryRoot()
    root.environment["TMPDIR"] = root.folder.path
    let before = root.folder.files()
    let arguments = ["eval", "--replay", Self.transcript, "--budget", "2000", "--input-price", "10"]
    let data = try await root.flowctl(arguments + ["--json"]).expect(0).data
    #expect(data["steps"] == 194 && data["budget"] == 2000)
    let calls = try #require(data["calls"]?.int)
    let tokens = try #require(data["tokens"]?.int)
    let unchanged = try #require(data["unchanged_tokens"]?.int)
    #expect(calls > 10 && tokens <= calls * 2000 && unchanged > 0 && unchanged < tokens)
    #expect(data["prices"] == ["input": 10.0, "cached": 0.3])
    let uncached = try #require(data["cost"]?["uncached"]?.double)
    #expect(abs(uncached - Double(tokens) / 100_000) < 0.000_01)
    #expect(data["cost"]?["cached"]?.double ?? 1e9 < uncached)
    let kinds = try #require(data["kinds"]?.object)
    #expect(kinds.keys == ["stable", "growing", "volatile"])
    var sum = 0
    for kind in kinds { sum += kind.value["tokens"]?.int ?? 0 }
    #expect(sum == tokens)
    let text = try await root.flowctl(arguments).expect(0).output
    #expect(text.contains("\(tokens), of which \(unchanged)") && text.contains("10.00 and 0.30 cached"))
    #expect(root.folder.files() == before)
  }

  @Test(arguments: [SIGINT, SIGTERM]) func `a replay that is interrupted removes what it made`(number: CInt)
    async throws
  {
    var root = TemporaryRoot()
    root.environment["TMPDIR"] = root.folder("scratch")
    try root.folder.write("", to: "scratch/kept")
    let lines = (1...3000).map { #"{"role":"user","content":"step number \#($0)"}"# + "\n" }
    try root.folder.write(lines.joined(), to: "steps.jsonl")
    let process = try root.start(["eval", "--replay", "steps.jsonl"])
    while !root.folder.files().contains(where: { $0.hasSuffix("memory.sqlite") }) {
      try await Task.sleep(for: .milliseconds(5))
    }
    kill(process.id, number)
    let outcome = try await process.outcome()
    #expect(outcome.exitCode == 130 && outcome.output == "", "\(outcome)")
    #expect(root.folder.files().filter { $0.hasPrefix("scratch/") } == ["scratch/kept"])
  }
}
