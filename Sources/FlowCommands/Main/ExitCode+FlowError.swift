import FlowCore

extension FlowError {
  /// The process's exit code, after sysexits.h.
  var exitCode: Int32 {
    switch code {
    case .invalidArgument: 64
    case .invalidJSON, .invalidWorkflow, .invalidHistory, .invalidProjectName, .invalidTask, .taskCycle,
      .unknownDependency, .invalidStep, .unknownTokenizer, .budgetTooSmall, .newerFormat, .corruptStorage,
      .hookVetoed:
      65
    case .projectNotFound, .noActiveProject, .taskNotFound, .stepNotFound, .summaryNotFound, .resultNotFound,
      .fileNotFound, .noReadyTask, .eventNotFound, .readFailed:
      66
    case .hookFailed, .libraryMissing, .modelUnreachable, .modelUntrusted, .modelTimedOut, .modelOverloaded,
      .modelRateLimited, .modelUnpaid, .modelUnauthorized, .modelRejected, .modelPaused, .modelCancelled,
      .answerTooLarge, .answerMalformed, .answerEmpty, .answerTruncated, .answerRefused, .answerUnfit,
      .costLimitReached:
      69
    case .internal: 70
    case .writeFailed: 73
    case .projectLocked, .projectExists, .taskExists, .taskClaimed, .taskNotHeld, .taskNotReady, .taskNeeded,
      .stepConflict, .revisionConflict:
      75
    case .invalidConfiguration: 78
    }
  }
}
