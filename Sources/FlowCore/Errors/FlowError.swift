/// What went wrong, to what, and what to do next: the one error of Flow's public interface.
///
/// Cause and wording are apart from presentation: `code` is stable and closed, each face (command line,
/// service) maps it once with an exhaustive switch. `context` carries plain values for programs; neither
/// it nor the message ever holds a secret or a whole prompt.
public struct FlowError: Error, Sendable, Equatable {
  /// The stable name of the cause.
  public let code: Code
  /// One sentence, lower case, that says what happened to what.
  public let message: String
  /// What the caller can do about it, or nil where the message says all there is.
  public let hint: String?
  /// Plain values for programs, such as `["least": "212"]`.
  public let context: [String: String]

  /// Makes an error; `message` starts in lower case and ends without a full stop.
  public init(_ code: Code, _ message: String, hint: String? = nil, context: [String: String] = [:]) {
    self.code = code
    self.message = message
    self.hint = hint
    self.context = context
  }
}

extension FlowError {
  /// The closed list of causes; raw values are part of the contract and never change meaning.
  public enum Code: String, Sendable, CaseIterable {
    // Bad input
    case invalidArgument = "argument.invalid"
    case invalidJSON = "json.invalid"
    case invalidWorkflow = "workflow.invalid"
    case invalidHistory = "history.invalid"
    case invalidProjectName = "project.name_invalid"
    case invalidTask = "task.invalid"
    case taskCycle = "task.cycle"
    case unknownDependency = "task.unknown_dep"
    case invalidStep = "step.invalid"
    case unknownTokenizer = "tokenizer.unknown"
    case budgetTooSmall = "context.budget_too_small"
    case newerFormat = "file.newer_format"
    case corruptStorage = "storage.corrupt"
    case hookVetoed = "hook.vetoed"
    // Not there
    case projectNotFound = "project.not_found"
    case noActiveProject = "project.none_active"
    case taskNotFound = "task.not_found"
    case stepNotFound = "step.not_found"
    case summaryNotFound = "summary.not_found"
    case resultNotFound = "cache.not_found"
    case fileNotFound = "file.not_found"
    case eventNotFound = "history.event_not_found"
    case noReadyTask = "task.none_ready"
    // Try again
    case projectLocked = "project.locked"
    case projectExists = "project.exists"
    case taskExists = "task.exists"
    case taskClaimed = "task.claimed"
    case taskNotHeld = "task.not_held"
    case taskNotReady = "task.not_ready"
    case taskNeeded = "task.needed"
    case stepConflict = "step.ref_conflict"
    case revisionConflict = "revision.conflict"
    // Somebody else's program
    case hookFailed = "hook.failed"
    case libraryMissing = "library.missing"
    // A model's endpoint
    case modelUnreachable = "model.unreachable"
    case modelUntrusted = "model.untrusted"
    case modelTimedOut = "model.timed_out"
    case modelOverloaded = "model.overloaded"
    case modelRateLimited = "model.rate_limited"
    case modelUnpaid = "model.unpaid"
    case modelUnauthorized = "model.unauthorized"
    case modelRejected = "model.rejected"
    case modelPaused = "model.paused"
    case modelCancelled = "model.cancelled"
    // What it answered
    case answerTooLarge = "model.answer_too_large"
    case answerMalformed = "model.answer_malformed"
    case answerEmpty = "model.answer_empty"
    case answerTruncated = "model.answer_truncated"
    case answerRefused = "model.answer_refused"
    case answerUnfit = "model.answer_unfit"
    case costLimitReached = "cost.limit_reached"
    // The machine
    case readFailed = "storage.read_failed"
    case writeFailed = "storage.write_failed"
    case invalidConfiguration = "config.invalid"
    case `internal` = "internal"
  }
}

extension FlowError: CustomStringConvertible {
  public var description: String {
    guard let hint else { return message }
    return "\(message); \(hint)"
  }
}
