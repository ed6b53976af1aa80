import FlowCore
import FlowMemory
import FlowProjects

// Which evidence stands whole in the prompts for questions, by given weights of recall, the whole budget for recall or,
// with `defaults`, the shares as shipped.
//
// Standard input is a line of JSON with the weights by name. For each question and budget a line comes out: the
// question's place, the budget, and the ids of the steps that stand whole in the prompt.
struct RecallScores {
  let project: FlowProject
  let questions: [String]
  let budgets: [Int]
  let shares: Shares

  init(root: String, project: String, questions: String, budgets: String, isDefault: Bool) async throws {
    let table = try await RecallFeatures(root: root, project: project, questions: questions)
    self.project = table.project
    self.questions = table.questions
    shares = isDefault ? Shares() : Shares(longTerm: 0, shortTerm: 0, tasks: 0)
    self.budgets = budgets.split(separator: ",").compactMap { Int($0) }
  }

  func write() async throws {
    var weights: [String: Double] = [:]
    for (name, value) in try JSONValue(parsing: readLine() ?? "{}").object ?? [:] {
      weights[name] = value.double
    }
    for (place, question) in questions.enumerated() {
      for budget in budgets {
        let request = ContextRequest(query: question, budget: budget, shares: shares)
        let context = try await project.memoryRetrieve(request, recallWeights: weights)
        let steps = context.verbatimSteps.map { String($0.rawValue) }.joined(separator: ",")
        print("\(place) \(budget) \(steps)")
      }
    }
  }
}
