import FlowCore
import FlowText
import Foundation
import RandomSupport
import Testing

@testable import FlowMemory

@Suite(.timeLimit(.minutes(10))) struct `Opened roots` {
  private let bench: MemoryBench

  init() throws { bench = try MemoryBench() }

  /// A hundred steps about one thing, among others about nothing in particular.
  private func fill() async throws -> MemoryContext {
    let memory = bench.memory(MemoryLimits(shortTermSteps: 4, keepSteps: 2, fanout: 4))
    let steps = (1...160).map { number in
      let filler = String(repeating: "Lunch was late again and nobody minded much. ", count: 3)
      let content =
        number.isMultiple(of: 2)
        ? "The certificate of mirror \(number) was renewed until 2025-\(10 + number % 3)-\(10 + number % 18). \(filler)"
        : "Somebody told a story about the garden, number \(number). \(filler)"
      return Step(role: .user, content: content)
    }
    _ = try await memory.update(steps)
    return memory
  }

  private func section(_ context: Context, _ name: String) -> Context.Section? {
    context.sections.first { $0.name == name }
  }

  @Test func `tell what many relevant steps say that do not fit`() async throws {
    let memory = try await fill()
    let context = try await memory.retrieve(
      ContextRequest(query: "renewed certificate of a mirror", budget: 1500)
    )
    let opened = try #require(section(context, "opened"))
    #expect(opened.tokens > 0 && opened.tokens <= Int(1500 * 0.15) / 3)
    let place = try #require(context.text.range(of: "## Summaries of related steps\n"))
    let end = context.text.range(of: "\n## ", range: place.upperBound..<context.text.endIndex)?.lowerBound
    let lines = context.text[place.upperBound..<(end ?? context.text.endIndex)].split(separator: "\n")
    let bullets = lines.filter { $0.hasPrefix("- ") }
    #expect(!bullets.isEmpty && bullets.allSatisfy { $0.contains("certificate of mirror") })
    let leaves = try await memory.summaries(ofAllLevels: true).filter { $0.level == 0 }
    for bullet in bullets {
      let leaf = leaves.first { $0.bullets.contains { $0.line == bullet } }
      #expect(leaf != nil, "\(bullet)")
      let step = leaf?.bullets.first { $0.line == bullet }?.source.lowerBound
      #expect(step.map { !context.verbatimSteps.contains($0) } == true, "\(bullet)")
    }
    // The stable sections are the same for every query.
    let other = try await memory.retrieve(ContextRequest(query: "garden", budget: 1500))
    #expect(other.prefixHash == context.prefixHash)
  }

  @Test func `stay shut for one answer, for a large budget, and without a share`() async throws {
    let memory = try await fill()
    for request in [
      ContextRequest(query: "mirror 38", budget: 1500),
      ContextRequest(query: "renewed certificate of a mirror", budget: 60_000),
      ContextRequest(
        query: "renewed certificate of a mirror",
        budget: 1500,
        shares: Shares(longTerm: 0, shortTerm: 0.35, tasks: 0.15)
      ),
    ] {
      let context = try await memory.retrieve(request)
      #expect(section(context, "opened") == nil, "\(request)")
    }
  }
}
