public import FlowCore

/// A step that recall found, with how well it answers and where.
public struct SearchHit: Sendable {
  public let step: ArchivedStep
  /// How well it answers, in millionths; scores of one search compare.
  public let score: Int
  /// What the score is made of, in the ranker's order.
  public let parts: [Part]
  /// The best place of its content.
  public let snippet: Snippet

  /// A named part of a score, in millionths.
  public struct Part: Sendable, Hashable {
    public let name: String
    public let value: Int

    public init(name: String, value: Int) {
      self.name = name
      self.value = value
    }
  }

  public init(step: ArchivedStep, score: Int, parts: [Part], snippet: Snippet) {
    self.step = step
    self.score = score
    self.parts = parts
    self.snippet = snippet
  }
}
