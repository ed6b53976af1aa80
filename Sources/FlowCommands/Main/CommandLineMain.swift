import ArgumentParser
import FlowCore
import FlowProjects
import Glibc

/// Runs a command line: parses, runs, and maps every outcome to output and an exit code.
package enum CommandLineMain {
  /// Runs the arguments, without the program's name, and returns the exit code.
  package static func run(_ arguments: [String]) async -> Int32 {
    // A reader that went away (`flowctl steps | head`) ends the command like any other tool.
    signal(SIGPIPE, SIG_DFL)
    // The commonest question of scripts is answered before the parser is even set up.
    if arguments == ["--version"] {
      Console.write("\(FlowVersion.current)\n")
      return 0
    }
    if arguments.first == "---completion" {
      await complete(arguments)
      return 0
    }
    let wantsJSON = arguments.prefix { $0 != "--" }.contains("--json")
    let ordered = GlobalOptionOrder(groups: ["task", "cache", "config", "models"]).arranged(arguments)
    let code = await execute(ordered, asJSON: wantsJSON)
    await OpenArchives.closeAll()
    return code
  }

  private static func execute(_ arguments: [String], asJSON wantsJSON: Bool) async -> Int32 {
    do {
      var command = try await Flowctl.asyncParseAsRoot(arguments)
      if var asynchronous = command as? any AsyncParsableCommand {
        try await asynchronous.run()
      } else {
        try command.run()
      }
      return 0
    } catch let error as FlowError {
      report(error, asJSON: wantsJSON)
      return error.exitCode
    } catch {
      return reportParsing(error, asJSON: wantsJSON)
    }
  }

  /// Answers a shell's completion script: candidates, or nothing where there are none to be had.
  private static func complete(_ arguments: [String]) async {
    do {
      _ = try await Flowctl.asyncParseAsRoot(arguments)
    } catch {
      if Flowctl.exitCode(for: error).isSuccess { Console.write(Flowctl.fullMessage(for: error) + "\n") }
    }
  }

  private static func report(_ error: FlowError, asJSON: Bool) {
    if asJSON {
      Console.write(Envelope.failure(error))
    } else {
      Console.note("flowctl: \(error.description.excerpt(limit: 4000))")
    }
  }

  private static func reportParsing(_ error: any Error, asJSON: Bool) -> Int32 {
    let code = Flowctl.exitCode(for: error)
    if code.isSuccess {
      Console.write(Flowctl.fullMessage(for: error) + "\n")
      return 0
    }
    if error is ExitCode { return code.rawValue }
    // The parser's messages may have several lines, and repeat arguments as they were given.
    let message = Flowctl.message(for: error).split(separator: "\n").joined(separator: " ")
    report(
      FlowError(
        .invalidArgument,
        message,
        hint: "`flowctl help` and `flowctl COMMAND --help` show the usage"
      ),
      asJSON: asJSON
    )
    return 64
  }
}
