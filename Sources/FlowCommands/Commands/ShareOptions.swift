import ArgumentParser
import FlowCore

/// The option with which a call overrides configured shares.
struct ShareOptions: ParsableArguments {
  @Option(
    name: .customLong("share"),
    help: ArgumentHelp(
      "A section's part of the budget; sections: long_term, short_term, tasks; 0 leaves one out.",
      valueName: "section=fraction"
    ),
    completion: .list(["long_term=", "short_term=", "tasks="])
  )
  var shares: [String] = []

  /// The shares of a call.
  ///
  /// - Throws: `argument.invalid`, naming what cannot be used.
  func parsed(over defaults: Shares) throws(FlowError) -> Shares {
    var result = defaults
    for share in shares {
      let parts = share.split(separator: "=", maxSplits: 1).map(String.init)
      guard parts.count == 2, let value = Double(parts[1]), (0...1).contains(value) else {
        throw FlowError(
          .invalidArgument,
          "--share is \(share.quotedExcerpt)",
          hint: "write a section and a fraction: long_term=0.2"
        )
      }
      switch parts[0] {
      case "long_term": result.longTerm = value
      case "short_term": result.shortTerm = value
      case "tasks": result.tasks = value
      default:
        throw FlowError(
          .invalidArgument,
          "--share names no section: \(parts[0].quotedExcerpt)",
          hint: "use long_term, short_term or tasks"
        )
      }
    }
    return result
  }
}
