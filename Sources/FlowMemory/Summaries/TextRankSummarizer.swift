public import FlowCore
import FlowText

/// Summaries without a model: the pieces of the steps that tell most, each line with its anchor.
///
/// A bullet is `- speaker: text [s12]`. The text stands as it was written, white space folded to one line; none is
/// made up, so no identifier can be wrong. A bullet says what one step says; only a line of facts (`FactsLine`), which
/// comes last, may name those of several.
public struct TextRankSummarizer: LocalSummarizer {
  public let name = "textrank"
  private let tokenizer: any Tokenizer
  /// Beside what was said, the output of a tool weighs so many times less: an error of last week that was mended must
  /// not stand in the way of why it was.
  private static let toolShare = 3

  public init(tokenizer: any Tokenizer) {
    self.tokenizer = tokenizer
  }

  public func bullets(of source: SummarySource) -> [Summary.Bullet] {
    let tokenizer = tokenizer
    let parts = TextRankSummarizer.parts(of: source.steps)
    func bullet(_ line: ExtractLine) -> Summary.Bullet {
      Summary.Bullet(
        text: line.label.map { "\($0): \(line.text)" } ?? line.text,
        source: source.steps[line.parts.lowerBound].id...source.steps[line.parts.upperBound].id,
        weight: source.steps[line.parts.upperBound].step.role == .tool && line.label != nil
          ? line.weight / TextRankSummarizer.toolShare : line.weight
      )
    }
    let lines = ExtractiveSummarizer(joinedParts: 0) { tokenizer.count($0) }
      .lines(of: parts, budget: source.budget) { bullet($0).line + "\n" }
    return lines.map(bullet)
  }

  /// A bullet of the facts of these steps that matter most and that bullets about them lack, in at most `budget` tokens.
  static func facts(
    of steps: [ArchivedStep],
    lackingIn bullets: [Summary.Bullet],
    budget: Int,
    tokenizer: any Tokenizer
  ) -> Summary.Bullet? {
    guard budget > 0 else { return nil }
    func bullet(_ line: ExtractLine) -> Summary.Bullet {
      Summary.Bullet(
        text: line.text,
        source: steps[line.parts.lowerBound].id...steps[line.parts.upperBound].id,
        weight: line.weight
      )
    }
    return ExtractiveSummarizer { tokenizer.count($0) }
      .facts(of: parts(of: steps), lackingIn: bullets.map(\.text), budget: budget) { bullet($0).line + "\n" }
      .map(bullet)
  }

  private static func parts(of steps: [ArchivedStep]) -> [ExtractPart] {
    steps.map { archived in
      ExtractPart(
        label: label(of: archived.step),
        kind: archived.step.role == .tool ? .toolOutput : .talk,
        text: archived.step.content
      )
    }
  }

  /// Who says it, so that no speaker's name looks like the beginning of the line of facts.
  private static func label(of step: Step) -> String {
    let name = OneLine.name(step.speaker)
    return "\(name): " == FactsLine.prefix ? "\(step.role.rawValue) \(name)" : name
  }
}
