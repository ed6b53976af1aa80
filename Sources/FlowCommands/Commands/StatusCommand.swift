import ArgumentParser
import FlowCore
import FlowProjects

struct StatusCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: "Show the tasks, and how much memory and cache hold.",
    discussion: "Example: flowctl status --project demo"
  )
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let status = try await global.currentProject().status()
    global.print("status", status.json, text: status.text)
  }
}

extension ProjectStatus {
  fileprivate var json: JSONValue {
    let graph = TaskGraph(workflow.tasks)
    return [
      "project": .string(name.rawValue),
      "revision": .number(JSONNumber(workflow.revision)),
      "counts": .object(
        JSONObject(
          uniqueKeysWithValues: TaskStatus.allCases.map { status in
            (status.rawValue, .number(JSONNumber(workflow.tasks.count { $0.status == status })))
          }
        )
      ),
      "ready": .array(graph.ready.map { .string($0.id.rawValue) }),
      "tasks": .array(workflow.tasks.map { $0.json(in: graph) }),
      "memory": [
        "steps": .number(JSONNumber(archive.steps)),
        "tokens": .number(JSONNumber(archive.tokens)),
        "sittings": .number(JSONNumber(archive.sittings)),
        "short_term_steps": .number(JSONNumber(shortTermSteps)),
        "short_term_tokens": .number(JSONNumber(shortTermTokens)),
        "pinned_steps": .number(JSONNumber(pinnedSteps)),
        "summaries": .number(JSONNumber(summaries)),
        "summary_tokens": .number(JSONNumber(summaryTokens)),
      ],
      "cache": ["results": .number(JSONNumber(results))],
    ]
  }

  fileprivate var text: String {
    let graph = TaskGraph(workflow.tasks)
    var text = "project \(name), revision \(workflow.revision)\n\n"
    text +=
      workflow.tasks.isEmpty
      ? "no tasks; `flowctl add-task NAME` adds one\n" : TaskTable(graph: graph).text(workflow.tasks)
    let counts = TaskStatus.allCases.map { status in
      "\(workflow.tasks.count { $0.status == status }) \(status.rawValue)"
    }
    text += "\ntasks   \(counts.joined(separator: ", ")); \(graph.readyCount) ready\n"
    text += "memory  \(archive.steps) steps, \(archive.tokens) tokens in \(archive.sittings) sittings; "
    text += "\(shortTermSteps) in short-term (\(shortTermTokens) tokens), \(pinnedSteps) pinned\n"
    text += "        \(summaries) summaries (\(summaryTokens) tokens)\n"
    text += "cache   \(results) results\n"
    return text
  }
}
