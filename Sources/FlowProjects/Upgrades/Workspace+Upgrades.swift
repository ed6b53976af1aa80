public import FlowCore
public import FlowMemory
import FlowLLM
import FlowStore
public import FlowText

extension Workspace {
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

/// A summary of a text by the configured model, or without one.
public struct ModelTextSummary: Sendable {
  public let summary: TextSummary
  /// Who made it: the model's name, or `textrank`.
  public let by: String
  /// Why it was made without the model; nil where it was not.
  public let failure: FlowError?
  /// Secrets that were masked before the text left the machine, by kind.
  public let masked: [String: Int]

  public init(
    summary: TextSummary,
    by: String,
    failure: FlowError? = nil,
    masked: [String: Int] = [:]
  ) {
    self.summary = summary
    self.by = by
    self.failure = failure
    self.masked = masked
  }
}

extension Workspace {
  /// Summarizes any text with the configured model; where that fails, without it.
  ///
  /// - Throws: `config.invalid` where no model is configured, or its prompt cannot be read; `library.missing`.
  public func summarizeText(
    _ text: String,
    budget: Int,
    tokenizer: BytePairTokenizer
  ) async throws(FlowError) -> ModelTextSummary {
    let models = wiring.models
    let summarizer = try await wiring.queue.run { () throws(FlowError) in
      try models.textSummarizer(tokenizer)
    }
    do throws(FlowError) {
      let (said, masked) = try await summarizer.summary(of: text, budget: budget, spending: SpendingLimit())
      let summary = TextSummary(
        text: said,
        tokens: tokenizer.count(said),
        sourceTokens: tokenizer.count(text)
      )
      return ModelTextSummary(summary: summary, by: summarizer.name, failure: nil, masked: masked)
    } catch {
      let summary = TextSummarizer(tokenizer: tokenizer).summary(of: text, budget: budget)
      return ModelTextSummary(summary: summary, by: "textrank", failure: error, masked: [:])
    }
  }
}

extension Workspace {
  /// Makes one small call to the configured model, and tells what works and what it cost.
  ///
  /// - Throws: `config.invalid` where no call can be made; `library.missing`.
  public func checkModel() async throws(FlowError) -> ModelCheck {
    let models = wiring.models
    let (model, library) = try await wiring.queue.run { () throws(FlowError) in
      (try models.model(), try CurlLibrary.version())
    }
    return ModelCheck(report: await model.check(), library: library)
  }
}

/// What one small call to the configured model found out.
public struct ModelCheck: Sendable {
  let report: EndpointReport
  /// libcurl and what it is built with.
  public let library: String

  /// Why the endpoint does not work; nil where it does.
  public var error: FlowError? { report.error }

  /// All that was found, for programs.
  public var json: JSONValue {
    guard var members = report.json.object else { return report.json }
    members["library"] = .string(library)
    return .object(members)
  }
}
