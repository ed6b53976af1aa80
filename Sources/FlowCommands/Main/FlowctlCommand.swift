package import ArgumentParser

/// The root of the command line.
package struct Flowctl: AsyncParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "flowctl",
    abstract: "Keeps what an agent did, and hands back the best prompt that fits a token budget.",
    discussion: """
      flowctl new demo
      flowctl import transcript.jsonl --from jsonl
      flowctl context --query "why did the build fail?" --budget 4000 | llm

      Exit codes: 0 done, 64 usage, 65 bad input data, 66 not found, 69 a model or hook failed, 70 internal error,
      73 cannot write, 75 locked or conflict (try again), 78 bad configuration.
      """,
    version: FlowVersion.current,
    groupedSubcommands: [
      CommandGroup(
        name: "Projects",
        subcommands: [
          NewCommand.self, SwitchCommand.self, LsCommand.self, StatusCommand.self, RenameCommand.self,
          RmCommand.self,
          DoctorCommand.self, TrustCommand.self,
        ]
      ),
      CommandGroup(
        name: "Tasks",
        subcommands: [
          AddTaskCommand.self, TaskCommand.self, StartCommand.self, DoneCommand.self, BlockCommand.self,
          ReopenCommand.self, GraphCommand.self, HistoryCommand.self, RollbackCommand.self,
          RestoreCommand.self,
        ]
      ),
      CommandGroup(
        name: "Memory",
        subcommands: [
          AddStepCommand.self, StepsCommand.self, ExpandCommand.self, PinCommand.self, UnpinCommand.self,
          ForgetCommand.self, SummariesCommand.self, SummarizeCommand.self,
          ContextCommand.self, SearchCommand.self, ImportCommand.self, ExportCommand.self, EvalCommand.self,
        ]
      ),
      CommandGroup(name: "Results", subcommands: [CacheCommand.self]),
      CommandGroup(
        name: "Shell",
        subcommands: [
          SummarizeTextCommand.self, IdentifiersCommand.self, RedactCommand.self, TokensCommand.self,
          ModelsCommand.self, ConfigCommand.self, CompletionsCommand.self,
        ]
      ),
    ]
  )

  @OptionGroup var global: GlobalOptions

  package init() {}

  package mutating func run() async throws {
    throw CleanExit.helpRequest(self)
  }
}

/// The version of the tool and the library.
package enum FlowVersion {
  package static let current = "0.1.0"
}
