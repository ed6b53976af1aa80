package import FlowCore
import Synchronization

/// A summarizer that stands for a model: it makes what it is told to, and counts how often it was asked for what.
package final class ScriptedSummarizer: ModelSummarizer {
  package typealias Script =
    @Sendable (SummarySource, _ number: Int) async throws(FlowError) -> [Summary.Bullet]

  package let name: String
  package let prompt: String
  private let script: Script
  private let counts = Mutex<[StepID: Int]>([:])

  package init(name: String = "scripted", prompt: String = "summarize/1", _ script: @escaping Script) {
    self.name = name
    self.prompt = prompt
    self.script = script
  }

  /// A bullet for each step, of its first words.
  package convenience init(name: String = "scripted", prompt: String = "summarize/1") {
    self.init(name: name, prompt: prompt) { source, _ in ScriptedSummarizer.words(of: source) }
  }

  package static func words(of source: SummarySource) -> [Summary.Bullet] {
    source.steps.map { step in
      let words = step.step.content.split(separator: " ").prefix(3).joined(separator: " ")
      return Summary.Bullet(text: "said: \(words)", source: step.id...step.id, weight: 0)
    }
  }

  /// How often it was asked, by the first step that it was asked about.
  package var asked: [StepID: Int] { counts.withLock { $0 } }
  package var calls: Int { counts.withLock { $0.values.reduce(0, +) } }

  package func summarize(_ source: SummarySource) async throws(FlowError) -> [Summary.Bullet] {
    try await script(source, 1)
  }

  package func summary(
    of source: SummarySource,
    spending: any SpendingMeter
  ) async throws(FlowError) -> ModelSummary {
    let most = Cost(picodollars: 1000)
    try spending.reserve(most)
    let number = counts.withLock { counts in
      counts[source.steps[0].id, default: 0] += 1
      return counts.values.reduce(0, +)
    }
    do throws(FlowError) {
      let bullets = try await script(source, number)
      let usage = TokenUsage(input: 100, output: 10)
      spending.settle(
        CallAttempt(model: name, outcome: .answered, usage: usage, cost: Cost(picodollars: 400)),
        reserved: most
      )
      return ModelSummary(bullets: bullets, masked: ["api_key": 1])
    } catch {
      spending.settle(
        CallAttempt(model: name, outcome: .refused, usage: nil, cost: .zero),
        reserved: most
      )
      throw error
    }
  }
}
