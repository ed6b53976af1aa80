import FlowCore
import Testing

@testable import FlowProjects

@Suite struct `Evaluation figures` {
  private func answer(_ category: String?, _ found: Int, of wanted: Int, _ ms: Double)
    -> RecallEvaluation.Answer
  {
    RecallEvaluation.Answer(category: category, wanted: wanted, found: found, tokens: 100, milliseconds: ms)
  }

  @Test func `a question counts as answered only with all of its evidence`() {
    let figures = RecallEvaluation.Figures([
      answer(nil, 2, of: 2, 1), answer(nil, 1, of: 2, 2), answer(nil, 0, of: 1, 3),
    ])
    #expect(figures.questions == 3 && figures.tokens == 100)
    #expect(abs(figures.complete - 1.0 / 3) < 1e-9)
    #expect(abs(figures.evidence - 0.5) < 1e-9)
  }

  @Test func `categories stand in their order, numbers first, and the rest only in the sum`() {
    let names: [String?] = ["10", "b", "2", nil, "a", "2"]
    let budget = RecallEvaluation.Budget(1000, answers: names.map { answer($0, 1, of: 1, 1) })
    #expect(budget.categories.map(\.name) == ["2", "10", "a", "b"])
    #expect(budget.categories.map(\.figures.questions) == [2, 1, 1, 1])
    #expect(budget.all.questions == 6)
  }

  private static let times: [([Double], Double, Double)] = [
    ([], 0, 0), ([7], 7, 7), ([3, 1, 2], 2, 3), ((1...100).map(Double.init), 50, 95),
    ((1...20).reversed().map(Double.init), 10, 19),
  ]

  @Test(arguments: times) func `percentiles are times that were measured`(
    times: [Double],
    p50: Double,
    p95: Double
  ) {
    let figures = LatencyFigures(milliseconds: times)
    #expect(figures.p50 == p50 && figures.p95 == p95)
  }
}

@Suite(.timeLimit(.minutes(15))) struct `Evaluation of recall` {
  private let folder: ProjectsFolder

  init() throws { folder = try ProjectsFolder() }

  private func project() async throws -> FlowProject {
    let project = try await folder.workspace().newProject(try ProjectName("p"))
    try await project.memoryUpdate(Step(ref: "D1:1", role: .user, content: "the certificate has expired"))
    try await project.memoryUpdate(Step(ref: "s1", role: .user, content: "a ref that looks like an id"))
    for number in 1...40 {
      let content = "weather report \(number): " + String(repeating: "rain and wind, ", count: 30)
      try await project.memoryUpdate(Step(role: .assistant, content: content))
    }
    return project
  }

  private func lines(_ lines: String...) -> [UInt8] { Array(lines.joined(separator: "\n").utf8) }

  @Test func `evidence is named by ref, or by id where no step has such a ref`() async throws {
    let project = try await project()
    let questions = try await project.questions(
      jsonl: lines(
        #"{"q":"a","evidence":["D1:1","s1"],"category":2}"#,
        "",
        #"{"q":"b","evidence":["s3","s3"],"category":"x"}"#,
        #"{"q":"c","evidence":["D1:1"],"category":null,"note":1}"#
      ),
      source: "q"
    )
    #expect(
      questions == [
        RecallQuestion(text: "a", evidence: [StepID(1), StepID(2)], category: "2", line: 1),
        RecallQuestion(text: "b", evidence: [StepID(3)], category: "x", line: 3),
        RecallQuestion(text: "c", evidence: [StepID(1)], category: nil, line: 4),
      ]
    )
  }

  @Test(arguments: [
    "{", "[]", #"{"evidence":["s1"]}"#, #"{"q":" ","evidence":["s1"]}"#, #"{"q":"a"}"#,
    #"{"q":"a","evidence":[]}"#, #"{"q":"a","evidence":"s1"}"#, #"{"q":"a","evidence":[1]}"#,
    #"{"q":"a","evidence":["s1"],"category":[]}"#,
  ]) func `a line that is no question is named`(line: String) async throws {
    let project = try await project()
    let bytes = lines(#"{"q":"fine","evidence":["s1"]}"#, line)
    let error = try await flowError(.invalidJSON) { try await project.questions(jsonl: bytes, source: "in") }
    #expect(error.message.hasPrefix("in line 2: "), "\(error)")
  }

  @Test func `a file without questions is refused`() async throws {
    let project = try await project()
    _ = try await flowError(.invalidJSON) { try await project.questions(jsonl: [], source: "in") }
  }

  @Test func `steps that are not there are named, the first five`() async throws {
    let project = try await project()
    let bytes = lines(
      #"{"q":"a","evidence":["s43","s1-2","m1-6"]}"#,
      #"{"q":"b","evidence":["D9:9","x","y","s1"]}"#
    )
    let error = try await flowError(.stepNotFound) { try await project.questions(jsonl: bytes, source: "in") }
    #expect(error.message.contains("'s43' (line 1), 's1-2' (line 1), 'm1-6' (line 1), 'D9:9' (line 2), 'x'"))
    #expect(error.message.contains("and 1 more") && !error.message.contains("'y'"))
  }

  @Test func `what stands in the prompt is found, what does not is missed`() async throws {
    let project = try await project()
    let questions = [
      RecallQuestion(text: "what about the certificate?", evidence: [StepID(1)], category: "1"),
      RecallQuestion(
        text: "what about the certificate?",
        evidence: Array(StepID(1)...StepID(42)),
        category: "2"
      ),
    ]
    var seen: [Int] = []
    let evaluation = try await project.evaluateRecall(questions, budgets: [600, 900]) { done, total in
      #expect(total == 4)
      seen.append(done)
    }
    #expect(seen == [1, 2, 3, 4])
    #expect(evaluation.tokenizer == "o200k_base" && evaluation.shares == Shares())
    #expect(evaluation.budgets.map(\.budget) == [600, 900])
    for budget in evaluation.budgets {
      #expect(budget.all.questions == 2 && budget.all.complete == 0.5)
      #expect(budget.all.evidence > 0.5 && budget.all.evidence < 1)
      #expect(budget.all.tokens <= Double(budget.budget) && budget.all.tokens > 300)
      #expect(budget.categories.map(\.figures.complete) == [1, 0])
    }
  }

  @Test func `the figures say what the prompts themselves say`() async throws {
    let project = try await project()
    let shares = Shares(longTerm: 0, shortTerm: 0.5, tasks: 0)
    let evidence = [StepID(1), StepID(20), StepID(42)]
    let question = RecallQuestion(text: "rain report 20", evidence: evidence)
    let evaluation = try await project.evaluateRecall([question], budgets: [700], shares: shares)
    let context = try await project.memoryRetrieve(
      ContextRequest(query: question.text, budget: 700, shares: shares)
    )
    let found = evidence.filter(context.verbatimSteps.contains).count
    #expect(evaluation.budgets[0].all.evidence == Double(found) / 3)
    #expect(evaluation.budgets[0].all.tokens == Double(context.tokens))
  }

  @Test func `a budget too small is an error`() async throws {
    let project = try await project()
    let question = RecallQuestion(text: "x", evidence: [StepID(1)])
    _ = try await flowError(.budgetTooSmall) { try await project.evaluateRecall([question], budgets: [3]) }
  }
}
