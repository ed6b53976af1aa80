import ArgumentParser
import FlowCore
import FlowProjects

struct GraphCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "graph",
    abstract: "Show the tasks, what they wait for, and the critical path.",
    discussion: """
      The critical path is the longest chain of unfinished tasks of which each waits for the one before. Examples:
        flowctl graph
        flowctl graph --format dot | dot -Tsvg -o plan.svg
      """
  )

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, mermaid, dot
  }

  @Option(help: "text, mermaid or dot.") var format = Format.text
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let drawing = PlanDrawing(try await global.currentProject().workflow())
    let text =
      switch format {
      case .text: drawing.text
      case .mermaid: drawing.mermaid
      case .dot: drawing.dot
      }
    global.print("graph", drawing.json, text: text)
  }
}
