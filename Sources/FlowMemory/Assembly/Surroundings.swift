public import FlowCore

/// What a prompt shows beside memory: the preamble, the plan and cached results.
public struct Surroundings: Sendable {
  /// The first lines of every prompt; rendered from a template that people may edit.
  public var preamble: String
  public var workflow: Workflow?
  /// Results that still count; those of the tasks that the active one depends on are shown.
  public var results: [CachedResult]

  public init(preamble: String = "", workflow: Workflow? = nil, results: [CachedResult] = []) {
    self.preamble = preamble
    self.workflow = workflow
    self.results = results
  }
}
