public import FlowCore
import FlowText

/// A summary of a text that is in no archive.
public struct TextSummary: Sendable, Hashable {
  /// Lines, each with its newline; empty where nothing fits.
  public let text: String
  public let tokens: Int
  public let sourceTokens: Int

  /// A summary that was made elsewhere.
  public init(text: String, tokens: Int, sourceTokens: Int) {
    self.text = text
    self.tokens = tokens
    self.sourceTokens = sourceTokens
  }
}

/// Summarizes any text by the rules of `TextRankSummarizer`, without bullets and anchors.
public struct TextSummarizer: Sendable {
  private let tokenizer: any Tokenizer

  public init(tokenizer: any Tokenizer) { self.tokenizer = tokenizer }

  /// The summary of a text in at most `budget` tokens.
  public func summary(of text: String, budget: Int) -> TextSummary {
    let tokenizer = tokenizer
    let summarizer = ExtractiveSummarizer { tokenizer.count($0) }
    let parts = Transcript.parts(of: text)
    var room = budget
    var summary = ""
    var tokens = 0
    repeat {
      let lines = summarizer.lines(of: parts, budget: room, render: TextSummarizer.render)
      summary = lines.map(TextSummarizer.render).joined()
      tokens = tokenizer.count(summary)
      // A line that begins with a slash joins the newline before it.
      room -= max(1, tokens - budget)
    } while tokens > budget
    return TextSummary(text: summary, tokens: tokens, sourceTokens: tokenizer.count(text))
  }

  /// How many identifiers of a text stand in its summary, and how many do not.
  public func identifiers(of text: String, in summary: TextSummary) -> (carried: Int, missing: Int) {
    let present = IdentifierSet(summary.text)
    var seen: Set<String> = []
    var carried = 0
    for identifier in IdentifierScanner().identifiers(in: text)
    where seen.insert(identifier.key).inserted
      && present.contains(identifier)
    {
      carried += 1
    }
    return (carried, seen.count - carried)
  }

  private static func render(_ line: ExtractLine) -> String {
    line.label.map { "\($0): \(line.text)\n" } ?? "\(line.text)\n"
  }
}
