/// Counts over the whole archive.
public struct ArchiveFigures: Sendable, Hashable {
  public let steps: Int
  public let tokens: Int
  /// Terms, repeats counted.
  public let terms: Int
  public let sittings: Int
  public let newest: StepID?

  public init(steps: Int, tokens: Int, terms: Int, sittings: Int, newest: StepID?) {
    self.steps = steps
    self.tokens = tokens
    self.terms = terms
    self.sittings = sittings
    self.newest = newest
  }
}
