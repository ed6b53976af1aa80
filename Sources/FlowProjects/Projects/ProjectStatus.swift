public import FlowCore

/// A project at a glance.
public struct ProjectStatus: Sendable {
  public let name: ProjectName
  public let workflow: Workflow
  public let archive: ArchiveFigures
  /// Steps that the prompt shows verbatim, before shares.
  public let shortTermSteps: Int
  public let shortTermTokens: Int
  public let pinnedSteps: Int
  public let summaries: Int
  public let summaryTokens: Int
  public let results: Int
}

extension FlowProject {
  /// Counts over all that the project holds.
  public func status() async throws(FlowError) -> ProjectStatus {
    let workflow = try await workflow()
    let results = try await cacheEntries().count
    let name = self.name
    guard try wiring.hasMemory(folder: folder) else {
      return ProjectStatus(
        name: name,
        workflow: workflow,
        archive: ArchiveFigures(steps: 0, tokens: 0, terms: 0, sittings: 0, newest: nil),
        shortTermSteps: 0,
        shortTermTokens: 0,
        pinnedSteps: 0,
        summaries: 0,
        summaryTokens: 0,
        results: results
      )
    }
    return try await open().archive.read { memory throws(FlowError) in
      let figures = try memory.steps.figures()
      let oldest = try memory.summaries.coveredThrough()?.advanced(by: 1) ?? StepID(1)
      let shortTerm =
        if let newest = figures.newest, oldest <= newest {
          try memory.recall.profiles(of: Array(oldest...newest))
        } else {
          [StepProfile]()
        }
      let roots = try memory.summaries.roots()
      return ProjectStatus(
        name: name,
        workflow: workflow,
        archive: figures,
        shortTermSteps: shortTerm.count,
        shortTermTokens: shortTerm.reduce(0) { $0 + $1.tokens },
        pinnedSteps: try memory.steps.steps(StepQuery(pinnedOnly: true)).count,
        summaries: roots.count,
        summaryTokens: roots.reduce(0) { $0 + $1.tokens },
        results: results
      )
    }
  }
}
