public import FlowCore
public import FlowMemory

extension Workspace {
  /// Whether a command that made summaries is to have a model make them better before it ends.
  public var upgradesBeforeExit: Bool { wiring.config.summarizer == .llm }

  /// Has the configured model make summaries of this workspace's projects anew.
  ///
  /// - Throws: `config.invalid` where no model may be asked.
  public func upgradeBatch(
    _ run: UpgradeRun,
    of projects: [ProjectName],
    jobs: Int? = nil
  ) throws(FlowError) -> UpgradeBatch {
    guard wiring.config.summarizer != .textrank else {
      throw FlowError(
        .invalidConfiguration,
        "summarizer is textrank: no model is to be asked",
        hint: "set summarizer to auto or llm; `flowctl config show` says where it comes from",
        context: ["key": "summarizer"]
      )
    }
    return UpgradeBatch(run, of: projects, in: self, jobs: jobs)
  }
}
