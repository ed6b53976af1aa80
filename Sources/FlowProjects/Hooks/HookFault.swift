import FlowCore

/// What is said of hooks that did not succeed.
enum HookFault {
  /// The most characters of a hook's own words in a message.
  private static let maximumLength = 1000

  /// A hook refused.
  static func vetoed(
    _ title: String,
    _ message: String,
    _ event: HookEvent,
    path: String?,
    exit: Int32?
  ) -> FlowError {
    var context = context(event, path: path)
    context["exit"] = exit.map { String($0) }
    return FlowError(.hookVetoed, "\(title) refused this: \(message)", context: context)
  }

  /// A hook that decides could not.
  static func failed(_ title: String, _ problem: String, _ event: HookEvent, path: String?) -> FlowError {
    FlowError(
      .hookFailed,
      "\(title) could not decide, so nothing was changed: \(problem)",
      hint: path == nil ? "try again" : "mend the hook, or take it away",
      context: context(event, path: path)
    )
  }

  private static func context(_ event: HookEvent, path: String?) -> [String: String] {
    var context = ["hook": event.hook, "project": event.project.rawValue]
    context["path"] = path
    return context
  }

  /// What a hook that exited with an error says: its standard error, else its standard output.
  static func message(of outcome: HookProcess.Outcome) -> String {
    for bytes in [outcome.errors, outcome.output] {
      let text = line(String(decoding: bytes, as: UTF8.self))
      if !text.isEmpty { return text }
    }
    guard case .exited(let code) = outcome.end else { return "it said nothing" }
    return "it exited with \(code) and said nothing"
  }

  /// How a run ended that did not succeed, and what it said.
  static func text(of outcome: HookProcess.Outcome, limits: HookLimits) -> String {
    let said = line(String(decoding: outcome.errors, as: UTF8.self))
    let tail = said.isEmpty ? "" : "; it said: \(said)"
    return switch outcome.end {
    case .exited(let code): "exit \(code): \(message(of: outcome))"
    case .signaled(let number): "signal \(number) ended it\(tail)"
    case .timedOut: "it was ended after \(limits.timeoutSeconds) s (hooks.timeoutSeconds)\(tail)"
    case .cancelled: "it was interrupted"
    case .notStarted(let reason): "it cannot be started: \(reason)"
    }
  }

  /// A text on one line, as it may be shown.
  static func line(_ text: String) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ").excerpt(limit: maximumLength)
  }
}
