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
    case .hookFailed: 69
    case .internal: 70
    case .writeFailed: 73
    case .projectLocked, .projectExists, .taskExists, .taskClaimed, .taskNotHeld, .taskNotReady, .taskNeeded,
      .stepConflict, .revisionConflict:
      75
    case .invalidConfiguration: 78
    }
  }
}
