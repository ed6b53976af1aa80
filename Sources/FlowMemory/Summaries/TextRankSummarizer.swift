public import FlowCore
import FlowText

/// Summaries without a model: the sentences that TextRank finds most telling, each with its anchor.
///
/// A bullet is `- speaker: sentence [s12]`. Sentences stand as they were written, white space folded to one
/// line; none is made up, so no identifier can be wrong.
public struct TextRankSummarizer: LocalSummarizer {
  public let name = "textrank"
  private let tokenizer: any Tokenizer

  public init(tokenizer: any Tokenizer) {
    self.tokenizer = tokenizer
  }

  public func bullets(of source: SummarySource) -> [Summary.Bullet] {
    guard source.budget > 0 else { return [] }
    var candidates: [Summary.Bullet] = []
    for archived in source.steps {
      let speaker = OneLine.name(archived.step.speaker)
      for sentence in SentenceSplitter().sentences(in: archived.step.content) {
        let text = OneLine.folded(sentence)
        guard !text.isEmpty else { continue }
        candidates.append(
          Summary.Bullet(text: "\(speaker): \(text)", source: archived.id...archived.id, weight: 0)
        )
      }
    }
    let costs = candidates.map { tokenizer.count($0.line + "\n") }
    let chosen = TextRank().select(
      candidates.map(\.text),
      costs: costs,
      budget: source.budget,
      analyzer: TermAnalyzer()
    )
    return chosen.map { selection in
      let candidate = candidates[selection.index]
      return Summary.Bullet(
        text: candidate.text,
        source: candidate.source,
        weight: Int((selection.weight * 1_000_000).rounded())
      )
    }
  }
}
