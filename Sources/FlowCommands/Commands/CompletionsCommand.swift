import ArgumentParser
import FlowCore
import FlowProjects

struct CompletionsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "completions",
    abstract: "Print a completion script for a shell.",
    discussion: "Example: flowctl completions bash > ~/.local/share/bash-completion/completions/flowctl"
  )

  enum Shell: String, ExpressibleByArgument, CaseIterable {
    case bash, zsh, fish

    var value: CompletionShell {
      switch self {
      case .bash: .bash
      case .zsh: .zsh
      case .fish: .fish
      }
    }
  }

  @Argument(help: "bash, zsh or fish.") var shell: Shell
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let script = Flowctl.completionScript(for: shell.value)
    global.print(
      "completions",
      ["shell": .string(shell.rawValue), "script": .string(script)],
      text: script + "\n"
    )
  }
}

extension CompletionKind {
  /// The names of projects, asked of Flow itself.
  static var projects: CompletionKind { .shellCommand("flowctl ls 2>/dev/null | cut -c3-") }
  /// The ids of the active project's tasks.
  static var tasks: CompletionKind {
    .shellCommand("flowctl task list 2>/dev/null | tail -n +2 | cut -d' ' -f1")
  }
}
