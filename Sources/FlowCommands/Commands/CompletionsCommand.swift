import ArgumentParser
import FlowCore

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
